using System.Diagnostics;
using Groeilijn.Delivery;
using Groeilijn.Education;
using Groeilijn.School;

namespace Groeilijn.Hosts.Chain;

/// <summary>A delivery that a school sealed is opened by somebody else's program, and is what the preview showed.</summary>
public sealed class AgeTests : IDisposable
{
    static readonly Edition s_edition = Edition.Parse("2025-1").Value;

    readonly string _folder = Directory.CreateTempSubdirectory("groeilijn-age-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Debians_age_opens_a_delivery_and_finds_the_bytes_of_the_preview()
    {
        SkipWithoutAge();
        using var round = IdentityKey.Generate();
        var keyFile = Path.Combine(_folder, "round.key");
        DurableFile.WriteSecret(keyFile, System.Text.Encoding.ASCII.GetBytes(round.ToSecretText() + "\n"));
        var (preview, made) = Deliver(round.Recipient);

        var opened = Path.Combine(_folder, "opened.jsonl");
        using var age = Process.Start(new ProcessStartInfo("age", ["--decrypt", "--identity", keyFile, "--output", opened, made.CiphertextFile]) { RedirectStandardError = true })!;
        Assert.True(age.WaitForExit(30_000));
        Assert.Equal(0, age.ExitCode);
        Assert.True(preview.AsSpan().SequenceEqual(File.ReadAllBytes(opened)));
    }

    (byte[] Preview, SealedDelivery Made) Deliver(RecipientKey round)
    {
        var samples = Path.Combine(Root(), "samples", "school");
        var clock = new Cli.Demo.DemoClock();
        clock.GoTo(new DateOnly(2025, 3, 1));
        using var home = SchoolHome.Open(Path.Combine(_folder, "school"), new SchoolProfile(SchoolLocation.Parse(Brin(samples)).Value, "De Verzonnen Linde"), clock);
        var imported = Import.Run(home, [Path.Combine(samples, "edexml.xml"), Path.Combine(samples, "uwlr.xml"), Path.Combine(samples, "adressen.csv")]);
        Assert.True(imported.Stored);
        Assert.True(LetterDetails.KeepFile(home, Path.Combine(samples, "brief.json")).Ok);
        Assert.True(Inform.Send(home, new DateOnly(2025, 3, 1), new DateOnly(2025, 3, 15)).Ok);
        clock.GoTo(new DateOnly(2025, 3, 16));
        var preview = Preview.Make(home, s_edition, imported.Reference);
        Assert.True(preview.Ok);
        var bytes = Preview.Payload(home, s_edition)!;
        Assert.True(Approvals.RecordAgreement(home, "bestuur", imported.Reference, s_edition.SchoolYear, s_edition.SchoolYear).Ok);
        Assert.True(Approvals.Approve(home, s_edition, Preview.Of(home, s_edition)!.Sha256, "directeur").Ok);
        return (bytes, Seal.Deliver(home, s_edition, round).Value!);
    }

    static string Brin(string samples)
    {
        var text = File.ReadAllText(Path.Combine(samples, "edexml.xml"));
        var start = text.IndexOf("<brincode>", StringComparison.Ordinal) + "<brincode>".Length;
        return text[start..(start + 4)];
    }

    static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Groeilijn.slnx"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }

    static void SkipWithoutAge()
    {
        if ((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(p => File.Exists(Path.Combine(p, "age")))) return;
        Assert.False(Environment.GetEnvironmentVariable("CI") == "true", "Debian's age must be there in CI.");
        Assert.Skip("The program age is not here: apt-get install age.");
    }
}
