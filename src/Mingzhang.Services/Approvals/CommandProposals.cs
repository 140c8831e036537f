using System.Globalization;
using System.Text;
using Mingzhang.Domain.Accounts;
using Mingzhang.Engine;
using Mingzhang.Engine.Approvals;
using Mingzhang.Engine.Encoding;
using Mingzhang.Services.Reading;

namespace Mingzhang.Services.Approvals;

/// <summary>Commands on accounts that take two people: corrections first of all. The payload is the command in its written form.</summary>
public sealed class CommandProposals(
    CreditHouse house, AccountReader reader, IEnumerable<ICommandPreview> previews, IEnumerable<ICommandPart> parts) : IProposalKind
{
    /// <summary>The kind's name.</summary>
    public const string Kind = "command";

    private readonly List<ICommandPreview> _previews = [.. previews, new UsualPreview()];
    private readonly List<ICommandPart> _parts = [.. parts];

    /// <inheritdoc/>
    public string Name => Kind;

    /// <summary>A draft of a command.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="act">What the command is called for people, such as <c>reverse-fact</c>.</param>
    /// <param name="command">What is asked.</param>
    /// <param name="reason">Why.</param>
    public static ProposalDraft Draft(Domain.Values.AccountId account, string act, AccountCommand command, string reason) =>
        new(Kind, act, account, Encoding.UTF8.GetString(DomainJson.Write(command)), reason);

    /// <summary>The command of a proposal.</summary>
    public static AccountCommand CommandOf(ProposalDraft draft) => DomainJson.ReadCommand(Encoding.UTF8.GetBytes(draft.Payload));

    /// <inheritdoc/>
    public async Task<ProposalPreview> PreviewAsync(ProposalDraft draft)
    {
        var account = draft.Account ?? throw new BrokenInvariantException("a command is proposed for an account");
        var command = CommandOf(draft);
        if (await reader.FindAsync(account) is not { } view)
        {
            return new ProposalPreview("", 0, house.BusinessDateOf(account), new AccountNotOpen());
        }

        if (PartOf(command)?.Refuse(view, command) is { } no)
        {
            return new ProposalPreview("", view.State.Version, view.Today, no);
        }

        return await TryAsync(account, command) switch
        {
            Accepted accepted => new ProposalPreview(
                _previews.First(one => one.Knows(command)).Write(view, command, accepted), view.State.Version, view.Today, null),
            Refused refused => new ProposalPreview("", view.State.Version, view.Today, refused.Reason),
            _ => throw new BrokenInvariantException("a decision is neither yes nor no"),
        };
    }

    /// <inheritdoc/>
    public async Task<ProposalAct> ActAsync(Proposal proposal, ExpectedState expected, string actor)
    {
        var account = proposal.Draft.Account ?? throw new BrokenInvariantException("a command is proposed for an account");
        var command = CommandOf(proposal.Draft);
        var part = PartOf(command);
        var before = part is null ? null : await reader.FindAsync(account);
        if (before is not null && part!.Refuse(before, command) is { } no)
        {
            return new ProposalAct("", no);
        }

        var result = await house.SubmitAsync(new CommandEnvelope(account, proposal.Key, command, actor) { Expected = expected });
        if (result.Refusal is { } refusal)
        {
            return new ProposalAct("", refusal);
        }

        await (before is null ? Task.CompletedTask : part!.FollowAsync(before, command, proposal.Key, actor));
        return new ProposalAct(string.Create(CultureInfo.InvariantCulture, $$"""{"sequence":{{result.Sequence}}}"""), null);
    }

    private ICommandPart? PartOf(AccountCommand command) => _parts.Find(one => one.Knows(command));

    private async Task<Decision> TryAsync(Domain.Values.AccountId account, AccountCommand command)
    {
        try
        {
            return await reader.TryAsync(account, command);
        }
        catch (OverflowException)
        {
            return new Refused(new InvalidCommand("amount", "the figures would not fit into 64 bits", "send a smaller amount"));
        }
    }
}
