using Mingzhang.Domain.AnnualCost;

namespace Mingzhang.Cli.Parity.Families;

/// <summary>Annual percentage rates of charge of the European Union and the United Kingdom.</summary>
/// <remarks>Format: a list of <c>id</c>, <c>advances</c> and <c>payments</c> of [amount, days after the first advance],
/// <c>decimals</c>, <c>expected_apr_percent</c>; a year is 365.25 days. Level: the stated decimals.</remarks>
internal sealed class AprEuUk : IParityFamily
{
    private const double DaysInYear = 365.25;

    public string Name => "apr-eu-uk";

    public IReadOnlyList<ParityCase> Read(ParityFile file) => [.. CaseList.Of(file.Json()).Select(Case)];

    private static ParityCase Case(ParityNode node)
    {
        var advances = node.Get("advances").Items().Select(CaseList.TwoNumbers).ToList();
        var payments = node.Get("payments").Items().Select(CaseList.TwoNumbers).ToList();
        var expected = CaseList.NumberOrNull(node.Get("expected_apr_percent"));
        var decimals = (int)Math.Clamp(node.Get("decimals").Whole(), 0, 9);
        return new ParityCase(node.Get("id").Text(), () =>
        {
            double[] years = [.. advances.Concat(payments).Select(one => one.Second / DaysInYear)];
            double[] amounts = [.. advances.Select(one => -one.First), .. payments.Select(one => one.First)];
            return CaseList.Compare("APR in %", expected, Rounded(InternalRate.OfTimes(years, amounts), decimals), 1e-9);
        });
    }

    private static Figure Rounded(Figure figure, int decimals) =>
        figure.IsFound ? Figure.Of(Math.Round(figure.Value * 100, decimals, MidpointRounding.AwayFromZero)) : figure;
}
