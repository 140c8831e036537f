using System.Globalization;
using System.Text;
using Mingzhang.Domain.Progress;

namespace Mingzhang.Services.Progress.Import;

/// <summary>
/// Reads the bill file that a payment app exports (R040): lines about the export, then a header that is found by its columns, then rows;
/// UTF-8 or GB18030, with or without quotes, tabs and currency signs. Columns are taken by name, so that another order is no matter.
/// </summary>
/// <remarks>Spending is what the file calls 支出. A row of money given back counts against it. Income, transfers, repayments and orders
/// that were called off are counted and left out: paying a credit line back is no second expense.</remarks>
public static class BillFile
{
    /// <summary>Most rows of one file.</summary>
    public const int MostRows = 20_000;

    private const int MostPreamble = 60;

    private static readonly string[] Time = ["交易时间", "交易创建时间", "付款时间"];
    private static readonly string[] Amount = ["金额", "金额(元)", "金额（元）"];
    private static readonly string[] Direction = ["收/支"];
    private static readonly string[] Party = ["交易对方"];
    private static readonly string[] What = ["商品说明", "商品", "商品名称"];
    private static readonly string[] Kind = ["交易分类", "交易类型", "类型"];
    private static readonly string[] Method = ["收/付款方式", "支付方式"];
    private static readonly string[] Status = ["交易状态", "当前状态"];
    private static readonly string[] Reference = ["交易订单号", "交易单号", "交易号"];

    private static readonly string[] Times =
    [
        "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy/M/d H:mm:ss", "yyyy/M/d H:mm", "yyyy-MM-dd", "yyyy/M/d",
    ];

    static BillFile() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Reads a file. Refused (896) with what is wrong and where; nothing of it is read then.</summary>
    public static ImportRead Read(byte[] file)
    {
        if (file.Length == 0)
        {
            return No("是空文件 (it is empty)");
        }

        if (file is [0x50, 0x4B, ..])
        {
            return No("是压缩包或 XLSX，请先解压并选择 CSV (it is an archive; unpack it and choose the CSV)");
        }

        var rows = TextOf(file).Split('\n').Select(row => Cells(row.TrimEnd('\r'))).ToList();
        var head = rows.Take(MostPreamble).ToList().FindIndex(cells =>
            At(cells, Time) >= 0 && At(cells, Amount) >= 0 && At(cells, Direction) >= 0 && At(cells, Party) >= 0);
        return head < 0
            ? No("没有找到表头：交易时间、交易对方、收/支、金额 (no header with time, counterparty, direction and amount)")
            : rows.Count - head > MostRows ? No($"超过 {MostRows} 行 (more than {MostRows} rows)")
            : Rows(rows, head);
    }

    private static ImportRead Rows(List<string[]> rows, int head)
    {
        var columns = new Columns(rows[head]);
        var (lines, dropped, others) = (new List<(ImportedLine Line, string Order)>(), new HashSet<string>(StringComparer.Ordinal), 0);
        for (var i = head + 1; i < rows.Count; i++)
        {
            var row = rows[i];
            if (row.Length <= 1 || columns.Direction >= row.Length || row[0].StartsWith("---", StringComparison.Ordinal))
            {
                continue;
            }

            var (status, kind) = (Columns.Of(row, columns.Status), Columns.Of(row, columns.Kind));
            var back = status.Contains("退款成功", StringComparison.Ordinal) || kind.Contains("退款", StringComparison.Ordinal);
            var spent = Columns.Of(row, columns.Direction) == "支出" && !back;
            var order = Columns.Of(row, columns.Reference);
            if (spent && (status.Contains("关闭", StringComparison.Ordinal) || status.Contains("失败", StringComparison.Ordinal)))
            {
                dropped.Add(order);
                others++;
            }
            else if (!spent && !back)
            {
                others++;
            }
            else if (columns.Line(row, spent) is { } line)
            {
                lines.Add((line, order));
            }
            else
            {
                return No(string.Create(CultureInfo.InvariantCulture, $"第 {i + 1} 行的时间或金额无法识别 (row {i + 1}: time or amount)"));
            }
        }

        // A refund of an order that was called off as a whole: neither was spent.
        var kept = lines.Where(one => one.Line.Amount > 0 || !dropped.Any(order => order.Length > 0
            && one.Order.StartsWith(order, StringComparison.Ordinal))).Select(one => one.Line).ToList();
        return new ImportRead(kept, others + lines.Count - kept.Count, []);
    }

    private static ImportRead No(string why) => new([], 0, [], new ImportUnreadable(why));

    private static string TextOf(byte[] file)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(file).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            return Encoding.GetEncoding("GB18030").GetString(file);
        }
    }

    /// <summary>The cells of a row: quotes doubled inside quotes, tabs and blanks around a cell left out.</summary>
    private static string[] Cells(string row)
    {
        var (cells, cell, quoted) = (new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < row.Length; i++)
        {
            if (row[i] == '"' && quoted && i + 1 < row.Length && row[i + 1] == '"')
            {
                cell.Append('"');
                i++;
            }
            else if (row[i] == '"')
            {
                quoted = !quoted;
            }
            else if (row[i] == ',' && !quoted)
            {
                cells.Add(cell.ToString().Trim(' ', '\t'));
                cell.Clear();
            }
            else
            {
                cell.Append(row[i]);
            }
        }

        cells.Add(cell.ToString().Trim(' ', '\t'));
        return [.. cells];
    }

    private static int At(string[] cells, string[] names) => Array.FindIndex(cells, cell => names.Contains(cell));

    /// <summary>Where each column stands; -1 = the file has none.</summary>
    private sealed class Columns(string[] head)
    {
        public int Direction { get; } = At(head, BillFile.Direction);

        public int Status { get; } = At(head, BillFile.Status);

        public int Kind { get; } = At(head, BillFile.Kind);

        public int Reference { get; } = At(head, BillFile.Reference);

        // WeChat's number column is called otherwise, and its amounts carry a sign.
        private string Source { get; } = head.Contains("交易单号") ? "wechat" : "alipay";

        public static string Of(string[] row, int at) => at >= 0 && at < row.Length ? row[at] : "";

        public ImportedLine? Line(string[] row, bool spent)
        {
            var amount = Of(row, At(head, Amount)).Replace("¥", "", StringComparison.Ordinal).Replace("￥", "", StringComparison.Ordinal)
                .Replace(",", "", StringComparison.Ordinal);
            return !DateTime.TryParseExact(
                    Of(row, At(head, Time)), Times, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)
                || !decimal.TryParse(amount, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var yuan)
                || yuan * 100 != decimal.Truncate(yuan * 100) || yuan > 100_000_000
                ? null
                : new ImportedLine(
                    DateOnly.FromDateTime(at), Short(Of(row, At(head, Party))), Short(Of(row, At(head, What))),
                    (long)(yuan * 100) * (spent ? 1 : -1), Short(Of(row, At(head, Method))), Short(Of(row, Reference)), Source);
        }

        private static string Short(string text) => text.Length <= 100 ? text : text[..100];
    }
}
