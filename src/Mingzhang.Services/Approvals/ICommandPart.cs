using Mingzhang.Domain.Accounts;
using Mingzhang.Services.Reading;

namespace Mingzhang.Services.Approvals;

/// <summary>A part of the house that has a say in some commands, beside the ledger, whatever way they come.</summary>
public interface ICommandPart
{
    /// <summary>Whether a command is of this part.</summary>
    bool Knows(AccountCommand command);

    /// <summary>Why it may not be done now; null = it may, and the ledger decides.</summary>
    Refusal? Refuse(AccountView view, AccountCommand command);

    /// <summary>Does what follows from a command that was taken; again, it does nothing more.</summary>
    /// <param name="before">The account before it.</param>
    /// <param name="command">What was done.</param>
    /// <param name="key">Under which key.</param>
    /// <param name="actor">Who.</param>
    Task FollowAsync(AccountView before, AccountCommand command, string key, string actor);
}
