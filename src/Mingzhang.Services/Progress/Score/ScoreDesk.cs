using Dapper;
using Mingzhang.Domain.Billing;
using Mingzhang.Domain.Delinquency;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Services.Progress.State;
using Mingzhang.Services.Reading;

namespace Mingzhang.Services.Progress.Score;

/// <summary>Works the illustrative score of an account out.</summary>
public sealed class ScoreDesk(CreditHouse house, ProgressDesk progress, ScoreModel model)
{
    private const long Whole = 1_000_000;

    private const string Muted =
        "SELECT kind AS Kind, channel AS Channel, wanted AS Wanted, said_at AS SaidAt FROM notice_wish WHERE partition_id = @partition "
        + "AND customer_id = @customer AND kind IN ('payment-due-soon', 'payment-due-today') ORDER BY number";

    /// <summary>The model.</summary>
    public ScoreModel Model => model;

    /// <summary>The facts of an account today.</summary>
    public ScoreFacts FactsOf(AccountView view)
    {
        var since = view.Today.AddMonths(-12);
        var due = StatementShelf.Of(view).Select(one => one.Latest)
            .Where(bill => bill.Closing.IsPositive && bill.DueOn >= since && bill.DueOn < view.Today).ToList();
        var overdue = view.History.SelectMany(entry => entry.Events).OfType<BillOverdue>().Select(e => e.BillIssuedOn).ToHashSet();
        var limit = view.State.TotalLimit.MinorUnits;
        var used = limit <= 0 ? Whole : Math.Max(0, limit - view.Available.MinorUnits) * Whole / limit;
        var months = ((view.Today.Year - view.State.OpenedOn.Year) * 12) + view.Today.Month - view.State.OpenedOn.Month
            - (view.Today.Day < view.State.OpenedOn.Day ? 1 : 0);
        return new ScoreFacts(view.Today, due.Count, due.Count(bill => !overdue.Contains(bill.IssuedOn)), used, months)
        {
            ClosedOn = progress.Of(view.State.Id).Current?.ClosedOn, MutedOn = MutedOn(view.State.Id.Customer),
        };
    }

    /// <summary>The score of an account today.</summary>
    public BehaviourScore Of(AccountView view) => model.Of(FactsOf(view));

    /// <summary>The day on which the last channel of reminders was turned off; null while one is on.</summary>
    private DateOnly? MutedOn(CustomerId customer)
    {
        using var connection = house.OpenReadOnly();
        var said = connection.Query<Said>(Muted, new { partition = customer.PartitionId, customer = customer.Value })
            .GroupBy(one => (one.Kind, one.Channel)).Select(group => group.Last()).ToList();
        return said.Count == 6 && said.TrueForAll(one => one.Wanted == 0)
            ? DayOf(said.Max(one => one.SaidAt)) : null;
    }

    // In a sandbox the machine's day and the business day are different things; what is said today counts from today at the latest.
    private DateOnly DayOf(long micros)
    {
        var said = DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(micros / 1000).AddHours(8).DateTime);
        return said < house.BusinessDate ? said : house.BusinessDate;
    }

    private sealed record Said
    {
        public string Kind { get; init; } = "";
        public string Channel { get; init; } = "";
        public long Wanted { get; init; }
        public long SaidAt { get; init; }
    }
}
