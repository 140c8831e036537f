using System.Text;
using System.Text.Unicode;

namespace Mingzhang.Cli.Replay;

/// <summary>Reads UTF-8 text line by line in bounded memory. A line longer than <see cref="LongestLine"/> is a problem before it is
/// read to its end.</summary>
/// <param name="stream">The bytes; not disposed here.</param>
/// <param name="file">Name for problems.</param>
public sealed class BoundedLines(Stream stream, string file)
{
    /// <summary>Longest line in bytes, without its end.</summary>
    public const int LongestLine = 64 * 1024;

    private readonly byte[] _buffer = new byte[LongestLine + 4096];
    private int _start;
    private int _end;
    private bool _atEnd;

    /// <summary>The number of the line last returned, from 1.</summary>
    public long LineNumber { get; private set; }

    /// <summary>The next line without its end; null after the last. Throws <see cref="ProblemException"/> for text that is too long or
    /// not UTF-8.</summary>
    public string? Next()
    {
        var length = Find();
        if (length < 0)
        {
            return null;
        }

        LineNumber++;
        var line = _buffer.AsSpan(_start, length);
        if (LineNumber == 1)
        {
            line = WithoutMark(line);
        }

        if (line.Contains((byte)0))
        {
            throw Problem("the text holds zero bytes, as UTF-16 does", "Save the file as UTF-8.", "文本含有零字节（疑为 UTF-16）", "请以 UTF-8 保存文件。");
        }

        if (!Utf8.IsValid(line))
        {
            throw Problem("the text is not UTF-8 (perhaps GB18030 or Big5)", "Save the file as UTF-8.",
                "文本不是 UTF-8（可能是 GB18030 或 Big5）", "请以 UTF-8 保存文件。");
        }

        var text = Encoding.UTF8.GetString(line.EndsWith("\r"u8) ? line[..^1] : line);
        _start = Math.Min(_end, _start + length + 1);
        return text;
    }

    /// <summary>Length of the next line in the buffer; -1 at the end.</summary>
    private int Find()
    {
        var searched = 0;
        while (true)
        {
            var at = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (at >= 0)
            {
                return Checked(searched + at);
            }

            searched = _end - _start;
            if (_atEnd)
            {
                return searched == 0 ? -1 : Checked(searched);
            }

            _ = Checked(searched);
            Fill();
        }
    }

    private int Checked(int length)
    {
        if (length <= LongestLine)
        {
            return length;
        }

        LineNumber++;
        throw Problem(
            $"a line is longer than {LongestLine / 1024} KB", "Check that this is the client file, one client a line.",
            $"一行超过 {LongestLine / 1024} KB", "请确认这是客户数据文件，每行一位客户。");
    }

    private void Fill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        var read = stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        _atEnd = read == 0;
    }

    private Span<byte> WithoutMark(Span<byte> line)
    {
        if (line.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || line.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            throw Problem("the file is UTF-16", "Save the file as UTF-8.", "文件是 UTF-16", "请以 UTF-8 保存文件。");
        }

        return line.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? line[3..] : line;
    }

    private ProblemException Problem(string rule, string fix, string ruleZh, string fixZh) =>
        new(ExitCode.BadInput, new Problem(file, LineNumber, "line", rule, fix, ruleZh, fixZh));
}
