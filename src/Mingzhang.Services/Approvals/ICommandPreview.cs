using Mingzhang.Domain.Accounts;
using Mingzhang.Services.Reading;

namespace Mingzhang.Services.Approvals;

/// <summary>Writes what a proposed command would change, for commands that need more than the usual figures.</summary>
/// <remarks>The first registered one that knows a command is asked; <see cref="UsualPreview"/> is what is left.</remarks>
public interface ICommandPreview
{
    /// <summary>Whether it writes the preview of this command.</summary>
    bool Knows(AccountCommand command);

    /// <summary>One JSON object; the same account and date give the same bytes. It is kept with the proposal.</summary>
    /// <param name="before">The account today.</param>
    /// <param name="command">What is proposed.</param>
    /// <param name="accepted">What the core decided on a trial.</param>
    string Write(AccountView before, AccountCommand command, Accepted accepted);
}
