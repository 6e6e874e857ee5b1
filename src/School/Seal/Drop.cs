using Groeilijn.Delivery;

namespace Groeilijn.School;

/// <summary>Puts a file into a folder that somebody else reads: whole and on the disk, or not there.</summary>
static class Drop
{
    public static Refusal? Into(string folder, string file, string sha256)
    {
        try
        {
            if (!Directory.Exists(folder)) return Refusals.NoDropFolder;
            var to = Path.Combine(folder, Path.GetFileName(file));
            if (File.Exists(to)) return FileDigest.OfFile(to).Sha256 == sha256 ? null : Refusals.OtherFileThere;
            foreach (var left in Directory.EnumerateFiles(folder, Path.GetFileName(file) + ".????????????.tmp")) File.Delete(left); // of a copy that was killed
            DurableFile.TryWrite(to, output =>
            {
                using var input = File.OpenRead(file);
                input.CopyTo(output);
                return true;
            });
            return null;
        }
        catch (Exception unwritten) when (unwritten is IOException or UnauthorizedAccessException)
        {
            return Refusals.NoDropFolder;
        }
    }
}
