using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Mingzhang.Papers.Signing;

/// <summary>A key that signs papers: ECDSA on P-256, with the certificate that goes into every signature.</summary>
public sealed class SigningKey : IDisposable
{
    private const int YearsGood = 30;

    private readonly byte[] _key;

    private SigningKey(byte[] key, VerifyingKey verifying) => (_key, Public) = (key, verifying);

    /// <summary>The public half.</summary>
    public VerifyingKey Public { get; }

    /// <summary>Draws a new key.</summary>
    /// <param name="holder">Who signs, for people.</param>
    /// <param name="from">From when its certificate says it is good.</param>
    public static SigningKey New(string holder, DateTimeOffset from)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var name = new X500DistinguishedNameBuilder();
        name.AddCommonName(holder);
        var request = new CertificateRequest(name.Build(), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        using var certificate = request.CreateSelfSigned(from, from.AddYears(YearsGood));
        return new SigningKey(key.ExportPkcs8PrivateKey(), VerifyingKey.Of(certificate.RawData)!);
    }

    /// <summary>A key that was kept. Throws <see cref="CryptographicException"/> when the two halves do not belong together.</summary>
    /// <param name="privateKey">PKCS #8.</param>
    /// <param name="certificate">DER.</param>
    public static SigningKey Read(byte[] privateKey, byte[] certificate)
    {
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(privateKey, out _);
        return VerifyingKey.Of(certificate) is { } verifying && verifying.Is(key.ExportSubjectPublicKeyInfo())
            ? new SigningKey(privateKey, verifying)
            : throw new CryptographicException("The signing key is not the one of its certificate.");
    }

    /// <summary>The private half, PKCS #8; to be kept sealed.</summary>
    public byte[] Export() => [.. _key];

    /// <inheritdoc/>
    public void Dispose() => CryptographicOperations.ZeroMemory(_key);

    internal byte[] Sign(byte[] data)
    {
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(_key, out _);
        return key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }
}
