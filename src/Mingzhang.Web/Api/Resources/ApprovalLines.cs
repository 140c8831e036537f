using System.Text;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Values;
using Mingzhang.Engine.Approvals;

namespace Mingzhang.Web.Api.Resources;

/// <summary>Who decided a proposal, with what, when and why.</summary>
internal sealed record DecisionLine(string By, string Actor, string Note, DateOnly On, long At);

/// <summary>A proposal in a list.</summary>
/// <param name="Number">1, 2, 3 … in the house.</param>
/// <param name="Status">open, approved, done, refused, rejected, withdrawn, renewed.</param>
/// <param name="Kind">Which part of the house carries it out.</param>
/// <param name="Act">What is proposed.</param>
/// <param name="Account">Whose account; absent = the house.</param>
/// <param name="Reason">Why, in the maker's words.</param>
/// <param name="Makers">Who made it, then who renewed it.</param>
/// <param name="Actor">With which login or key.</param>
/// <param name="ProposedOn">Business date.</param>
/// <param name="ProposedAt">Machine time, microseconds since 1970 UTC.</param>
/// <param name="LastOn">Last business day for an approval.</param>
/// <param name="Replaces">The number it renews; absent = none.</param>
/// <param name="Decision">Absent while open.</param>
internal sealed record ProposalLine(
    long Number, ProposalStatus Status, string Kind, string Act, AccountId? Account, string Reason, IReadOnlyList<string> Makers,
    string Actor, DateOnly ProposedOn, long ProposedAt, DateOnly LastOn, long? Replaces, DecisionLine? Decision)
{
    /// <summary>The line of a proposal.</summary>
    public static ProposalLine Of(Proposal p) => new(
        p.Number, p.Status, p.Draft.Kind, p.Draft.Act, p.Draft.Account, p.Draft.Reason, p.Makers, p.Actor, p.ProposedOn, p.ProposedAt,
        p.LastOn, p.Replaces == 0 ? null : p.Replaces,
        p.Decision is { } d ? new DecisionLine(d.By, d.Actor, d.Note, d.On, d.At) : null);
}

/// <summary>A proposal with its payload and what would follow.</summary>
/// <param name="Proposal">The line.</param>
/// <param name="BoundVersion">The state it was made on.</param>
/// <param name="BoundOn">The business date it was made on.</param>
/// <param name="Payload">Carried out exactly as it stands.</param>
/// <param name="Preview">What would follow, as the maker saw it.</param>
/// <param name="Seal">SHA-256 over all that is approved.</param>
/// <param name="Changed">True: it can no longer be approved as it is; renew it.</param>
/// <param name="Now">What would follow now, when that is something else; absent when it would be refused, or nothing changed.</param>
/// <param name="RefusedNow">The code with which it would be refused now.</param>
/// <param name="Outcome">What the act answered.</param>
internal sealed record ProposalDetail(
    ProposalLine Proposal, long BoundVersion, DateOnly BoundOn, RawJson Payload, RawJson Preview, string Seal, bool Changed, RawJson? Now,
    string? RefusedNow, RawJson? Outcome)
{
    /// <summary>The answer about a proposal; looks at the present state while it is open.</summary>
    public static async Task<ProposalDetail> OfAsync(ApprovalDesk desk, Proposal p)
    {
        ProposalPreview? now = null;
        ChangedNow changed = new(false, null);
        if (desk.IsOpen(p))
        {
            (now, var since) = await desk.LookAsync(p);
            changed = new(since is not null, now.Refusal);
        }

        return new ProposalDetail(
            ProposalLine.Of(p), p.BoundVersion, p.BoundOn, Raw(p.Draft.Payload)!.Value, Raw(p.Preview)!.Value, p.Seal, changed.Yes,
            changed.Yes && now is not null ? Raw(now.Content) : null, changed.Refusal?.Code.Name, Raw(p.Outcome));
    }

    private static RawJson? Raw(string json) => json.Length == 0 ? null : new RawJson(Encoding.UTF8.GetBytes(json));

    private readonly record struct ChangedNow(bool Yes, Refusal? Refusal);
}
