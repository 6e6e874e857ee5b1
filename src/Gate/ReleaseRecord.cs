using System.Diagnostics.CodeAnalysis;
using Groeilijn.Delivery;

namespace Groeilijn.Gate;

/// <summary>What left, to whom, under which rules (<c>groeilijn-release/1</c>): one line of canonical JSON.</summary>
public sealed record ReleaseRecord
{
    /// <summary>The format and its version.</summary>
    public const string Format = "groeilijn-release/1";

    /// <summary>What it is, <c>2023-2/report/99XX00</c>; the same again has the same.</summary>
    public required string Id { get; init => field = Spelling.Line.Demand(value); }

    /// <summary>When; kept to the second, UTC.</summary>
    public required DateTimeOffset Time { get; init => field = new DateTimeOffset(value.UtcTicks - value.UtcTicks % TimeSpan.TicksPerSecond, TimeSpan.Zero); }

    /// <summary><c>school</c>, <c>public</c> or <c>researcher</c>.</summary>
    public required string Audience { get; init => field = s_audience.Demand(value); }

    /// <summary>The school, table or project that it is about.</summary>
    public required string Subject { get; init => field = Spelling.Line.Demand(value); }

    /// <summary>The half-year.</summary>
    public required string Edition { get; init => field = Spelling.Edition.Demand(value); }

    /// <summary>The rules, <c>school/2</c>.</summary>
    public required string Profile { get; init => field = Spelling.Set.Demand(value); }

    /// <summary>SHA-256 of the file before sealing; of several files, of their list as sha256sum writes it, in order of name.</summary>
    public required string Artefact { get; init => field = Spelling.Sha256.Demand(value); }

    /// <summary>How many cells were published.</summary>
    public required int Published { get; init; }

    /// <summary>How many cells were hidden, for each reason.</summary>
    public required IReadOnlyDictionary<string, int> Reasons { get; init; }

    /// <summary>How many cells were hidden.</summary>
    public int Hidden => Reasons.Values.Sum();

    /// <summary>How many cells there were.</summary>
    public int Cells => Published + Hidden;

    /// <summary>The line, with its LF.</summary>
    public byte[] ToJson() => [.. CanonicalJson.Write(json =>
    {
        json.Text("format", Format, Spelling.Exactly(Format));
        json.Text("id", Id, Spelling.Line);
        json.Time("time", Time);
        json.Text("audience", Audience, s_audience);
        json.Text("subject", Subject, Spelling.Line);
        json.Text("edition", Edition, Spelling.Edition);
        json.Text("profile", Profile, Spelling.Set);
        json.Text("artefact", Artefact, Spelling.Sha256);
        json.Integer("cells", Cells);
        json.Integer("published", Published);
        json.Integer("hidden", Hidden);
        json.Object("reasons", reasons =>
        {
            foreach (var (reason, count) in Reasons.OrderBy(r => r.Key, StringComparer.Ordinal)) reasons.Integer(reason, count);
        });
    }), (byte)'\n'];

    /// <summary>Reads a line; false with the member and the rule it breaks.</summary>
    public static bool TryRead(ReadOnlySpan<byte> line, [NotNullWhen(true)] out ReleaseRecord? record, [NotNullWhen(false)] out JsonFault? fault)
    {
        if (!CanonicalJson.TryRead(line, Read, out var read, out fault)) { record = null; return false; }
        (record, var counted) = (read.Record, read.Cells == read.Record.Cells && read.Hidden == read.Record.Hidden);
        fault = counted ? null : new JsonFault("cells", "must be published and hidden together, and hidden the sum of the reasons");
        return counted;
    }

    sealed record Counted(ReleaseRecord Record, int Cells, int Hidden);

    static Counted Read(CanonicalReader json)
    {
        json.Text("format", Spelling.Exactly(Format));
        var (id, time) = (json.Text("id", Spelling.Line), json.Time("time"));
        var (audience, subject) = (json.Text("audience", s_audience), json.Text("subject", Spelling.Line));
        var (edition, profile) = (json.Text("edition", Spelling.Edition), json.Text("profile", Spelling.Set));
        var artefact = json.Text("artefact", Spelling.Sha256);
        var (cells, published, hidden) = (json.Count("cells"), json.Count("published"), json.Count("hidden"));
        var reasons = json.Object("reasons", ReadReasons);
        return new Counted(new ReleaseRecord { Id = id, Time = time, Audience = audience, Subject = subject, Edition = edition, Profile = profile, Artefact = artefact, Published = published, Reasons = reasons }, cells, hidden);
    }

    static SortedDictionary<string, int> ReadReasons(CanonicalReader json)
    {
        var reasons = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var code in s_reasons)
            if (json.OptionalInteger(code, 1, int.MaxValue) is { } count) reasons.Add(code, (int)count);
        return reasons;
    }

    static readonly Spelling s_audience = Spelling.OneOf("public", "researcher", "school");

    /// <summary>Every reason that a profile gives or gave, in alphabetical order.</summary>
    static readonly string[] s_reasons =
        [.. Gate.Profile.All.Select(profile => profile.Rule).Concat(Gate.Profile.Earlier).SelectMany(rule => Enum.GetValues<Statistics.Disclosure.HiddenBecause>().Select(rule.Code)).Distinct().Order(StringComparer.Ordinal)];
}
