using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Groeilijn.Columns;
using Groeilijn.Delivery;
using Groeilijn.Statistics.Linkage;

namespace Groeilijn.Cli.Commands;

/// <summary><c>groeilijn link</c>: links any two files of people, or finds who is twice in one.</summary>
static class LinkCommand
{
    /// <summary>More pairs than these take hours: the rules are too wide.</summary>
    const double MostPairs = 5e9;

    public static Command Create()
    {
        var left = new Argument<string>("left") { Description = "The first file, CSV or Parquet" };
        var right = new Argument<string?>("right") { Description = "The second file; without it the first is searched for people who are in it twice", Arity = ArgumentArity.ZeroOrOne };
        var model = new Option<string?>("--model") { Description = "MODEL.json; without it one is proposed from the columns and printed" };
        var output = new Option<string?>("--out") { Description = "The links to write: left_id,right_id,probability,pass" };
        var clusters = new Option<string?>("--clusters") { Description = "The clusters to write: id,cluster" };
        var ties = new Option<string?>("--ties") { Description = "What a person must look at: left_id,right_id,probability,reason" };
        var explain = new Option<string?>("--explain") { Description = "Two identifiers, LEFT,RIGHT: why they are linked or not" };
        var report = new Option<string?>("--report") { Description = "A page (HTML) on what was learned and how good the links are" };
        var sample = new Option<int?>("--review-sample") { Description = "About so many pairs for people to judge, on the sheet of --sheet, without scores" };
        var sheet = new Option<string?>("--sheet") { Description = "The sheet to write: both records of each pair side by side, and a column 'same' for yes or no" };
        var decided = new Option<string?>("--decided") { Description = "A sheet that people filled in: the estimated errors take it into account" };
        var json = Verb.Json();
        return Verb.Of("link", "Link any two files of people, or find who is twice in one", "groeilijn link pupils.csv register.csv --model model.json --out links.csv", parsed =>
        {
            var job = new Job(parsed.GetValue(left)!, parsed.GetValue(right), parsed.GetValue(model), parsed.GetValue(output), parsed.GetValue(clusters), parsed.GetValue(ties), parsed.GetValue(explain), parsed.GetValue(report), parsed.GetValue(json)) { Sample = parsed.GetValue(sample), Sheet = parsed.GetValue(sheet), Decided = parsed.GetValue(decided) };
            if (!File.Exists(job.Left) || (job.Right is not null && !File.Exists(job.Right))) return parsed.Refuse("there is no such file to link", "check the names");
            if (job.Model is not null && !File.Exists(job.Model)) return parsed.Refuse("there is no such model", "check the name, or leave --model out to have one proposed");
            if (job.Sample is null != job.Sheet is null || job.Sample < 1) return parsed.Refuse("--review-sample and --sheet go together, and a sample has at least one pair", "give both: --review-sample 200 --sheet sheet.csv");
            if (job.Right is null && (job.Sample is not null || job.Decided is not null)) return parsed.Refuse("a sample is judged of two files", "leave --review-sample and --decided out for one file");
            if (job.Decided is not null && !File.Exists(job.Decided)) return parsed.Refuse("there is no such sheet", "check the name after --decided");
            try
            {
                return Run(parsed, job);
            }
            catch (ColumnException) when (IsParquet(job.Left) || IsParquet(job.Right))
            {
                return parsed.Refuse("a Parquet file cannot be read", "`groeilijn doctor` says whether the column library is there; CSV needs none");
            }
        }, left, right, model, output, clusters, ties, explain, report, sample, sheet, decided, json);
    }

    sealed record Job(string Left, string? Right, string? Model, string? Out, string? Clusters, string? Ties, string? Explain, string? Report, bool Json)
    {
        public int? Sample { get; init; }

        public string? Sheet { get; init; }

        public string? Decided { get; init; }
    }

