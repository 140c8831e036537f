using System.Net.Sockets;
using System.Text;

namespace Mingzhang.Bench.Side;

/// <summary>One connection of the client: sends a request, reads its answer, over a bare socket, because the client's own work takes cores
/// of the machine that is measured.</summary>
internal sealed class Wire(int port) : IDisposable
{
    private static readonly byte[] HeadEnd = "\r\n\r\n"u8.ToArray();
    private static readonly byte[] Length = "ontent-Length: "u8.ToArray();

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] _buffer = new byte[16_384];

    /// <summary>The body of the last answer.</summary>
    public ReadOnlyMemory<byte> Body { get; private set; }

    /// <summary>Connects.</summary>
    public ValueTask OpenAsync() => _socket.ConnectAsync("127.0.0.1", port, CancellationToken.None);

    /// <summary>Sends and returns the status of the answer.</summary>
    public async ValueTask<int> AskAsync(ReadOnlyMemory<byte> request)
    {
        for (var sent = 0; sent < request.Length;)
        {
            sent += await _socket.SendAsync(request[sent..], SocketFlags.None);
        }

        var (have, end, whole) = (0, -1, int.MaxValue);
        while (have < whole)
        {
            if (have == _buffer.Length)
            {
                Array.Resize(ref _buffer, _buffer.Length * 2);
            }

            var read = await _socket.ReceiveAsync(_buffer.AsMemory(have), SocketFlags.None);
            if (read == 0)
            {
                throw new IOException("The server closed a connection.");
            }

            have += read;
            if (end < 0 && (end = _buffer.AsSpan(0, have).IndexOf(HeadEnd)) >= 0)
            {
                whole = end + 4 + LengthOf(_buffer.AsSpan(0, end + 4));
            }
        }

        Body = _buffer.AsMemory(end + 4, whole - end - 4);
        return ((_buffer[9] - '0') * 100) + ((_buffer[10] - '0') * 10) + _buffer[11] - '0';
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private static int LengthOf(ReadOnlySpan<byte> head)
    {
        var at = head.IndexOf(Length);
        if (at < 0)
        {
            // Chunked answers are not read here.
            throw new IOException("An answer without Content-Length: " + Encoding.UTF8.GetString(head[..Math.Min(200, head.Length)]));
        }

        var length = 0;
        foreach (var digit in head[(at + Length.Length)..])
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                break;
            }

            length = (length * 10) + digit - '0';
        }

        return length;
    }
}
