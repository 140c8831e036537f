using System.Globalization;

namespace Mingzhang.Cli.Replay.Taiwan;

/// <summary>Reads and checks a whole client file before anything is written.</summary>
public sealed class TaiwanFile
{
    /// <summary>Problems told at once; then reading stops.</summary>
    public const int MostProblems = 20;

    /// <summary>Clients in a file; more would not be this data set.</summary>
    public const int MostClients = 2_000_000;

    private const long LargestId = 999_999_999;
    private const long LargestAmount = 1_000_000_000;

    private readonly string _file;
    private readonly List<Problem> _problems = [];
    private readonly HashSet<long> _ids = [];
    private long _line;

    private TaiwanFile(string file) => _file = file;

    /// <summary>All clients, in the file's order; throws <see cref="ProblemException"/> with the problems (file, line, column, rule,
    /// fix).</summary>
    /// <param name="path">The file.</param>
    /// <param name="most">Keep the first so many; the rest is checked all the same.</param>
    public static IReadOnlyList<TaiwanClient> Read(string path, int most = int.MaxValue)
    {
        var file = new TaiwanFile(Path.GetFileName(path));
        if (Directory.Exists(path) || !File.Exists(path))
        {
            throw new ProblemException(ExitCode.BadInput, Problem.Of(
                "FILE", $"there is no file {path}", "Name the client file, such as train.csv.", $"没有文件 {path}", "请指定客户数据文件，例如 train.csv。"));
        }

        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1);
        var clients = file.ReadAll(stream, most);
        return file._problems.Count == 0 ? clients : throw new ProblemException(ExitCode.BadInput, file._problems);
    }

    private List<TaiwanClient> ReadAll(Stream stream, int most)
    {
        var clients = new List<TaiwanClient>();
        var lines = new BoundedLines(stream, _file);
        if (lines.Next() is not { Length: > 0 } header)
        {
            _problems.Add(new Problem(
                _file, null, "file", "the file is empty", "Use the client file with its header line.", "文件是空的", "请使用带列名行的客户数据文件。"));
            return clients;
        }

        if (TaiwanColumns.Find(_file, header, _problems) is not { } columns)
        {
            return clients;
        }

        while (_problems.Count < MostProblems && lines.Next() is { } line)
        {
            _line = lines.LineNumber;
            if (line.Length > 0 && Client(line, columns) is { } client && clients.Count < most)
            {
                clients.Add(client);
            }
        }

        if (_ids.Count == 0 && _problems.Count == 0)
        {
            Add("file", "there is no client below the header", "Add the clients.", "列名行之后没有客户", "请补充客户数据。");
        }

        return clients;
    }

    private TaiwanClient? Client(string line, TaiwanColumns columns)
    {
        if (CsvLine.Split(line) is not { } fields || fields.Length != columns.Count)
        {
            Add(
                "line", $"a line has {columns.Count} fields, as the header does", "Check commas and quotes.",
                $"每行应有 {columns.Count} 个字段（与列名行一致）", "请检查逗号和引号。");
            return null;
        }

        var before = _problems.Count;
        var client = new TaiwanClient(
            Number("ID", fields, columns, 1, LargestId),
            Number("LIMIT_BAL", fields, columns, 1, LargestAmount),
            [.. TaiwanColumns.Bills.Select(name => Number(name, fields, columns, -LargestAmount, LargestAmount))],
            [.. TaiwanColumns.Payments.Select(name => Number(name, fields, columns, 0, LargestAmount))],
            [.. TaiwanColumns.Status.Select(name => (int)Number(name, fields, columns, -9, 99))]);
        if (_problems.Count > before)
        {
            return null;
        }

        if (!_ids.Add(client.Id))
        {
            Add("ID", $"client {client.Id} comes twice", "Keep one line for each client.", $"客户 {client.Id} 出现两次", "每位客户只保留一行。");
        }

        if (_ids.Count > MostClients)
        {
            throw new ProblemException(ExitCode.BadInput, new Problem(
                _file, _line, "file", $"a file holds at most {MostClients} clients", "Split it.", $"一个文件最多 {MostClients} 位客户", "请拆分文件。"));
        }

        return client;
    }

    /// <summary>A whole number such as 3913, -10 or 3913.0; anything else is a problem, and 0.</summary>
    private long Number(string name, string[] fields, TaiwanColumns columns, long min, long max)
    {
        var text = fields[columns[name]];
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? text : text[..point];
        var isWhole = point < 0 || (point < text.Length - 1 && text.AsSpan(point + 1).IndexOfAnyExcept('0') < 0);
        if (isWhole && long.TryParse(whole, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= min && number <= max && whole[0] != '+')
        {
            return number;
        }

        Add(
            name, $"'{Shown(text)}' is not a whole number from {min} to {max}", "Write it like 3913 or 3913.0.",
            $"“{Shown(text)}”不是 {min} 到 {max} 的整数", "请写成 3913 或 3913.0。");
        return 0;
    }

    private static string Shown(string text) => text.Length <= 40 ? text : text[..40] + "…";

    private void Add(string field, string rule, string fix, string ruleZh, string fixZh)
    {
        if (_problems.Count < MostProblems)
        {
            _problems.Add(new Problem(_file, _line == 0 ? null : _line, field, rule, fix, ruleZh, fixZh));
        }
    }
}
