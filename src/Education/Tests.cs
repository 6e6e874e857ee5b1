using System.Globalization;

namespace Groeilijn.Education;

/// <summary>The subjects of the programme: language and arithmetic, nothing else.</summary>
public enum Subject
{
    /// <summary>Begrijpend lezen.</summary>
    Reading = 1,
    /// <summary>Spelling (niet-werkwoorden).</summary>
    Spelling = 2,
    /// <summary>Rekenen-wiskunde.</summary>
    Maths = 3,
}

/// <summary>Codes and names of <see cref="Subject"/>.</summary>
public static class Subjects
{
    /// <summary>All subjects, in the order of every table and report.</summary>
    public static IReadOnlyList<Subject> All { get; } = [Subject.Reading, Subject.Spelling, Subject.Maths];

    /// <summary>The code in our formats.</summary>
    public static string Code(this Subject subject) => subject switch
    {
        Subject.Reading => "reading",
        Subject.Spelling => "spelling",
        Subject.Maths => "maths",
        _ => throw new ArgumentOutOfRangeException(nameof(subject)),
    };

    /// <summary>The name for a reader, in Dutch or English.</summary>
    public static string Name(this Subject subject, bool dutch) => (subject, dutch) switch
    {
        (Subject.Reading, true) => "Begrijpend lezen",
        (Subject.Spelling, true) => "Spelling",
        (Subject.Maths, true) => "Rekenen-wiskunde",
        (Subject.Reading, false) => "Reading comprehension",
        (Subject.Spelling, false) => "Spelling",
        (Subject.Maths, false) => "Mathematics",
        _ => throw new ArgumentOutOfRangeException(nameof(subject)),
    };

    /// <summary>Reads a code of our formats.</summary>
    public static bool TryRead(string? code, out Subject subject)
    {
        foreach (var each in All) if (each.Code() == code) { subject = each; return true; }
        subject = default;
        return false;
    }
}

/// <summary>
/// The scale an ability score stands on: one subject in one test series. The old series (<c>lvs-2</c>) and the new
/// (<c>lvs-3</c>) differ completely, and reading is not maths: scores of two scales never mix. The default value is no scale.
/// </summary>
public readonly record struct TestScale
{
    /// <summary>The codes of the series that exist.</summary>
    public static IReadOnlyList<string> Series { get; } = ["lvs-2", "lvs-3"];

    readonly Subject _subject;
    readonly string? _series;

    TestScale(Subject subject, string series) => (_subject, _series) = (subject, series);

    /// <summary>The subject it measures.</summary>
    /// <exception cref="InvalidOperationException">This is <c>default</c>.</exception>
    public Subject Subject => _series is not null ? _subject : throw new InvalidOperationException("A default TestScale is no scale.");

    /// <summary>The code of the series, <c>lvs-2</c> or <c>lvs-3</c>.</summary>
    /// <exception cref="InvalidOperationException">This is <c>default</c>.</exception>
    public string Code => _series ?? throw new InvalidOperationException("A default TestScale is no scale.");

    /// <summary>The scale of a subject in a series.</summary>
    public static Parsed<TestScale> Parse(Subject subject, string? series)
    {
        if (!Subjects.All.Contains(subject)) return Parsed<TestScale>.No(Fault.UnknownCode);
        foreach (var known in Series) if (known == series) return Parsed<TestScale>.Of(new TestScale(subject, known));
        return Parsed<TestScale>.No(string.IsNullOrWhiteSpace(series) ? Fault.Empty : Fault.UnknownCode);
    }

    /// <summary>Subject and series.</summary>
    public override string ToString() => _series is null ? "(no scale)" : $"{_subject.Code()}/{_series}";
}

