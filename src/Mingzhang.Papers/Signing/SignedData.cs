using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Mingzhang.Papers.Signing;

/// <summary>
/// A detached signature as readers of PDF know it: CMS SignedData (RFC 5652) with one signer, SHA-256 and the signer's certificate, whose
/// hash is signed, too (RFC 5035). There is one way to write it, and only what is written in that way is taken: no byte can be another.
/// </summary>
internal static class SignedData
{
    private const string DataType = "1.2.840.113549.1.7.1";
    private const string SignedType = "1.2.840.113549.1.7.2";
    private const string ContentType = "1.2.840.113549.1.9.3";
    private const string MessageDigest = "1.2.840.113549.1.9.4";
    private const string SigningCertificate = "1.2.840.113549.1.9.16.2.47";
    private const string Sha256 = "2.16.840.1.101.3.4.2.1";
    private const string EcdsaWithSha256 = "1.2.840.10045.4.3.2";

    private static readonly Asn1Tag Zero = new(TagClass.ContextSpecific, 0);

    /// <summary>Signs a digest.</summary>
    public static byte[] Sign(SigningKey key, byte[] digest) =>
        Write(key.Public.Certificate, digest, key.Sign(Attributes(key.Public.Certificate, digest, null)));

    /// <summary>The key that signed a digest; null when the bytes are not exactly such a signature over it.</summary>
    public static VerifyingKey? SignerOf(byte[] bytes, byte[] digest)
    {
        try
        {
            var (certificate, signature) = Read(bytes);
            return VerifyingKey.Of(certificate) is { } key && key.Verify(Attributes(certificate, digest, null), signature)
                && bytes.AsSpan().SequenceEqual(Write(certificate, digest, signature)) ? key : null;
        }
        catch (Exception broken) when (broken is AsnContentException or CryptographicException)
        {
            return null;
        }
    }

    private static byte[] Write(byte[] certificate, byte[] digest, byte[] signature)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(SignedType);
            using var content = writer.PushSequence(Zero);
            using var signed = writer.PushSequence();
            writer.WriteInteger(1);
            using (writer.PushSetOf())
            {
                Algorithm(writer, Sha256);
            }

            Algorithm(writer, DataType);
            using (writer.PushSetOf(Zero))
            {
                writer.WriteEncodedValue(certificate);
            }

            using var signers = writer.PushSetOf();
            Signer(writer, certificate, digest, signature);
        }

        return writer.Encode();
    }

    private static void Signer(AsnWriter writer, byte[] certificate, byte[] digest, byte[] signature)
    {
        using var read = X509CertificateLoader.LoadCertificate(certificate);
        using var signer = writer.PushSequence();
        writer.WriteInteger(1);
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(read.IssuerName.RawData);
            writer.WriteInteger(read.SerialNumberBytes.Span);
        }

        Algorithm(writer, Sha256);
        writer.WriteEncodedValue(Attributes(certificate, digest, Zero));
        Algorithm(writer, EcdsaWithSha256);
        writer.WriteOctetString(signature);
    }

    private static byte[] Attributes(byte[] certificate, byte[] digest, Asn1Tag? tag)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSetOf(tag))
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(ContentType);
                using var values = writer.PushSetOf();
                writer.WriteObjectIdentifier(DataType);
            }

            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(MessageDigest);
                using var values = writer.PushSetOf();
                writer.WriteOctetString(digest);
            }

            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(SigningCertificate);
                using var values = writer.PushSetOf();
                using var value = writer.PushSequence();
                using var all = writer.PushSequence();
                using var one = writer.PushSequence();
                writer.WriteOctetString(SHA256.HashData(certificate));
            }
        }

        return writer.Encode();
    }

    private static void Algorithm(AsnWriter writer, string oid)
    {
        using var sequence = writer.PushSequence();
        writer.WriteObjectIdentifier(oid);
    }

    private static (byte[] Certificate, byte[] Signature) Read(byte[] bytes)
    {
        var outer = new AsnReader(bytes, AsnEncodingRules.DER).ReadSequence();
        outer.ReadObjectIdentifier();
        var signed = outer.ReadSequence(Zero).ReadSequence();
        signed.ReadInteger();
        signed.ReadSetOf();
        signed.ReadSequence();
        var certificate = signed.ReadSetOf(skipSortOrderValidation: true, Zero).ReadEncodedValue().ToArray();
        var signer = signed.ReadSetOf().ReadSequence();
        signer.ReadInteger();
        signer.ReadSequence();
        signer.ReadSequence();
        signer.ReadSetOf(Zero);
        signer.ReadSequence();
        return (certificate, signer.ReadOctetString());
    }
}
