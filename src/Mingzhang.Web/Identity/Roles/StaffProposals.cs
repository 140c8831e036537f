using System.Globalization;
using System.Text.Json;
using Mingzhang.Domain.Approvals;
using Mingzhang.Engine;
using Mingzhang.Engine.Approvals;

namespace Mingzhang.Web.Identity.Roles;

/// <summary>Staff are added, changed and turned away by two people; bound to the version of the member's row.</summary>
public sealed class StaffProposals(CreditHouse house, StaffBook staff, Logins logins, Sessions sessions) : IProposalKind
{
    /// <summary>The kind's name.</summary>
    public const string Kind = "staff";

    /// <summary>What the act is called.</summary>
    public const string Act = "change-staff";

    /// <inheritdoc/>
    public string Name => Kind;

    /// <summary>A draft of a change.</summary>
    public static ProposalDraft Draft(StaffChange change, string reason) => new(Kind, Act, null, JsonSerializer.Serialize(change), reason);

    /// <summary>The change of a draft.</summary>
    public static StaffChange Of(ProposalDraft draft) => JsonSerializer.Deserialize<StaffChange>(draft.Payload)!;

    /// <inheritdoc/>
    public Task<ProposalPreview> PreviewAsync(ProposalDraft draft)
    {
        var change = Of(draft);
        var now = staff.All().FirstOrDefault(one => one.Login == change.Login);
        var content = JsonSerializer.Serialize(new
        {
            login = change.Login,
            before = now is null ? "" : now.Active == 1 ? now.Roles : "-",
            after = change.Active ? change.Roles : "-",
        });
        return Task.FromResult(new ProposalPreview(content, now?.Version ?? 0, house.BusinessDate, change.Fault(now)));
    }

    /// <inheritdoc/>
    public async Task<ProposalAct> ActAsync(Proposal proposal, ExpectedState expected, string actor)
    {
        var change = Of(proposal.Draft);
        await logins.AddAsync(Realms.Console, change.Login, NoPassword.Make(), null);
        if (!await staff.PutAsync(change.Login, change.Roles, change.Active, expected.Version, actor))
        {
            var now = staff.All().First(one => one.Login == change.Login);
            // Done before a crash: the same content under the next version.
            if (now.Version != expected.Version + 1 || now.Roles != change.Roles || now.Active == 1 != change.Active)
            {
                return new ProposalAct("", new ChangedSince(expected.Version, now.Version));
            }
        }

        if (!change.Active)
        {
            await sessions.EndAllAsync(new Subject(Realms.Console, change.Login, 0));
        }

        return new ProposalAct(
            string.Create(CultureInfo.InvariantCulture, $$"""{"version":{{expected.Version + 1}}}"""), null);
    }
}
