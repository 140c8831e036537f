using System.Text;

namespace Mingzhang.Services.Tickets.Files;

/// <summary>A file of a ticket, without its content.</summary>
/// <param name="Number">1, 2, 3 … within the ticket.</param>
/// <param name="Name">A harmless name with the ending of its type; null when the person was erased.</param>
/// <param name="Type">image/png, image/jpeg or application/pdf, by what is in it; text/plain for lines the house wrote.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Of the content, hexadecimal.</param>
/// <param name="By">Who sent it.</param>
/// <param name="At">By the clock of the house.</param>
public sealed record TicketFile(int Number, string? Name, string Type, long Size, string Sha256, string By, DateTimeOffset At);

/// <summary>What files are taken: pictures and PDF, told by their content and not by their name.</summary>
public static class FileTypes
{
    /// <summary>The largest file, bytes.</summary>
    public const int Largest = 3 * 1024 * 1024;

    /// <summary>Files of one ticket.</summary>
    public const int MostFiles = 10;

    private const int LongestName = 60;

    private static readonly (string Type, string Ending, byte[] Start, byte[] End)[] Known =
    [
        ("image/png", ".png", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], [0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82]),
        ("image/jpeg", ".jpg", [0xFF, 0xD8, 0xFF], [0xFF, 0xD9]),
        ("application/pdf", ".pdf", "%PDF-"u8.ToArray(), "%%EOF"u8.ToArray()),
    ];

    /// <summary>The type of a content: how it starts and how it ends have to fit; null for anything else.</summary>
    public static string? Of(ReadOnlySpan<byte> content)
    {
        foreach (var (type, _, start, end) in Known)
        {
            // A PDF may have white space after its end mark.
            if (content.StartsWith(start) && content[^Math.Min(content.Length, 32)..].IndexOf(end) >= 0)
            {
                return type;
            }
        }

        return null;
    }

    /// <summary>A name that no system takes for anything but a name: no path, no signs with a meaning, the ending of its type.</summary>
    /// <example>"../../etc/pass wd.exe" as a PDF → "pass_wd.pdf"; ".htaccess" as PNG → "htaccess.png"; "" → "file.png".</example>
    public static string Neutral(string? name, string type)
    {
        var last = (name ?? "").Normalize(NormalizationForm.FormKC).Split('/', '\\')[^1];
        var stem = last.LastIndexOf('.') is > 0 and var dot ? last[..dot] : last;
        var plain = string.Concat(stem.Select(sign => char.IsLetterOrDigit(sign) || sign is '-' or '_' ? sign : '_')).Trim('_');
        plain = plain.Length > LongestName ? plain[..LongestName] : plain;
        // Half a surrogate pair at the cut is no letter; nor are names that Windows keeps for devices.
        plain = plain.Length > 0 && char.IsHighSurrogate(plain[^1]) ? plain[..^1] : plain;
        return (plain.Length == 0 ? "file" : IsDevice(plain) ? "file-" + plain : plain) + Known.First(one => one.Type == type).Ending;
    }

    private static bool IsDevice(string name) =>
        name.ToUpperInvariant() is "CON" or "PRN" or "AUX" or "NUL"
        || (name.Length == 4 && char.IsAsciiDigit(name[3]) && name[..3].ToUpperInvariant() is "COM" or "LPT");
}
