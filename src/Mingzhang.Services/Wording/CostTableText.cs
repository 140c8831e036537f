using System.Globalization;
using Mingzhang.Domain.AnnualCost;
using Mingzhang.Domain.Disclosure;
using Mingzhang.Domain.Values;

namespace Mingzhang.Services.Wording;

/// <summary>One line of a cost table as a person reads it.</summary>
/// <param name="Label">What it is.</param>
/// <param name="Value">How much, by which standard, when, to whom.</param>
public sealed record CostTableLine(string Label, string Value);

/// <summary>A cost table (综合融资成本明示表) in words. The sentences have a version, which is part of the table's id.</summary>
public static class CostTableText
{
    /// <summary>The version of these sentences; a changed sentence is a new version.</summary>
    public const string Version = "cost-table.v2";

    /// <summary>The table's title.</summary>
    public static string Title(bool chinese) => chinese ? "综合融资成本明示表" : "All-in cost of this loan";

    /// <summary>That nothing else is ever charged.</summary>
    public static string NothingElse(bool chinese) => chinese
        ? "除上表所列项目外，不收取任何其他费用。"
        : "Nothing else is charged besides the items in this table.";

    /// <summary>All lines in order: principal, each item, totals, both rates, the cap.</summary>
    public static IReadOnlyList<CostTableLine> Lines(CostTable table, bool chinese) =>
    [
        new(chinese ? "本金" : "Principal", Yuan(table.Offer.Principal)),
        .. table.Offer.Items.Where(item => !item.IsContingent).Select(item => Item(item, table, chinese)),
        new(chinese ? "融资成本合计" : "Total cost", Yuan(table.TotalCost)),
        new(chinese ? "本金和成本合计" : "Principal and cost", Yuan(table.TotalPayable)),
        new(chinese ? "年化综合融资成本（单利）" : "Annual cost, simple", Percent(table.Rates.SimplePpm)),
        new(chinese ? "年化综合融资成本（复利）" : "Annual cost, compound", Percent(table.Rates.CompoundPpm)),
        new(chinese ? "适用上限（单利）" : "Cap on the simple rate",
            $"{Percent(table.Cap.AnnualPpm)} · {(chinese ? table.Cap.Clause.Zh : table.Cap.Clause.En)}"),
        .. table.Offer.Items.Where(item => item.IsContingent).Select(item => Item(item, table, chinese)),
    ];

    /// <summary>Each item with its amount, standard, way and receiver; those taken only when late or early last.</summary>
    public static IReadOnlyList<CostTableLine> Items(CostTable table, bool chinese) =>
        [.. table.Offer.Items.OrderBy(item => item.IsContingent).Select(item => Item(item, table, chinese))];

    /// <summary>The simple rate as it stands beside a price: it says that it is simple.</summary>
    public static string SimpleRate(AnnualRates rates, bool chinese) =>
        chinese ? $"年化 {Percent(rates.SimplePpm)}（单利）" : $"{Percent(rates.SimplePpm)} a year (simple)";

    /// <summary>Parts per million as percent with two digits: 158,643 → 15.86 %.</summary>
    public static string Percent(long ppm) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(ppm < 0 ? "-" : "")}{(Math.Abs(ppm) + 50) / 10_000}.{(Math.Abs(ppm) + 50) / 100 % 100:00} %");

    private static CostTableLine Item(CostItem item, CostTable table, bool chinese)
    {
        var amount = item.IsContingent ? null : Yuan(Money.Of(item.AmountMinor, table.Offer.Principal.Currency));
        string?[] parts = [amount, Standard(item, chinese), Timing(item.Timing, chinese), Receiver(item.Receiver, chinese)];
        return new CostTableLine(Kind(item.Kind, chinese), string.Join(" · ", parts.Where(part => part is not null)));
    }

    private static string Receiver(string receiver, bool chinese) => chinese ? $"收取方：{receiver}" : $"to {receiver}";

    /// <summary>What an item is.</summary>
    public static string Kind(CostKind kind, bool chinese) => kind switch
    {
        CostKind.Interest => chinese ? "利息" : "Interest",
        CostKind.Fee => chinese ? "手续费" : "Fee",
        CostKind.ThirdPartyFee => chinese ? "增信等第三方费用" : "Fee of a third party",
        CostKind.MerchantBorne => chinese ? "商户贴息（由商户承担）" : "Borne by the merchant",
        CostKind.LateCharge => chinese ? "逾期罚息（仅在逾期时收取）" : "Late charge, only when overdue",
        CostKind.EarlyFee => chinese ? "提前还款手续费（仅在提前还款时收取）" : "Fee for repaying early, only then",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static string Timing(CostTiming timing, bool chinese) => timing switch
    {
        CostTiming.EachInstalment => chinese ? "随每期收取" : "with each instalment",
        CostTiming.FirstInstalment => chinese ? "随首期收取" : "with the first instalment",
        CostTiming.LastInstalment => chinese ? "到期收取" : "at the end",
        CostTiming.WhenLate => chinese ? "逾期时按日收取" : "per day when late",
        CostTiming.WhenEarly => chinese ? "提前还款时一次收取" : "once, when repaid early",
        _ => throw new ArgumentOutOfRangeException(nameof(timing)),
    };

    private static string? Standard(CostItem item, bool chinese)
    {
        if (item.StandardPpm is not { } ppm || item.Basis == CostBasis.Amount)
        {
            return null;
        }

        var rate = string.Create(CultureInfo.InvariantCulture, $"{ppm / 10_000}.{ppm % 10_000:0000}").TrimEnd('0').TrimEnd('.') + " %";
        return item.Basis switch
        {
            CostBasis.PrincipalPerDay => chinese ? $"剩余本金每日 {rate}" : $"{rate} a day of the principal that is out",
            CostBasis.PrincipalPerYear => chinese ? $"剩余本金每年 {rate}" : $"{rate} a year of the principal that is out",
            CostBasis.PrincipalOnce => chinese ? $"本金的 {rate}" : $"{rate} of the principal",
            CostBasis.RepaidEarly => chinese ? $"提前偿还本金的 {rate}" : $"{rate} of the principal repaid early",
            CostBasis.RemainingFees => chinese ? $"剩余各期手续费的 {rate}" : $"{rate} of the fees that are left",
            CostBasis.OverduePerDay => chinese ? $"逾期金额每日 {rate}" : $"{rate} a day of what is overdue",
            CostBasis.Amount or _ => throw new ArgumentOutOfRangeException(nameof(item)),
        };
    }

    private static string Yuan(Money amount) => $"{amount.Currency} {RefusalText.Yuan(amount)}";
}
