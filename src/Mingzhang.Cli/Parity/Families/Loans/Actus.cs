using System.Globalization;

namespace Mingzhang.Cli.Parity.Families.Loans;

/// <summary>Standard contracts of the ACTUS catalogue: principal at maturity, linear and annuity amortisers.</summary>
/// <remarks>Format: an object of cases with <c>terms</c> and <c>results</c>, events of day, type and payoff. A time of 23:59:59 is the
/// midnight that follows. Payoffs are not rounded, so the schedule is worked out in a currency with eight decimals and payoffs may differ
/// by 0.01.</remarks>
internal sealed class Actus : IParityFamily
{
    private const double Tolerance = 0.01;

    public string Name => "actus";

    public IReadOnlyList<ParityCase> Read(ParityFile file) => [.. file.Json().Fields().Select(one => Case(one.Name, one.Value))];

    private static ParityCase Case(string id, ParityNode node)
    {
        var terms = node.Get("terms");
        var expected = node.Get("results").Items()
            .Select(row => new ActusEvent(
                ActusText.Day(row.Get("eventDate")), row.Get("eventType").Text(), ActusText.Number(row.Get("payoff"))))
            .OrderBy(one => one.On).ThenBy(one => one.Type, StringComparer.Ordinal).ToList();
        if (ActusScope.Reason(terms) is { } reason)
        {
            return new ParityCase(id, () => new CaseLeftOut(reason));
        }

        var until = node.Find("to") is { } to && to.Text().Length > 0 ? ActusText.Day(to) : DateOnly.MaxValue;
        return new ParityCase(id, () => Compare(expected, ActusContract.Read(terms).Events(until)));
    }

    private static ParityOutcome Compare(List<ActusEvent> expected, IReadOnlyList<ActusEvent> actual)
    {
        var comparison = new Comparison().Same("events", expected.Count, actual.Count);
        foreach (var (theirs, ours) in expected.Zip(actual.OrderBy(one => one.On).ThenBy(one => one.Type, StringComparer.Ordinal)))
        {
            comparison.Same("event", theirs.Name, ours.Name).Near($"{theirs.Name} payoff", theirs.Payoff, ours.Payoff, Tolerance);
        }

        return comparison.Outcome;
    }
}

/// <summary>An event of a contract: what it pays to the lender.</summary>
internal sealed record ActusEvent(DateOnly On, string Type, double Payoff)
{
    public string Name => string.Create(CultureInfo.InvariantCulture, $"{On:yyyy-MM-dd} {Type}");
}
