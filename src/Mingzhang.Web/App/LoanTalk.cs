using Mingzhang.Domain.Explaining;
using Mingzhang.Domain.Products;
using Mingzhang.Web.Texts;

namespace Mingzhang.Web.App;

/// <summary>Rules of loans in words, and colours of their rows.</summary>
public static class LoanTalk
{
    /// <summary>What repaying early costs.</summary>
    public static string EarlyRule(Speech say, EarlyTerms early) => early.Fee switch
    {
        EarlyFee.None => say["repay.fee-rule.None"],
        EarlyFee.RemainingFee => say["repay.fee-rule.RemainingFee"],
        EarlyFee.PercentOrPeriod => say.Say("repay.fee-rule.PercentOrPeriod", say.Price(early.FeePpm)),
        _ => throw new ArgumentOutOfRangeException(nameof(early)),
    };

    /// <summary>The colour class of a row's stage.</summary>
    public static string Colour(RowStage stage) => stage switch
    {
        RowStage.Paid => "t-ok",
        RowStage.Due => "t-warn",
        RowStage.Overdue => "t-bad",
        _ => "t-gone",
    };
}
