using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Approvals;
using Mingzhang.Domain.Values;
using Mingzhang.Engine.Encoding;
using Mingzhang.Store;

namespace Mingzhang.Engine.Approvals;

/// <summary>A proposal, or why not.</summary>
public sealed record ProposalAnswer(Proposal? Proposal, Refusal? Refusal);

/// <summary>Two people for one act: one proposes and sees what would follow, another approves exactly that, and then it happens.</summary>
/// <remarks>
/// An approval is stored before the act, and the act's idempotency key comes from the proposal: a crash at any point leaves either an open
/// proposal or an approved one, which <see cref="ResumeAsync"/> carries out once (docs/decisions/0015).
/// </remarks>
public sealed class ApprovalDesk
{
    /// <summary>Business days a proposal can be approved when nothing else is said. Sample parameter.</summary>
    public const int UsualDays = 7;

    private readonly CreditHouse _house;
    private readonly TimeProvider _time;
    private readonly int _days;
    private readonly Dictionary<string, IProposalKind> _kinds;
    private readonly ISignerRights? _rights;

    /// <param name="house">The house.</param>
    /// <param name="time">Machine time, metadata only.</param>
    /// <param name="kinds">Everything that can be proposed.</param>
    /// <param name="days">Business days a proposal can be approved, 1 to 90.</param>
    /// <param name="rights">Who may sign what; null = every named signer everything.</param>
    public ApprovalDesk(
        CreditHouse house, TimeProvider time, IEnumerable<IProposalKind> kinds, int days = UsualDays, ISignerRights? rights = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(days, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(days, 90);
        (_house, _time, _days, _rights) = (house, time, days, rights);
        _kinds = kinds.ToDictionary(kind => kind.Name, StringComparer.Ordinal);
    }

    /// <summary>Proposes an act: tries it, and keeps it with what would follow. What would be refused is refused now.</summary>
    /// <returns>The new proposal; the one that stands there when the same person proposed the same on the same state.</returns>
    public Task<ProposalAnswer> ProposeAsync(ProposalDraft draft, Signer maker) => ProposeAsync(draft, maker, null);

    /// <summary>Approves and carries out. Sent again by the same person it gives the same answer.</summary>
    public async Task<ProposalAnswer> ApproveAsync(long number, Signer checker, string note)
    {
        if (Find(number) is not { } proposal)
        {
            return No(new ProposalUnknown(number));
        }

        if (proposal.Status is ProposalStatus.Approved or ProposalStatus.Done or ProposalStatus.Refused
            && proposal.Decision!.By == checker.Person)
        {
            return Answered(await FinishAsync(proposal));
        }

        if (Unfit(proposal, checker) is { } refusal)
        {
            return No(refusal);
        }

        Check(proposal);
        var (_, changed) = await LookAsync(proposal);
        if (changed is not null)
        {
            return No(changed);
        }

        return await DecideAsync(proposal, ProposalStatus.Approved, checker, note)
            ? Answered(await FinishAsync(Find(number)!))
            : No(Decided(Find(number)!));
    }

    /// <summary>Says no, with a reason; also the maker may not reject, but take it back.</summary>
    public async Task<ProposalAnswer> RejectAsync(long number, Signer checker, string reason) =>
        Find(number) is not { } proposal ? No(new ProposalUnknown(number))
        : Unfit(proposal, checker) is { } refusal and not ProposalExpired ? No(refusal)
        : await CloseAsync(proposal, ProposalStatus.Rejected, checker, reason);

    /// <summary>A maker takes the proposal back.</summary>
    public async Task<ProposalAnswer> WithdrawAsync(long number, Signer maker, string reason) =>
        Find(number) is not { } proposal ? No(new ProposalUnknown(number))
        : proposal.Status != ProposalStatus.Open ? No(Decided(proposal))
        : !proposal.Makers.Contains(maker.Person)
            ? No(new InvalidCommand("number", "a proposal is taken back by who made it", "reject it instead"))
        : await CloseAsync(proposal, ProposalStatus.Withdrawn, maker, reason);

    /// <summary>Makes it anew on the present state. Whoever renews answers for it as its maker and cannot approve it either.</summary>
    public async Task<ProposalAnswer> RenewAsync(long number, Signer maker) =>
        Find(number) is not { } proposal ? No(new ProposalUnknown(number))
        : proposal.Status is ProposalStatus.Open or ProposalStatus.Refused ? await ProposeAsync(proposal.Draft, maker, proposal)
        : No(Decided(proposal));

    /// <summary>What would follow from a proposal now; the second is CHANGED_SINCE when that is not what it was proposed on.</summary>
    public async Task<(ProposalPreview Preview, ChangedSince? Changed)> LookAsync(Proposal proposal)
    {
        var now = await PreviewAsync(proposal.Draft);
        var same = now.Refusal is null && now.Version == proposal.BoundVersion && now.Content == proposal.Preview;
        return (now, same ? null : new ChangedSince(proposal.BoundVersion, now.Version));
    }

    /// <summary>One proposal, or null.</summary>
    public Proposal? Find(long number)
    {
        using var connection = _house.OpenReadOnly();
        return ProposalShelf.Find(connection, number);
    }

    /// <summary>A page of proposals, latest first.</summary>
    public IReadOnlyList<Proposal> List(ProposalQuery query)
    {
        using var connection = _house.OpenReadOnly();
        return ProposalShelf.List(connection, query, _house.BusinessDate);
    }

    /// <summary>Whether it waits and can still be approved.</summary>
    public bool IsOpen(Proposal proposal) => proposal.Status == ProposalStatus.Open && proposal.LastOn >= Today(proposal.Draft.Account);

    /// <summary>Carries out what was approved before a crash. Returns how many there were.</summary>
    public async Task<int> ResumeAsync()
    {
        IReadOnlyList<Proposal> left;
        using (var connection = _house.OpenReadOnly())
        {
            left = ProposalShelf.Approved(connection);
        }

        foreach (var proposal in left)
        {
            await FinishAsync(proposal);
        }

        return left.Count;
    }

    private async Task<ProposalAnswer> ProposeAsync(ProposalDraft draft, Signer maker, Proposal? renewed)
    {
        if (_rights?.MayPropose(draft, maker) is { } not)
        {
            return No(not);
        }

        var preview = await PreviewAsync(draft);
        if (preview.Refusal is { } refusal)
        {
            return No(refusal);
        }

        var today = Today(draft.Account);
        var proposal = new Proposal
        {
            Number = 0,
            Draft = draft,
            BoundVersion = preview.Version,
            BoundOn = preview.On,
            Preview = preview.Content,
            Makers = renewed is null ? [maker.Person] : [.. renewed.Makers.Where(person => person != maker.Person), maker.Person],
            Actor = maker.Actor,
            ProposedOn = today,
            ProposedAt = Now(),
            LastOn = today.AddDays(_days),
            Replaces = renewed?.Number ?? 0,
            Seal = "",
        };
        proposal = proposal with { Seal = proposal.ComputeSeal() };
        var decision = new ProposalDecision(maker.Person, maker.Actor, "", today, Now());
        var added = await _house.WriteInOrderAsync((connection, transaction) =>
            renewed is { Status: ProposalStatus.Open }
            && !ProposalShelf.Decide(connection, transaction, renewed, ProposalStatus.Renewed, decision)
                ? null : ProposalShelf.Add(connection, transaction, proposal));
        return added is null ? No(Decided(Find(renewed!.Number)!)) : Answered(added);
    }

    private async Task<ProposalPreview> PreviewAsync(ProposalDraft draft)
    {
        if (draft.Account is { } account)
        {
            await _house.CatchUpAsync(account);
        }

        return await KindOf(draft).PreviewAsync(draft);
    }

    private async Task<Proposal> FinishAsync(Proposal proposal)
    {
        if (proposal.Status != ProposalStatus.Approved)
        {
            return proposal;
        }

        Check(proposal);
        var expected = new ExpectedState(proposal.BoundVersion, proposal.Decision!.On);
        var actor = $"{proposal.Key}:{proposal.Maker}+{proposal.Decision.By}";
        actor = actor.Length <= CommandEnvelope.LongestActor ? actor : proposal.Key;
        var act = await KindOf(proposal.Draft).ActAsync(proposal, expected, actor);
        var (status, outcome) = act.Refusal is { } no
            ? (ProposalStatus.Refused, System.Text.Encoding.UTF8.GetString(DomainJson.Write(no)))
            : (ProposalStatus.Done, act.Outcome);
        await _house.WriteAsync((connection, transaction) =>
        {
            ProposalShelf.Answer(connection, transaction, proposal, status, outcome);
            return 0;
        });
        return Find(proposal.Number)!;
    }

    private async Task<ProposalAnswer> CloseAsync(Proposal proposal, ProposalStatus status, Signer by, string why) =>
        await DecideAsync(proposal, status, by, why) ? Answered(Find(proposal.Number)!) : No(Decided(Find(proposal.Number)!));

    private Task<bool> DecideAsync(Proposal proposal, ProposalStatus status, Signer by, string note)
    {
        var decision = new ProposalDecision(by.Person, by.Actor, note, Today(proposal.Draft.Account), Now());
        return _house.WriteAsync((connection, transaction) =>
            ProposalShelf.Decide(connection, transaction, proposal, status, decision));
    }

    private Refusal? Unfit(Proposal proposal, Signer checker) => proposal switch
    {
        { Status: not ProposalStatus.Open } => Decided(proposal),
        _ when !checker.Named => new SignerUnnamed(checker.Actor),
        _ when proposal.Makers.Contains(checker.Person) => new OwnProposal(proposal.Number),
        _ when _rights?.MayDecide(proposal.Draft, checker) is { } not => not,
        _ when !IsOpen(proposal) => new ProposalExpired(proposal.Number, proposal.LastOn),
        _ => null,
    };

    private static void Check(Proposal proposal)
    {
        if (proposal.ComputeSeal() != proposal.Seal)
        {
            throw new StoreException($"proposal {proposal.Number} is not what was proposed: its seal does not fit.");
        }
    }

    private IProposalKind KindOf(ProposalDraft draft) => _kinds.TryGetValue(draft.Kind, out var kind)
        ? kind : throw new BrokenInvariantException($"nothing carries out proposals of kind {draft.Kind}");

    private DateOnly Today(AccountId? account) => account is { } id ? _house.BusinessDateOf(id) : _house.BusinessDate;

    private long Now() => _time.GetUtcNow().ToUnixTimeMilliseconds() * 1000;

    private static ProposalDecided Decided(Proposal proposal) => new(proposal.Number, proposal.Status.ToString());

    private static ProposalAnswer Answered(Proposal proposal) => new(proposal, null);

    private static ProposalAnswer No(Refusal refusal) => new(null, refusal);
}
