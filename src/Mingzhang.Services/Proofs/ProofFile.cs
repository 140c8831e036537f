using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Papers.Signing;
using Mingzhang.Services.Certificates;
using Mingzhang.Services.Reading;
using Mingzhang.Services.Tickets.Clocks;

namespace Mingzhang.Services.Proofs;

/// <summary>What a proof is of: written into it, and signed with it.</summary>
/// <param name="Form">Always <c>mingzhang-proof-1</c>.</param>
/// <param name="Account">The account's number.</param>
/// <param name="MadeAt">When, by the clock of the house.</param>
/// <param name="Rows">Journal rows.</param>
/// <param name="Head">The hash of the last one, which stands for all.</param>
/// <param name="Files">SHA-256 of every other file.</param>
public sealed record ProofManifest(
    string Form, string Account, DateTimeOffset MadeAt, long Rows, string Head, IReadOnlyDictionary<string, string> Files)
{
    /// <summary>The present form.</summary>
    public const string Form1 = "mingzhang-proof-1";

    /// <summary>Where it stands.</summary>
    public const string Path = "manifest.json";
}

/// <summary>Where the product files of a house are.</summary>
public sealed record ProofSources(string Products);

/// <summary>
/// Makes the file by which an owner can prove an account without the house: every row of its journal with the hashes of its chain, the
/// product terms, the statements as issued, signed as a whole.
/// </summary>
public sealed class ProofFile(CreditHouse house, SigningKeys signing, ProofSources sources, TimeProvider time)
{
    internal const string Journal = "journal.jsonl";
    internal const string Statements = "statements.json";
    internal const string Terms = "terms/";
    internal const string Guide = "README.txt";

    /// <summary>The file; null when the account has no row.</summary>
    public async Task<byte[]?> MakeAsync(AccountId account)
    {
        var rows = house.Rows(account);
        if (rows.Count == 0)
        {
            return null;
        }

        var history = house.History(account);
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal)
        {
            [Guide] = Readme(),
            [Journal] = Encoding.UTF8.GetBytes(string.Concat(rows.Select(row => ProofRow.Write(row) + "\n"))),
            [Statements] = StatementsOf(history),
        };
        foreach (var (name, text) in TermsOf(account))
        {
            files[Terms + name] = text;
        }

        var now = new HouseTime(house, time).Now;
        files[ProofManifest.Path] = JsonSerializer.SerializeToUtf8Bytes(
            new ProofManifest(
                ProofManifest.Form1, account.ToString(), now, rows[^1].Sequence, Convert.ToHexStringLower(rows[^1].Hash),
                files.ToDictionary(file => file.Key, file => Convert.ToHexStringLower(SHA256.HashData(file.Value)))),
            ProofJson.Spread);
        using var key = await signing.CurrentAsync();
        return SignedFile.Sign(Pack(files, now), key);
    }

    internal static byte[] StatementsOf(IEnumerable<HistoryEntry> history) =>
        JsonSerializer.SerializeToUtf8Bytes(ProofStatement.Of(history), ProofJson.Spread);

    internal static byte[] Pack(IEnumerable<KeyValuePair<string, byte[]>> files, DateTimeOffset at)
    {
        using var target = new MemoryStream();
        using (var zip = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in files)
            {
                var entry = zip.CreateEntry(name);
                entry.LastWriteTime = at;
                using var stream = entry.Open();
                stream.Write(bytes);
            }
        }

        return target.ToArray();
    }

    // All versions of the product: those the account ran under, and those it may have been told of.
    private IEnumerable<(string Name, byte[] Text)> TermsOf(AccountId account)
    {
        var code = house.Terms.All.First(terms => terms.Slot == account.Slot).Code;
        foreach (var path in Directory.GetFiles(sources.Products, code + ".v*.json"))
        {
            yield return (Path.GetFileName(path), File.ReadAllBytes(path));
        }

        foreach (var published in house.PublishedVersions.Where(one => one.Code == code))
        {
            var name = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{code}.v{published.Version}.json");
            if (!File.Exists(Path.Combine(sources.Products, name)))
            {
                yield return (name, Encoding.UTF8.GetBytes(published.Json));
            }
        }

        yield return (CostRulesFile.Name, File.ReadAllBytes(Path.Combine(sources.Products, CostRulesFile.Name)));
    }

    private static byte[] Readme()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("certificates/proof-readme.txt")!;
        using var text = new MemoryStream();
        stream.CopyTo(text);
        return text.ToArray();
    }
}
