using System.CommandLine;
using System.Text;
using System.Text.Json;
using Groeilijn.Delivery;
using Groeilijn.SchoolCli;

namespace Groeilijn.Tests.School;

/// <summary>The school's work as a session at the command line.</summary>
public sealed class SchoolCliTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("groeilijn-cli-").FullName;
    readonly StandingClock _clock = new(TestHome.Day);

    [Fact]
    public void From_enrolment_to_sealed_delivery()
    {
        using var round = IdentityKey.Generate();
        Assert.Equal(0, Run("enrol", "--school", "99XX00", "--name", "De Verzonnen School").Exit);
        Assert.Equal(12, Json(["import", .. Samples.Import]).GetProperty("pupils").GetInt32());
        Assert.Equal(12, Json("letter", "--details", Samples.File("brief.json"), "--sent", "2025-02-11", "--until", "2025-03-01").GetProperty("pupils").GetInt32());
        Assert.Equal(2, Json("object", "--list", Samples.File("bezwaren.csv")).GetProperty("recorded").GetInt32());
        Assert.False(Json("check", "--edition", "2025-1").GetProperty("blocks").GetBoolean());
        var preview = Json("preview", "--edition", "2025-1");
        Assert.Equal((10, 52), (preview.GetProperty("pupils").GetInt32(), preview.GetProperty("results").GetInt32()));
        Assert.Equal(1, Run("seal", "--edition", "2025-1", "--to", round.Recipient.ToString(), "--approved-by", "A. Directeur").Exit);
        Assert.Equal("2027-2028", Json("agreement", "--by", "voorzitter", "--from", "2024-08-01", "--until", "2028-07-31", "--signed", "2025-01-15").GetProperty("last").GetString());
        var made = Json("seal", "--edition", "2025-1", "--to", round.Recipient.ToString(), "--approved-by", "A. Directeur");
        Assert.Equal(preview.GetProperty("sha256").GetString(), made.GetProperty("payload").GetString());
        Assert.All(made.GetProperty("files").EnumerateArray(), file => Assert.True(File.Exists(file.GetString())));
        Directory.CreateDirectory(Path.Combine(_folder, "drop"));
        Assert.Equal(3, Json("send", "--edition", "2025-1", "--target", Path.Combine(_folder, "drop")).GetProperty("files").GetArrayLength());
        Assert.Equal(3, Directory.GetFiles(Path.Combine(_folder, "drop")).Length);
        Assert.Equal(2, Run("send", "--edition", "2025-1", "--target", "http://voorbeeld.example/").Exit);
    }

    [Fact]
    public void A_folder_without_a_school_says_how_to_begin()
    {
        var (exit, _, error) = Run("check");
        Assert.Equal(1, exit);
        Assert.StartsWith("error: in deze map is nog geen school ingeschreven\nhint: begin met: school enrol", error.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void A_folder_is_enrolled_once()
    {
        Assert.Equal(0, Run("enrol", "--school", "99XX00", "--name", "x").Exit);
        Assert.Equal(1, Run("enrol", "--school", "99XX00", "--name", "x").Exit);
    }

    [Fact]
    public void Wrong_use_ends_in_two_and_a_refusal_in_one()
    {
        Assert.Equal(0, Run("enrol", "--school", "99XX00", "--name", "x").Exit);
        Assert.Equal(2, Run("nothing").Exit);
        Assert.Equal(2, Run("seal").Exit);
        Assert.Equal(2, Run("object").Exit);
        Assert.Equal(1, Run("preview", "--edition", "2025-1").Exit);
        Assert.Equal(1, Run("import", Path.Combine(_folder, "absent")).Exit);
        Assert.Equal(1, Run("check").Exit);
    }

    [Fact]
    public void Every_command_has_help_with_a_worked_example()
    {
        foreach (var command in SchoolCommands.Create().Subcommands)
        {
            var (exit, output, _) = Run(command.Name, "--help");
            Assert.Equal(0, exit);
            Assert.Contains("Example:", output);
            Assert.Contains("groeilijn-school " + command.Name, output);
        }
        Assert.Equal("school", SchoolCommands.Create().Name);
    }

    [Fact]
    public void Both_languages_are_spoken()
    {
        Run("enrol", "--school", "99XX00", "--name", "x");
        Assert.Contains("P05  1 ×  signaal", Run(["import", .. Samples.Import]).Output);
        Assert.Contains("P05  1 ×  signal:", Run(["import", .. Samples.Import, "--lang", "en"]).Output);
    }

    JsonElement Json(params string[] arguments)
    {
        var (exit, output, error) = Run([.. arguments, "--json"]);
        Assert.True(exit == 0, error);
        Assert.Equal("", error);
        return JsonDocument.Parse(output).RootElement;
    }

    (int Exit, string Output, string Error) Run(params string[] arguments)
    {
        var program = new RootCommand("groeilijn-school");
        SchoolCommands.AddTo(program, _clock);
        var (output, error) = (new StringBuilder(), new StringBuilder());
        using var to = new StringWriter(output);
        using var wrong = new StringWriter(error);
        var help = arguments.Contains("--help") || arguments is ["nothing"];
        return (Terminal.Run(program, help ? arguments : [.. arguments, "--home", Path.Combine(_folder, "home")], to, wrong), output.ToString(), error.ToString());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
