using System.Security.Cryptography;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Certificates;
using Mingzhang.Papers.Signing;
using Mingzhang.Services.Tickets.Clocks;

namespace Mingzhang.Services.Certificates;

/// <summary>What a check answers.</summary>
/// <param name="Certificate">The certificate; null when number, code or file fit none.</param>
/// <param name="Files">Its files with their hashes.</param>
/// <param name="FileIntact">Whether an uploaded file is byte for byte the one that was signed; null when none was uploaded.</param>
public sealed record CertificateWorth(Certificate? Certificate, IReadOnlyList<CertificateFile> Files, bool? FileIntact)
{
    /// <summary>Since when what its key signed does not count; null = it was not withdrawn, or the certificate is none.</summary>
    public KeyWithdrawal? Withdrawal { get; init; }

    /// <summary>valid, superseded, revoked, withdrawn, unknown or altered.</summary>
    public string Word => FileIntact == false ? "altered" : Certificate?.Status switch
    {
        CertificateStatus.Valid => "valid",
        CertificateStatus.Superseded => "superseded",
        CertificateStatus.Revoked => "revoked",
        CertificateStatus.KeyWithdrawn => "withdrawn",
        _ => "unknown",
    };
}

/// <content>What certificates are worth.</content>
public sealed partial class CertificateDesk
{
    private const int LooksAtOnce = 20;

    private static readonly CertificateWorth Unknown = new(null, [], null);

    /// <summary>Checks number and code. A wrong code answers as an unknown number does.</summary>
    public async Task<CertificateWorth> CheckAsync(string? number, string? code)
    {
        if (!CertificateNumber.TryParse(number, out var read))
        {
            return Unknown;
        }

        CertificateRow? row;
        using (var connection = house.OpenReadOnly())
        {
            row = CertificateShelf.Find(connection, read);
        }

        // The hash is worked out in any case, so that an unknown number takes as long as a wrong code.
        var fits = CryptographicOperations.FixedTimeEquals(CodeHash(read, code ?? ""), row?.CodeHash ?? []);
        return fits && await FreshAsync(row!) is { } certificate ? WorthOf(certificate, null) : Unknown;
    }

    /// <summary>
    /// Checks a file: its signature, by a key of this house, then what the certificate is worth. A text carries no signature and is known
    /// by its hash.
    /// </summary>
    public async Task<CertificateWorth> CheckAsync(byte[] file)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(file));
        if (TextWith(hash) is { } row)
        {
            var text = await FreshAsync(row);
            return WorthOf(text, true);
        }

        if (SignedFile.Check(file) is not FileIntact intact || !signing.Public.Any(intact.Signer.IsSameAs)
            || SignedFacts.Read(intact.Facts) is not { } facts)
        {
            return Unknown with { FileIntact = false };
        }

        var worth = await CheckAsync(facts.Number, facts.Code);
        return worth with { FileIntact = worth.Files.Any(known => known.Sha256 == hash) };
    }

    /// <summary>Takes a certificate back. Refused: 876, 877.</summary>
    public async Task<Refusal?> RevokeAsync(CertificateNumber number, string reason)
    {
        if (await FindAsync(number) is not { } certificate)
        {
            return new CertificateUnknown(number.ToString());
        }

        var now = HouseTime.Micros(_clock.Now);
        return certificate.Status != CertificateStatus.Revoked && await house.WriteAsync((connection, transaction) =>
        {
            var revoked = CertificateShelf.SetStatus(connection, transaction, number, CertificateStatus.Revoked, now, reason);
            if (revoked)
            {
                notices.Revoked(connection, transaction, certificate, reason);
            }

            return revoked;
        })
            ? null : new CertificateNotValid(number.ToString());
    }

    /// <summary>Looks at certificates whose account was corrected and tells the holders of those that are superseded.</summary>
    /// <returns>How many it looked at.</returns>
    public async Task<int> LookAgainAsync()
    {
        List<CertificateRow> rows;
        using (var connection = house.OpenReadOnly())
        {
            rows = CertificateShelf.Doubted(connection, LooksAtOnce);
        }

        foreach (var row in rows)
        {
            await FreshAsync(row);
        }

        return rows.Count;
    }

    /// <summary>The latest of the whole house, for staff; as they were last looked at.</summary>
    public IReadOnlyList<Certificate> Latest(int most)
    {
        using var connection = house.OpenReadOnly();
        return [.. CertificateShelf.All(connection, most).Select(row => row.ToCertificate())];
    }

    private CertificateWorth WorthOf(Certificate certificate, bool? intact) => new(certificate, Files(certificate), intact)
    {
        Withdrawal = signing.Kept.FirstOrDefault(key => key.Id == certificate.KeyId)?.Withdrawal,
    };

    private CertificateRow? TextWith(string hash)
    {
        using var connection = house.OpenReadOnly();
        return CertificateShelf.ByFile(connection, hash) is { } row
            && CertificateShelf.Files(connection, row.ToCertificate().Number).Exists(file => file.Format == "csv" && file.Sha256 == hash)
            ? row : null;
    }

    /// <summary>
    /// A certificate as it is worth now: when the account was corrected since it was last looked at, its content is worked out anew, and if
    /// it differs the certificate is superseded.
    /// </summary>
    private async Task<Certificate> FreshAsync(CertificateRow row)
    {
        var certificate = row.ToCertificate();
        if (certificate.Status != CertificateStatus.Valid)
        {
            return certificate;
        }

        var history = house.History(certificate.Account);
        var last = history[^1].Sequence;
        if (last <= row.CheckedTo)
        {
            return certificate;
        }

        var stands = !history.Any(entry => entry.Sequence > row.CheckedTo && CertificateReader.Corrects(entry, certificate.JournalSequence))
            || _reader.Again(certificate, history)?.Hash() == certificate.ContentHash;
        var now = HouseTime.Micros(_clock.Now);
        await house.WriteAsync((connection, transaction) =>
        {
            CertificateShelf.SetChecked(connection, transaction, certificate.Number, last);
            var superseded = !stands
                && CertificateShelf.SetStatus(connection, transaction, certificate.Number, CertificateStatus.Superseded, now, "");
            if (superseded)
            {
                notices.Superseded(connection, transaction, certificate);
            }

            return superseded;
        });
        return stands ? certificate : certificate with { Status = CertificateStatus.Superseded, StatusAt = now };
    }
}
