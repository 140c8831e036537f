using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Mingzhang.Papers.Signing;

/// <summary>The public half of a signing key, in a certificate that the house gave itself (X.509, ECDSA on P-256).</summary>
public sealed class VerifyingKey
{
    private readonly byte[] _spki;

    private VerifyingKey(byte[] spki, byte[] certificate) => (_spki, Certificate) = (spki, certificate);

    /// <summary>The certificate, DER; empty when only the bare key is known.</summary>
    public byte[] Certificate { get; }

    /// <summary>The first 32 hexadecimal digits of SHA-256 over the public key; what people compare.</summary>
    public string Id => Convert.ToHexStringLower(SHA256.HashData(_spki))[..32];

    /// <summary>As it is published: PEM of the certificate.</summary>
    public string Pem => PemEncoding.WriteString("CERTIFICATE", Certificate) + "\n";

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
