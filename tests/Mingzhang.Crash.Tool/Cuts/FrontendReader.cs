using System.Buffers.Binary;
using System.Text;

namespace Mingzhang.Crash.Tool.Cuts;

/// <summary>
/// Reads what a client says to PostgreSQL (protocol 3), message by message, and knows which message is a COMMIT: a simple query, or a bind
/// of a statement that was parsed as one. For one connection.
/// </summary>
internal sealed class FrontendReader(Stream from)
{
    private readonly HashSet<string> _commits = [];
    private bool _begun;

    /// <summary>The next message with its header; null at the end.</summary>
    public async Task<byte[]?> NextAsync()
    {
        // A first message has no type: the start, or the question for encryption, after which the start comes.
        int typed = _begun ? 1 : 0;
        byte[] header = new byte[typed + 4];
        if (!await FillAsync(header, 0))
        {
            return null;
        }

        int length = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(typed));
        byte[] message = new byte[typed + length];
        header.CopyTo(message, 0);
        if (!await FillAsync(message, header.Length))
        {
            return null;
        }

        _begun = _begun || BinaryPrimitives.ReadInt32BigEndian(message.AsSpan(4)) == 196_608;
        return message;
    }

    /// <summary>Whether this message is what commits.</summary>
    public bool IsCommit(byte[] message)
    {
        switch ((char)message[0])
        {
            case 'Q':
                return TextAt(message, 5).Trim() == "COMMIT";
            case 'P':
                string name = TextAt(message, 5);
                bool commits = TextAt(message, 6 + name.Length).Trim() == "COMMIT";
                _ = commits ? _commits.Add(name) : _commits.Remove(name);
                return false;
            case 'B':
                return _commits.Contains(StatementOf(message));
            default:
                return false;
        }
    }

    /// <summary>
    /// The same message so that the server must refuse it: a word that is none, or a statement that was never prepared.
    /// </summary>
    public static byte[] Refusable(byte[] message, byte by = (byte)'~')
    {
        byte[] changed = [.. message];
        if (message[0] == 'Q')
        {
            changed[5] = by;
            return changed;
        }

        int statement = 6 + TextAt(message, 5).Length;
        if (message[statement] != 0)
        {
            changed[statement] = by;
            return changed;
        }

        // The nameless statement: the same with one letter as its name.
        changed = [.. message[..statement], by, .. message[statement..]];
        BinaryPrimitives.WriteInt32BigEndian(changed.AsSpan(1), changed.Length - 1);
        return changed;
    }

    /// <summary>A parse or a query of COMMIT made one of ABORT, for the server that lies.</summary>
    public static byte[] Aborting(byte[] message)
    {
        byte[] changed = [.. message];
        int at = changed.AsSpan().IndexOf("COMMIT\0"u8);
        if (at >= 0 && message[0] is (byte)'P' or (byte)'Q')
        {
            "ABORT "u8.CopyTo(changed.AsSpan(at));
        }

        return changed;
    }

    private static string StatementOf(byte[] bind) => TextAt(bind, 6 + TextAt(bind, 5).Length);

    private static string TextAt(byte[] message, int at)
    {
        int end = Array.IndexOf(message, (byte)0, at);
        return Encoding.UTF8.GetString(message, at, end - at);
    }

    private async Task<bool> FillAsync(byte[] buffer, int at)
    {
        try
        {
            await from.ReadExactlyAsync(buffer.AsMemory(at));
            return true;
        }
        catch (Exception cause) when (cause is IOException or ObjectDisposedException)
        {
            return false;
        }
    }
}
