using System.Diagnostics.CodeAnalysis;

namespace Groeilijn.Delivery;

/// <summary>One line of a delivery: who it is, and the results that go along.</summary>
public sealed record DeliveredPupil
{
    /// <summary>The identifying members.</summary>
    public required DeliveredPerson Person { get; init; }

    /// <summary>
    /// Values that the configured set adds to the format, by name; none in the basic set. Kept in alphabetical (ordinal) order, each name
    /// once and none a name that the format itself has.
    /// </summary>
    public IReadOnlyList<(string Name, Fact Value)> Extra
    {
        get;
        init
        {
            field = [.. value.OrderBy(extra => extra.Name, StringComparer.Ordinal)];
            foreach ((string name, Fact extra) in field)
            {
                Spelling.ExtraName.Demand(name);
                if (!extra.Allowed) throw new ArgumentException($"Extra, {name}: {Spelling.FactText.Rule}");
            }
            if (field.DistinctBy(extra => extra.Name).Count() != field.Count) throw new ArgumentException("Extra: each name stands once");
        }
    } = [];

    /// <summary>At least one result; kept in the order of the format whatever the order given.</summary>
    public required IReadOnlyList<DeliveredResult> Results
    {
        get;
        init => field = value.Count > 0 ? [.. value.Order()] : throw new ArgumentException("Results: a pupil in a delivery has at least one result.");
    }

    /// <summary>The line as it stands in the payload, without its LF.</summary>
    public byte[] ToJson() => CanonicalJson.Write(json =>
    {
        Person.Write(json);
        if (Extra.Count > 0) json.Facts("extra", Extra);
        json.Objects("results", Results, (result, item) => item.Write(result));
    });

    /// <summary>Reads one line of a payload by itself; false with the member and the rule it breaks.</summary>
    public static bool TryRead(ReadOnlySpan<byte> line, [NotNullWhen(true)] out DeliveredPupil? value, [NotNullWhen(false)] out JsonFault? fault) => CanonicalJson.TryRead(line, Read, out value, out fault);

    internal static DeliveredPupil Read(CanonicalReader json)
    {
        DeliveredPerson person = DeliveredPerson.Read(json);
        List<(string Name, Fact Value)> extra = json.Has("extra") ? ReadExtra(json) : [];
        List<DeliveredResult> results = json.Objects("results", DeliveredResult.Read);
        if (results.Count == 0) throw new JsonRefused("results", "must hold at least one result");
        for (int i = 1; i < results.Count; i++)
            if (results[i - 1].CompareTo(results[i]) > 0) throw new JsonRefused("results", "must be ordered by subject, taken, moment, score");
        return new() { Person = person, Extra = extra, Results = results };
    }

    /// <summary>An empty object is another spelling of none, so it is refused.</summary>
    static List<(string Name, Fact Value)> ReadExtra(CanonicalReader json)
    {
        List<(string Name, Fact Value)> extra = json.Facts("extra");
        if (extra.Count == 0) throw new JsonRefused("extra", "must hold at least one value, or be left out");
        return extra.TrueForAll(value => Spelling.ExtraName.Allows(value.Name)) ? extra : throw new JsonRefused("extra", Spelling.ExtraName.Rule);
    }

    /// <summary>The order of the format: number, birth date, postcode, house number, results, and sex and extra values where all that is equal.</summary>
    internal static int Compare(DeliveredPupil a, DeliveredPupil b)
    {
        int order = DeliveredPerson.CompareAddress(a.Person, b.Person);
        for (int i = 0; order == 0 && i < Math.Min(a.Results.Count, b.Results.Count); i++) order = a.Results[i].CompareTo(b.Results[i]);
        if (order == 0) order = a.Results.Count.CompareTo(b.Results.Count);
        if (order == 0) order = string.CompareOrdinal(a.Person.Sex, b.Person.Sex);
        return order != 0 ? order : CompareExtra(a.Extra, b.Extra);
    }

    static int CompareExtra(IReadOnlyList<(string Name, Fact Value)> a, IReadOnlyList<(string Name, Fact Value)> b)
    {
        int order = 0;
        for (int i = 0; order == 0 && i < Math.Min(a.Count, b.Count); i++)
        {
            order = string.CompareOrdinal(a[i].Name, b[i].Name);
            if (order == 0) order = string.CompareOrdinal(a[i].Value.Text, b[i].Value.Text);
            if (order == 0) order = Nullable.Compare(a[i].Value.Number, b[i].Value.Number);
        }
        return order == 0 ? a.Count.CompareTo(b.Count) : order;
    }

    /// <summary>Masked: only how many results there are.</summary>
    public override string ToString() => $"a pupil (masked) with {Results.Count} result(s)";
}

/// <summary>One result of one test.</summary>
public sealed record DeliveredResult : IComparable<DeliveredResult>
{
    const int LeastScore = -2000, MostScore = 9999;

    /// <summary><c>reading</c>, <c>spelling</c> or <c>maths</c>.</summary>
    public required string Subject { get; init => field = Spelling.Subject.Demand(value); }

    /// <summary>The day the test was taken.</summary>
    public required DateOnly Taken { get; init; }

    /// <summary>Half-year and year group the test is made for, <c>M5</c>.</summary>
    public required string Moment { get; init => field = Spelling.Moment.Demand(value); }

    /// <summary>The pupil's own year group when the test was taken, 3 to 8.</summary>
    public required int Group { get; init => field = (int)Spelling.Between(3, 8, value); }

    /// <summary><c>lvs-2</c> or <c>lvs-3</c>.</summary>
    public required string Scale { get; init => field = Spelling.Scale.Demand(value); }

    /// <summary>The ability score in tenths, −2000 to 9999: 206.6 is 2066.</summary>
    public required int Score { get; init => field = (int)Spelling.Between(LeastScore, MostScore, value); }

    internal void Write(CanonicalWriter json)
    {
        json.Text("subject", Subject, Spelling.Subject);
        json.Date("taken", Taken);
        json.Text("moment", Moment, Spelling.Moment);
        json.Integer("group", Group);
        json.Text("scale", Scale, Spelling.Scale);
        json.Integer("score", Score);
    }

    internal static DeliveredResult Read(CanonicalReader json) => new()
    {
        Subject = json.Text("subject", Spelling.Subject),
        Taken = json.Date("taken"),
        Moment = json.Text("moment", Spelling.Moment),
        Group = (int)json.Integer("group", 3, 8),
        Scale = json.Text("scale", Spelling.Scale),
        Score = (int)json.Integer("score", LeastScore, MostScore),
    };

    /// <summary>The order of the format: subject, taken, moment, score; then year group and scale, so that equal content has one order.</summary>
    public int CompareTo(DeliveredResult? other)
    {
        if (other is null) return 1;
        int order = string.CompareOrdinal(Subject, other.Subject);
        if (order == 0) order = Taken.CompareTo(other.Taken);
        if (order == 0) order = string.CompareOrdinal(Moment, other.Moment);
        if (order == 0) order = Score.CompareTo(other.Score);
        if (order == 0) order = Group.CompareTo(other.Group);
        return order != 0 ? order : string.CompareOrdinal(Scale, other.Scale);
    }

    /// <summary>Masked: the subject and the moment, never the score or the day.</summary>
    public override string ToString() => $"a result (masked) of {Subject} {Moment}";
}
