using Groeilijn.Cli.Demo;
using Groeilijn.Delivery;
using Groeilijn.Education;
using Groeilijn.Hosts.Machine;
using Groeilijn.School;

namespace Groeilijn.Hosts.School;

/// <summary>A school of the samples with a sealed delivery, in a folder of its own that goes afterwards.</summary>
sealed class SealedSchool : IDisposable
{
    public static readonly Edition Edition = Edition.Parse("2025-1").Value;
    readonly DemoClock _clock = new();

    public SealedSchool(bool deliver = true)
    {
        _clock.GoTo(new DateOnly(2025, 3, 20));
        Home = Open();
        Assert.True(Import.Run(Home, Files).Stored);
        Assert.True(LetterDetails.KeepFile(Home, Checkout.Sample("brief.json")).Ok);
        Assert.True(Inform.Send(Home, new DateOnly(2025, 2, 11), new DateOnly(2025, 3, 1)).Ok);
        Assert.True(Approvals.RecordAgreement(Home, "voorzitter", new DateOnly(2025, 1, 15), Edition.SchoolYear, Edition.SchoolYear).Ok);
        if (!deliver) return;
        using var round = IdentityKey.Generate();
        Assert.True(Approvals.Approve(Home, Edition, Look(), "A. Directeur").Ok);
        Assert.True(Seal.Deliver(Home, Edition, round.Recipient).Ok);
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("groeilijn-sealed-").FullName;

    public SchoolHome Home { get; private set; }

    public string At(params ReadOnlySpan<string> parts) => Path.Combine([Folder, .. parts]);

    /// <summary>Makes the preview and gives its hash.</summary>
    public string Look() => Preview.Make(Home, Edition, new DateOnly(2025, 3, 1)).Value!.Sha256;

    public void Close() => Home.Dispose();

    public void Reopen() => Home = Open();

    public static string[] Files => [.. new[] { "edexml.xml", "uwlr.xml", "adressen.csv" }.Select(Checkout.Sample)];

    SchoolHome Open() => SchoolHome.Open(At("home"), new SchoolProfile(SchoolLocation.Parse("99XX00").Value, "De Verzonnen Linde"), _clock);

    public void Dispose()
    {
        Home.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}

/// <summary>Chance that is the same every time: a small generator with a seed (splitmix64).</summary>
sealed class Luck(ulong seed)
{
    ulong _state = seed;

    public int Below(int most)
    {
        unchecked
        {
            var z = _state += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return (int)((z ^ (z >> 31)) % (ulong)most);
        }
    }
}
