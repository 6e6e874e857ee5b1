using System.CommandLine;
using Groeilijn.Delivery;
using Groeilijn.Hosts.Machine;

namespace Groeilijn.Hosts.Commands;

/// <summary>
/// 0 done, 1 refused, 2 wrong use; a refusal is <c>error:</c> and <c>hint:</c> on standard error and nothing on standard output; and no
/// word that was typed, and nothing that stands in a file, is ever repeated.
/// </summary>
public sealed class ExitCodeTests(ExitCodeTests.Homes homes) : IClassFixture<ExitCodeTests.Homes>
{
    const string Mark = "ZZZ-SENTINEL";

    /// <summary>What is typed (a word in braces is a path of the homes below, <c>~</c> is a space), what it ends in, and what the reason says.</summary>
    public static TheoryData<string, int, string> Cases => new()
    {
        { "ZZZ-SENTINEL", 2, "no such command" },
        { "office ZZZ-SENTINEL", 2, "no such command" },
        { "school ZZZ-SENTINEL --lang en", 2, "no such command" },
        { "@ZZZ-SENTINEL", 2, "no such command" },
        { "demo --schools ZZZ-SENTINEL", 2, "--schools is not understood" },
        { "demo --schools 2 --out {new}", 2, "3 to 500" },
        { "demo --editions 13 --out {new}", 2, "1 to 12" },
        { "demo --out {junk}", 1, "no demo" },
        { "demo --schools 3 --out {file}", 1, "could not be read or written" },
        { "testland --pupils 10 --out {new}", 2, "50 to 2300000" },
        { "testland --editions 0 --out {new}", 2, "1 to 40" },
        { "testland --pupils 100", 2, "--out is required" },
        { "testland --pupils 100 --editions 1 --out {file}", 1, "could not be read or written" },
        { "doctor ZZZ-SENTINEL", 2, "not understood" },
        { "verify --ZZZ-SENTINEL", 2, "option is not understood" },
        { "verify -- --ZZZ-SENTINEL", 1, "no such file" },
        { "school object --pupil --ZZZ-SENTINEL --home {school}", 2, "een optie wordt hier niet begrepen" },

        { "school enrol --school ZZZ-SENTINEL --name x --home {new}", 2, "waarde van --school wordt niet begrepen" },
        { "school enrol --school 99XX00 --home {new}", 2, "--name ontbreekt" },
        { "school enrol --school 99XX00 --name ~ --home {new}", 2, "naam is leeg" },
        { "school enrol --school 99XX00 --name x --home {school}", 1, "al in gebruik" },
        { "school enrol --school 99XX00 --name x --home {school} --lang en", 1, "home already" },
        { "school check --lang ZZZ-SENTINEL", 2, "waarde van --lang wordt niet begrepen" },
        { "school import --home {school}", 2, "files ontbreekt" },
        { "school import {file} --home {none}", 1, "nog geen school ingeschreven" },
        { "school import {file} --reference ZZZ-SENTINEL --home {school}", 2, "waarde van --reference wordt niet begrepen" },
        { "school check --home {none} --lang en", 1, "no school is enrolled" },
        { "school check --edition ZZZ-SENTINEL --home {school}", 2, "waarde van --edition wordt niet begrepen" },
        { "school letter --home {school}", 2, "is nodig" },
        { "school letter --sent 2023-03-01 --until 2023-03-14 --home {school}", 1, "veertien dagen" },
        { "school letter --sent 2999-03-01 --until 2999-03-20 --home {school} --lang en", 1, "in the future" },
        { "school letter --sent 1-3-2023 --until 2023-03-20 --home {school}", 2, "waarde van --sent wordt niet begrepen" },
        { "school object --home {school}", 2, "één van" },
        { "school object --pupil ZZZ-SENTINEL --list {file} --home {school}", 2, "één van" },
        { "school object --pupil ZZZ-SENTINEL --home {school}", 1, "niet bekend" },
        { "school object --pupil ZZZ-SENTINEL --withdraw --home {school} --lang en", 1, "not known" },
        { "school object --pupil @ZZZ-SENTINEL --home {school}", 1, "niet bekend" },
        { "school object --pupil L1001 --withdraw --home {school}", 1, "geen bezwaar" },
        { "school object --pupil L1001 --on 2999-01-01 --home {school}", 1, "toekomst" },
        { "school object --list {file} --home {school}", 1, "geen lijst" },
        { "school object --pass-on ZZZ-SENTINEL --home {school}", 2, "waarde van --pass-on wordt niet begrepen" },
        { "school preview --edition 2025-1 --home {school}", 1, "geen leerling die mee kan" },
        { "school preview --edition 2025-3 --home {school}", 2, "waarde van --edition wordt niet begrepen" },
        { "school seal --edition 2025-1 --to {key} --approved-by x --home {school}", 1, "geen voorbeeld" },
        { "school seal --edition 2025-1 --to ZZZ-SENTINEL --approved-by x --home {school}", 2, "waarde van --to wordt niet begrepen" },
        { "school seal --edition 2025-1 --to {key} --approved-by ~ --home {school}", 2, "approved-by" },
        { "school receipt {file} --home {school}", 1, "geen ontvangstbewijs" },
        { "school receipt {file} --office {file} --home {school}", 1, "certificaat is niet te lezen" },
        { "school receipt {file} --office {none} --home {school}", 1, "certificaat is niet te lezen" },
        { "school report {file} --home {school}", 1, "niet verzegeld voor deze school" },
        { "school report {none} --home {school}", 1, "er is geen bestand" },
        { "school check --home {damaged}", 1, "beschadigd" },

        { "office init --home {office}", 1, "an office's home already" },
        { "office init --home {file}", 1, "could not be read or written" },
        { "office enrol {none} --province PV26 --home {office}", 1, "no such enrolment file" },
        { "office enrol {file} --province PV26 --home {office}", 1, "[enrolment]" },
        { "office enrol {file} --province ZZZ-SENTINEL --home {office}", 2, "PV20 to PV31" },
        { "office enrol {file} --home {office}", 2, "--province is required" },
        { "office enrol {file} --province PV26 --home {none}", 1, "no office's home" },
        { "office open --edition 2023-3 --holder A --holder B --home {office}", 2, "--edition is not understood" },
        { "office open --edition ZZZ-SENTINEL --holder A --holder B --home {office}", 2, "--edition is not understood" },
        { "office open --edition 2023-1 --holder A --home {office}", 2, "exactly two holders" },
        { "office open --edition 2023-1 --holder A --holder B --holder C --home {office}", 2, "exactly two holders" },
        { "office open --edition 2024-1 --holder ZZZ-SENTINEL --holder ZZZ-SENTINEL --home {office}", 1, "[two-people]" },
        { "office open --edition 2023-1 --holder A --holder B --home {office}", 1, "[round-exists]" },
        { "office register {none} --home {office}", 1, "no such folder" },
        { "office register {junk} --home {office}", 1, "[no-register-files]" },
        { "office register {badregister} --home {office}", 1, "[register-files]" },
        { "office receive {none} --home {office}", 1, "no such file or folder" },
        { "office receive {junk} --home {office}", 1, "no delivery in the folder" },
        { "office link --edition 2023-2 --home {office}", 1, "share of the round's key is missing" },
        { "office link --edition 2023-1 --share {file} --home {office}", 2, "two shares" },
        { "office link --edition 2023-1 --share {file} --share {file} --home {office}", 1, "[shares]" },
        { "office link --edition 2023-2 --share {file} --share {file} --home {office}", 1, "[no-round]" },
        { "office destroy --edition 2023-1 --approver A --home {office}", 2, "exactly two approvers" },
        { "office destroy --edition 2023-1 --approver A --approver B --approver C --home {office}", 2, "exactly two approvers" },
        { "office destroy --edition 2023-1 --home {office}", 2, "--approver is required" },
        { "office destroy --edition 2023-1 --approver A --approver ~ --home {office}", 2, "a name of one line" },
        { "office destroy --edition 2023-1 --approver A --approver {long} --home {office}", 2, "a name of one line" },
        { "office open --edition 2024-1 --holder A --holder {long} --home {office}", 2, "a name of one line" },
        { "office destroy --edition 2023-1 --approver A --approver B --home {office}", 1, "[round-state]" },
        { "office destroy --edition 2023-2 --approver A --approver B --home {office}", 1, "[no-round]" },
        { "office cohort --home {none}", 1, "no office's home" },
        { "office cohort --home {damaged}", 1, "damaged" },
        { "office report --edition 2023-1 --home {office}", 1, "[" },
        { "office table --edition 2023-1 --home {office}", 1, "[" },
        { "office sweep --home {office}", 2, "payload is missing" },
        { "office sweep {none} --home {office}", 1, "no such payload" },
        { "office sweep {file} --home {office}", 1, "no whole payload" },

        { "research project Growth --edition 2023-1 --home {office}", 1, "[" },
        { "research project ZZZ-SENTINEL --edition 2023-1 --home {office}", 1, "[" },
        { "research project growth --edition 2023-1 --subject ZZZ-SENTINEL --home {office}", 2, "--subject is not understood" },
        { "research project growth --edition 2023-1 --year-group 9 --home {office}", 2, "3 to 8" },
        { "research project growth --edition 2023-1 --year-group ZZZ-SENTINEL --home {office}", 2, "--year-group is not understood" },
        { "research project growth --edition 2023-1 --home {none}", 1, "no office's home" },
        { "research project growth --edition 2023-1 --home {office}", 1, "[" },
        { "research run {none} --name x --home {desk}", 1, "[" },
        { "research run {file} --name x --home {desk}", 1, "[" },
        { "research run {file} --home {desk}", 2, "--name is required" },

        { "opendata publish --from {none} --to {new}", 1, "[" },
        { "opendata publish --from {junk} --to {new}", 1, "[" },
        { "opendata publish --from {junk}", 2, "--to is required" },

        { "envelope keygen --out {file}", 1, "there already" },
        { "envelope keygen", 2, "--out is required" },
        { "envelope keygen --out {file}/x", 1, "could not be read or written" },
        { "envelope seal {none} --to {key} --out {new}", 1, "no such file" },
        { "envelope seal {file} --to ZZZ-SENTINEL --out {new}", 1, "no public key" },
        { "envelope open {none} --identity {file} --out {new}", 1, "no such file" },
        { "envelope open {file} --identity {file} --out {new}", 1, "no age key" },
        { "envelope open {file} --identity {none} --out {new}", 1, "no age key" },
        { "envelope open {file} --passphrase-file {none} --out {new}", 1, "passphrase file is missing" },

        { "verify", 2, "file is missing" },
        { "verify {none}", 1, "no such file" },
        { "verify {file}", 1, "does not hold" },
        { "verify {junk}", 1, "not a ledger folder" },
        { "verify {file} --trust {file}", 1, "--trust cannot be read" },
        { "verify {file} --trust {none}", 1, "--trust cannot be read" },
        { "verify {file} --log {junk}", 2, "one thing at a time" },
        { "verify --log {none}", 1, "no such folder" },
        { "verify --log {junk}", 1, "not a ledger folder" },
        { "verify {file} --earlier ZZZ-SENTINEL", 2, "--earlier belongs to --log" },
        { "verify --page {file}/x.html", 1, "could not be read or written" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_refusal_says_why_and_what_to_do_and_repeats_nothing(string typed, int exit, string says)
    {
        var ran = Session.Run(homes.Words(typed)).Refused(says, exit);
        Assert.Equal("", ran.Output);
        Assert.StartsWith("error: ", ran.Error);
        Assert.DoesNotContain(Mark, ran.Error);
        Assert.DoesNotContain("Exception:", ran.Error);
        Assert.DoesNotContain("   at ", ran.Error);
        Assert.False(Path.Exists(homes.New), "a refused command made a file");
    }

    public static TheoryData<string> Verbs => [.. Walk("", Session.Groeilijn).Where(c => c.Command.Subcommands.Count == 0).Select(c => c.Typed.Trim())];

    [Theory]
    [MemberData(nameof(Verbs))]
    public void An_option_that_is_not_there_is_wrong_use_of_every_verb(string verb)
    {
        var ran = Session.Run([.. verb.Split(' '), $"--{Mark}"]).Refused("", exit: 2);
        Assert.Equal("", ran.Output);
        Assert.DoesNotContain(Mark, ran.Error);
        Assert.Contains($"{verb} --help", ran.Error);
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public void What_a_verb_needs_is_asked_for_and_never_guessed(string verb)
    {
        var command = Walk("", Session.Groeilijn).Single(c => c.Typed.Trim() == verb).Command;
        if (!command.Options.Any(o => o.Required) && !command.Arguments.Any(a => a.Arity.MinimumNumberOfValues > 0)) return;
        Assert.Equal("", Session.Run(verb.Split(' ')).Refused("", exit: 2).Output);
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public void Nothing_that_is_typed_is_repeated_when_every_value_is_nonsense(string verb)
    {
        var nonsense = $"/dev/null/{Mark}";
        var command = Walk("", Session.Groeilijn).Single(c => c.Typed.Trim() == verb).Command;
        var values = command.Options.Where(o => o.Arity.MinimumNumberOfValues > 0).SelectMany(o => (string[])[o.Name, nonsense]);
        var arguments = command.Arguments.Select(_ => nonsense);
        if (!values.Concat(arguments).Any()) return;
        var ran = Session.Run([.. verb.Split(' '), .. arguments, .. values]);
        Assert.InRange(ran.Refused("", ran.Exit).Exit, 1, 2);
        Assert.DoesNotContain(Mark, ran.Output + ran.Error);
    }

    [Fact]
    public void A_folder_that_holds_something_else_is_left_as_it_is()
    {
        var before = homes.Junk();
        Session.Run(homes.Words("demo --schools 3 --editions 1 --out {junk}")).Refused("no demo");
        Session.Run(homes.Words("opendata publish --from {junk} --to {junk}")).Refused("[");
        Assert.Equal(before, homes.Junk());
    }

    [Fact]
    public void What_is_asked_in_json_is_answered_in_json_or_refused_in_words()
    {
        Assert.True(Session.Run("doctor", "--json") is { Exit: 0 or 1 } doctor && doctor.Json.GetArrayLength() > 2);
        Assert.Equal(0, Session.Run(homes.Words("office cohort --json --home {office}")).Done().Json.GetArrayLength());
        var refused = Session.Run(homes.Words("verify {file} --json")).Refused("does not hold");
        Assert.Equal("Refused", refused.Json.GetProperty("outcome").GetString());
        refused = Session.Run(homes.Words("school object --pupil ZZZ-SENTINEL --json --lang en --home {school}")).Refused("not known");
        Assert.Equal("This pupil is not known.", refused.Json.GetProperty("error").GetString());
        Assert.DoesNotContain(Mark, refused.Output + refused.Error);
    }

    [Fact]
    public void A_doubt_about_the_machine_does_not_stop_the_doctor()
    {
        var ran = Session.Run("doctor");
        Assert.Equal(ran.Output.Contains("MISSING", StringComparison.Ordinal) ? 1 : 0, ran.Exit);
        Assert.Contains("DuckDB's library", ran.Output);
    }

    static IEnumerable<(string Typed, Command Command)> Walk(string typed, Command command) =>
        command.Subcommands.SelectMany(inner => Walk($"{typed} {inner.Name}", inner)).Prepend((typed, command));

    /// <summary>An office with one open round, a school with an import, and paths that are wrong in several ways.</summary>
    public sealed class Homes : IDisposable
    {
        readonly Session _session = new();
        readonly string _key;

        /// <summary>Where nothing is, and where no refused command may leave something.</summary>
        public string New => _session.At("new");

        public Homes()
        {
            Directory.CreateDirectory(_session.At("junk"));
            Directory.CreateDirectory(_session.At("badregister"));
            Directory.CreateDirectory(_session.At("damaged"));
            _session.Write("file", $"{Mark};{Mark}\n{Mark}\n");
            _session.Write(Path.Combine("junk", "holiday.txt"), Mark);
            foreach (var name in (string[])["persons.csv", "numbers.csv", "addresses.csv"]) _session.Write(Path.Combine("badregister", name), $"{Mark},{Mark}\n{Mark},{Mark}\n");
            foreach (var name in (string[])["office.db", "school.db"]) _session.Write(Path.Combine("damaged", name), string.Concat(Enumerable.Repeat(Mark, 100)));
            using (var key = IdentityKey.Generate()) _key = key.Recipient.ToString();

            Session.Run(Words("office init --invented --home {office}")).Done();
            Session.Run(Words("office open --edition 2023-1 --holder A --holder B --home {office}")).Done();
            Session.Run(Words("school enrol --school 99XX00 --name x --home {school}")).Done();
            Session.Run([.. Words("school import --home {school}"), Checkout.Sample("edexml.xml"), Checkout.Sample("uwlr.xml")]).Done();
        }

        /// <summary>The words of a line, with the paths of these homes.</summary>
        public string[] Words(string line) => [.. line.Split(' ').Select(word => word == "~" ? " " : word == "{key}" ? _key : word == "{long}" ? new string('x', 201)
            : word.StartsWith('{') ? _session.At(word.Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal)) : word)];

        /// <summary>What the folder that is somebody's holds.</summary>
        public IReadOnlyList<(string, string)> Junk() => [.. Directory.EnumerateFileSystemEntries(_session.At("junk"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(file => (file, File.ReadAllText(file)))];

        public void Dispose() => _session.Dispose();
    }
}
