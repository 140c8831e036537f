using Mingzhang.Domain.AnnualCost;

namespace Mingzhang.Cli.Parity.Families;

/// <summary>Rates of dated flows.</summary>
/// <remarks>Format: a list of <c>id</c>, <c>flows</c> of [day, amount], <c>expected</c> (null: there is no rate) and optional
/// <c>basis</c>. Level: 1e-6.</remarks>
internal sealed class Xirr : IParityFamily
{
    private const double Tolerance = 1e-6;

    public string Name => "xirr";

    public IReadOnlyList<ParityCase> Read(ParityFile file) => [.. CaseList.Of(file.Json()).Select(Case)];

    private static ParityCase Case(ParityNode node)
    {
        var flows = node.Get("flows").Items().Select(CaseList.DayAndAmount).ToList();
        var expected = CaseList.NumberOrNull(node.Get("expected"));
        var basis = node.Find("basis")?.Text() ?? "actual/365";
        return new ParityCase(node.Get("id").Text(), () => Compare(flows, expected, basis));
    }

    private static ParityOutcome Compare(List<(DateOnly On, double Amount)> flows, double? expected, string basis)
    {
        if (DaysInYear(basis) is not { } daysInYear)
        {
            return new CaseLeftOut($"the product counts dated flows in actual days over 365, 360, 364 or 365.25, not by {basis}");
        }

        double[] years = [.. flows.Select(flow => flow.On.DayNumber / daysInYear)];
        double[] amounts = [.. flows.Select(flow => flow.Amount)];
        return CaseList.Compare("rate", expected, InternalRate.OfTimes(years, amounts), Tolerance);
    }

    private static double? DaysInYear(string basis) => basis.ToUpperInvariant() switch
    {
        "ACTUAL/365" or "ACT/365" or "ACTUAL/365F" or "ACT/365F" => 365,
        "ACTUAL/360" or "ACT/360" => 360,
        "ACTUAL/364" or "ACT/364" => 364,
        "ACTUAL/365.25" or "ACT/365.25" => 365.25,
        _ => null,
    };
}
