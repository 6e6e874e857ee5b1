using Groeilijn.Hosts.Commands;
using Groeilijn.Hosts.Faults;

namespace Groeilijn.Hosts.Storage;

/// <summary>An office that keeps its store on a PostgreSQL server, by the commands.</summary>
public sealed class OfficeOnPostgresTests : IDisposable
{
    readonly Session _session = new();

    string Home => _session.At("office");

    public void Dispose() => _session.Dispose();

    [Fact]
    public void An_office_is_made_on_a_server_and_works_from_its_folder_alone()
    {
        Session.Run("office", "init", "--home", Home, "--invented", "--postgres", FaultServer.Connection).Done();
        Assert.False(File.Exists(_session.At("office", "office.db")));
        Session.Run("office", "open", "--home", Home, "--edition", "2023-1", "--holder", "Anna Eerste", "--holder", "Bert Tweede").Done();
        Session.Run("office", "open", "--home", Home, "--edition", "2023-1", "--holder", "Anna Eerste", "--holder", "Bert Tweede").Refused("opened before");
        Session.Run("office", "init", "--home", Home).Refused("an office's home already");
    }

    [Fact]
    public void Two_offices_on_one_server_are_apart()
    {
        foreach (var home in (string[])[Home, _session.At("other")])
        {
            Session.Run("office", "init", "--home", home, "--postgres", FaultServer.Connection).Done();
            Session.Run("office", "open", "--home", home, "--edition", "2023-1", "--holder", "Anna Eerste", "--holder", "Bert Tweede").Done();
        }
    }

    [Fact]
    public void A_password_on_the_command_line_is_refused_and_not_repeated()
    {
        var refused = Session.Run("office", "init", "--home", Home, "--postgres", "Host=db;Database=office;Username=office;Password=ZZZ-SENTINEL").Refused("--postgres", exit: 2);
        Assert.Contains(".pgpass", refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("ZZZ", refused.Error + refused.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Home));
    }

    [Fact]
    public void A_server_that_is_not_there_makes_no_home_and_is_told_in_words()
    {
        Session.Run("office", "init", "--home", Home, "--postgres", $"Host={_session.At("nowhere")};Database=office;Username=office").Refused("does not answer");
        Session.Run("office", "cohort", "--home", Home).Refused("no office's home");
        Session.Run("office", "init", "--home", Home, "--postgres", FaultServer.Connection).Done();
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("not json")]
    [InlineData("{\"format\":\"groeilijn-store/1\",\"postgres\":\"Host=db;Database=o;Username=o;Password=ZZZ-SENTINEL\",\"schema\":\"office_1\"}")]
    public void A_store_file_that_says_nothing_useful_is_refused_in_words(string content)
    {
        Session.Run("office", "init", "--home", Home, "--invented").Done();
        _session.Write("office/store.json", content);
        var refused = Session.Run("office", "cohort", "--home", Home).Refused("store.json");
        Assert.DoesNotContain("ZZZ", refused.Error, StringComparison.Ordinal);
    }
}
