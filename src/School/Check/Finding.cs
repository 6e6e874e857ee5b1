namespace Groeilijn.School;

/// <summary>Where something was found: file, line, element or column. Never what stood there.</summary>
public readonly record struct Place(string File, int Line, string Column)
{
    /// <summary>The place of something that stands in no file.</summary>
    public static readonly Place None = new("", 0, "");

    /// <summary>The place in words.</summary>
    public string Words(string language) => string.Join(", ", Parts(language));

    IEnumerable<string> Parts(string language)
    {
        if (!string.IsNullOrEmpty(File)) yield return File;
        if (Line > 0) yield return (language == "nl" ? "regel " : "line ") + Line.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (!string.IsNullOrEmpty(Column)) yield return Column;
    }
}

/// <summary>A rule that something broke, and where. <paramref name="Person"/> is the home's own number of a pupil, which means nothing elsewhere.</summary>
public sealed record Finding(Rule Rule, Place Place, long? Person = null, int Count = 1);
