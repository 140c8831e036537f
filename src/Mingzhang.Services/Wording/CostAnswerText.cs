using Mingzhang.Domain.Disclosure;
using Mingzhang.Domain.Values;

namespace Mingzhang.Services.Wording;

/// <summary>Why a loan cannot be offered, booked or be larger, each time with the clause.</summary>
public static class CostAnswerText
{
    /// <summary>The answer to a cap.</summary>
    public static string Of(CapVerdict verdict, bool chinese) => verdict switch
    {
        WithinCap within => chinese
            ? $"{CostTableText.SimpleRate(within.Rates, true)}，未超过 {CostTableText.Percent(within.Row.AnnualPpm)} 上限。"
            : $"{CostTableText.SimpleRate(within.Rates, false)}, within the cap of {CostTableText.Percent(within.Row.AnnualPpm)}.",
        AboveCap above => chinese
            ? $"{CostTableText.SimpleRate(above.Rates, true)}，超过 {CostTableText.Percent(above.Row.AnnualPpm)} 上限，"
                + $"不能放款。依据：{above.Row.Clause.Zh}。"
            : $"{CostTableText.SimpleRate(above.Rates, false)} is above the cap of {CostTableText.Percent(above.Row.AnnualPpm)}; "
                + $"nothing is lent. Rule: {above.Row.Clause.En}.",
        NoCapKnown => chinese ? "没有适用于此笔借款的成本上限规则，不能放款。" : "No cost cap is known for this loan, so nothing is lent.",
        _ => throw new ArgumentOutOfRangeException(nameof(verdict)),
    };

    /// <summary>What is missing before booking.</summary>
    public static string Of(GateShut missing, bool chinese) => (missing.Gap switch
    {
        GateGap.NoTable => chinese ? "尚未出示综合融资成本明示表" : "The all-in cost has not been shown",
        GateGap.NotConfirmed => chinese ? "请先阅读并确认综合融资成本明示表" : "Please read and confirm the all-in cost first",
        GateGap.OtherTable => chinese ? "内容已变化，请重新阅读并确认" : "The numbers have changed; please read and confirm again",
        GateGap.ReadTooShort => chinese
            ? $"请阅读至少 {missing.Duty.ReadingSeconds} 秒"
            : $"Please read for at least {missing.Duty.ReadingSeconds} seconds",
        GateGap.OutOfTime => chinese ? "确认已过期，请重新阅读并确认" : "The confirmation has lapsed; please read and confirm again",
        _ => throw new ArgumentOutOfRangeException(nameof(missing)),
    }) + (chinese ? $"。依据：{missing.Duty.Clause.Zh}。" : $". Rule: {missing.Duty.Clause.En}.");

    /// <summary>Why a person cannot have more, and how much instead.</summary>
    public static string Of(ExposureRefused refused, Currency currency, bool chinese)
    {
        var possible = $"{currency} {RefusalText.Yuan(Money.Of(refused.PossibleMinor, currency))}";
        var text = refused.Rule switch
        {
            ExposureRule.NoRule => chinese ? "没有适用于您的借款上限规则" : "No rule on the most you may owe is known",
            ExposureRule.IncomeUnknown => chinese ? "请先补充收入信息" : "Please tell us your income first",
            ExposureRule.PersonCap => chinese
                ? $"超过个人借款总额上限，最多还可 {possible}"
                : $"Above the most one person may owe; {possible} is possible",
            ExposureRule.OverIndebted => chinese
                ? $"您的全部债务占收入的比例过高，最多还可 {possible}"
                : $"All your debts together would take too much of your income; {possible} is possible",
            ExposureRule.TooManyLenders => chinese ? "您在其他机构的借款家数过多" : "You owe too many other lenders",
            _ => throw new ArgumentOutOfRangeException(nameof(refused)),
        };
        return refused.Clause is not { } clause
            ? text + (chinese ? "。" : ".")
            : text + (chinese ? $"。依据：{clause.Zh}。" : $". Rule: {clause.En}.");
    }

    /// <summary>Why something is not posted.</summary>
    public static string Of(PostingVerdict verdict, bool chinese) => verdict switch
    {
        InTable => chinese ? "在明示表内。" : "It is in the table.",
        OutsideTable outside => chinese
            ? $"{CostTableText.Kind(outside.Kind, true)}不在明示表内，不得收取。"
            : $"{CostTableText.Kind(outside.Kind, false)} is not in the table and is never charged.",
        AboveTable above => chinese
            ? $"{CostTableText.Kind(above.Kind, true)}超过明示表所列金额 {RefusalText.Yuan(above.Listed)}，不得收取。"
            : $"{CostTableText.Kind(above.Kind, false)} is above the {RefusalText.Yuan(above.Listed)} of the table and is not charged.",
        _ => throw new ArgumentOutOfRangeException(nameof(verdict)),
    };
}
