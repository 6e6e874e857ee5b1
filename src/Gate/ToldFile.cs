using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Groeilijn.Education;
using Groeilijn.Statistics.Disclosure;

namespace Groeilijn.Gate;

/// <summary>A figure that one room tells another of.</summary>
/// <param name="Release">With what it left.</param>
/// <param name="Cell">Its place there.</param>
/// <param name="Shown">Whether it was shown; otherwise it may not follow.</param>
/// <param name="Parts">What it is the sum of.</param>
public sealed record ToldFigure(string Release, string Cell, bool Shown, IReadOnlyList<ToldPart> Parts);

/// <summary>The results of one half-year, subject and scale in a figure.</summary>
/// <param name="Edition">The half-year.</param>
/// <param name="Subject">The subject.</param>
/// <param name="Scale">The scale.</param>
/// <param name="Members">Pupils by their number in the file; as a correction whatever tells the value apart from the one that the project's file has alone.</param>
/// <param name="Less">Whether they are taken away.</param>
public sealed record ToldPart(Edition Edition, Subject Subject, string Scale, MemberSet Members, bool Less = false);

/// <summary>
/// What two rooms tell each other of a project (<c>groeilijn-told/1</c>, docs/FORMATS.md): the office which of its pupils are in public figures, the research desk which are in its outputs. Each figure is a
/// sum over the project's pseudonyms, without a value; plain lines, so that everybody can see what crosses the border. A first line with the project and how many pupils and figures there are, a line a pupil,
/// and a line a figure with the lines of its parts.
/// </summary>
/// <param name="Project">The project.</param>
/// <param name="Pupils">Pseudonyms; with a dash before it the name of somebody who is not in the project's file, and a dash alone for who was withdrawn.</param>
/// <param name="Figures">The figures.</param>
public sealed record ToldFile(string Project, IReadOnlyList<string> Pupils, IReadOnlyList<ToldFigure> Figures)
{
    /// <summary>The format and its version.</summary>
    public const string Format = "groeilijn-told/1";

    /// <summary>The name of a file for a project's file: it lies beside it.</summary>
    public static string Beside(string projectFile) => Path.ChangeExtension(projectFile, ".public");

    /// <summary>Writes the lines; true, for who writes a file so.</summary>
    public bool WriteTo(Stream stream)
    {
        using var file = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        file.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Format} {Project} {Pupils.Count} {Figures.Count}"));
        foreach (var pupil in Pupils) file.WriteLine(pupil);
        foreach (var figure in Figures)
        {
            file.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{figure.Release} {(figure.Shown ? "shown" : "hidden")} {figure.Parts.Count} {figure.Cell}"));
            foreach (var part in figure.Parts) Write(file, part);
        }
        return true;
    }

    static void Write(StreamWriter file, ToldPart part)
    {
        file.Write($"{part.Edition} {part.Subject.Code()} {part.Scale} {(part.Less ? '-' : '+')}");
        foreach (var (pupil, value) in part.Members.Pupils.Select((pupil, i) => (pupil, part.Members.CorrectionsOf(i))).Order())
            file.Write(value == 0 ? string.Create(CultureInfo.InvariantCulture, $" {pupil}") : string.Create(CultureInfo.InvariantCulture, $" {pupil}.{value}"));
        file.WriteLine();
    }

    /// <summary>Reads a file; false with the line and the rule it breaks.</summary>
    public static bool TryRead(IEnumerable<string> lines, [NotNullWhen(true)] out ToldFile? file, [NotNullWhen(false)] out string? fault)
    {
        using var each = lines.GetEnumerator();
        var reader = new Reader(each);
        try { (file, fault) = (reader.File(), null); }
        catch (FormatException wrong) { (file, fault) = (null, wrong.Message); }
        return file is not null;
    }

    sealed class Reader(IEnumerator<string> lines)
    {
        int _line, _pupils;

        public ToldFile File()
        {
            if (Next().Split(' ') is not [Format, { Length: > 0 and <= 40 } project, var pupils, var figures] || !Count(pupils, out _pupils) || !Count(figures, out var sums)) throw Wrong($"must be {Format}, the project, and how many pupils and figures there are");
            List<string> people = [];
            for (var i = 0; i < _pupils; i++) people.Add(Next() is var name && IsPupil(name) ? name : throw Wrong("must be a pupil: 32 letters, a dash and 32 letters, or a dash"));
            List<ToldFigure> told = [];
            for (var i = 0; i < sums; i++) told.Add(Figure());
            if (!lines.MoveNext()) return new(project, people, told);
            _line++;
            throw Wrong("is one more than the first line says");
        }

        static bool IsPupil(string name) => name == "-" || (name.TrimStart('-') is { Length: 32 } letters && name.Length - letters.Length <= 1 && letters.All(c => c is >= 'a' and <= 'p'));

        ToldFigure Figure()
        {
            var words = Next().Split(' ', 4);
            if (words is not [{ Length: > 0 and <= 200 } release, "shown" or "hidden", var parts, { Length: <= 1000 } cell] || !Count(parts, out var count)) throw Wrong("must be what it left with, shown or hidden, how many lines follow, and the place of the figure");
            List<ToldPart> read = [];
            for (var i = 0; i < count; i++) read.Add(Part());
            return new(release, cell, words[1] == "shown", read);
        }

        ToldPart Part()
        {
            var words = Next().Split(' ');
            if (words.Length < 5 || Edition.Parse(words[0]) is not { Ok: true, Value: var edition } || !Subjects.TryRead(words[1], out var subject) || !TestScale.Series.Contains(words[2]) || words[3] is not ("+" or "-"))
                throw Wrong("must be a half-year, a subject, a scale, + or -, and pupils by number");
            var (pupils, values, before) = (new int[words.Length - 4], new byte[words.Length - 4], -1);
            for (var i = 0; i < pupils.Length; i++)
            {
                var two = words[i + 4].Split('.');
                if (two.Length > 2 || !Count(two[0], out pupils[i]) || pupils[i] >= _pupils || (two.Length == 2 && (!Count(two[1], out var value) || value is < 1 or > 7 || (values[i] = (byte)value) == 0))) throw Wrong("names a pupil that the file does not have");
                if (pupils[i] <= before) throw Wrong("must name each pupil once, in order");
                before = pupils[i];
            }
            return new(edition, subject, words[2], new(pupils, values), words[3] == "-");
        }

        string Next()
        {
            _line++;
            return lines.MoveNext() ? lines.Current : throw Wrong("is missing");
        }

        static bool Count(string text, out int count) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count);

        FormatException Wrong(string rule) => new(string.Create(CultureInfo.InvariantCulture, $"Line {_line} {rule}."));
    }
}
