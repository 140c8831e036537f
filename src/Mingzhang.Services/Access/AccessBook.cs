using Mingzhang.Domain.Explaining;
using Mingzhang.Domain.Billing;
using Mingzhang.Domain.Corrections;
using Mingzhang.Domain.Loans;
using Mingzhang.Domain.Accounts;

namespace Mingzhang.Services.Access;

/// <summary>All versions of the conditions of use. Which one holds follows from segment and day.</summary>
public sealed class AccessBook(IReadOnlyList<AccessRules> all)
{
    /// <summary>All versions.</summary>
    public IReadOnlyList<AccessRules> All => all;

    /// <summary>The versions in force on a day, one a segment, as one word; what was decided under another word is decided again.</summary>
    public string Stamp(DateOnly on) => string.Join(' ', InForce(on).Select(rules => rules.Name));

    /// <summary>The latest version of each segment that holds on a day.</summary>
    public IEnumerable<AccessRules> InForce(DateOnly on) => all.Where(rules => rules.From <= on).GroupBy(rules => rules.Code)
        .Select(group => group.MaxBy(rules => rules.Version)!).OrderBy(rules => rules.Code, StringComparer.Ordinal);

    /// <summary>A version by its name, or null.</summary>
    public AccessRules? Find(string name) => all.FirstOrDefault(rules => rules.Name == name);

    /// <summary>The first condition an account does not meet on a day, in the order of the rules; null = all are met.</summary>
    public AccessFailure? Judge(AccountState state, IReadOnlyList<HistoryEntry> history, DateOnly on)
    {
        foreach (var rules in InForce(on).Where(rules => rules.Covers(state.Product, state.OpenedOn)))
        {
            foreach (var condition in rules.Conditions)
            {
                if (Failed(condition, state, history, on) is { } found)
                {
                    return new AccessFailure(rules.Name, condition, found);
                }
            }
        }

        return null;
    }

    /// <summary>What was found when a condition is not met, null when it is.</summary>
    private static long? Failed(AccessCondition condition, AccountState state, IReadOnlyList<HistoryEntry> history, DateOnly on)
    {
        var (found, met) = condition.Kind switch
        {
            AccessKind.OverdueCount => AtMost(OverdueSince(history, on.AddDays(-condition.WithinDays)), condition.Bound),
            AccessKind.DebtMost => AtMost(state.PostedBalance().MinorUnits, condition.Bound),
            AccessKind.ConsentHeld => (0, state.Consents.Any(consent => consent.Code == condition.Consent)),
            AccessKind.OpenDays => (on.DayNumber - state.OpenedOn.DayNumber, on.DayNumber - state.OpenedOn.DayNumber >= condition.Bound),
            _ => throw new InvalidOperationException("a fifth kind of condition"),
        };
        return met ? null : found;
    }

    private static (long Found, bool Met) AtMost(long found, long most) => (found, found <= most);

    /// <summary>Bills and loan rows that went overdue after a day; what a correction took back does not count.</summary>
    private static long OverdueSince(IReadOnlyList<HistoryEntry> history, DateOnly after)
    {
        var since = history.Count - 1;
        while (since >= 0 && !history[since].Events.Any(one => one is AccountCorrected))
        {
            since--;
        }

        return history.Skip(since + 1).SelectMany(entry => entry.Events)
            .Count(one => one is BillOverdue or LoanOverdue && one.EffectiveOn > after);
    }
}
