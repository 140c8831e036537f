using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Corrections;
using Mingzhang.Domain.Disclosure;
using Mingzhang.Domain.Ledger;
using Mingzhang.Domain.Loans;
using Mingzhang.Domain.Products;
using Mingzhang.Domain.Values;
using Mingzhang.Engine.Encoding;
using Mingzhang.Papers.Signing;
using Mingzhang.Services.Reading;
using Mingzhang.Store;

namespace Mingzhang.Services.Proofs;

/// <summary>
/// Checks a proof with nothing but the file: signature, hash chain from its first row, postings of every event, and every statement worked
/// out anew from the facts. Needs no house, no database and no network.
/// </summary>
public sealed class ProofCheck
{
    private const long Largest = 256 * 1024 * 1024;

    private readonly List<string> _faults = [];
    private readonly List<JournalRow> _rows = [];
    private readonly List<HistoryEntry> _history = [];
    private readonly List<ProvenStatement> _statements = [];
    private Dictionary<string, byte[]> _files = [];
    private long _linked;
    private long _retold;

    private ProofCheck()
    {
    }

    /// <summary>Checks the bytes of a file; never throws for what is in it.</summary>
    public static ProofReport Check(byte[] file) => new ProofCheck().Run(file);

    private ProofReport Run(byte[] file)
    {
        var signer = (SignedFile.Check(file) as FileIntact)?.Signer;
        Must(signer is not null, "signature: the file was changed since it was signed, or never signed");
        ProofManifest? manifest = null;
        try
        {
            manifest = Unpack(file);
            ReadRows(manifest);
            Recompute(Book());
        }
        catch (Exception cause) when (cause is FormatException or JsonException or InvalidDataException or BrokenInvariantException
            or InvalidOperationException or ArgumentException or OverflowException or NullReferenceException or KeyNotFoundException
            or IndexOutOfRangeException or NotSupportedException or InvalidCastException or StoreException
            or System.Runtime.CompilerServices.SwitchExpressionException)
        {
            Must(false, cause.Message);
        }

        return new ProofReport
        {
            Manifest = manifest, Signer = signer, LinkedRows = _linked, RetoldRows = _retold, Statements = _statements,
            Hashes = [.. _rows.Select(row => Convert.ToHexStringLower(row.Hash))], Faults = _faults,
        };
    }

    private ProofManifest Unpack(byte[] file)
    {
        using var zip = new ZipArchive(new MemoryStream(file), ZipArchiveMode.Read);
        if (zip.Entries.Sum(entry => entry.Length) > Largest)
        {
            throw new FormatException("the file unpacks to more than 256 MB");
        }

        _files = zip.Entries.ToDictionary(entry => entry.FullName, Content, StringComparer.Ordinal);
        var manifest = JsonSerializer.Deserialize<ProofManifest>(_files[ProofManifest.Path], ProofJson.Options)!;
        Must(manifest.Form == ProofManifest.Form1, $"manifest: the form {manifest.Form} is not known");
        var names = _files.Keys.Where(name => name != ProofManifest.Path).Order(StringComparer.Ordinal);
        Must(names.SequenceEqual(manifest.Files.Keys.Order(StringComparer.Ordinal)), "manifest: it names other files than there are");
        foreach (var (name, hash) in manifest.Files)
        {
            Must(
                _files.TryGetValue(name, out var bytes) && Convert.ToHexStringLower(SHA256.HashData(bytes)) == hash,
                $"manifest: {name} is not the file it names");
        }

        return manifest;
    }

    private void ReadRows(ProofManifest manifest)
    {
        var account = AccountId.TryParse(manifest.Account, out var id) ? id : throw new FormatException("manifest: no account number");
        var (previous, booked) = (RowHash.Genesis, default(DateOnly));
        foreach (var line in Encoding.UTF8.GetString(_files[ProofFile.Journal]).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var number = _rows.Count + 1;
            var row = ProofRow.Read(account, line);
            Must(row.Sequence == number, $"row {number}: {row.Sequence} stands where {number} must stand");
            var links = RowHash.Link(previous, row).AsSpan().SequenceEqual(row.Hash);
            Must(links, $"row {number}: the hash chain breaks; the row was changed, moved or put in");
            Must(row.BookedOn >= booked, $"row {number}: booked before the row before it");
            (previous, booked, _linked) = (row.Hash, row.BookedOn, _linked + (links ? 1 : 0));
            _rows.Add(row);
            Postings(row);
        }

        Must(
            _rows.Count == manifest.Rows && Convert.ToHexStringLower(previous) == manifest.Head,
            "manifest: the journal ends with another row than it names");
        Must(
            ProofFile.StatementsOf(_history).AsSpan().SequenceEqual(_files[ProofFile.Statements]),
            "statements.json: not the statements that the journal issued");
    }

