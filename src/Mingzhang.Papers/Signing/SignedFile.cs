namespace Mingzhang.Papers.Signing;

/// <summary>What a look at a signed file says.</summary>
public abstract record FileCheck
{
    private protected FileCheck()
    {
    }
}

/// <summary>Every byte is as it was signed.</summary>
/// <param name="Signer">The key that signed; whether it is the house's is for whoever knows the house's keys.</param>
/// <param name="Facts">What the file says, as JSON; null when it carries no facts.</param>
public sealed record FileIntact(VerifyingKey Signer, byte[]? Facts) : FileCheck;

/// <summary>It was changed, cut or lengthened since it was signed, or never was signed.</summary>
public sealed record FileBroken : FileCheck;

/// <summary>Signs and checks files, without a network: PDF by the signature inside, ZIP (spreadsheets) by the one at the end.</summary>
public static class SignedFile
{
    /// <summary>Room to be left in a PDF.</summary>
    public const int PdfRoom = PdfSignature.Room;

    /// <summary>Where the facts of a spreadsheet stand in its file.</summary>
    public const string FactsPath = ZipSignature.Facts;

    /// <summary>Signs a file of either kind.</summary>
    public static byte[] Sign(byte[] file, SigningKey key) => IsPdf(file) ? PdfSignature.Sign(file, key) : ZipSignature.Sign(file, key);

    /// <summary>Looks whether a file is exactly what was signed, and by which key.</summary>
    public static FileCheck Check(byte[] file) => IsPdf(file)
        ? PdfSignature.SignerOf(file) is { } pdf ? new FileIntact(pdf, PdfSignature.FactsOf(file)) : new FileBroken()
        : ZipSignature.SignerOf(file) is { } zip ? new FileIntact(zip, ZipSignature.FactsOf(file)) : new FileBroken();

    private static bool IsPdf(byte[] file) => file.AsSpan().StartsWith("%PDF-"u8);
}
