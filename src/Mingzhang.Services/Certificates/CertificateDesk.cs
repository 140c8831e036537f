using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Certificates;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Papers.Documents;
using Mingzhang.Papers.Fonts;
using Mingzhang.Papers.Pdf;
using Mingzhang.Papers.Sheets;
using Mingzhang.Papers.Signing;
using Mingzhang.Services.People;
using Mingzhang.Services.Tickets.Clocks;
using Mingzhang.Store;

namespace Mingzhang.Services.Certificates;

/// <summary>Makes certificates, keeps them, and says what they are worth.</summary>
public sealed partial class CertificateDesk(
    CreditHouse house, PersonShelf people, PeopleKeys keys, SigningKeys signing, CertificateNotices notices, VerifyAddress address,
    TimeProvider time)
{
    /// <summary>Most certificates for one customer in a day.</summary>
    public const int MostADay = 30;

    private const int CodeBytes = 8;
    private const string FileColumn = "certificate_file.content";
    private const string CodeColumn = "certificate.code";

    private readonly CertificateReader _reader = new(house);
    private readonly HouseTime _clock = new(house, time);

    /// <summary>
    /// Makes a certificate with its files. The same key again, or the same content in the same language and to the same name, gives the one
    /// that was made. Refused: 870 to 875, 878, 879, 244 for an unknown loan.
    /// </summary>
    public async Task<(Certificate? Made, Refusal? Refusal)> MakeAsync(CertificateAsk ask)
    {
        if (people.Find(ask.Account.Customer) is not { Name.Length: > 0 } person)
        {
            return (null, new CertificatePersonUnknown());
        }

        var today = house.BusinessDateOf(ask.Account);
        ask = ask.Kind == CertificateKind.Settlement ? ask with { From = today, To = today } : ask;
        var rows = house.Rows(ask.Account);
        var history = house.History(ask.Account);
        var (content, refusal) = _reader.Read(ask, history);
        if (refusal is not null)
        {
            return (null, refusal);
        }

        var hash = content!.Hash();
        var name = ask.FullName ? person.Name : person.MaskedName;
        if (Known(ask, hash, name, out var tooMany) is { } known)
        {
            return (known, null);
        }

        if (tooMany)
        {
            return (null, new TooManyCertificates(MostADay));
        }

        using var key = await signing.CurrentAsync();
        var facts = new SignedFacts(
            SignedFacts.Form1, "", NewCode(), Language(ask.Chinese), name, _clock.Now,
            rows[^1].Sequence, Convert.ToHexStringLower(rows[^1].Hash), content);
        var kept = await KeepAsync(ask, person, key, facts, hash);

        // The key was withdrawn meanwhile.
        return kept is { Made: null, Refusal: null } ? await MakeAsync(ask) : kept;
    }

    /// <summary>A certificate, as it is worth now; null when there is none.</summary>
    public async Task<Certificate?> FindAsync(CertificateNumber number)
    {
        using var connection = house.OpenReadOnly();
        return CertificateShelf.Find(connection, number) is { } row ? await FreshAsync(row) : null;
    }

    /// <summary>Those of an account, latest first, as they are worth now.</summary>
    public async Task<IReadOnlyList<Certificate>> OfAsync(AccountId account, int most = 50)
    {
        List<CertificateRow> rows;
        using (var connection = house.OpenReadOnly())
        {
            rows = CertificateShelf.Of(connection, account, most);
        }

        var all = new List<Certificate>();
        foreach (var row in rows)
        {
            all.Add(await FreshAsync(row));
        }

        return all;
    }

    /// <summary>Its files.</summary>
    public IReadOnlyList<CertificateFile> Files(Certificate certificate)
    {
        using var connection = house.OpenReadOnly();
        return CertificateShelf.Files(connection, certificate.Number);
    }

    /// <summary>The bytes of one file as they were signed; null when there is none, or the person was erased.</summary>
    public byte[]? Content(Certificate certificate, string format)
    {
        using var connection = house.OpenReadOnly();
        using var key = people.KeyOf(connection, certificate.Customer);
        return key is not null && CertificateShelf.Content(connection, certificate.Number, format) is { } bytes
            && Opened(key, FileColumn, bytes) is { } text ? Convert.FromBase64String(text) : null;
    }

    /// <summary>The verification code, for the holder; null when the person was erased.</summary>
    public string? Code(Certificate certificate)
    {
        using var connection = house.OpenReadOnly();
        using var key = people.KeyOf(connection, certificate.Customer);
        return key is not null && CertificateShelf.Find(connection, certificate.Number) is { } row
            ? Opened(key, CodeColumn, row.Code) : null;
    }

    private Certificate? Known(CertificateAsk ask, string hash, string name, out bool tooMany)
    {
        using var connection = house.OpenReadOnly();
        tooMany = CertificateShelf.CountSince(
            connection, ask.Account.Customer, HouseTime.Micros(_clock.Now.AddDays(-1))) >= MostADay;
        if (CertificateShelf.ByRequest(connection, ask.Account.PartitionId, ask.Key) is { } twice)
        {
            return twice.ToCertificate();
        }

        var same = CertificateShelf.Of(connection, ask.Account, MostADay).Find(row => row.ContentHash == hash && row.Status == 1
            && row.Language == Language(ask.Chinese) && row.FullName == 1 == ask.FullName)?.ToCertificate();

        // The person may have another name since.
        return same is not null && Content(same, "pdf") is { } file && SignedFile.Check(file) is FileIntact intact
            && SignedFacts.Read(intact.Facts)?.Name == name ? same : null;
    }

    private async Task<(Certificate? Made, Refusal? Refusal)> KeepAsync(
        CertificateAsk ask, Person person, SigningKey key, SignedFacts facts, string hash)
    {
        var partition = ask.Account.PartitionId;
        var (kept, no) = await house.WriteAsync<(CertificateNumber? Kept, Refusal? No)>((connection, transaction) =>
        {
            if (CertificateShelf.ByRequest(connection, partition, ask.Key, transaction) is { } twice)
            {
                return (twice.ToCertificate().Number, null);
            }

            if (!SigningKeys.Signs(connection, transaction, key.Public.Id))
            {
                return (null, null);
            }

            var number = new CertificateNumber(partition, CertificateShelf.NextOf(connection, transaction, partition));
            var (files, refusal) = Print(facts with { Number = number.ToString() }, person, ask.Chinese, key);
            if (refusal is not null)
            {
                return (number, refusal);
            }

            using var seal = people.KeyOf(connection, ask.Account.Customer, transaction)!;
            var row = Row(ask, number, facts, hash, key, seal);
            CertificateShelf.Add(connection, transaction, row);
            notices.Made(connection, transaction, row.ToCertificate());
            foreach (var (format, bytes) in files)
            {
                var file = new CertificateFile(format, Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes.Length);
                CertificateShelf.AddFile(
                    connection, transaction, number, file, seal.Seal(FileColumn, Convert.ToBase64String(bytes)));
            }

            return (number, null);
        });
        return kept is { } made && no is null ? (await FindAsync(made), null) : (null, no);
    }

    private CertificateRow Row(
        CertificateAsk ask, CertificateNumber number, SignedFacts facts, string hash, SigningKey key, PersonKey seal) => new()
    {
        Partition = number.Partition, Sequence = number.Sequence, Customer = ask.Account.Customer.Value, Account = ask.Account.Value,
        Kind = (int)ask.Kind, LoanId = ask.LoanId ?? "", FromDay = facts.Content.From.ToStored(), ToDay = facts.Content.To.ToStored(),
        Language = facts.Language, FullName = ask.FullName ? 1 : 0, JournalSequence = facts.JournalSequence, ContentHash = hash,
        CodeHash = CodeHash(number, facts.Code), Code = seal.Seal(CodeColumn, facts.Code), KeyId = key.Public.Id,
        MadeAt = HouseTime.Micros(facts.MadeAt), MadeBy = ask.By, Key = ask.Key,
    };

    private (List<(string Format, byte[] Bytes)> Files, Refusal? Refusal) Print(
        SignedFacts facts, Person person, bool chinese, SigningKey key)
    {
        var product = facts.Content.Product.Split(" v");
        var terms = house.Terms.Find(product[0], int.Parse(product[1], System.Globalization.CultureInfo.InvariantCulture))!;
        var paper = new CertificatePaper(facts, person, terms, chinese, key.Public.Id, address.Of(facts.Number)).Paper();
        var json = JsonSerializer.SerializeToUtf8Bytes(facts, CertificateContent.Json);
        var attachment = new PdfAttachment("certificate.json", "application/json", paper.Title, json);
        return PdfWriter.Write(paper, PaperFont.Shipped, attachment, SignedFile.PdfRoom) switch
        {
            CharacterMissing missing => ([], new CharacterNotPrintable(
                missing.Character.ToString(), $"U+{missing.Character.Value:X4}")),
            PrintedFile pdf => (
                [
                    ("pdf", SignedFile.Sign(pdf.Bytes, key)),
                    ("xlsx", SignedFile.Sign(SheetWriter.Write(paper, (SignedFile.FactsPath, json)), key)),
                    .. Csv(facts, paper),
                ], null),
            _ => throw new InvalidOperationException("a third answer of the printer"),
        };
    }

    // A text has no room for a signature: its hash is kept, and the public page knows the file by it.
    private static IEnumerable<(string Format, byte[] Bytes)> Csv(SignedFacts facts, Paper paper) => facts.Content.Kind == "statement"
        ? [("csv", CsvWriter.Write(paper.Blocks.OfType<PaperTable>().Single()))] : [];

    private byte[] CodeHash(CertificateNumber number, string code) =>
        keys.SearchHash(SearchKind.Content, $"certificate {number} {Plain(code)}");

    private static string Plain(string code) =>
        new([.. code.ToUpperInvariant().Where(letter => char.IsAsciiLetterOrDigit(letter))]);

    private static string NewCode() => string.Join(
        '-', Convert.ToHexString(RandomNumberGenerator.GetBytes(CodeBytes)).Chunk(4).Select(part => new string(part)));

    private static string Language(bool chinese) => chinese ? "zh-CN" : "en";

    // A key that is gone, or is another one since, opens nothing: the person was erased.
    private static string? Opened(PersonKey key, string column, byte[] bytes)
    {
        try
        {
            return key.Open(column, bytes);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
