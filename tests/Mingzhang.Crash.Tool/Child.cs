using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Mingzhang.Crash.Tool;

/// <summary>One life of the server process, seen from outside.</summary>
public sealed class Child : IDisposable
{
    private readonly Process _process;
    private readonly BlockingCollection<string> _other = [];
    private readonly Thread _reader;

    /// <param name="path">Database.</param>
    /// <param name="plant">A fault to be found.</param>
    /// <param name="dieAtCommit">The commit at which it kills itself; 0 = none.</param>
    /// <param name="onAnswer">Gets the answers.</param>
    /// <param name="program">Another build of this program; null = this one.</param>
    public Child(string path, Plant plant, int dieAtCommit, Action<string[]> onAnswer, string? program = null)
    {
        Stopwatch watch = Stopwatch.StartNew();
        ProcessStartInfo info = new("dotnet")
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        info.ArgumentList.Add(program ?? typeof(Child).Assembly.Location);
        info.ArgumentList.Add("serve");
        info.ArgumentList.Add(path);
        info.ArgumentList.Add(plant.ToString());
        info.ArgumentList.Add(dieAtCommit.ToString(CultureInfo.InvariantCulture));
        info.Environment["DOTNET_TieredPGO"] = "0";
        _process = Process.Start(info)!;
        _process.ErrorDataReceived += (_, e) =>
        {
            LastError = e.Data ?? LastError;
            Said += e.Data;
        };
        _process.BeginErrorReadLine();
        _reader = new Thread(() => Read(onAnswer)) { IsBackground = true };
        _reader.Start();
        string[]? ready = Wait("ready", TimeSpan.FromSeconds(60));
        Recovery = watch.Elapsed;
        Started = ready is not null;
        Today = ready is null ? default : Day(ready[1]);
        if (!Started && dieAtCommit == 0)
        {
            throw new InvalidOperationException($"The server did not start: {LastError}");
        }
    }

    public string LastError { get; private set; } = "";

    /// <summary>All that it wrote to its error output.</summary>
    public string Said { get; private set; } = "";

    /// <summary>False when it died at the chosen commit while it was still recovering.</summary>
    public bool Started { get; }

    /// <summary>From starting the process until it takes commands again.</summary>
    public TimeSpan Recovery { get; }

    public DateOnly Today { get; private set; }

    public bool HasEnded => _process.HasExited;

    /// <summary>Sends a line; false when nobody listens any more.</summary>
    public bool Send(string line)
    {
        try
        {
            _process.StandardInput.WriteLine(line);
            _process.StandardInput.Flush();
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>The next line of that kind; null when the process ended first.</summary>
    public string[]? Wait(string kind, TimeSpan most)
    {
        while (_other.TryTake(out string? line, most))
        {
            string[] words = line.Split(' ');
            if (words[0] == kind || words[0] == "end")
            {
                return words;
            }
        }

        return null;
    }

    /// <summary>SIGSTOP: it stands still where it is.</summary>
    public void Freeze() => Disks.PowerSwitch.Freeze(_process.Id);

    /// <summary>SIGKILL, and nothing else; every answer that was written before is still read.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
        _ = _reader.Join(TimeSpan.FromSeconds(10));
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
        _other.Dispose();
    }

    private void Read(Action<string[]> onAnswer)
    {
        while (_process.StandardOutput.ReadLine() is { } line)
        {
            if (line.StartsWith("ans ", StringComparison.Ordinal) || line.StartsWith("err ", StringComparison.Ordinal))
            {
                onAnswer(line.Split(' '));
            }
            else if (line.StartsWith("day ", StringComparison.Ordinal))
            {
                Today = Day(line[4..]);
            }
            else
            {
                _other.Add(line);
            }
        }

        _other.CompleteAdding();
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
