using Mingzhang.Domain.Accounts;
using Mingzhang.Engine;
using Mingzhang.Services.Reading;

namespace Mingzhang.Services.Leaving;

/// <summary>
/// Suggests to the customer to close a line they do not use (R067): only when nothing is owed or under way, and once dismissed not again
/// before it was unused for the rule's days once more.
/// </summary>
public sealed class UnusedHints(CreditHouse house, PassiveDesk passive, LeaveShelf shelf, LeaveBook book, TimeProvider time)
{
    private const string Dismissed = "unused-dismissed";

    /// <summary>Days the line was not used, when that is to be suggested; null when it is not.</summary>
    public int? DaysOf(AccountView view)
    {
        if (view.State.Lifecycle is not Active || !view.TotalDebt.IsZero || view.State.Purchases.Any(one => one.Held.IsPositive)
            || !passive.IsUnused(view))
        {
            return null;
        }

        var wait = book.On(view.Today).Passive.DisuseDays;
        return shelf.Signals(view.State.Id).Any(one => one.Kind == Dismissed && one.Day.AddDays(wait) > view.Today)
            ? null : PassiveDesk.UnusedDays(view);
    }

    /// <summary>The customer does not want to read it again.</summary>
    public Task DismissAsync(AccountView view) => house.WriteAsync((connection, transaction) =>
    {
        LeaveShelf.Add(connection, transaction, view.State.Id, new LeaveSignal(
            Dismissed, time.GetUtcNow().ToUnixTimeMilliseconds() * 1000, view.Today, "app"));
        return 0;
    });
}
