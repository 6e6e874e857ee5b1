using System.Diagnostics;
using System.Globalization;
using System.Text;
using Groeilijn.Delivery;
using Groeilijn.Education;
using Groeilijn.School;

namespace Groeilijn.Benchmarks;

/// <summary>
/// A school board in one process: reads, checks and previews exports of 10,000 pupils with 120,000 results, as one location or as many
/// homes, and says what each step took. The files are written by another run, so that they do not count.
/// </summary>
static class SchoolBoard
{
    const int Pupils = 10_000, HalfYears = 4;
    const double MostSeconds = 10, MostMegabytes = 500;
    static readonly Edition s_edition = Edition.Parse("2025-1").Value;
    static readonly DateOnly s_day = new(2025, 3, 1);
    static readonly LetterDetails s_details = new() { Board = "Verzonnen bestuur", BoardAddress = "Schoolstraat 1, Verzinstad", Contact = "Intern begeleider", ContactEmail = "ib@example.org", ContactPhone = "010-0000000", Officer = "Functionaris", OfficerEmail = "fg@example.org" };
    static readonly string[] s_tests = ["BL3", "SP3", "RW3"];

    public static int Run(string[] arguments) => arguments switch
    {
        ["files", var folder, var schools] => Files(folder, int.Parse(schools, CultureInfo.InvariantCulture)),
        ["run", var folder] => Measure(folder),
        _ => Usage(),
    };

    static int Usage()
    {
        Console.Error.WriteLine("error: not understood\nhint: school-board files FOLDER SCHOOLS, then school-board run FOLDER");
        return 2;
    }

    /// <summary>Reads the exports in a folder, one home each, and exits 1 when it took more time or memory than it may.</summary>
    static int Measure(string folder)
    {
        var homes = Directory.CreateTempSubdirectory("groeilijn-board-").FullName;
        try
        {
            var steps = new double[5];
            var (pupils, results, findings) = (0, 0, 0);
            foreach (var export in Directory.GetDirectories(folder))
            {
                var profile = new SchoolProfile(SchoolLocation.Parse(Path.GetFileName(export)).Value, "De Verzonnen School");
                using var home = SchoolHome.Open(Path.Combine(homes, profile.Location.Code), profile, new Standing());
                Expect(LetterDetails.Keep(home, s_details));
                var imported = Timed(ref steps[0], () => Import.Run(home, Directory.GetFiles(export), s_day));
                if (!imported.Stored) throw new InvalidOperationException("The export was refused: " + string.Join(" ", imported.Findings.Select(f => f.Rule.Code).Distinct()));
                Timed(ref steps[1], () => Expect(Inform.Send(home, new(2025, 1, 6), new(2025, 1, 31))));
                var report = Timed(ref steps[2], () => { var made = Check.Run(home, s_edition); _ = (made.ToDo, made.Counts, CorrectionList.Csv(made, "nl")); return made; });
                var preview = Timed(ref steps[3], () => Expect(Preview.Make(home, s_edition, s_day)));
                Timed(ref steps[4], () => Preview.Page(home, s_edition, "nl")!);
                (pupils, results, findings) = (pupils + preview.Pupils, results + preview.Results, findings + report.Findings.Count);
            }
            return Say(steps, pupils, results, findings);
        }
        finally
        {
            Directory.Delete(homes, recursive: true);
        }
    }

    static T Expect<T>(Outcome<T> outcome) where T : class => outcome.Value ?? throw new InvalidOperationException("A step was refused: " + outcome.Refusal!.English);

    static T Timed<T>(ref double seconds, Func<T> step)
    {
        var watch = Stopwatch.StartNew();
        var made = step();
        seconds += watch.Elapsed.TotalSeconds;
        return made;
    }

    static int Say(double[] steps, int pupils, int results, int findings)
    {
        using var self = Process.GetCurrentProcess();
        var (cpu, peak) = (Environment.CpuUsage.TotalTime.TotalSeconds, self.PeakWorkingSet64 / 1e6);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{pupils} pupils, {results} results, {findings} findings"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"import {steps[0]:F2} s, letter {steps[1]:F2} s, check {steps[2]:F2} s, preview {steps[3]:F2} s, page {steps[4]:F2} s"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"in all {steps.Sum():F2} s, {cpu:F2} CPU seconds, peak {peak:F0} MB"));
        // Elapsed on a quiet machine, processor time on a busy one.
        return Math.Min(steps.Sum(), cpu) <= MostSeconds && peak <= MostMegabytes ? 0 : 1;
    }

