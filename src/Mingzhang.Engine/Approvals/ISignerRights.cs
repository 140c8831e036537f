using Mingzhang.Domain.Accounts;

namespace Mingzhang.Engine.Approvals;

/// <summary>Who may sign what, beyond being another person; a host without roles has none.</summary>
public interface ISignerRights
{
    /// <summary>Why somebody may not propose or renew this; null when they may.</summary>
    Refusal? MayPropose(ProposalDraft draft, Signer signer);

    /// <summary>Why somebody may not approve or reject this; null when they may.</summary>
    Refusal? MayDecide(ProposalDraft draft, Signer signer);
}
