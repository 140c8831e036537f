using Mingzhang.Domain.AnnualCost;

namespace Mingzhang.Cli.Parity.Families;

/// <summary>Annual percentage rates by 12 CFR 1026, Appendix J. The unit period is the product's own finding.</summary>
/// <remarks>Format: a list of <c>id</c>, <c>advances</c> and <c>payments</c> of [day, amount], <c>expected_apr_percent</c>.
/// Level: 0.01 percentage point.</remarks>
internal sealed class RegZ : IParityFamily
{
    private const double Tolerance = 0.01;

    public string Name => "regz";

    public IReadOnlyList<ParityCase> Read(ParityFile file) => [.. CaseList.Of(file.Json()).Select(Case)];

    private static ParityCase Case(ParityNode node)
    {
        var advances = node.Get("advances").Items().Select(CaseList.Flow).ToList();
        var payments = node.Get("payments").Items().Select(CaseList.Flow).ToList();
        var expected = CaseList.NumberOrNull(node.Get("expected_apr_percent"));
        return new ParityCase(node.Get("id").Text(), () =>
            CaseList.Compare("APR in %", expected, InPercent(ActuarialRate.Of(advances, payments)), Tolerance));
    }

    private static Figure InPercent(Figure figure) => figure.IsFound ? Figure.Of(figure.Value * 100) : figure;
}
