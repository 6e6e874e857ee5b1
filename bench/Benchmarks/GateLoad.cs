using System.Diagnostics;
using System.Globalization;
using Groeilijn.Gate;
using Groeilijn.Statistics.Disclosure;
using Groeilijn.Storage;

namespace Groeilijn.Benchmarks;

/// <summary>
/// What one more report costs the Gate when there are many: schools of 150 pupils in two editions, 18 lines with the school's own mean and that of all, beside public tables of
/// four parts of the country. <c>gate-load [schools]</c>; without files, so that it is the audit and the memory that are timed.
/// </summary>
static class GateLoad
{
    const int PupilsOfSchool = 150, Lines = 18, Parts = 4;

    public static int Run(string[] args)
    {
        var schools = args is [var count] ? int.Parse(count, CultureInfo.InvariantCulture) : 400;
        var folder = Directory.CreateTempSubdirectory("groeilijn-gate-load-").FullName;
        try
        {
            using var database = Database.Open(Path.Combine(folder, "gate.db"), typeof(Outgoing).Assembly);
            var gate = new Outgoing(database, folder, TimeProvider.System);
            for (var edition = 1; edition <= 2; edition++)
            {
                string[] pupils = [.. Enumerable.Range(0, schools * PupilsOfSchool).Select(p => string.Create(CultureInfo.InvariantCulture, $"pupil-{p}"))];
                var moment = edition;
                CellSum[] all = [.. Enumerable.Range(0, Lines).Select(line => Sum(line, moment, Pupils(0, schools, line)))];
                var watch = Stopwatch.StartNew();
                gate.Release(new Leaving($"{edition}/table", Profile.Public, "table", "2023-2") { Pupils = pupils }, [.. Enumerable.Range(0, Lines * Parts).Select(c =>
                    new RawCell([$"{c}"], 1000, 100, [1]) { Sums = [Sum(c / Parts, moment, Pupils(c % Parts * schools / Parts, (c % Parts + 1) * schools / Parts, c / Parts))] })], _ => [new($"table-{edition}.csv", [1])]);
                var table = watch.Elapsed;
                watch.Restart();
                var processor = Process.GetCurrentProcess().TotalProcessorTime;
                for (var school = 0; school < schools; school++)
                {
                    SumTerm[] known = [new(moment, new MemberSet([.. Enumerable.Range(school * PupilsOfSchool, PupilsOfSchool)])), new(moment - 1, new MemberSet([.. Enumerable.Range(school * PupilsOfSchool, PupilsOfSchool)]))];
                    RawCell[] cells = [.. Enumerable.Range(0, Lines).SelectMany(line => (RawCell[])[
                        new([$"{line}", "own"], 20, 1, [1], OfReceiver: true) { Sums = [Sum(line, moment, Pupils(school, school + 1, line))] },
                        new([$"{line}", "all"], 1000, schools, [1]) { Sums = [all[line]] }])];
                    gate.Release(new Leaving($"{edition}/report/{school}", Profile.School, $"{school}", "2023-2") { Pupils = pupils, Known = known }, cells, _ => [new($"{school}.html", [1])]);
                }
                processor = Process.GetCurrentProcess().TotalProcessorTime - processor;
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"edition {edition}, {schools} schools: table {table.TotalSeconds:F1} s; per report {processor.TotalMilliseconds / schools:F1} ms CPU, {watch.Elapsed.TotalMilliseconds / schools:F1} ms in all"));
            }
        }
        finally { Directory.Delete(folder, true); }
        return 0;
    }

    static CellSum Sum(int line, int moment, int[] pupils)
    {
        var members = new MemberSet(pupils);
        return new($"statistic {line / 6}", [new(moment, members), new(moment - 1, members)]);
    }

    /// <summary>A sixth of each school's pupils is in a line of a subject.</summary>
    static int[] Pupils(int from, int to, int line) => [.. Enumerable.Range(from * PupilsOfSchool, (to - from) * PupilsOfSchool).Where(p => p % 6 == line % 6)];
}
