using System.Diagnostics;
using System.Globalization;

namespace Groeilijn.Cli.Demo;

/// <summary>Tells the demo while it happens: the letter's words, then what is done, with counts and seconds.</summary>
public sealed class Story(TextWriter writer, bool quiet)
{
    readonly Stopwatch _total = Stopwatch.StartNew();

    /// <summary>Seconds since the story began.</summary>
    public double Seconds => _total.Elapsed.TotalSeconds;

    /// <summary>A chapter: a half-year, or a part of the chain.</summary>
    public void Chapter(string title)
    {
        if (quiet) return;
        writer.WriteLine();
        writer.WriteLine(title);
        writer.WriteLine(new string('─', title.Length));
    }

    /// <summary>What the letter says at this step.</summary>
    public void Letter(string words)
    {
        if (!quiet) writer.WriteLine($"  “{words}”");
    }

    /// <summary>Runs a step and tells what came of it, with its seconds.</summary>
    public T Step<T>(string room, Func<T> step, Func<T, string> tell)
    {
        var watch = Stopwatch.StartNew();
        var result = step();
        Say(room, tell(result), watch.Elapsed);
        return result;
    }

    /// <summary>A line without a step of its own.</summary>
    public void Say(string room, string words, TimeSpan? took = null)
    {
        if (quiet) return;
        var seconds = took is { } t ? string.Create(CultureInfo.InvariantCulture, $"{t.TotalSeconds,6:F1} s") : "        ";
        writer.WriteLine($"  {room,-12} {seconds}  {words}");
    }
}
