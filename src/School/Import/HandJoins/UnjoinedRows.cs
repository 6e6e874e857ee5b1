using System.Text.Json.Serialization;

namespace Groeilijn.School;

/// <summary>What one file says of one pupil whom it names in a way that nothing else does.</summary>
sealed class UnjoinedRows(PupilMarks marks, string file, int line)
{
    public PupilMarks Marks => marks;
    public string File => file;
    public int Line => line;
    public List<JoinedResult> Results { get; } = [];
    public List<Finding> Findings { get; } = [];
    public List<AddressRow> Addresses { get; } = [];

    /// <summary>How many results there were, those that could not be read too.</summary>
    public int Seen { get; private set; }

    public void Take(JoinedResult? result, Finding? finding)
    {
        Seen++;
        if (result is not null) Results.Add(result);
        if (finding is not null) Findings.Add(finding);
    }

    /// <summary>How this pupil is known again in the next file: by a mark of the whole country, else by that system's key with the name beside it.</summary>
    public string Foreign => marks.Eck.Length > 0 ? "eck " + marks.Eck
        : marks.Number.Length > 0 ? "number " + marks.Number
        : marks.Key.Length > 0 ? $"key {marks.Source} {marks.Key} {marks.Who}"
        : "who " + marks.Who;
}

/// <summary>The same as it lies sealed in the store.</summary>
sealed record UnjoinedEntry
{
    public string Name { get; init; } = "";
    public string Born { get; init; } = "";
    public string Key { get; init; } = "";
    public string File { get; init; } = "";
    public int Line { get; init; }
    public StoredResult[] Results { get; init; } = [];
    public string Postcode { get; init; } = "";
    public string House { get; init; } = "";
    public string Letter { get; init; } = "";
    public string Addition { get; init; } = "";

    [JsonIgnore]
    public bool HasAddress => Postcode.Length + House.Length > 0;

    /// <summary>One entry of all rows of one foreign pupil, which may stand in several files.</summary>
    public static UnjoinedEntry Of(IReadOnlyList<UnjoinedRows> rows)
    {
        var first = rows[0];
        var address = rows.SelectMany(r => r.Addresses).LastOrDefault();
        return new()
        {
            Name = first.Marks.Name,
            Born = first.Marks.Born,
            Key = first.Marks.Key,
            File = first.File,
            Line = first.Line,
            Results = [.. rows.SelectMany(r => r.Results).Select(Picture.Stored)],
            Postcode = address?.Postcode ?? "",
            House = address?.House ?? "",
            Letter = address?.Letter ?? "",
            Addition = address?.Addition ?? "",
        };
    }

    /// <summary>Masked.</summary>
    public override string ToString() => "unjoined";
}
