using System.Diagnostics;
using System.Globalization;

namespace Groeilijn.Hosts.Faults;

/// <summary>An <see cref="OfficeLife"/> in a process of its own, and the lines that it said.</summary>
sealed class OfficeProcess : IDisposable
{
    readonly Process _process;
    readonly List<string> _said = [];

    public OfficeProcess(string folder, bool hasty = false, int? rounds = null, params string[] before)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Groeilijn.Hosts");
        var start = new ProcessStartInfo(before.Length > 0 ? before[0] : program, before.Length > 0 ? [.. before[1..], program] : []) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment[OfficeLife.Folder] = folder;
        if (hasty) start.Environment[OfficeLife.Hasty] = "1";
        if (rounds is { } most) start.Environment[OfficeLife.Rounds] = most.ToString(CultureInfo.InvariantCulture);
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is null) return;
            lock (_said)
            {
                _said.Add(line.Data);
                Monitor.PulseAll(_said);
            }
        };
        _process.Start();
        _process.BeginOutputReadLine();
        Errors = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>What it wrote on standard error, once it ended.</summary>
    public Task<string> Errors { get; }

    /// <summary>Every line so far.</summary>
    public string[] Said { get { lock (_said) return [.. _said]; } }

    /// <summary>Waits until it has said so many lines, the first of which is that it is at work.</summary>
    public void WaitFor(int lines)
    {
        var until = Stopwatch.StartNew();
        lock (_said)
            while (_said.Count < lines && !_process.HasExited && until.Elapsed < TimeSpan.FromMinutes(2)) Monitor.Wait(_said, 200);
    }

    public bool HasEnded => _process.HasExited;

    /// <summary>Stops it where it is (SIGSTOP), every thread.</summary>
    public void Freeze()
    {
        Signal(19);
        var state = "";
        for (var i = 0; i < 1000 && state != "T"; i++)
        {
            state = _process.HasExited ? "T" : File.ReadAllText($"/proc/{_process.Id}/stat").Split(") ")[1][..1];
            if (state != "T") Thread.Sleep(1);
        }
        Assert.Equal("T", state);
    }

    /// <summary>Lets it go on (SIGCONT).</summary>
    public void Thaw() => Signal(18);

    /// <summary>SIGKILL, and the lines it had said by then.</summary>
    public string[] Kill()
    {
        _process.Kill();
        return End().Said;
    }

    /// <summary>Waits for its own end.</summary>
    public (int Code, string[] Said, string Errors) End()
    {
        Assert.True(_process.WaitForExit(TimeSpan.FromMinutes(3)), "the office came to an end");
        _process.WaitForExit(); // until every line is read
        return (_process.ExitCode, Said, Errors.GetAwaiter().GetResult());
    }

    void Signal(int number)
    {
        using var kill = Process.Start("kill", [$"-{number}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
