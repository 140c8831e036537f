using System.Globalization;
using Mingzhang.Domain.Limits;
using Mingzhang.Engine.Approvals;
using Mingzhang.Engine.Encoding;

namespace Mingzhang.Engine.Tests.Approvals;

/// <summary>A kind of proposal for tests: sets an account's limit. It can be told to crash after the act.</summary>
internal sealed class LimitProposals(CreditHouse house) : IProposalKind
{
    public string Name => "limit";

    public bool CrashAfterAct { get; set; }


    public int Acts { get; private set; }

    public static ProposalDraft Draft(long customer, long limitMinor) => new(
        "limit", "set-limit", Sample.Account(customer),
        System.Text.Encoding.UTF8.GetString(DomainJson.Write(new SetLimit(Sample.Cny(limitMinor), Actor.Staff, "asked")
        {
            EffectiveOn = Sample.Start,
        })), "asked by phone");

    public async Task<ProposalPreview> PreviewAsync(ProposalDraft draft)
    {
        var state = await house.ReadAsync(draft.Account!.Value);
        return new ProposalPreview("{}", state!.Version, house.BusinessDate, state.Lifecycle is NotOpened ? new AccountNotOpen() : null);
    }

    public async Task<ProposalAct> ActAsync(Proposal proposal, ExpectedState expected, string actor)
    {
        Acts++;
        var command = DomainJson.ReadCommand(System.Text.Encoding.UTF8.GetBytes(proposal.Draft.Payload));
        var result = await house.SubmitAsync(new CommandEnvelope(proposal.Draft.Account!.Value, proposal.Key, command, actor)
        {
            Expected = expected,
        });
        return CrashAfterAct
            ? throw new InvalidOperationException("crash")
            : new ProposalAct(result.Sequence.ToString(CultureInfo.InvariantCulture), result.Refusal);
    }
}
