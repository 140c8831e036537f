using System.IO.Compression;
using System.Reflection;

namespace Mingzhang.Papers.Fonts;

/// <summary>
/// The font that comes with the program: Noto Sans SC Regular (SIL Open Font License 1.1, see OFL.txt), made smaller by
/// <see cref="FontWriter.Strip"/> and compressed. It has every character of GBK and the rare ones of names.
/// </summary>
public static class PaperFont
{
    /// <summary>The resource's name.</summary>
    public const string Resource = "NotoSansSC-Regular.ttf.br";

    private static readonly Lazy<TrueTypeFont> Read = new(() => new TrueTypeFont(Bytes()));

    /// <summary>Read on first use, about 0.1 s; then shared.</summary>
    public static TrueTypeFont Shipped => Read.Value;

    private static byte[] Bytes()
    {
        using var packed = new BrotliStream(
            Assembly.GetExecutingAssembly().GetManifestResourceStream(Resource)!, CompressionMode.Decompress);
        using var file = new MemoryStream();
        packed.CopyTo(file);
        return file.ToArray();
    }
}
