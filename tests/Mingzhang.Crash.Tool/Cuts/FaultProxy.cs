using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Mingzhang.Crash.Tool.Cuts;

/// <summary>Stands between a house and its PostgreSQL server on loopback, and does to one chosen COMMIT what it was told.</summary>
public sealed class FaultProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _server;
    private readonly Lock _lock = new();
    private readonly HashSet<Socket> _open = [];
    private CommitFault _fault;
    private int _countdown;

    public FaultProxy(int server)
    {
        _server = server;
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>Where the house connects to.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>COMMITs seen.</summary>
    public int Commits { get; private set; }

    /// <summary>Whether what was ordered has happened.</summary>
    public bool HasStruck { get; private set; }

    /// <summary>Orders a fault at the so manieth COMMIT from now on, 1 = the next.</summary>
    public void Order(CommitFault fault, int at)
    {
        lock (_lock)
        {
            (_fault, _countdown, HasStruck) = (fault, at, false);
        }
    }

    public void Dispose()
    {
        _listener.Dispose();
        lock (_lock)
        {
            foreach (Socket socket in _open)
            {
                socket.Dispose();
            }
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                Socket client = await _listener.AcceptSocketAsync();
                _ = ServeAsync(client);
            }
        }
        catch (Exception cause) when (cause is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            return; // closed
        }
    }

    private async Task ServeAsync(Socket client)
    {
        Socket server = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.NoDelay = true;
        lock (_lock)
        {
            _ = _open.Add(client);
        }

        try
        {
            await server.ConnectAsync(IPAddress.Loopback, _server);
            Link link = new();
            NetworkStream toServer = new(server);
            NetworkStream toClient = new(client);
            _ = await Task.WhenAny(ForthAsync(toClient, toServer, link), BackAsync(toServer, toClient, link));
        }
        catch (Exception cause) when (cause is SocketException or IOException or ObjectDisposedException)
        {
            return;
        }
        finally
        {
            lock (_lock)
            {
                _ = _open.Remove(client);
            }

            // What still reads or writes ends with it.
            client.Dispose();
            server.Dispose();
        }
    }

    /// <summary>Client to server; returns to cut.</summary>
    private async Task ForthAsync(NetworkStream client, NetworkStream server, Link link)
    {
        FrontendReader reader = new(client);
        while (await reader.NextAsync() is { } message)
        {
            CommitFault fault = reader.IsCommit(message) ? Next() : CommitFault.None;
            switch (fault)
            {
                case CommitFault.CutBefore:
                    return;
                case CommitFault.CutAfter:
                    link.IsSilent = true;
                    await server.WriteAsync(message);
                    await RestAsync(reader, message, server);
                    await link.Done.Task.WaitAsync(TimeSpan.FromSeconds(5));
                    return;
                case CommitFault.CutBeside:
                    await server.WriteAsync(message);
                    await RestAsync(reader, message, server);
                    return;
                case CommitFault.Serialisation or CommitFault.Deadlock or CommitFault.Shutdown:
                    link.Told = fault == CommitFault.Serialisation ? "40001" : fault == CommitFault.Deadlock ? "40P01" : "57P01";
                    await server.WriteAsync(FrontendReader.Refusable(message));
                    break;
                default:
                    await server.WriteAsync(IsLying ? FrontendReader.Aborting(message) : message);
                    break;
            }
        }
    }

    private bool IsLying
    {
        get
        {
            lock (_lock)
            {
                return _fault == CommitFault.Lie;
            }
        }
    }

    /// <summary>What belongs to a bound COMMIT: its execution, up to the message that asks for the answers.</summary>
    private static async Task RestAsync(FrontendReader reader, byte[] message, NetworkStream server)
    {
        while (message[0] is not ((byte)'Q' or (byte)'S') && await reader.NextAsync() is { } next)
        {
            await server.WriteAsync(next);
            message = next;
        }
    }

    private CommitFault Next()
    {
        lock (_lock)
        {
            Commits++;
            if (_fault is CommitFault.None or CommitFault.Lie || --_countdown > 0)
            {
                return CommitFault.None;
            }

            CommitFault fault = _fault;
            (_fault, HasStruck) = (CommitFault.None, true);
            return fault;
        }
    }

    /// <summary>Server to client, as it comes; an error that was provoked gets the state that was ordered.</summary>
    private static async Task BackAsync(NetworkStream server, NetworkStream client, Link link)
    {
        byte[] buffer = new byte[64 * 1024];
        int read;
        while ((read = await server.ReadAsync(buffer)) > 0)
        {
            if (link.IsSilent)
            {
                // The last answer to a COMMIT that went through ends with "ready, no transaction".
                if (buffer.AsSpan(0, read).EndsWith("Z\0\0\0\u0005I"u8))
                {
                    _ = link.Done.TrySetResult();
                }

                continue;
            }

            bool ends = link.Told == "57P01" && Renamed(buffer.AsSpan(0, read), link);
            _ = link.Told is not null && Renamed(buffer.AsSpan(0, read), link);
            await client.WriteAsync(buffer.AsMemory(0, read));
            if (ends)
            {
                return;
            }
        }
    }

    /// <summary>Puts the ordered state in the place of "no such statement" or "no such word".</summary>
    private static bool Renamed(Span<byte> answer, Link link)
    {
        foreach (string provoked in (ReadOnlySpan<string>)["C26000\0", "C42601\0"])
        {
            int at = answer.IndexOf(Encoding.ASCII.GetBytes(provoked));
            if (at >= 0 && link.Told is { } told)
            {
                Encoding.ASCII.GetBytes(told).CopyTo(answer[(at + 1)..]);
                link.Told = null;
                return true;
            }
        }

        return false;
    }

    /// <summary>What both directions of one connection know.</summary>
    private sealed class Link
    {
        /// <summary>Nothing more is passed to the client.</summary>
        public volatile bool IsSilent;

        /// <summary>The state the client is to be told; null = as it is.</summary>
        public volatile string? Told;

        /// <summary>The server has answered what came after silence.</summary>
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
