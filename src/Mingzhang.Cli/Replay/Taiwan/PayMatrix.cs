namespace Mingzhang.Cli.Replay.Taiwan;

/// <summary>How an account stands on a statement day, seen from the bill of the month before.</summary>
public enum StandingKind
{
    /// <summary>There was no bill before, or it asked for nothing.</summary>
    NothingDue,

    /// <summary>Everything billed is paid.</summary>
    PaidInFull,

    /// <summary>The minimum was met; the rest revolves.</summary>
    Revolving,

    /// <summary>A minimum was missed and still is.</summary>
    Late,
}

/// <summary>A standing; months count from 1 for a bill whose due day passed in the same month.</summary>
public readonly record struct Standing(StandingKind Kind, int MonthsLate)
{
    /// <summary>Columns of the matrix.</summary>
    public const int Columns = 8;

    /// <summary>Column of the matrix: nothing due, paid, revolving, late 1 to 5.</summary>
    public int Column => Kind == StandingKind.Late ? 2 + MonthsLate : (int)Kind;

    /// <summary>Names of the columns.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["nothing-due", "paid-in-full", "revolving", "late-1", "late-2", "late-3", "late-4", "late-5"];

    /// <summary>The standing of a state just after a statement.</summary>
    /// <param name="after">The account after its statement.</param>
    /// <param name="previous">Closing of the bill before; null when there was none.</param>
    /// <param name="on">The statement day.</param>
    public static Standing Of(AccountState after, Money? previous, DateOnly on)
    {
        if (previous is not { IsPositive: true })
        {
            return new Standing(StandingKind.NothingDue, 0);
        }

        foreach (var bill in after.Bills)
        {
            if (bill.Stage == BillStage.Overdue && bill.Shortfall.IsPositive)
            {
                var months = ((on.Year - bill.DueOn.Year) * 12) + on.Month - bill.DueOn.Month;
                return new Standing(StandingKind.Late, months + 1);
            }
        }

        var anyOlder = after.Items.Any(item => item.BilledOn is { } billed && billed < on);
        return new Standing(anyOlder ? StandingKind.Revolving : StandingKind.PaidInFull, 0);
    }
}

/// <summary>Counts the data's PAY code against our standing, month by month.</summary>
public sealed class PayMatrix
{
    private readonly SortedDictionary<int, long[]> _rows = [];

    /// <summary>Rows by PAY code, rising; columns by <see cref="Standing.Names"/>.</summary>
    public IReadOnlyDictionary<int, long[]> Rows => _rows;

    /// <summary>Counts one client-month.</summary>
    public void Add(int pay, Standing standing)
    {
        if (!_rows.TryGetValue(pay, out var row))
        {
            _rows.Add(pay, row = new long[Standing.Columns]);
        }

        row[standing.Column]++;
    }

    /// <summary>Sum of cells.</summary>
    public long Sum(Func<int, int, bool> cell) =>
        _rows.Sum(row => row.Value.Select((count, column) => cell(row.Key, column) ? count : 0).Sum());
}
