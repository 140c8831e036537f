using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mingzhang.Domain.Values;
using Mingzhang.Papers.Signing;
using Mingzhang.Services.Proofs;
using Mingzhang.Services.Sandbox;
using Mingzhang.Store;

namespace Mingzhang.Papers;

/// <summary>Proofs of the demo accounts: they hold as they are, and no field of any line can be changed without being noticed.</summary>
public sealed class ProofTests(CertificateHouse house) : IClassFixture<CertificateHouse>
{
    private static readonly DateTimeOffset Now = new(2026, 7, 5, 4, 0, 0, TimeSpan.Zero);
    private static readonly SigningKey Mine = SigningKey.New("forger", Now);

    public static TheoryData<string> Stories => [.. DemoCustomer.All.Select(one => one.Story)];

    [Theory]
    [MemberData(nameof(Stories))]
    public async Task Every_account_proves_itself_and_every_statement_is_recomputed(string story)
    {
        var report = ProofCheck.Check(await house.ProveAsync(story));
        Assert.Empty(report.Faults);
        Assert.Equal(report.Manifest!.Rows, report.LinkedRows);
        Assert.All(report.Statements, one => Assert.True(one.IsSame));
        Assert.True(report.RetoldRows > 0);
        if (story is "revolver" or "corrected")
        {
            Assert.True(report.Statements.Count >= 3);
        }
    }

    [Fact]
    public async Task A_statement_that_was_replaced_is_proven_in_each_of_its_versions()
    {
        var report = ProofCheck.Check(await house.ProveAsync("corrected"));
        Assert.Contains(report.Statements, one => one.Issued.Version > 1);
        Assert.Contains(report.Statements.GroupBy(one => one.Issued.IssuedOn), versions => versions.Count() > 1);
    }

    /// <summary>Every field of every line, one after the other, with everything around made to fit: hashes of files, signature.</summary>
    [Theory]
    [InlineData("corrected")]
    [InlineData("plan")]
    public async Task A_change_of_any_field_of_any_line_is_noticed(string story)
    {
        var files = Unpack(await house.ProveAsync(story));
        var lines = Lines(files);
        var tried = 0;
        for (var i = 0; i < lines.Length; i++)
        {
            foreach (var field in JsonNode.Parse(lines[i])!.AsObject().Select(one => one.Key).ToList())
            {
                var changed = (string[])lines.Clone();
                changed[i] = Changed(lines[i], field);
                var report = ProofCheck.Check(Forged(files, changed));
                Assert.True(report.Faults.Count > 0, $"line {i + 1}: {field} was changed and nobody noticed");
                tried++;
            }
        }

        Assert.Equal(lines.Length * 10, tried);
    }

