using System.Text;
using Groeilijn.Education;

namespace Groeilijn.Testland;

/// <summary>How far the writing is.</summary>
/// <param name="District">Districts done.</param>
/// <param name="Districts">Districts in all.</param>
/// <param name="Records">Pupils written in exports so far, once for each edition.</param>
public readonly record struct TestlandProgress(int District, int Districts, long Records);

/// <summary>Which parts to write.</summary>
[Flags]
public enum TestlandParts
{
    /// <summary><c>schools.csv</c>.</summary>
    Schools = 1,
    /// <summary><c>exports/&lt;edition&gt;/&lt;location&gt;/</c>: what the schools' own systems hand them.</summary>
    Exports = 2,
    /// <summary><c>register/&lt;edition&gt;/</c>: what the population register knows.</summary>
    Register = 4,
    /// <summary><c>truth/&lt;edition&gt;.csv</c>: who is who. Nobody has this in earnest.</summary>
    Truth = 8,
    /// <summary>All of them.</summary>
    All = 15,
}

/// <summary>
/// Writes the country's files, district by district: memory does not grow with the country. A few districts are made at a time, one on
/// each processor, and their lines are appended in order, so that the bytes do not depend on how many there are.
/// </summary>
public sealed class TestlandWriter
{
    const int MostWorkers = 8;
    readonly Country _country;
    readonly string _folder;
    readonly TestlandParts _parts;
    readonly Edition[] _editions;
    long _records;

    TestlandWriter(TestlandOptions options, string folder, TestlandParts parts) =>
        (_country, _folder, _parts, _editions) = (new Country(options), folder, parts, [.. options.AllEditions]);

    /// <summary>Writes the parts into a folder; files that are there are replaced.</summary>
    /// <returns>The number of pupils written in exports, once for each edition.</returns>
    public static long Write(TestlandOptions options, string folder, IProgress<TestlandProgress>? progress = null, TestlandParts parts = TestlandParts.All)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var writer = new TestlandWriter(options, folder, parts);
        Directory.CreateDirectory(folder);
        if (parts.HasFlag(TestlandParts.Schools)) writer.WriteSchools();
        if ((parts & ~TestlandParts.Schools) != 0) writer.WriteDistricts(progress);
        return writer._records;
    }

    void WriteSchools()
    {
        var text = new Utf8Text();
        text.Put("location,name,province,board,kind\n"u8);
        foreach (var school in _country.Schools())
            text.Put(school.Location.Code).Put(',').PutCell(school.Name).Put(',').Put(school.Province.Code).Put(',').PutCell(school.Board).Put(",bo\n"u8);
        using var file = Open(["schools.csv"]);
        file.Write(text.Bytes);
    }

    void WriteDistricts(IProgress<TestlandProgress>? progress)
    {
        var register = Opened(TestlandParts.Register, e => Register.Files.Select(f => Open(f.Header, "register", e.ToString(), f.File)));
        var truth = Opened(TestlandParts.Truth, e => [Open("location,las_key,key,objects,errors\n", "truth", $"{e}.csv")]);
        try
        {
            var done = 0;
            foreach (var district in InOrder())
            {
                for (var e = 0; e < _editions.Length; e++)
                {
                    for (var f = 0; f < register[e].Length; f++) register[e][f].Write(district.Register[e][f].Bytes);
                    if (truth[e].Length > 0) truth[e][0].Write(district.Truth[e].Bytes);
                }
                _records += district.Records;
                progress?.Report(new TestlandProgress(++done, _country.Districts, _records));
            }
        }
        finally
        {
            foreach (var file in register.Concat(truth).SelectMany(f => f)) file.Dispose();
        }
    }

    /// <summary>A window of districts in the making; who is appended makes room for a next one, buffers and all.</summary>
    IEnumerable<DistrictFiles> InOrder()
    {
        var making = new Queue<Task<DistrictFiles>>();
        var free = new Stack<DistrictFiles>();
        var ahead = Math.Clamp(Environment.ProcessorCount, 1, MostWorkers);
        for (var next = 0; next < _country.Districts || making.Count > 0;)
        {
            while (making.Count < ahead && next < _country.Districts)
            {
                var (number, files) = (next++, free.Count > 0 ? free.Pop() : new DistrictFiles(_folder, _parts, _editions));
                making.Enqueue(Task.Run(() => files.Fill(_country.District(number))));
            }
            var first = making.Dequeue().GetAwaiter().GetResult();
            yield return first;
            free.Push(first);
        }
    }

    FileStream[][] Opened(TestlandParts part, Func<Edition, IEnumerable<FileStream>> open) =>
        [.. _editions.Select(e => _parts.HasFlag(part) ? open(e).ToArray() : [])];

    FileStream Open(string header, params ReadOnlySpan<string> parts)
    {
        var file = Open(parts);
        file.Write(Encoding.UTF8.GetBytes(header));
        return file;
    }

    FileStream Open(params ReadOnlySpan<string> parts)
    {
        var path = Path.Combine(_folder, Path.Combine(parts));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
    }
}
