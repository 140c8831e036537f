using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Mingzhang.Crash.Tool.Payments;

/// <summary>A program on a port of its own that is killed with SIGKILL and started again on the same files.</summary>
/// <param name="program">Its dll.</param>
/// <param name="port">Where it listens.</param>
/// <param name="settings">Its environment.</param>
public sealed class Killable(string program, int port, IReadOnlyDictionary<string, string> settings) : IDisposable
{
    private static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(120);

    private Process? _process;

    /// <summary>Its address.</summary>
    public Uri Address { get; } = new($"http://127.0.0.1:{port}");

    /// <summary>How long the last start took until it answered.</summary>
    public TimeSpan Recovery { get; private set; }

    /// <summary>A port nobody listens on at present.</summary>
    public static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Starts it and waits until it takes connections. Throws <see cref="InvalidOperationException"/> when it ends instead.
    /// </summary>
    public async Task StartAsync()
    {
        ProcessStartInfo start = new(Path.GetFullPath("../../../dotnet", RuntimeEnvironment.GetRuntimeDirectory()))
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetDirectoryName(program),
        };
        Array.ForEach([program, "--urls", Address.ToString().TrimEnd('/')], start.ArgumentList.Add);
        foreach ((string name, string value) in settings)
        {
            start.Environment[name] = value;
        }

        Stopwatch watch = Stopwatch.StartNew();
        List<string> said = [];
        _process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
        _process.OutputDataReceived += (_, line) => Keep(said, line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(said, line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        while (!await AnswersAsync())
        {
            if (_process.HasExited || watch.Elapsed > StartsWithin)
            {
                throw new InvalidOperationException($"{Path.GetFileName(program)} does not start: {string.Join(" | ", said.TakeLast(5))}");
            }

            await Task.Delay(50);
        }

        Recovery = watch.Elapsed;
    }

    /// <summary>SIGKILL.</summary>
    public void Kill()
    {
        if (_process is { HasExited: false } living)
        {
            living.Kill();
            living.WaitForExit();
        }

        _process?.Dispose();
        _process = null;
    }

    public void Dispose() => Kill();

    private static void Keep(List<string> said, string? line)
    {
        lock (said)
        {
            if (line is { Length: > 0 })
            {
                said.Add(line);
            }
        }
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using TcpClient client = new();
            await client.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