    static bool IsParquet(string? path) => path?.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase) == true;

    static int Run(ParseResult parsed, Job job)
    {
        var (file, fault) = job.Model is null ? LinkModelFile.Propose(job.Left, job.Right) : LinkModelFile.Read(job.Model);
        if (file is null) return parsed.Refuse(fault!, "`--model MODEL.json` says which columns to compare and how; docs/METHODS.md shows one");
        if (job.Model is null && !job.Json) parsed.Say($"proposed model:\n{file.ToJson()}\n");
        using var left = LinkTable.Open(job.Left);
        using var right = job.Right is null ? null : LinkTable.Open(job.Right);
        (var model, fault) = file.ToModel(left, right);
        if (model is null) return parsed.Refuse($"the model does not fit: {fault}", "compare the columns of the files with the fields of the model");
        foreach (var (table, id) in new[] { (left, file.Left?.Id), (right, file.Right?.Id ?? file.Left?.Id) })
            if (table is not null && id is not null && LinkModelFile.Column(table, id) < 0) return parsed.Refuse("the model's id is no column of a file", "left.id and right.id name the columns with the identifiers; leave them out to have rows numbered from 1");

        var texts = new Texts();
        var watch = Stopwatch.StartNew();
        var (leftSet, leftIds) = Read(parsed, left, model, texts, file.Left?.Id, file.Fields!.Select(f => f.Left ?? f.Name!), "first");
        var (rightSet, rightIds) = right is null ? (leftSet, leftIds) : Read(parsed, right, model, texts, file.Right?.Id ?? file.Left?.Id, file.Fields!.Select(f => f.Right ?? f.Left ?? f.Name!), "second");
        for (var f = 0; f < model.Fields.Count; f++)
            if ((leftSet.Count > 0 && leftSet.Missing[f] == leftSet.Count) || (rightSet.Count > 0 && rightSet.Missing[f] == rightSet.Count)) parsed.Warn($"field '{model.Fields[f].Name}' has no value that can be read in a file; it tells nothing");
        if (RecordLinker.ExpectedPairs(leftSet, rightSet) > MostPairs) return parsed.Refuse("the blocking rules make more than 5,000,000,000 pairs", "give each rule another field, or a longer part of one");
        var result = RecordLinker.Link(leftSet, rightSet, Progress(parsed));
        if (job.Out is not null) Write(job.Out, "left_id,right_id,probability,pass", result.Links.Select(l => (l, l.Pass)), leftIds, rightIds);
        if (job.Ties is not null) Write(job.Ties, "left_id,right_id,probability,reason", result.Ties.Select(l => (l, "tie")).Concat(result.Refused.Select(l => (l, "number alone"))), leftIds, rightIds);
        if (job.Clusters is not null) WriteClusters(job.Clusters, result, leftIds, rightIds, oneFile: right is null);
        if (job.Sample is { } size)
        {
            string[] names = [.. file.Fields!.Select(f => f.Name!)], here = [.. file.Fields!.Select(f => f.Left ?? f.Name!)], there = [.. file.Fields!.Select(f => f.Right ?? f.Left ?? f.Name!)];
            var pairs = LinkCommandReview.Write(job.Sheet!, result, size, (job.Left, here, leftIds), (job.Right!, there, rightIds), names);
            if (!job.Json) parsed.Say(string.Create(CultureInfo.InvariantCulture, $"{pairs:N0} pairs to judge are on the sheet: fill in 'same' with yes or no, then link again with --decided."));
        }
        ClericalEstimate? clerical = null;
        if (job.Decided is not null)
        {
            var (judged, unread) = LinkCommandReview.Read(job.Decided, leftIds, rightIds);
            if (unread is not null) return parsed.Refuse(unread, "use the sheet that --review-sample wrote, and fill in the column 'same' only");
            clerical = ClericalSample.Update(result, judged);
        }
        return Answer(parsed, job, result, leftIds, rightIds, watch.Elapsed.TotalSeconds, clerical);
    }

    static (RecordSet, LinkIds) Read(ParseResult parsed, LinkTable table, LinkModel model, Texts texts, string? id, IEnumerable<string> columns, string which)
    {
        var (set, ids, places, idPlace) = (new RecordSet(model, texts), new LinkIds(), columns.Select(c => LinkModelFile.Column(table, c)).ToArray(), id is null ? -1 : LinkModelFile.Column(table, id));
        var (cells, number) = (new Range[places.Length], new byte[20]);
        table.Last = places.Append(idPlace).Max();
        while (table.Next())
        {
            for (var f = 0; f < places.Length; f++) cells[f] = table.Cells[places[f]];
            set.Add(table.Row, cells);
            if (idPlace >= 0) ids.Add(table.Row[table.Cells[idPlace]].Trim((byte)' '));
            else if (System.Buffers.Text.Utf8Formatter.TryFormat(set.Count, number, out var length)) ids.Add(number.AsSpan(0, length));
            if (set.Count % 1_000_000 == 0) parsed.Progress(string.Create(CultureInfo.InvariantCulture, $"reading the {which} file: {set.Count:N0} records"));
        }
        set.Trim();
        return (set, ids);
    }

    static Action<string, double> Progress(ParseResult parsed)
    {
        var (shown, gate) = (-1, new Lock());
        return (step, share) =>
        {
            lock (gate)
            {
                var tenth = step == "learning" ? 0 : 1 + (int)(share * 10);
                if (tenth <= shown) return;
                shown = tenth;
                parsed.Progress(step == "learning" ? "learning what agreement is worth" : string.Create(CultureInfo.InvariantCulture, $"linking {share * 100,3:F0}%"));
            }
        };
    }

    static void Write(string path, string header, IEnumerable<(LinkedPair Pair, string Last)> rows, LinkIds left, LinkIds right)
    {
        using var bytes = new MemoryStream();
        bytes.Write(Encoding.ASCII.GetBytes(header + "\n"));
        foreach (var (pair, last) in rows)
        {
            var inOrder = !ReferenceEquals(left, right) || Before(left[pair.Left], right[pair.Right]);
            Put(bytes, left[inOrder ? pair.Left : pair.Right]);
            bytes.WriteByte((byte)',');
            Put(bytes, right[inOrder ? pair.Right : pair.Left]);
            bytes.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $",{pair.Probability:0.######},{last}\n")));
        }
        DurableFile.Write(path, bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }

    /// <summary>In one file the lower identifier stands left: by number where both are whole numbers, by bytes otherwise.</summary>
    static bool Before(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b) =>
        long.TryParse(a, NumberStyles.None, CultureInfo.InvariantCulture, out var x) && long.TryParse(b, NumberStyles.None, CultureInfo.InvariantCulture, out var y) && x != y ? x < y : a.SequenceCompareTo(b) < 0;

    static void Put(MemoryStream bytes, ReadOnlySpan<byte> id)
    {
        if (!id.ContainsAny(",\"\n"u8)) { bytes.Write(id); return; }
        bytes.Write(Encoding.UTF8.GetBytes($"\"{Encoding.UTF8.GetString(id).Replace("\"", "\"\"", StringComparison.Ordinal)}\""));
    }

    /// <summary>Records that links tie together, directly or not; a cluster has the identifier of its first record. In two files <c>left:</c> and <c>right:</c> stand before each.</summary>
    static void WriteClusters(string path, LinkageResult result, LinkIds left, LinkIds right, bool oneFile)
    {
        var parents = Enumerable.Range(0, left.Count + (oneFile ? 0 : right.Count)).ToArray();
        int Root(int x) { while (parents[x] != x) x = parents[x] = parents[parents[x]]; return x; }
        foreach (var link in result.Links)
        {
            var (a, b) = (Root(link.Left), Root(link.Right + (oneFile ? 0 : left.Count)));
            parents[Math.Max(a, b)] = Math.Min(a, b);
        }
        using var bytes = new MemoryStream();
        bytes.Write("id,cluster\n"u8);
        for (var i = 0; i < parents.Length; i++)
        {
            Name(i);
            bytes.WriteByte((byte)',');
            Name(Root(i));
            bytes.WriteByte((byte)'\n');
        }
        DurableFile.Write(path, bytes.GetBuffer().AsSpan(0, (int)bytes.Length));

        void Name(int i)
        {
            if (!oneFile) bytes.Write(i < left.Count ? "left:"u8 : "right:"u8);
            Put(bytes, i < left.Count ? left[i] : right[i - left.Count]);
        }
    }

    static int Answer(ParseResult parsed, Job job, LinkageResult result, LinkIds left, LinkIds right, double seconds, ClericalEstimate? clerical)
    {
        using var self = Process.GetCurrentProcess();
        var (cpu, peak) = (Math.Round(self.TotalProcessorTime.TotalSeconds, 2), self.PeakWorkingSet64 >> 20);
        var tied = result.Ties.Select(t => t.Left).Distinct().Count();
        PairExplanation? explained = null;
        if (job.Explain is not null)
        {
            var ids = job.Explain.Split(',');
            var (a, b) = ids.Length == 2 ? (left.Find(Encoding.UTF8.GetBytes(ids[0])), right.Find(Encoding.UTF8.GetBytes(ids[1]))) : (-1, -1);
            if (a < 0 || b < 0) return parsed.Refuse("--explain names a record that is not there", "give one identifier of each file, with a comma between: --explain LEFT,RIGHT");
            explained = result.Explain(a, b);
        }
        if (job.Report is not null) DurableFile.Write(job.Report, LinkCommandReport.Page(result, left.Count, right.Count, job.Right is null, (seconds, cpu, peak), explained));
        if (job.Json)
            return parsed.SayJson(new
            {
                left = left.Count,
                right = job.Right is null ? 0 : right.Count,
                candidates = result.Pairs,
                links = result.Links.Count,
                ties = tied,
                refused = result.Refused.Count,
                threshold = result.Threshold,
                estimated = new { falseLinkRate = result.FalseLinkRate, missedLinkRate = result.MissedLinkRate, blockingRecall = result.BlockingRecall },
                judged = clerical is null ? null : new { pairs = clerical.Strata.Sum(s => s.Judged), clerical.FalseLinks, clerical.MissedLinks, clerical.Strata },
                seconds = Math.Round(seconds, 2),
                cpuSeconds = cpu,
                peakMegabytes = peak,
                explained = explained is null ? null : new { explained.Outcome, explained.Probability, explained.Pass, weight = explained.Total, start = explained.Start, steps = explained.Steps, rivals = explained.Rivals, competition = explained.Competition },
            });
        if (left.Count == 0 || right.Count == 0) parsed.Say("A file has no records: there is nothing to link.");
        parsed.Say(string.Create(CultureInfo.InvariantCulture, $"{left.Count:N0}{(job.Right is null ? "" : $" and {right.Count:N0}")} records, {result.Pairs:N0} pairs compared, {result.Links.Count:N0} links, {tied:N0} records with a tie and {result.Refused.Count:N0} pairs that agree on a number alone for review."));
        parsed.Say(string.Create(CultureInfo.InvariantCulture, $"Estimated: {result.FalseLinkRate:P3} of the links are false, {result.MissedLinkRate:P2} of the true pairs are missed; the rules see {result.BlockingRecall:P2}. {seconds:F1} s, {cpu:F1} CPU seconds, at most {peak} MB."));
        if (clerical is not null)
        {
            parsed.Say(string.Create(CultureInfo.InvariantCulture, $"With {clerical.Strata.Sum(s => s.Judged):N0} pairs judged by people: {clerical.FalseLinks.Rate:P3} of the links are false (95 %: {clerical.FalseLinks.Low:P3} to {clerical.FalseLinks.High:P3}), {clerical.MissedLinks.Rate:P2} of the true pairs are missed ({clerical.MissedLinks.Low:P2} to {clerical.MissedLinks.High:P2})."));
            foreach (var s in clerical.Strata) parsed.Say(string.Create(CultureInfo.InvariantCulture, $"  {s.Pairs,10:N0}  {s.Stratum}: {s.Judged} judged, {s.One} one person; told {s.Told:F4}, now {s.Now:F4}"));
        }
        if (result.Threshold > 0.5) parsed.Say(string.Create(CultureInfo.InvariantCulture, $"A link has a probability of at least {result.Threshold:F3}; what is less likely is for review."));
        foreach (var pass in result.Links.GroupBy(l => l.Pass).OrderByDescending(g => g.Count())) parsed.Say(string.Create(CultureInfo.InvariantCulture, $"  {pass.Count(),10:N0}  {pass.Key}"));
        if (explained is not null) Tell(parsed, explained);
        return Verb.Done;
    }

    static void Tell(ParseResult parsed, PairExplanation pair)
    {
        void Line(string what, double bits) => parsed.Say(string.Create(CultureInfo.InvariantCulture, $"  {bits,8:F2}  {what}"));
        parsed.Say($"{pair.Outcome}{(pair.Probability is { } p ? string.Create(CultureInfo.InvariantCulture, $", probability {p:F6}") : "")}{(pair.Pass is { } rule ? $", first rule {rule}" : ", no rule holds")}; weights in bits:");
        Line("before anything is compared", pair.Start);
        foreach (var step in pair.Steps) Line(string.Create(CultureInfo.InvariantCulture, $"{step.Fields}: {step.Agreement.ToLowerInvariant()} (m {step.Same:G3}, u {step.Strangers:G3})"), step.Bits);
        Line("households, twins and neighbours", pair.Rivals);
        if (pair.Competition != 0) Line("against none of the candidates", pair.Competition);
        Line("together", pair.Total);
    }
}
