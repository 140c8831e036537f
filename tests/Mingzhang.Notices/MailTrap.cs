using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Mingzhang.Notices;

/// <summary>A mail server that keeps what it is given, or refuses it.</summary>
internal sealed class MailTrap : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _loop;

    public MailTrap()
    {
        _listener.Start();
        _loop = Task.Run(AcceptAsync);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public List<string> Mails { get; } = [];

    /// <summary>Answer to the end of a mail's text.</summary>
    public string Verdict { get; set; } = "250 taken";

    public void Dispose()
    {
        _end.Cancel();
        _listener.Dispose();
        _loop.Wait(TimeSpan.FromSeconds(5));
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (!_end.IsCancellationRequested)
            {
                using var client = await _listener.AcceptTcpClientAsync(_end.Token);
                await TalkAsync(client);
            }
        }
        catch (Exception cause) when (cause is OperationCanceledException or SocketException or IOException or ObjectDisposedException)
        {
            // The trap is closed.
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
        await using var writer = new StreamWriter(client.GetStream(), Encoding.ASCII) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 trap");
        while (await reader.ReadLineAsync(_end.Token) is { } line)
        {
            if (line.StartsWith("DATA", StringComparison.Ordinal))
            {
                await writer.WriteLineAsync("354 go on");
                var mail = new StringBuilder();
                while (await reader.ReadLineAsync(_end.Token) is { } text && text != ".")
                {
                    mail.Append(text).Append('\n');
                }

                if (Verdict.StartsWith("250", StringComparison.Ordinal))
                {
                    Mails.Add(mail.ToString());
                }

                await writer.WriteLineAsync(Verdict);
            }
            else
            {
                await writer.WriteLineAsync(line.StartsWith("QUIT", StringComparison.Ordinal) ? "221 bye" : "250 fine");
            }
        }
    }
}
