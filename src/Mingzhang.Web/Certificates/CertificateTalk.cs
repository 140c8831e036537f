using System.Globalization;
using Mingzhang.Domain.Values;
using Mingzhang.Services.Certificates;
using Mingzhang.Services.Tickets.Clocks;
using Mingzhang.Web.Texts;

namespace Mingzhang.Web.Certificates;

/// <summary>How pages speak of certificates.</summary>
internal static class CertificateTalk
{
    private const int Shown = 4;

    /// <summary>settlement, loan or statement.</summary>
    public static string Kind(Certificate certificate) => certificate.Kind == CertificateKind.Statement ? "statement"
        : certificate.LoanId.Length > 0 ? "loan" : "settlement";

    /// <summary>The day, or the days from and to.</summary>
    public static string Range(Certificate certificate) => certificate.Kind == CertificateKind.Statement
        ? Speech.Iso(certificate.From) + " – " + Speech.Iso(certificate.To) : Speech.Iso(certificate.To);

    /// <summary>A moment in China's time, to the minute.</summary>
    public static string At(long micros) => HouseTime.Of(micros).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>A moment.</summary>
    public static string At(DateTimeOffset at) => At(HouseTime.Micros(at));

    /// <summary>An account's number as others see it.</summary>
    /// <example>1000001-01 → ****01-01.</example>
    public static string Masked(AccountId account)
    {
        var text = account.ToString();
        return "****" + (text.Length > Shown ? text[^Math.Min(5, text.Length)..] : "");
    }

    /// <summary>The tag's colour.</summary>
    public static string Tone(Certificate certificate) => certificate.Status switch
    {
        CertificateStatus.Valid => "t-ok",
        CertificateStatus.Superseded => "t-warn",
        _ => "t-gone",
    };
}
