using Mingzhang.Domain.AnnualCost;

namespace Mingzhang.Cli.Parity.Families;

/// <summary>Flat-fee instalments (等本等息): monthly rate, and both annual rates.</summary>
/// <remarks>Format: <c>cases</c> of <c>id</c>, <c>amount_received</c>, <c>payments</c> of [month, amount], <c>monthly_irr</c>,
/// <c>apr_nominal_percent</c>, <c>apr_effective_percent</c>. Level: 0.01 percentage point.</remarks>
internal sealed class FlatFee : IParityFamily
{
    private const double Tolerance = 0.01;
    private const int MostMonths = 1200;

    public string Name => "flat-fee";

    public IReadOnlyList<ParityCase> Read(ParityFile file) => [.. CaseList.Of(file.Json()).Select(Case)];

    private static ParityCase Case(ParityNode node)
    {
        var payments = node.Get("payments").Items().Select(Payment).ToList();
        var flows = new long[payments.Select(one => one.Month).DefaultIfEmpty().Max() + 1];
        flows[0] = -node.Get("amount_received").Minor(6); // millionths: a rate is free of the unit
        foreach (var (month, amount) in payments)
        {
            flows[month] += amount;
        }

        var monthly = CaseList.NumberOrNull(node.Get("monthly_irr"));
        var (nominal, effective) = (node.Find("apr_nominal_percent")?.Number(), node.Find("apr_effective_percent")?.Number());
        return new ParityCase(node.Get("id").Text(), () => Compare(flows, monthly, nominal, effective));
    }

    private static ParityOutcome Compare(long[] flows, double? monthly, double? nominal, double? effective)
    {
        if (monthly is not { } expected || AnnualRates.OfPeriods(flows) is not { } rates)
        {
            return CaseList.Compare("monthly rate", monthly, InternalRate.OfPeriods(flows), Tolerance / 1200);
        }

        return new Comparison()
            .Near("monthly rate", expected, InternalRate.OfPeriods(flows).Value, Tolerance / 1200)
            .Near("simple rate in %", nominal ?? rates.SimplePpm / 1e4, rates.SimplePpm / 1e4, Tolerance)
            .Near("compound rate in %", effective ?? rates.CompoundPpm / 1e4, rates.CompoundPpm / 1e4, Tolerance).Outcome;
    }

    private static (int Month, long Amount) Payment(ParityNode pair) => pair.Items() is [var month, var amount]
        && month.Whole() is >= 0 and <= MostMonths and var number
            ? ((int)number, amount.Minor(6))
            : throw pair.Bad(
                ("is not a month from 0 to 1200 and an amount", "Write [month, amount]."), ("应为月份（0 至 1200）和金额", "请写成 [月份, 金额]。"));
}