    /// <summary>Whoever holds the key and works the chain out again still has to let the facts lead to the statements.</summary>
    [Fact]
    public async Task A_forger_who_links_the_chain_anew_fails_at_the_recomputation()
    {
        var files = Unpack(await house.ProveAsync("revolver"));
        var lines = Lines(files);
        var statement = Array.FindIndex(lines, line => line.Contains("statement-issued", StringComparison.Ordinal));
        var minimum = JsonDocument.Parse(files["statements.json"]).RootElement[0].GetProperty("minimum").GetString()!;
        lines[statement] = lines[statement].Replace($"\"{minimum}\"", "\"CNY999999\"", StringComparison.Ordinal);
        files["statements.json"] = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(files["statements.json"])
            .Replace($"\"minimum\": \"{minimum}\"", "\"minimum\": \"CNY999999\"", StringComparison.Ordinal));
        var report = ProofCheck.Check(Forged(files, Relinked(lines)));
        Assert.Equal(lines.Length, report.LinkedRows);
        Assert.Contains(report.Faults, fault => fault.Contains("worked out anew it is another", StringComparison.Ordinal));
        Assert.DoesNotContain(report.Faults, fault => fault.Contains("hash chain", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_changed_amount_of_a_purchase_fails_at_the_recomputation_too()
    {
        var files = Unpack(await house.ProveAsync("revolver"));
        var lines = Lines(files);
        var at = Array.FindIndex(lines, line => line.Contains("CNY18600", StringComparison.Ordinal));
        lines[at] = lines[at].Replace("CNY18600", "CNY18601", StringComparison.Ordinal)
            .Replace("CNY-18600", "CNY-18601", StringComparison.Ordinal);
        Assert.NotEmpty(ProofCheck.Check(Forged(files, Relinked(lines))).Faults);
    }

    [Fact]
    public async Task Other_terms_lead_to_other_statements()
    {
        var files = Unpack(await house.ProveAsync("revolver"));
        foreach (var name in files.Keys.Where(name => name.StartsWith("terms/pay-later", StringComparison.Ordinal)).ToList())
        {
            var terms = JsonNode.Parse(files[name])!.AsObject();
            terms["revolving"]!["pricePpmPerDay"] = 499;
            files[name] = JsonSerializer.SerializeToUtf8Bytes(terms);
        }

        Assert.NotEmpty(ProofCheck.Check(Forged(files, Lines(files))).Faults);
    }

    [Fact]
    public async Task Every_change_of_a_statement_or_the_manifest_is_noticed()
    {
        var files = Unpack(await house.ProveAsync("cured"));
        string[] fields =
        [
            "row", "issuedOn", "version", "dueOn", "opening", "debits", "credits", "closing", "cyclableBilled", "fullBilled", "minimum",
        ];
        foreach (var field in fields)
        {
            var statements = JsonNode.Parse(files["statements.json"])!.AsArray();
            for (var i = 0; i < statements.Count; i++)
            {
                var copy = JsonNode.Parse(files["statements.json"])!.AsArray();
                copy[i]![field] = Other(copy[i]![field]!);
                var changed = new Dictionary<string, byte[]>(files) { ["statements.json"] = JsonSerializer.SerializeToUtf8Bytes(copy) };
                Assert.NotEmpty(ProofCheck.Check(Forged(changed, Lines(files))).Faults);
            }
        }

        foreach (var field in new[] { "form", "account", "rows", "head" })
        {
            Assert.NotEmpty(ProofCheck.Check(Forged(files, Lines(files), manifest => manifest[field] = Other(manifest[field]!))).Faults);
        }

        var less = new Dictionary<string, byte[]>(files);
        less.Remove("README.txt");
        Assert.NotEmpty(ProofCheck.Check(Forged(less, Lines(files), keepNames: true)).Faults);
    }

    [Fact]
    public async Task Lines_taken_away_doubled_or_exchanged_are_noticed()
    {
        var files = Unpack(await house.ProveAsync("cured"));
        var lines = Lines(files);
        foreach (var changed in (string[][])[lines[1..], [.. lines[..3], .. lines[4..]], [.. lines[..3], lines[2], .. lines[3..]],
            [.. lines[..3], lines[4], lines[3], .. lines[5..]], lines[..^1], []])
        {
            Assert.NotEmpty(ProofCheck.Check(Forged(files, changed)).Faults);
        }
    }

    [Fact]
    public async Task The_signature_breaks_with_any_byte_and_garbage_is_no_proof()
    {
        var file = await house.ProveAsync("new");
        for (var at = 0; at < file.Length; at += 97)
        {
            file[at] ^= 1;
            Assert.NotEmpty(ProofCheck.Check(file).Faults);
            file[at] ^= 1;
        }

        Assert.NotEmpty(ProofCheck.Check([]).Faults);
        Assert.NotEmpty(ProofCheck.Check("PK nothing"u8.ToArray()).Faults);
    }

    private static string[] Lines(Dictionary<string, byte[]> files) =>
        Encoding.UTF8.GetString(files["journal.jsonl"]).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static Dictionary<string, byte[]> Unpack(byte[] file)
    {
        using var zip = new ZipArchive(new MemoryStream(file));
        return zip.Entries.ToDictionary(entry => entry.FullName, entry =>
        {
            using var stream = entry.Open();
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            return bytes.ToArray();
        });
    }

    /// <summary>A file with other lines and a manifest that fits them, signed by whoever forges.</summary>
    private static byte[] Forged(
        Dictionary<string, byte[]> files, string[] lines, Action<JsonObject>? more = null, bool keepNames = false)
    {
        var all = new Dictionary<string, byte[]>(files)
        {
            ["journal.jsonl"] = Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n"))),
        };
        var manifest = JsonNode.Parse(all["manifest.json"])!.AsObject();
        if (!keepNames)
        {
            var hashes = all.Where(file => file.Key != "manifest.json").OrderBy(file => file.Key, StringComparer.Ordinal)
                .Select(file => KeyValuePair.Create(
                    file.Key, (JsonNode?)Convert.ToHexStringLower(SHA256.HashData(file.Value))));
            manifest["files"] = new JsonObject(hashes);
        }

        if (lines.Length > 0 && TryParse(lines[^1]) is { } last)
        {
            manifest["head"] = last["hash"]?.ToString();
        }

        more?.Invoke(manifest);
        all["manifest.json"] = JsonSerializer.SerializeToUtf8Bytes(manifest);
        return SignedFile.Sign(ProofFile.Pack(all, Now), Mine);
    }

    private static JsonNode? TryParse(string line)
    {
        try
        {
            return JsonNode.Parse(line);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private string[] Relinked(string[] lines)
    {
        var (previous, account, result) = (RowHash.Genesis, house.Of("revolver"), new List<string>());
        foreach (var line in lines)
        {
            var row = ProofRow.Read(account, line);
            previous = RowHash.Link(previous, row);
            result.Add(ProofRow.Write(new JournalRow
            {
                Account = account, Sequence = row.Sequence, Kind = row.Kind, BookedOn = row.BookedOn, EffectiveOn = row.EffectiveOn,
                RecordedAt = 0, Actor = row.Actor, Key = row.Key, RequestHash = row.RequestHash, Body = row.Body, Postings = row.Postings,
                Hash = previous,
            }));
        }

        return [.. result];
    }

    /// <summary>A line with one field changed in the least way, everything else byte for byte.</summary>
    private static string Changed(string line, string field)
    {
        using var json = JsonDocument.Parse(line);
        var raw = json.RootElement.GetProperty(field).GetRawText();
        var at = line.IndexOf($"\"{field}\":{raw}", StringComparison.Ordinal) + field.Length + 3;
        var digit = Enumerable.Range(0, raw.Length).LastOrDefault(i => char.IsAsciiDigit(raw[i]), -1);
        var changed = digit < 0 ? raw.Length > 2 ? raw[..1] + 'x' + raw[1..] : "[1]"
            : raw[..digit] + (raw[digit] == '9' ? '8' : (char)(raw[digit] + 1)) + raw[(digit + 1)..];
        return line[..at] + changed + line[(at + raw.Length)..];
    }

    private static JsonNode Other(JsonNode node) => node.GetValueKind() == JsonValueKind.Number
        ? JsonValue.Create(node.GetValue<long>() + 1)
        : JsonValue.Create(node.ToString() is { Length: > 0 } text
            ? text[..^1] + (text[^1] == '1' ? '2' : '1') : "1");
}
