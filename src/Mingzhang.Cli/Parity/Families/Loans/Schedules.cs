using System.Globalization;
using System.Text.Json;
using Mingzhang.Domain.Schedules;

namespace Mingzhang.Cli.Parity.Families.Loans;

/// <summary>Loans with their expected schedules: payments out and in, charges, rows with what is due and what is paid.</summary>
/// <remarks>Format: a list of <c>id</c>, <c>inputs</c> with terms and <c>events</c>, <c>expected_rows</c>; amounts are texts.</remarks>
internal sealed class Schedules : IParityFamily
{
    public string Name => "schedules";

    public IReadOnlyList<ParityCase> Read(ParityFile file) => [.. file.Json().Items().Select(Case)];

    private static ParityCase Case(ParityNode node)
    {
        var loan = PeerLoan.Read(node.Get("inputs"));
        var expected = node.Get("expected_rows").Items()
            .Where(row => row.Find("disbursement") is null).Select(row => new PeerRow(row)).ToList();
        return new ParityCase(node.Get("id").Text(), () => loan.OutOfScope is { } reason
            ? new CaseLeftOut(reason)
            : Outcome(loan, expected));
    }

    private static ParityOutcome Outcome(PeerLoan loan, List<PeerRow> expected)
    {
        if (LoanBook.Of(loan.Terms, loan.Facts) is LoanBookRefused refused)
        {
            return new CaseDiffers($"{expected.Count} rows", refused.Why.ToString());
        }

        var booked = (LoanBooked)LoanBook.Of(loan.Terms, loan.Facts);
        var comparison = new Comparison().Same("rows", expected.Count, booked.Rows.Count);
        foreach (var (row, k) in expected.Take(booked.Rows.Count).Select((row, k) => (row, k)))
        {
            row.Compare(booked.Rows[k], comparison);
        }

        return comparison.Outcome;
    }
}

/// <summary>An expected row.</summary>
internal sealed class PeerRow(ParityNode node)
{
    private static readonly (string Field, Func<LoanBookRow, long> Of)[] Amounts =
    [
        ("principal_due", row => row.Due.PrincipalMinor), ("interest", row => row.Due.InterestMinor), ("fees", row => row.Due.FeeMinor),
        ("penalties", row => row.Due.PenaltyMinor), ("due", row => row.Due.TotalMinor), ("paid", row => row.Paid.TotalMinor),
        ("outstanding", row => row.OutstandingMinor),
    ];

    private readonly DateOnly _dueOn = node.Get("due_date").Day();
    private readonly long _balance = PeerText.Minor(node.Get("balance"));
    private readonly bool _isBearing = node.Find("days") is null;
    private readonly List<(string Field, long Minor)> _amounts =
        [.. Amounts.Where(one => node.Find(one.Field) is not null).Select(one => (one.Field, PeerText.Minor(node.Get(one.Field))))];

    public void Compare(LoanBookRow row, Comparison comparison)
    {
        comparison.Same($"{row.Number} due", _dueOn, row.DueOn);
        foreach (var (field, minor) in _amounts)
        {
            comparison.Same($"{row.Number} {field}", minor, Amounts.First(one => one.Field == field).Of(row));
        }

        // A row that names its first day tells the principal that bears interest; one that names its days what is still scheduled.
        comparison.Same($"{row.Number} balance", _balance, _isBearing ? row.BearingMinor : row.RemainingMinor);
    }
}

/// <summary>Amounts and numbers written as texts.</summary>
internal static class PeerText
{
    /// <summary>Minor units of an amount such as <c>"17.13"</c>.</summary>
    public static long Minor(ParityNode node) => Scaled(node, 100);

    /// <summary>Parts per million of a percentage such as <c>"9.4822"</c>.</summary>
    public static long Ppm(ParityNode node) => Scaled(node, 10_000);

    /// <summary>The unit of a period.</summary>
    public static PeriodUnit UnitOf(ParityNode node) => node.Text() switch
    {
        "DAYS" => PeriodUnit.Day,
        "WEEKS" => PeriodUnit.Week,
        "YEARS" => PeriodUnit.Year,
        _ => PeriodUnit.Month,
    };

    /// <summary>A whole number; one that is absurdly large stays so and is refused by the product.</summary>
    public static int Int(ParityNode node) => (int)Math.Clamp(node.Whole(), -1_000_000, 1_000_000);

    private static long Scaled(ParityNode node, long factor)
    {
        var text = node.Kind == JsonValueKind.Number ? node.Raw : node.Text();
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && Math.Abs(value) < long.MaxValue / factor && value * factor == decimal.Truncate(value * factor)
                ? (long)(value * factor)
                : throw node.Bad(("is not an amount such as 17.13", "Correct it."), ("应为 17.13 形式的金额", "请改正。"));
    }
}
