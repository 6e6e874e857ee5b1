namespace Groeilijn.School;

/// <summary>Reads a list of objections, <c>leerling_key;datum</c>; an empty day is today. A day that cannot be read does not undo the objection.</summary>
static class ObjectionList
{
    /// <param name="name">What the file is called.</param>
    /// <param name="open">Opens it: on the disk, or as a browser gave it.</param>
    public static (IReadOnlyList<(int Line, string Key, DateOnly? Asked)> Rows, IReadOnlyList<Finding> Findings)? Read(string name, Func<Stream> open)
    {
        EncodingsOfWindows.Register();
        var reading = new Reading(name);
        try
        {
            using var file = open();
            if (file.Length > Import.UsualMostBytes) throw new FileRefused(Rules.FileTooLarge);
            var rows = CsvFile.Objections(file, reading);
            return ([.. rows.Where(r => r.Key.Length > 0).Select(r => (r.Line, r.Key, Joining.Day(r.Day)))], []);
        }
        catch (FileRefused refused) when (refused.Rule == Rules.FileOtherColumns) { return null; }
        catch (FileRefused refused) { return ([], [new(refused.Rule, new(reading.File, refused.Line, refused.Column))]); }
        catch (System.Text.DecoderFallbackException) { return ([], [new(Rules.FileEncoding, new(reading.File, 0, ""))]); }
        catch (Exception unread) when (unread is IOException or UnauthorizedAccessException) { return ([], [new(Rules.FileMissing, new(reading.File, 0, ""))]); }
    }
}
