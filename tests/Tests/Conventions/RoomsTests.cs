using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Groeilijn.Tests.Conventions;

/// <summary>
/// Who may know whom. The zones do not trust each other, and the first lock is that the code of one is not there in the
/// other: the school's program holds nothing of the office, the research desk nothing of the register.
/// </summary>
public class RoomsTests
{
    const string Anything = "*";

    static readonly Dictionary<string, string[]> s_mayReference = new()
    {
        ["Education"] = [],
        ["Statistics"] = [],
        ["Columns"] = [],
        ["Web"] = [],
        ["Delivery"] = ["Education"],
        ["Testland"] = ["Education"],
        ["Storage"] = ["Delivery"],
        ["Gate"] = ["Education", "Statistics", "Storage", "Delivery"],
        ["Sites"] = ["Web", "Storage"],
        ["School"] = ["Education", "Delivery", "Storage", "Web", "Sites"],
        ["Office"] = ["Education", "Delivery", "Statistics", "Storage", "Columns", "Gate", "Web", "Sites"],
        ["Review"] = ["Education", "Delivery", "Statistics", "Storage", "Office", "Web", "Sites"],
        ["Research"] = ["Education", "Delivery", "Storage", "Columns", "Gate", "Web"],
        ["OpenData"] = ["Education", "Web"],
        ["SchoolCli"] = ["School"],
        ["Cli"] = [Anything],
    };

    static readonly string[] s_withoutPackages = ["Education", "Statistics", "Columns", "Testland", "Web"];

    static readonly string[] s_nativeFolders = ["src/Columns/", "src/Delivery/Native/", "src/Office/Destruction/Native/"];

    static readonly Dictionary<string, XDocument> s_projects =
        Checkout.Files("src", ".csproj").ToDictionary(f => Path.GetFileNameWithoutExtension(f.Path), f => XDocument.Parse(f.Text));

    public static TheoryData<string> Rooms => [.. s_projects.Keys];

    [Fact]
    public void Every_room_of_the_house_is_in_the_table() => Assert.Equal(s_mayReference.Keys.Order(), s_projects.Keys.Order());

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_room_references_only_whom_it_may(string room)
    {
        var allowed = s_mayReference[room];
        if (!allowed.Contains(Anything)) Assert.Empty(References(room).Except(allowed));
    }

    [Fact]
    public void The_program_of_the_school_holds_nothing_of_the_office_the_researcher_or_the_invented_country()
    {
        var closure = Closure("SchoolCli", References);
        Assert.Equal(["Delivery", "Education", "School", "Sites", "Storage", "Web"], closure.Order());
    }

    [Fact]
    public void The_compiled_program_of_the_school_loads_nothing_of_the_office_the_researcher_or_the_invented_country()
    {
        var loads = Closure("groeilijn-school", name => Assembly.Load(name).GetReferencedAssemblies().Select(a => a.Name!).Where(IsOurs));
        string[] allowed = ["Groeilijn.School", "Groeilijn.Education", "Groeilijn.Delivery", "Groeilijn.Storage", "Groeilijn.Sites", "Groeilijn.Web"];
        Assert.Empty(loads.Except(allowed));
    }

    [Fact]
    public void The_research_desk_and_the_public_site_hold_nothing_of_the_office_or_the_school()
    {
        foreach (var room in new[] { "Research", "OpenData" })
            Assert.Empty(Closure(room, References).Intersect(["Office", "School", "Testland"]));
    }

    [Fact]
    public void No_room_but_the_launchers_holds_the_invented_country() =>
        Assert.Equal(["Cli"], s_projects.Keys.Where(room => Closure(room, References).Contains("Testland")));

    [Fact]
    public void The_vocabulary_and_the_kernels_have_no_package_of_their_own() =>
        Assert.All(s_withoutPackages, room => Assert.Empty(Includes(room, "PackageReference")));

    [Fact]
    public void Native_calls_live_only_in_the_three_folders_that_an_auditor_expects()
    {
        var native = from file in Checkout.Files("src", ".cs")
                     where Regex.IsMatch(Checkout.CodeOnly(file.Text), @"\b(DllImport|LibraryImport|GetDelegateForFunctionPointer)\b")
                     where !s_nativeFolders.Any(folder => file.Path.StartsWith(folder, StringComparison.Ordinal))
                     select file.Path;
        Assert.Empty(native);
    }

    static IEnumerable<string> References(string room) => Includes(room, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path));

    static IEnumerable<string> Includes(string room, string item) => s_projects[room].Descendants(item).Select(e => e.Attribute("Include")!.Value);

    static bool IsOurs(string assembly) => assembly.StartsWith("groeilijn", StringComparison.OrdinalIgnoreCase);

    /// <summary>All that can be reached from one, itself not counted.</summary>
    static HashSet<string> Closure(string start, Func<string, IEnumerable<string>> next)
    {
        var reached = new HashSet<string>();
        var open = new Queue<string>([start]);
        while (open.TryDequeue(out var one))
            foreach (var other in next(one))
                if (reached.Add(other)) open.Enqueue(other);
        return reached;
    }
}
