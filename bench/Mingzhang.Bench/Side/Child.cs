using System.Diagnostics;

namespace Mingzhang.Bench.Side;

/// <summary>Another process of a measurement: a host, a bare server, a client.</summary>
internal sealed class Child : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _errors;

    private Child(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Starts a program of this folder under the running dotnet.</summary>
    public static Child Start(string program, string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(
            Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet",
            [Path.Combine(AppContext.BaseDirectory, program), .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = AppContext.BaseDirectory,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new Child(Process.Start(start) ?? throw new InvalidOperationException($"{program} does not start."));
    }

    /// <summary>Processor time so far.</summary>
    public TimeSpan ProcessorTime => _process.HasExited ? TimeSpan.Zero : _process.TotalProcessorTime;

    /// <summary>Waits for its end and gives the last line it printed.</summary>
    public async Task<string> LastLineAsync()
    {
        var text = await _process.StandardOutput.ReadToEndAsync();
        await _process.WaitForExitAsync();
        return _process.ExitCode == 0
            ? text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? ""
            : throw new InvalidOperationException($"A process of the measurement ended with {_process.ExitCode}: {await _errors}");
    }

    /// <summary>Waits until an address answers; throws when it does not within a minute or the process ends.</summary>
    public async Task ReadyAsync(string address)
    {
        _ = _process.StandardOutput.ReadToEndAsync();
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        for (var tries = 0; ; tries++)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri(address));
                return;
            }
            catch (Exception cause) when (cause is HttpRequestException or TaskCanceledException && tries < 600)
            {
                if (_process.HasExited)
                {
                    throw new InvalidOperationException($"A process of the measurement ended: {await _errors}", cause);
                }

                await Task.Delay(100);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }
}
