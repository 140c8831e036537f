namespace Mingzhang.Domain.Accounts;

/// <summary>Sandbox only: copies another account as it stands, so that its future can be run.</summary>
/// <param name="Origin">The account copied.</param>
/// <param name="Snapshot">Its state, under the new id.</param>
public sealed record ForkAccount(AccountId Origin, AccountState Snapshot) : AccountCommand;

/// <summary>Sandbox only: a fork exists; its opening balances are booked against the fork contra account.</summary>
public sealed record AccountForked(ForkAccount Fact) : AccountEvent
{
    /// <inheritdoc/>
    public override AccountCommand Recorded => Fact;
}