/// <summary>
/// An ability score (vaardigheidsscore) with the scale it stands on, in whole tenths, −200.0 to 999.9. The default value is no score.
/// </summary>
public readonly record struct AbilityScore
{
    /// <summary>The lowest and highest tenths that any scale of this programme holds.</summary>
    public const int LowestTenths = -2000, HighestTenths = 9999;

    readonly TestScale _scale;
    readonly int _tenths;

    /// <summary>A score of <paramref name="tenths"/> tenths on a scale.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside −200.0 to 999.9, or the scale is <c>default</c>.</exception>
    public AbilityScore(TestScale scale, int tenths)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(scale, default);
        // Not ThrowIfLessThan: its message repeats the score.
        if (tenths is < LowestTenths or > HighestTenths) throw new ArgumentOutOfRangeException(nameof(tenths));
        (_scale, _tenths) = (scale, tenths);
    }

    /// <summary>The scale.</summary>
    /// <exception cref="InvalidOperationException">This is <c>default</c>.</exception>
    public TestScale Scale => _scale != default ? _scale : throw new InvalidOperationException("A default AbilityScore is no score.");

    /// <summary>The score in tenths.</summary>
    /// <exception cref="InvalidOperationException">This is <c>default</c>.</exception>
    public int Tenths => _scale != default ? _tenths : throw new InvalidOperationException("A default AbilityScore is no score.");

    /// <summary>Reads a score with a decimal comma or point. More than one decimal is rounded, half away from zero, with <see cref="Signal.Rounded"/>.</summary>
    public static Parsed<AbilityScore> Parse(TestScale scale, string? text)
    {
        var t = (text ?? "").Trim().Replace(',', '.');
        if (t.Length == 0) return Parsed<AbilityScore>.No(Fault.Empty);
        if (t.Contains('\0') || !decimal.TryParse(t, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)) return Parsed<AbilityScore>.No(Fault.Characters);
        if (value is < LowestTenths / 10m or > HighestTenths / 10m) return Parsed<AbilityScore>.No(Fault.OutOfRange);
        var tenths = decimal.Round(value * 10, 0, MidpointRounding.AwayFromZero);
        return Parsed<AbilityScore>.Of(new AbilityScore(scale, (int)tenths), tenths == value * 10 ? Signal.None : Signal.Rounded);
    }

    /// <summary>Growth in tenths from this score to a later one; null when they stand on different scales, because then there is none.</summary>
    public int? GrowthTo(AbilityScore later) => Scale == later.Scale ? later.Tenths - Tenths : null;

    /// <summary>The scale without the score: a pupil's score never enters a message or a log.</summary>
    public override string ToString() => _scale == default ? "(no score)" : $"AbilityScore(*** on {_scale})";
}

/// <summary>
/// The codes of the tests, as exports carry them: subject, series and moment in one, for instance <c>BL3-M5</c>
/// (begrijpend lezen, series 3, midden groep 5). The codes are invented; a real publisher's list takes their place by configuration.
/// </summary>
public static class TestCatalogue
{
    /// <summary>The name of this vocabulary in UWLR messages.</summary>
    public const string Vocabulary = "groeilijn-toetsen";

    static readonly (Subject Subject, string Code)[] s_subjects = [(Subject.Reading, "BL"), (Subject.Spelling, "SP"), (Subject.Maths, "RW")];

    static readonly Dictionary<string, (TestScale Scale, TestMoment Moment)> s_byCode = Enumerate().ToDictionary(t => Code(t.Scale, t.Moment), StringComparer.OrdinalIgnoreCase);

    /// <summary>The code of a test.</summary>
    public static string Code(TestScale scale, TestMoment moment) =>
        $"{s_subjects.First(s => s.Subject == scale.Subject).Code}{scale.Code[^1]}-{moment}";

    /// <summary>Finds a test by its code; false for a test of another subject or an unknown one.</summary>
    public static bool TryFind(string? code, out TestScale scale, out TestMoment moment)
    {
        var found = s_byCode.TryGetValue((code ?? "").Trim(), out var test);
        (scale, moment) = test;
        return found;
    }

    /// <summary>Every test there is. Reading comprehension has no M3.</summary>
    public static IEnumerable<(TestScale Scale, TestMoment Moment)> All => s_byCode.Values;

    static IEnumerable<(TestScale Scale, TestMoment Moment)> Enumerate() =>
        from subject in Subjects.All
        from series in TestScale.Series
        from grade in Enumerable.Range(3, 6)
        from half in new[] { HalfYear.M, HalfYear.E }
        where !(subject == Subject.Reading && grade == 3 && half == HalfYear.M)
        select (TestScale.Parse(subject, series).Value, new TestMoment(half, new YearGroup(grade)));
}
