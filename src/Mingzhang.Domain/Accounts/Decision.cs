namespace Mingzhang.Domain.Accounts;

/// <summary>The answer to a command: events, or a refusal. Closed.</summary>
public /*closed*/ abstract record Decision
{
    private protected Decision()
    {
    }
}

/// <summary>Accepted: what happened, in order, and the state that follows.</summary>
/// <param name="Events">One or more; none only when nothing was due (a day on which nothing happens).</param>
/// <param name="After">The state after the events.</param>
public sealed record Accepted(ValueList<AccountEvent> Events, AccountState After) : Decision;

/// <summary>Refused: why. Nothing changed.</summary>
public sealed record Refused(Refusal Reason) : Decision;
