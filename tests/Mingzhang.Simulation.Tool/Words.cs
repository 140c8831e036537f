using System.Globalization;
using System.Text.RegularExpressions;

namespace Mingzhang.Simulation;

/// <summary>A command as one short line for a failing history.</summary>
public static partial class Words
{
    public static string Of(AccountCommand command)
    {
        string text = command is ReceiveRepayment r
            ? string.Create(CultureInfo.InvariantCulture,
                $"ReceiveRepayment {r.RepaymentId} CNY{r.Sources.Sum(s => s.Amount.MinorUnits)} named {r.Named} by {r.By}")
            : command.ToString();
        return Effective().Replace(text, "");
    }

    public static string Of(AccountEvent happened) => Effective().Replace(Recorded().Replace(happened.ToString(), m =>
        happened is RestrictedByRule r ? r.Restriction.Id : ""), "");

    [GeneratedRegex("Recorded = .* }")]
    private static partial Regex Recorded();

    [GeneratedRegex("EffectiveOn = [^,}]*(, )?")]
    private static partial Regex Effective();
}
