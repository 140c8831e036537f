using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Mingzhang.Papers.Signing;

/// <summary>A key that got into other hands: what it signed no longer proves anything.</summary>
/// <param name="At">When it was withdrawn.</param>
/// <param name="Since">What it signed from then on does not count; null = nothing it ever signed.</param>
public sealed record KeyWithdrawal(DateTimeOffset At, DateTimeOffset? Since)
{
    /// <summary>Whether a paper of a moment counts no more.</summary>
    public bool Takes(DateTimeOffset madeAt) => Since is not { } since || madeAt >= since;
}

/// <summary>The public half of a signing key, in a certificate that the house gave itself (X.509, ECDSA on P-256).</summary>
public sealed class VerifyingKey
{
    // A label of its own: whoever knows only certificates does not take a withdrawn key for a good one.
    private const string WithdrawnLabel = "WITHDRAWN CERTIFICATE";
    private const string WithdrawnAt = "Withdrawn-At: ";
    private const string WithdrawnSince = "Withdrawn-Since: ";
    private const string Always = "always";

    private readonly byte[] _spki;

    private VerifyingKey(byte[] spki, byte[] certificate) => (_spki, Certificate) = (spki, certificate);

    /// <summary>The certificate, DER; empty when only the bare key is known.</summary>
    public byte[] Certificate { get; }

    /// <summary>The first 32 hexadecimal digits of SHA-256 over the public key; what people compare.</summary>
    public string Id => Convert.ToHexStringLower(SHA256.HashData(_spki))[..32];

    /// <summary>When it was withdrawn; null = it is good.</summary>
    public KeyWithdrawal? Withdrawal { get; init; }

    /// <summary>
    /// As it is published: PEM of the certificate; of a withdrawn one under another label, after the lines that say since when.
    /// </summary>
    public string Pem => Withdrawal is not { } gone ? PemEncoding.WriteString("CERTIFICATE", Certificate) + "\n"
        : string.Create(CultureInfo.InvariantCulture, $"{WithdrawnAt}{gone.At:o}\n{WithdrawnSince}")
            + (gone.Since?.ToString("o", CultureInfo.InvariantCulture) ?? Always) + "\n"
            + PemEncoding.WriteString(WithdrawnLabel, Certificate) + "\n";

    /// <summary>The same key, withdrawn.</summary>
    public VerifyingKey WithdrawnBy(KeyWithdrawal withdrawal) => new(_spki, Certificate) { Withdrawal = withdrawal };

    /// <summary>The key of a certificate; null when it is none of this kind.</summary>
    public static VerifyingKey? Of(byte[] certificate)
    {
        try
        {
            using var read = X509CertificateLoader.LoadCertificate(certificate);
            using var key = read.GetECDsaPublicKey();
            return key is { KeySize: 256 } && certificate.AsSpan().SequenceEqual(read.RawData)
                ? new VerifyingKey(key.ExportSubjectPublicKeyInfo(), certificate) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>The keys of a PEM text: certificates or bare public keys; what else stands in it is passed over.</summary>
    public static IReadOnlyList<VerifyingKey> ReadPem(string text)
    {
        var keys = new List<VerifyingKey>();
        var rest = text.AsSpan();
        while (PemEncoding.TryFind(rest, out var found))
        {
            var bytes = Convert.FromBase64String(rest[found.Base64Data].ToString());
            var key = rest[found.Label] switch
            {
                "CERTIFICATE" => Of(bytes),
                "PUBLIC KEY" => Bare(bytes),
                WithdrawnLabel => Of(bytes)?.WithdrawnBy(WithdrawalIn(rest[..found.Location.Start.GetOffset(rest.Length)].ToString())),
                _ => null,
            };
            if (key is not null)
            {
                keys.Add(key);
            }

            rest = rest[found.Location.End..];
        }

        return keys;
    }

    /// <summary>Whether two are the same key.</summary>
    public bool IsSameAs(VerifyingKey other) => Is(other._spki);

    /// <summary>Whether it is this public key (SubjectPublicKeyInfo, DER).</summary>
    internal bool Is(byte[] spki) => _spki.AsSpan().SequenceEqual(spki);

    /// <summary>Whether a signature (DER, RFC 3279) over SHA-256 of some bytes is of this key.</summary>
    public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(_spki, out _);
        return key.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    // Lines before the key; what cannot be read withdraws all.
    private static KeyWithdrawal WithdrawalIn(string before) => new(
        Moment(before, WithdrawnAt) ?? DateTimeOffset.UnixEpoch, Moment(before, WithdrawnSince));

    private static DateTimeOffset? Moment(string text, string name) =>
        text.LastIndexOf(name, StringComparison.Ordinal) is >= 0 and var at && DateTimeOffset.TryParseExact(
            text[(at + name.Length)..].Split('\n')[0].Trim(), "o", CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment)
            ? moment : null;

    private static VerifyingKey? Bare(byte[] spki)
    {
        try
        {
            using var key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(spki, out _);
            return key.KeySize == 256 ? new VerifyingKey(key.ExportSubjectPublicKeyInfo(), []) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
