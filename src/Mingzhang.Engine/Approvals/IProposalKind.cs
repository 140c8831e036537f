using Mingzhang.Domain.Accounts;

namespace Mingzhang.Engine.Approvals;

/// <summary>What would follow from a proposal on the present state.</summary>
/// <param name="Content">JSON; the same state and date give the same bytes. Empty when refused.</param>
/// <param name="Version">Version of that state.</param>
/// <param name="On">Business date it was made on.</param>
/// <param name="Refusal">Why it would be refused; null when it would be accepted.</param>
public sealed record ProposalPreview(string Content, long Version, DateOnly On, Refusal? Refusal);

/// <summary>What the act answered.</summary>
/// <param name="Outcome">JSON about what was done.</param>
/// <param name="Refusal">Why it was not done; null when it was.</param>
public sealed record ProposalAct(string Outcome, Refusal? Refusal);

/// <summary>One kind of act that takes two people: how it is previewed, and how it is carried out.</summary>
/// <remarks>New kinds are registered with the <see cref="ApprovalDesk"/>; the desk does the rest.</remarks>
public interface IProposalKind
{
    /// <summary>Its name, kept in every proposal.</summary>
    string Name { get; }

    /// <summary>Tries the act on the present state, with no effect.</summary>
    Task<ProposalPreview> PreviewAsync(ProposalDraft draft);

    /// <summary>Carries an approved proposal out.</summary>
    /// <remarks>Uses <see cref="Proposal.Key"/> so that doing it again, after a crash, does nothing more and gives the same answer. Refuses
    /// with <c>CHANGED_SINCE</c> when the state is no longer <paramref name="expected"/>.</remarks>
    /// <param name="proposal">Approved and stored as such.</param>
    /// <param name="expected">The state the approver saw the preview of.</param>
    /// <param name="actor">Whom the journal names: maker and approver.</param>
    Task<ProposalAct> ActAsync(Proposal proposal, ExpectedState expected, string actor);
}
