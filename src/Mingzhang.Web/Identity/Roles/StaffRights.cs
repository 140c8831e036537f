using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Approvals;
using Mingzhang.Engine.Approvals;
using Mingzhang.Services.Privacy;

namespace Mingzhang.Web.Identity.Roles;

/// <summary>
/// Roles at the approval desk, whichever way a signature comes. Changes of staff take the right to manage staff on both sides; all else
/// takes the right to approve. The owner of an API key who is no member of staff signs by the key's scope, but never changes of staff, and
/// approves no correction of identity: what it changes is shown on the console alone.
/// </summary>
public sealed class StaffRights(StaffBook staff) : ISignerRights
{
    /// <inheritdoc/>
    public Refusal? MayPropose(ProposalDraft draft, Signer signer) =>
        Fault(signer, draft.Kind == StaffProposals.Kind ? Can.ManageStaff : null);

    /// <inheritdoc/>
    public Refusal? MayDecide(ProposalDraft draft, Signer signer) =>
        draft.Kind == IdentityProposals.Kind && staff.Find(signer.Person) is null
            ? new SignerMayNot(signer.Person, nameof(Can.Approve))
            : Fault(signer, draft.Kind == StaffProposals.Kind ? Can.ManageStaff : Can.Approve);

    private SignerMayNot? Fault(Signer signer, Can? needed) => staff.Find(signer.Person) switch
    {
        null => needed == Can.ManageStaff ? new SignerMayNot(signer.Person, nameof(Can.ManageStaff)) : null,
        { Active: not 1 } => new SignerMayNot(signer.Person, nameof(Can.UseOwnLogin)),
        var member => needed is { } can && !member.May(can) ? new SignerMayNot(signer.Person, can.ToString()) : null,
    };
}
