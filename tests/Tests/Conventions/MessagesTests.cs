using System.Text.RegularExpressions;

namespace Groeilijn.Tests.Conventions;

/// <summary>What the source may not say: no output beside the programs' own, no fault that disappears, nothing unfinished, nothing of one machine.</summary>
public partial class MessagesTests
{
    static readonly string[] s_speaking = ["src/Cli/", "src/SchoolCli/"];

    [Fact]
    public void Only_the_two_programs_write_to_the_console()
    {
        var offenders = from file in Checkout.Files("src", ".cs")
                        where !s_speaking.Any(room => file.Path.StartsWith(room, StringComparison.Ordinal))
                        where ConsoleWrite().IsMatch(Checkout.CodeOnly(file.Text))
                        select file.Path;
        Assert.Empty(offenders);
    }

    /// <summary>Both programs end in one place, which names a fault by its kind and its step and keeps its words back: they may hold a pupil's value.</summary>
    const string Outermost = "src/SchoolCli/Terminal.cs";

    [Fact]
    public void No_exception_is_swallowed()
    {
        var offenders = Checkout.Files("src", ".cs").Where(file => Swallows(Checkout.CodeOnly(file.Text))).Select(file => file.Path);
        Assert.Equal([Outermost], offenders);
    }

    [Theory]
    [InlineData("try { a(); } catch (Exception) { }", true)]
    [InlineData("try { a(); } catch { b(); }", true)]
    [InlineData("try { a(); } catch (Exception e) { b(e); if (c) { d(); } }", true)]
    [InlineData("try { a(); } catch (Exception e) { b(e); throw; }", false)]
    [InlineData("try { a(); } catch { if (c) { d(); } throw; }", false)]
    [InlineData("try { a(); } catch (Exception e) when (e is IOException) { b(); }", false)]
    [InlineData("try { a(); } catch (IOException) { b(); }", false)]
    public void A_catch_of_everything_that_does_not_throw_again_is_a_swallow(string code, bool swallows) => Assert.Equal(swallows, Swallows(code));

    [Fact]
    public void Every_source_file_opens_with_its_type()
    {
        var offenders = from file in Checkout.Files("src", ".cs")
                        where !file.Path.EndsWith("/Program.cs", StringComparison.Ordinal)
                        let first = FirstStatement(Checkout.CodeOnly(file.Text))
                        where first is not null && !TypeDeclaration().IsMatch(first)
                        select $"{file.Path}: {first}";
        Assert.Empty(offenders);
    }

    [Theory]
    [InlineData("using System;\n\nnamespace A.B;\n\n[Obsolete]\npublic readonly record struct C(int D);", true)]
    [InlineData("namespace A;\n\n[X(1,\n  2)]\nstatic class C { }", true)]
    [InlineData("namespace A;\n\npublic enum C { D }", true)]
    [InlineData("using A;\n\n[assembly: B(\"C\")]\n", true)] // a file of attributes alone
    [InlineData("return 0;", false)]
    [InlineData("using System;\nvar a = 1;", false)]
    public void A_type_is_recognised_behind_usings_namespace_and_attributes(string source, bool type) =>
        Assert.Equal(type, FirstStatement(source) is not string first || TypeDeclaration().IsMatch(first));

    [Fact]
    public void Nothing_in_the_source_is_left_for_later()
    {
        var offenders = Checkout.Files("src", ".cs", ".cshtml", ".sql", ".csproj").Where(file => ForLater().IsMatch(file.Text)).Select(file => file.Path);
        Assert.Empty(offenders);
    }

    [Fact]
    public void Source_and_documents_name_no_registry_and_no_folder_of_one_machine()
    {
        var files = Checkout.Files("src", ".cs", ".cshtml", ".sql", ".csproj", ".json", ".md", ".txt").Concat(Checkout.Files("docs", ".md", ".json", ".txt"));
        Assert.Empty(files.Where(file => OfOneMachine().IsMatch(file.Text)).Select(file => file.Path));
    }

    [Theory]
    [InlineData("see /home/somebody/x", true)]
    [InlineData("\"/root/x\"", true)]
    [InlineData("https://registry.example.org/package", true)]
    [InlineData("https://npm.example.org", true)]
    [InlineData("your/home/done", false)]
    [InlineData("work/root", false)]
    [InlineData("https://www.example.org/registry", false)]
    [InlineData("the population register", false)]
    public void A_path_or_a_registry_of_one_machine_is_recognised(string text, bool ofOneMachine) => Assert.Equal(ofOneMachine, OfOneMachine().IsMatch(text));

    /// <summary>Whether a catch of everything lacks both a filter and a throw.</summary>
    static bool Swallows(string code) => CatchAll().Matches(code).Any(match => !ThrowWord().IsMatch(Block(code, match.Index + match.Length)));

    /// <summary>The text from a position behind an opening brace to its closing brace.</summary>
    static string Block(string code, int from)
    {
        var (depth, at) = (1, from);
        while (at < code.Length && depth > 0) depth += code[at++] switch { '{' => 1, '}' => -1, _ => 0 };
        return code[from..at];
    }

    /// <summary>The first line of code behind usings, the namespace and attributes; null when there is none.</summary>
    static string? FirstStatement(string code)
    {
        var rest = code.TrimStart('\ufeff', ' ', '\r', '\n', '\t');
        while (Preamble().Match(rest) is { Success: true } preamble) rest = rest[preamble.Length..];
        return rest.Length == 0 ? null : rest.Split('\n')[0].Trim();
    }

    [GeneratedRegex(@"\bConsole\s*\.\s*(Write|Out\b|Error\b|OpenStandard(Output|Error))")]
    private static partial Regex ConsoleWrite();

    [GeneratedRegex(@"\bcatch\s*(\(\s*(System\s*\.\s*)?Exception(\s+\w+)?\s*\)\s*)?\{")]
    private static partial Regex CatchAll();

    [GeneratedRegex(@"\bthrow\b")]
    private static partial Regex ThrowWord();

    [GeneratedRegex(@"\A(?:(?:global\s+)?using\s[^;]*;|namespace\s[\w.]+;|#(?:pragma|nullable|if|endif)[^\n]*|\[(?>[^\[\]]+|\[[^\[\]]*\])*\])\s*")]
    private static partial Regex Preamble();

    [GeneratedRegex(@"\A(?:(?:public|internal|file|static|sealed|abstract|readonly|ref|partial|unsafe|private|protected)\s+)*(?:class|struct|record|interface|enum|delegate)\b")]
    private static partial Regex TypeDeclaration();

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|NotImplementedException)\b")]
    private static partial Regex ForLater();

    [GeneratedRegex(@"(?<![\w.~*-])/(?:home|root|Users)/|https?://[^/\s""']*(?:registry|nuget|npm|pypi|artifactory)[^/\s""']*", RegexOptions.IgnoreCase)]
    private static partial Regex OfOneMachine();
}
