using System.Globalization;
using System.Text;
using System.Text.Json;
using Mingzhang.Domain.Ledger;
using Mingzhang.Domain.Values;
using Mingzhang.Engine.Encoding;
using Mingzhang.Store;

namespace Mingzhang.Services.Proofs;

/// <summary>
/// A journal row as a line of JSON: everything its hash is made of, readable, and nothing else. The body stands there byte for byte, so
/// that the hash can be worked out from the line.
/// </summary>
internal static class ProofRow
{
    private static readonly string[] Fields =
        ["sequence", "kind", "bookedOn", "effectiveOn", "actor", "key", "request", "body", "postings", "hash"];

    /// <summary>Writes a line, without its end.</summary>
    public static string Write(JournalRow row)
    {
        var line = new StringBuilder();
        line.Append(CultureInfo.InvariantCulture, $"{{\"sequence\":{row.Sequence},\"kind\":\"{Word(row.Kind)}\"")
            .Append(CultureInfo.InvariantCulture, $",\"bookedOn\":\"{row.BookedOn:yyyy-MM-dd}\"")
            .Append(CultureInfo.InvariantCulture, $",\"effectiveOn\":\"{row.EffectiveOn:yyyy-MM-dd}\"")
            .Append(CultureInfo.InvariantCulture, $",\"actor\":{Text(row.Actor)},\"key\":{Text(row.Key)}")
            .Append(CultureInfo.InvariantCulture, $",\"request\":\"{row.RequestHash:x32}\"")
            .Append(",\"body\":").Append(Encoding.UTF8.GetString(row.Body))
            .Append(",\"postings\":").Append(JsonSerializer.Serialize(Shown(row.Postings), ProofJson.Options))
            .Append(CultureInfo.InvariantCulture, $",\"hash\":\"{Convert.ToHexStringLower(row.Hash)}\"}}");
        return line.ToString();
    }

    /// <summary>Reads a line. Throws <see cref="FormatException"/> or <see cref="JsonException"/> when it is not exactly as one is
    /// written.</summary>
    public static JournalRow Read(AccountId account, string line)
    {
        using var json = JsonDocument.Parse(line);
        if (!json.RootElement.EnumerateObject().Select(field => field.Name).SequenceEqual(Fields))
        {
            throw new FormatException("a line has other fields than a line has");
        }

        var row = new JournalRow
        {
            Account = account, Sequence = json.RootElement.GetProperty("sequence").GetInt64(), Kind = Kind(Of("kind")),
            BookedOn = Day(Of("bookedOn")), EffectiveOn = Day(Of("effectiveOn")), RecordedAt = 0, Actor = Of("actor"), Key = Of("key"),
            RequestHash = UInt128.Parse(Of("request"), NumberStyles.HexNumber, CultureInfo.InvariantCulture),
            Body = Encoding.UTF8.GetBytes(json.RootElement.GetProperty("body").GetRawText()),
            Postings = Packed(json.RootElement.GetProperty("postings").Deserialize<List<ShownPosting>>(ProofJson.Options)!),
            Hash = Convert.FromHexString(Of("hash")),
        };
        return Write(row) == line ? row : throw new FormatException("a line is written in another way than lines are");
        string Of(string name) => json.RootElement.GetProperty(name).GetString() ?? "";
    }

    private static List<ShownPosting> Shown(byte[] postings) =>
        [.. PostingCodec.Read(postings).Select(one => new ShownPosting((int)one.Account, $"{one.Account}", one.Amount.ToString()))];

    private static byte[] Packed(List<ShownPosting> shown)
    {
        var target = new System.Buffers.ArrayBufferWriter<byte>();
        var currency = default(Currency);
        Posting[] postings = [.. shown.Select(one => new Posting((LedgerAccount)one.Account, Money.Parse(one.Amount)))];
        PostingCodec.Write(target, postings, ref currency);
        return target.WrittenSpan.ToArray();
    }

    private static string Word(RowKind kind) => kind switch
    {
        RowKind.Accepted => "accepted",
        RowKind.Refused => "refused",
        RowKind.Day => "day",
        _ => throw new FormatException("a row of a fourth kind"),
    };

    private static RowKind Kind(string word) => word switch
    {
        "accepted" => RowKind.Accepted,
        "refused" => RowKind.Refused,
        "day" => RowKind.Day,
        _ => throw new FormatException($"a row cannot be {word}"),
    };

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Text(string text) => JsonSerializer.Serialize(text, ProofJson.Options);

    private sealed record ShownPosting(int Account, string Name, string Amount);
}

/// <summary>How proofs write JSON.</summary>
internal static class ProofJson
{
    /// <summary>Readable Chinese, fields as in the API.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The same, on several lines.</summary>
    public static JsonSerializerOptions Spread { get; } = new(Options) { WriteIndented = true };
}
