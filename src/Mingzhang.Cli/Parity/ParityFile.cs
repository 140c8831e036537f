using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Mingzhang.Cli.Parity;

/// <summary>A file of published cases: its text, and the same as strict JSON.</summary>
public sealed class ParityFile
{
    /// <summary>Longest file in bytes; case files are a few hundred kilobytes.</summary>
    public const int MostBytes = 64 << 20;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 64 };

    private ParityFile(string name, string text) => (Name, Text) = (name, text);

    /// <summary>The file's name without its folder, for problems.</summary>
    public string Name { get; }

    /// <summary>Its text, without a byte order mark.</summary>
    public string Text { get; }

    /// <summary>Reads a file whole; throws <see cref="ProblemException"/> when it is missing, empty, too large or not UTF-8.</summary>
    public static ParityFile Read(string path)
    {
        var name = Path.GetFileName(path);
        if (Directory.Exists(path) || !File.Exists(path))
        {
            throw Bad(null, null, "FILE", ($"there is no file {path}", "Name a file of cases, such as xirr.json."),
                ($"没有文件 {path}", "请指定案例文件，例如 xirr.json。"));
        }

        ReadOnlySpan<byte> bytes = Bytes(name, path);
        if (bytes.StartsWith(Encoding.Unicode.Preamble) || bytes.StartsWith(Encoding.BigEndianUnicode.Preamble))
        {
            throw Bad(name, 1, "file", ("the text is UTF-16", "Save the file as UTF-8."), ("文本是 UTF-16", "请以 UTF-8 保存文件。"));
        }

        bytes = bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;
        if (bytes.IsEmpty)
        {
            throw Bad(name, null, "file", ("the file is empty", "Name a file that holds cases."), ("文件是空的", "请指定含有案例的文件。"));
        }

        if (!Utf8.IsValid(bytes))
        {
            throw Bad(name, LineOfFirstFault(bytes), "file", ("the text is not UTF-8 (perhaps GB18030)", "Save the file as UTF-8."),
                ("文本不是 UTF-8（可能是 GB18030）", "请以 UTF-8 保存文件。"));
        }

        return new ParityFile(name, Encoding.UTF8.GetString(bytes));
    }

    /// <summary>The root of the text as JSON: each field once, no comments, at most 64 deep; throws <see cref="ProblemException"/> with
    /// the line when it is not.</summary>
    public ParityNode Json()
    {
        try
        {
            using var document = JsonDocument.Parse(Text, Strict);
            return new ParityNode(this, "$", document.RootElement.Clone());
        }
        catch (JsonException e)
        {
            throw Bad(
                Name, e.LineNumber + 1, "file", ($"the text is not JSON: {e.Message.TrimEnd('.')}", "Correct it, or name another file."),
                ("文本不是合法的 JSON", "请改正，或指定其他文件。"));
        }
    }

    /// <summary>A problem of this file.</summary>
    public ProblemException Bad(long? line, string field, (string Rule, string Fix) english, (string Rule, string Fix) chinese) =>
        Bad(Name, line, field, english, chinese);

    private static ProblemException Bad(
        string? file, long? line, string field, (string Rule, string Fix) english, (string Rule, string Fix) chinese) =>
        new(ExitCode.BadInput, new Problem(file, line, field, english.Rule, english.Fix, chinese.Rule, chinese.Fix));

    private static byte[] Bytes(string name, string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        using var read = new MemoryStream();
        var buffer = new byte[81_920];
        for (var got = stream.Read(buffer); got > 0; got = stream.Read(buffer))
        {
            read.Write(buffer, 0, got);
            if (read.Length > MostBytes)
            {
                throw Bad(name, null, "file", ("the file is larger than 64 MB", "Split it, or name a file of cases."),
                    ("文件超过 64 MB", "请拆分，或指定案例文件。"));
            }
        }

        return read.ToArray();
    }

    private static long LineOfFirstFault(ReadOnlySpan<byte> bytes)
    {
        var (line, start) = (1L, 0);
        while (bytes[start..].IndexOf((byte)'\n') is var length and >= 0 && Utf8.IsValid(bytes.Slice(start, length)))
        {
            (line, start) = (line + 1, start + length + 1);
        }

        return line;
    }
}
