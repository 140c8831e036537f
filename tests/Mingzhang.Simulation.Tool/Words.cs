using System.Globalization;
using System.Text.RegularExpressions;

namespace Mingzhang.Simulation;

/// <summary>A command as one short line for a failing history.</summary>
public static partial class Words
{
    public static string Of(AccountCommand command)
    {
        // The rest: commands whose fields say enough by themselves.
        string text = command switch
        {
            ReceiveRepayment r => string.Create(CultureInfo.InvariantCulture,
                $"ReceiveRepayment {r.RepaymentId} CNY{r.Sources.Sum(s => s.Amount.MinorUnits)} named {r.Named} by {r.By} {r.Early}"),
            WaiveDebt w => $"WaiveDebt {w.WaiverId} {w.LoanId} {string.Join(", ", w.Parts.Select(p => $"{p.Component} {p.Amount}"))}",
            _ => command.ToString(),
        };
        return Effective().Replace(text, "");
    }

    public static string Of(AccountEvent happened) => Effective().Replace(Recorded().Replace(happened.ToString(), m =>
        happened is RestrictedByRule r ? r.Restriction.Id : ""), "");

    [GeneratedRegex("Recorded = .* }")]
    private static partial Regex Recorded();

    [GeneratedRegex("EffectiveOn = [^,}]*(, )?")]
    private static partial Regex Effective();
}
