using Mingzhang.Domain.Accounts;
using Mingzhang.Engine.Encoding;
using Mingzhang.Store;

namespace Mingzhang.Engine;

/// <summary>Makes an account's row and snapshot from its state; the verifier makes them again to compare.</summary>
internal sealed class HeadProjector(TermsDesk terms) : IHeadProjector
{
    /// <inheritdoc/>
    public AccountRow Row(in AccountHead head)
    {
        var (state, on) = (head.State, head.BookedOn);
        var opened = state.Lifecycle is not NotOpened;
        var daysPastDue = opened ? state.DaysPastDue(on) : 0;
        return new AccountRow(
            state.Id,
            state.Version,
            head.HeadHash,
            StatusOf(state.Lifecycle),
            state.Product,
            state.Terms.Version,
            state.Currency.ToString(),
            opened ? state.OpenedOn : null,
            on,
            state.TotalLimit.MinorUnits,
            state.Available(on, null).MinorUnits,
            opened ? state.TotalDebt(terms.Kept(state), on).MinorUnits : 0,
            state.CreditBalance.MinorUnits,
            daysPastDue > 0 ? on.AddDays(-daysPastDue) : null,
            state.Restrictions.Count,
            state.NextDate);
    }

    /// <inheritdoc/>
    public byte[] Snapshot(AccountState state) => DomainJson.Write(state);

    /// <summary>The word of a lifecycle in the account table.</summary>
    public static string StatusOf(Lifecycle lifecycle) => lifecycle switch
    {
        NotOpened => "not-opened",
        Active => "active",
        ClosingDown => "closing",
        Closed => "closed",
        _ => throw new BrokenInvariantException("a lifecycle without a word"),
    };
}
