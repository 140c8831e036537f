using System.Globalization;
using Mingzhang.Domain.Schedules;
using Mingzhang.Domain.Values;

namespace Mingzhang.Cli.Parity.Families.Loans;

/// <summary>Repayment methods by their Chinese names with a few of their numbers.</summary>
/// <remarks>Format: <c>cases</c> of <c>method</c>, <c>principal</c>, <c>annual_rate</c>, <c>months</c> and expected payments, totals and
/// days; <c>tol</c> is 0.01 when missing. A published number is either booked to the fen row by row or not rounded at all, so the case is
/// equal when all of its numbers are those of the one or of the other.</remarks>
internal sealed class RepaymentMethods : IParityFamily
{
    private static readonly int[] Decimals = [2, 8];

    private static readonly (string Field, Func<Scheduled, long> Of)[] Amounts =
    [
        ("monthly_payment", schedule => schedule.Rows[0].TotalMinor), ("first_payment", schedule => schedule.Rows[0].TotalMinor),
        ("second_payment", schedule => schedule.Rows[1].TotalMinor), ("last_payment", schedule => schedule.Rows[^1].TotalMinor),
        ("total_interest", schedule => schedule.TotalInterest().MinorUnits), ("total_payment", schedule => schedule.Total().MinorUnits),
        ("first_principal", schedule => schedule.Rows[0].PrincipalMinor), ("first_interest", schedule => schedule.Rows[0].InterestMinor),
    ];

    public string Name => "repayment-methods";

    public IReadOnlyList<ParityCase> Read(ParityFile file) => [.. file.Json().Get("cases").Items().Select(Case)];

    private static ParityCase Case(ParityNode node)
    {
        var method = node.Get("method").Text() switch
        {
            "等额本息" => ScheduleMethod.EqualInstalment,
            "等额本金" => ScheduleMethod.EqualPrincipal,
            "先息后本" => ScheduleMethod.InterestFirst,
            "到期一次还本付息" => ScheduleMethod.Bullet,
            _ => throw node.Get("method").Bad(("is not a known method", "Correct it."), ("不是已知的还款方式", "请改正。")),
        };
        var months = (int)Math.Clamp(node.Get("months").Whole(), int.MinValue, int.MaxValue);
        var terms = new ScheduleTerms
        {
            Method = method,
            Count = method == ScheduleMethod.Bullet ? 1 : months,
            Period = new SchedulePeriod(PeriodUnit.Month, method == ScheduleMethod.Bullet ? months : 1),
            Rate = ScheduleRate.Monthly(node.Get("annual_rate").Minor(6)),
        };
        var start = node.Find("start")?.Day() ?? new DateOnly(2026, 1, 15);
        var id = string.Create(
            CultureInfo.InvariantCulture, $"{node.Place} {node.Get("method").Text()} {node.Get("principal").Raw} / {months}");
        var principals = Decimals.Select(decimals => node.Get("principal").Minor(decimals)).ToList();
        return new ParityCase(id, () => Outcome(node, terms, start, principals));
    }

    private static ParityOutcome Outcome(ParityNode node, ScheduleTerms terms, DateOnly start, List<long> principals)
    {
        ParityOutcome? first = null;
        foreach (var (principal, decimals) in principals.Zip(Decimals))
        {
            var outcome = RepaymentSchedule.Of(terms, Money.Of(principal, Currency.Cny), start) switch
            {
                Scheduled schedule => Compare(node, schedule, Math.Pow(10, decimals)),
                ScheduleRefused refused => new CaseDiffers("a schedule", refused.ToString()),
                _ => throw new InvalidOperationException("Neither scheduled nor refused."),
            };
            if (outcome is CaseEqual)
            {
                return outcome;
            }

            first ??= outcome;
        }

        return first!;
    }

    private static ParityOutcome Compare(ParityNode node, Scheduled schedule, double scale)
    {
        var comparison = new Comparison();
        var tolerance = node.Find("tol")?.Number() ?? 0.01;
        foreach (var (field, of) in Amounts)
        {
            if (node.Find(field) is { } expected)
            {
                comparison.Near(field, expected.Number(), of(schedule) / scale, tolerance);
            }
        }

        foreach (var (field, actual) in new[] { ("first_due", schedule.Rows[0].DueOn), ("last_due", schedule.Rows[^1].DueOn) })
        {
            if (node.Find(field) is { } expected)
            {
                comparison.Same(field, expected.Day(), actual);
            }
        }

        return comparison.Outcome;
    }
}
