using System.Text.RegularExpressions;

namespace Groeilijn.Tests.Conventions;

/// <summary>One way out: of all source files only the Gate's writes in the folder <c>outgoing</c>, and the public log its own folder there.</summary>
public sealed partial class OutgoingFolderTests
{
    /// <summary>Who names the folder, and why that is no second way out.</summary>
    static readonly Dictionary<string, string> s_allowed = new(StringComparer.Ordinal)
    {
        ["src/Gate/Outgoing.cs"] = "the way out",
        ["src/Office/Ledger/PublicLog.cs"] = "writes the public log, in which no number of a pupil or school is",
        ["src/Office/Backup/Backup.cs"] = "reads it into the sealed backup",
        ["src/Cli/Demo/DemoRun.cs"] = "reads it for the public site",
        ["src/Cli/Commands/OfficeCommandsLog.cs"] = "opens the public log",
    };

    [Fact]
    public void Only_the_gate_names_the_outgoing_folder_to_write_in_it() =>
        Assert.Empty(Checkout.Files("src", ".cs").Where(file => Literal().IsMatch(file.Text) && !s_allowed.ContainsKey(file.Path)).Select(file => file.Path));

    [Fact]
    public void Whoever_is_allowed_still_names_it() =>
        Assert.Empty(s_allowed.Keys.Except(Checkout.Files("src", ".cs").Where(file => Literal().IsMatch(file.Text)).Select(file => file.Path)));

    [Theory]
    [InlineData("src/Cli/Demo/DemoRun.cs")]
    [InlineData("src/Office/Backup/Backup.cs")]
    public void Readers_of_the_folder_do_not_write_files_there(string path)
    {
        var text = Checkout.Files("src", ".cs").Single(file => file.Path == path).Text;
        Assert.DoesNotMatch(@"(DurableFile|File)\.(Write|Append|Create|Open|Move|Copy)\w*\([^;]*outgoing", text);
    }

    [Fact]
    public void The_gate_writes_in_one_place()
    {
        var text = Checkout.Files("src", ".cs").Single(file => file.Path == "src/Gate/Outgoing.cs").Text;
        Assert.Single(Regex.Matches(text, "\"outgoing\""));
        Assert.Equal(2, Regex.Count(text, @"DurableFile\.Write\(")); // the file that leaves, and the restored list of records
        Assert.DoesNotContain("DurableFile", string.Concat(Checkout.Files("src", ".cs").Where(file => file.Path.StartsWith("src/Gate/", StringComparison.Ordinal) && file.Path != "src/Gate/Outgoing.cs").Select(file => file.Text)), StringComparison.Ordinal);
    }

    /// <summary>A path: what a command says of the folder in its help has spaces.</summary>
    [GeneratedRegex("\"([^\" \n]*/)?outgoing(/[^\" \n]*)?\"")] private static partial Regex Literal();
}
