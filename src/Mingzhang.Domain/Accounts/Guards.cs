namespace Mingzhang.Domain.Accounts;

/// <summary>Refusals that many slices share. Null means: no objection.</summary>
internal static class Guards
{
    /// <summary>The largest amount of one command, in minor units: 10 billion yuan.</summary>
    private const long LargestMinor = 1_000_000_000_000;

    /// <summary>The account exists and is not closed.</summary>
    public static Refusal? IsOpen(AccountState state) => state.Lifecycle switch
    {
        NotOpened => new AccountNotOpen(),
        Closed closed => new AccountIsClosed(closed.ClosedOn),
        Active => null,
        ClosingDown => null,
    };

    /// <summary>Money may come: the account exists, closed or not.</summary>
    public static Refusal? TakesMoney(AccountState state) => state.Lifecycle is NotOpened ? new AccountNotOpen() : null;

    /// <summary>The account exists, is not closed and not closing.</summary>
    public static Refusal? IsActive(AccountState state) =>
        IsOpen(state) ?? (state.Lifecycle is ClosingDown closing ? new ClosingInProgress(closing.RequestedOn) : null);

    /// <summary>A positive amount in the account's currency.</summary>
    public static Refusal? Amount(AccountState state, Money amount) => amount switch
    {
        { Currency: var currency } when currency != state.Currency => new CurrencyMismatch(state.Currency.ToString(), currency.ToString()),
        { IsPositive: false } => new AmountNotPositive(amount),
        { MinorUnits: > LargestMinor } => new AmountTooLarge(Money.Of(LargestMinor, state.Currency)),
        _ => null,
    };

    /// <summary>The permission is not away.</summary>
    public static Refusal? May(AccountState state, Permission permission, DateOnly on)
    {
        foreach (var restriction in state.Restrictions.AsSpan())
        {
            if (Takes(restriction, permission) && (restriction.Until is not { } until || on < until))
            {
                return new PermissionAway(permission, restriction.Reason, restriction.Until, restriction.Note);
            }
        }

        return null;
    }

    private static bool Takes(Restriction restriction, Permission permission)
    {
        foreach (var taken in restriction.Permissions.AsSpan())
        {
            if (taken == permission)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Room for more debt: together below ten times the largest amount, far from what 64 bits of accrual can carry.</summary>
    public static Refusal? Room(AccountState state, Money more) =>
        state.Items.Sum(state.Currency, item => item.Unpaid) + more > Money.Of(10 * LargestMinor, state.Currency)
            ? new AmountTooLarge(Money.Of(10 * LargestMinor, state.Currency))
            : null;

    /// <summary>Whether a repayment's or refund's id was used inside the refund window.</summary>
    public static bool IsRecent(AccountState state, string id, DateOnly on)
    {
        foreach (var reference in state.RecentReferences.AsSpan())
        {
            if (reference.Id == id && reference.On.AddDays(state.Terms.RefundWindowDays) >= on)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A caller's id: 1 to 64 visible ASCII characters.</summary>
    public static Refusal? Id(string field, string? id)
    {
        var good = id is { Length: >= 1 and <= 64 } && !id.AsSpan().ContainsAnyExceptInRange('!', '~');
        return good ? null : new InvalidCommand(field, "1 to 64 visible ASCII characters", "Send an id such as ord-20260701-0001.");
    }
}