    /// <summary>Writes one folder a school, named by its location: EDEXML, UWLR and addresses.</summary>
    static int Files(string folder, int schools)
    {
        var dice = new Dice(20250301);
        var numbers = Numbers().GetEnumerator();
        for (var school = 0; school < schools; school++)
        {
            var location = string.Create(CultureInfo.InvariantCulture, $"99{(char)('A' + school / 26)}{(char)('A' + school % 26)}00");
            var (pupils, results, addresses) = (new StringBuilder(), new StringBuilder(), new StringBuilder("leerling_key;postcode;huisnummer;huisletter;toevoeging\n"));
            for (var pupil = 0; pupil < Pupils / schools; pupil++)
            {
                numbers.MoveNext();
                Pupil(dice, pupil, numbers.Current, pupils, results, addresses);
            }
            Directory.CreateDirectory(Path.Combine(folder, location));
            var head = $"<schooljaar>2024-2025</schooljaar><brincode>{location[..4]}</brincode><dependancecode>00</dependancecode><aanmaakdatum>2025-03-01</aanmaakdatum>";
            Put("edexml.xml", $"<EDEX>\n<school>{head}</school>\n<groepen>{string.Concat(Enumerable.Range(3, 6).SelectMany(g => Enumerable.Range(0, Classes).Select(c => $"<groep key=\"g{g}-{c}\"><naam>{g}-{c}</naam><jaargroep>{g}</jaargroep></groep>")))}</groepen>\n<leerlingen>\n{pupils}</leerlingen>\n</EDEX>\n");
            Put("uwlr.xml", $"<leerresultaten_verzoek xmlns=\"http://www.edustandaard.nl/leerresultaten/2/leerresultaten\">\n<school>{head}</school>\n<toetsafnames>\n{results}</toetsafnames>\n</leerresultaten_verzoek>\n");
            Put("adressen.csv", addresses.ToString());

            void Put(string name, string text) => DurableFile.Write(Path.Combine(folder, location, name), text);
        }
        return 0;
    }

    const int Classes = 60;

    static void Pupil(Dice dice, int pupil, string number, StringBuilder pupils, StringBuilder results, StringBuilder addresses)
    {
        var group = 5 + pupil % 4;
        var postcode = string.Create(CultureInfo.InvariantCulture, $"{1000 + dice.Below(9000)}{(char)('A' + dice.Below(18))}{(char)('A' + dice.Below(26))}");
        pupils.Append(CultureInfo.InvariantCulture, $"<leerling key=\"{100_000 + pupil}\"><achternaam>Verzonnen{dice.Below(5000)}</achternaam><roepnaam>Kind{pupil}</roepnaam><geboortedatum>{2021 - group - 3}-{1 + dice.Below(12):D2}-{1 + dice.Below(28):D2}</geboortedatum><geslacht>{1 + dice.Below(2)}</geslacht><jaargroep>{group}</jaargroep><groep key=\"g{group}-{dice.Below(Classes)}\"/><bsn>{number}</bsn><postcodenl>{postcode}</postcodenl></leerling>\n");
        addresses.Append(CultureInfo.InvariantCulture, $"{100_000 + pupil};{postcode};{1 + dice.Below(200)};;\n");
        results.Append(CultureInfo.InvariantCulture, $"<toetsafname><leerlingid>{100_000 + pupil}</leerlingid><resultaten>\n");
        for (var half = 0; half < HalfYears; half++)
        {
            var (year, late) = (2023 + (half + 1) / 2, half % 2 == 0); // E 2023, M 2024, E 2024, M 2025
            foreach (var test in s_tests)
                results.Append(CultureInfo.InvariantCulture, $"<resultaat key=\"r{pupil}-{half}-{test}\"><afnamedatum>{(late ? $"{year}-06-{3 + dice.Below(20):D2}" : $"{year}-01-{15 + dice.Below(15):D2}")}</afnamedatum><toetscode>{test}-{(late ? 'E' : 'M')}{group - 2 + (half + 1) / 2}</toetscode><osoresultaat><toetsscore><vaardigheidsscore>{150 + dice.Below(120)}.{dice.Below(10)}</vaardigheidsscore></toetsscore></osoresultaat></resultaat>\n");
        }
        results.Append("</resultaten></toetsafname>\n");
    }

    /// <summary>Numbers that pass the eleven test, scattered.</summary>
    static IEnumerable<string> Numbers() => Enumerable.Range(0, 1_000_000).Select(n => (900_000_000 + n * 97).ToString(CultureInfo.InvariantCulture)).Where(n => Bsn.Parse(n).Ok);

    /// <summary>xorshift: the same files on every machine.</summary>
    sealed class Dice(uint seed)
    {
        uint _state = seed;

        public int Below(int limit)
        {
            _state ^= _state << 13;
            _state ^= _state >> 17;
            _state ^= _state << 5;
            return (int)(_state % (uint)limit);
        }
    }

    /// <summary>A clock that stands still on the day of the exports.</summary>
    sealed class Standing : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(s_day, new TimeOnly(9, 0), TimeSpan.Zero);

        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;
    }
}