    private void Postings(JournalRow row)
    {
        if (row.Kind == RowKind.Refused)
        {
            Must(row.Postings.Length == 0, $"row {row.Sequence}: a refusal moves no money");
            return;
        }

        var events = DomainJson.ReadEvents(row.Body);
        var postings = events.SelectMany(happened => PostingRules.For(happened)).ToList();
        Must(
            postings.SequenceEqual(PostingCodec.Read(row.Postings)) && postings.Sum(posting => posting.Amount.MinorUnits) == 0,
            $"row {row.Sequence}: the postings are not those of its events");
        _history.Add(new HistoryEntry(row.Sequence, row.BookedOn, events));
    }

    private TermsBook Book()
    {
        string Text(string name) => Encoding.UTF8.GetString(_files[ProofFile.Terms + name]);
        var costs = CostRules.Parse(Text(CostRulesFile.Name), CostRulesFile.Name) is CostRulesRead rules
            ? rules.Rules : throw new FormatException("terms: the rules on costs cannot be read");
        var names = _files.Keys.Where(name => name.StartsWith(ProofFile.Terms, StringComparison.Ordinal))
            .Select(name => name[ProofFile.Terms.Length..]).Where(name => name != CostRulesFile.Name).Order(StringComparer.Ordinal);
        return ProductCatalogue.ParseAll(names.Select(name => (name, Text(name))), costs) is TermsBookRead book
            ? book.Book : throw new FormatException("terms: the product files break rules");
    }

    /// <summary>
    /// Works everything out anew: up to each correction with what was known before it, and to the end. Between two corrections every fact
    /// must have had exactly the outcome that the journal records.
    /// </summary>
    private void Recompute(TermsBook book)
    {
        var from = 0;
        for (var to = 0; to < _history.Count; to++)
        {
            var last = to == _history.Count - 1;
            if (last || Corrects(_history[to + 1]))
            {
                Compare(Retelling.Of([.. _history.Take(to + 1)], book, _history[to].BookedOn, DateOnly.MaxValue), from, to);
                from = to + 1;
            }
        }
    }

    private void Compare(RetoldAccount told, int from, int to)
    {
        var bills = told.Statements.ToDictionary(bill => bill.IssuedOn);
        foreach (var issued in ProofStatement.Of(_history.Skip(from).Take(to - from + 1)))
        {
            var again = bills.TryGetValue(issued.IssuedOn, out var bill) ? ProofStatement.Of(issued.Row, bill) : null;
            _statements.Add(new ProvenStatement(issued, again));
            Must(issued == again, $"statement of {issued.IssuedOn:yyyy-MM-dd} (version {issued.Version}): worked out anew it is another");
        }

        var facts = told.Entries.Where(entry => entry.Sequence > 0).ToDictionary(entry => entry.Sequence);
        var days = told.Entries.Where(entry => entry.Sequence == 0).ToLookup(entry => entry.EffectiveOn);
        foreach (var entry in _history.Skip(from).Take(to - from + 1).Where(entry => !Corrects(entry)))
        {
            var row = _rows[(int)entry.Sequence - 1];
            var same = row.Kind == RowKind.Day
                ? days[row.EffectiveOn].Any(day => day.Events == entry.Events)
                : facts.TryGetValue(entry.Sequence, out var fact) && fact.Events == entry.Events.Map(OwnPart);
            _retold += same ? 1 : 0;
            Must(same, $"row {entry.Sequence}: decided anew, the fact has another outcome");
        }
    }

    // What a loan's request says about the person's other accounts cannot follow from this one; the chain alone holds it.
    private static AccountEvent OwnPart(AccountEvent happened) =>
        happened is LoanRequested { Exposure: not null } request ? request with { Exposure = null } : happened;

    private static bool Corrects(HistoryEntry entry) => entry.Events.Any(happened => happened is AccountCorrected);

    private static byte[] Content(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private void Must(bool holds, string fault)
    {
        if (!holds)
        {
            _faults.Add(fault);
        }
    }
}
