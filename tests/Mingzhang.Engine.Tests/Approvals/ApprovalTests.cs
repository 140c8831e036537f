using Dapper;
using Mingzhang.Domain.Approvals;
using Mingzhang.Engine.Approvals;
using Mingzhang.Store;

namespace Mingzhang.Engine.Tests.Approvals;

/// <summary>One proposes, another approves exactly that, and only then it happens, once.</summary>
public sealed class ApprovalTests : IDisposable
{
    private static readonly Signer Lin = new("lin", "staff:lin", true);
    private static readonly Signer LinsKey = new("lin", "api:lins-batch", true);
    private static readonly Signer Chen = new("chen", "staff:chen", true);
    private static readonly Signer Nobody = new("api:loose", "api:loose", false);

    private readonly HouseFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task What_one_proposes_happens_when_another_approves_and_the_journal_names_both()
    {
        using var house = _fixture.Open();
        await house.SubmitAsync(Sample.Open(1));
        var (desk, _) = Desk(house);
        var proposed = (await desk.ProposeAsync(LimitProposals.Draft(1, 500_000), Lin)).Proposal!;
        Assert.Equal((1, ProposalStatus.Open), (proposed.Number, proposed.Status));
        Assert.Equal(1_000_000, (await house.ReadAsync(Sample.Account(1)))!.TotalLimit.MinorUnits);

        var approved = (await desk.ApproveAsync(1, Chen, "seen")).Proposal!;
        Assert.Equal((ProposalStatus.Done, "2"), (approved.Status, approved.Outcome));
        Assert.Equal(("chen", "staff:chen", "seen"), (approved.Decision!.By, approved.Decision.Actor, approved.Decision.Note));
        Assert.Equal(500_000, (await house.ReadAsync(Sample.Account(1)))!.TotalLimit.MinorUnits);
        Assert.Equal("approval:1:lin+chen", house.Rows(Sample.Account(1))[^1].Actor);
    }

    [Fact]
    public async Task Nobody_approves_their_own_proposal_not_with_another_key_and_not_without_a_name()
    {
        using var house = _fixture.Open();
        await house.SubmitAsync(Sample.Open(1));
        var (desk, kind) = Desk(house);
        await desk.ProposeAsync(LimitProposals.Draft(1, 500_000), Lin);
        Assert.IsType<OwnProposal>((await desk.ApproveAsync(1, Lin, "")).Refusal);
        Assert.IsType<OwnProposal>((await desk.ApproveAsync(1, LinsKey, "")).Refusal);
        Assert.IsType<SignerUnnamed>((await desk.ApproveAsync(1, Nobody, "")).Refusal);
        Assert.IsType<ProposalUnknown>((await desk.ApproveAsync(7, Chen, "")).Refusal);
        Assert.IsType<OwnProposal>((await desk.RejectAsync(1, LinsKey, "no")).Refusal);
        Assert.IsType<InvalidCommand>((await desk.WithdrawAsync(1, Chen, "no")).Refusal);
        Assert.Equal(0, kind.Acts);
    }

    [Fact]
    public async Task A_proposal_dies_when_the_account_moves_and_can_be_made_anew()
    {
        using var house = _fixture.Open();
        await house.SubmitAsync(Sample.Open(1));
        var (desk, kind) = Desk(house);
        await desk.ProposeAsync(LimitProposals.Draft(1, 500_000), Lin);
        await house.SubmitAsync(Sample.Buy(1, "p", 10_000, Sample.Start));
        var refusal = Assert.IsType<ChangedSince>((await desk.ApproveAsync(1, Chen, "")).Refusal);
        Assert.Equal(new ChangedSince(1, 2), refusal);

        var renewed = (await desk.RenewAsync(1, Chen)).Proposal!;
        Assert.Equal((2, 1, 2), (renewed.Number, renewed.Replaces, renewed.BoundVersion));
        Assert.Equal(ProposalStatus.Renewed, desk.Find(1)!.Status);
        Assert.IsType<OwnProposal>((await desk.ApproveAsync(2, Chen, "")).Refusal);
        Assert.IsType<OwnProposal>((await desk.ApproveAsync(2, Lin, "")).Refusal);
        Assert.Equal(0, kind.Acts);
        Assert.Equal(ProposalStatus.Done, (await desk.ApproveAsync(2, new Signer("wu", "staff:wu", true), "")).Proposal!.Status);
    }

    [Fact]
    public async Task What_moves_between_the_look_and_the_act_is_caught_in_the_lane()
    {
        using var house = _fixture.Open();
        await house.SubmitAsync(Sample.Open(1));
        var draft = LimitProposals.Draft(1, 500_000);
        var command = Engine.Encoding.DomainJson.ReadCommand(System.Text.Encoding.UTF8.GetBytes(draft.Payload));
        var seen = new ExpectedState(1, Sample.Start);
        await house.SubmitAsync(Sample.Buy(1, "p", 10_000, Sample.Start));
        var late = await house.SubmitAsync(new CommandEnvelope(Sample.Account(1), "k", command, "test") { Expected = seen });
        Assert.Equal(new ChangedSince(1, 2), late.Refusal);
        Assert.Equal(0, late.Sequence);
        var day = new ExpectedState(2, Sample.Start.AddDays(-1));
        Assert.IsType<ChangedSince>((await house.SubmitAsync(
            new CommandEnvelope(Sample.Account(1), "k", command, "test") { Expected = day })).Refusal);
        var now = new ExpectedState(2, Sample.Start);
        Assert.Equal(3, (await house.SubmitAsync(
            new CommandEnvelope(Sample.Account(1), "k", command, "test") { Expected = now })).Sequence);
    }

    [Fact]
    public async Task After_a_crash_between_approval_and_answer_the_act_is_there_once()
    {
        using (var house = _fixture.Open())
        {
            await house.SubmitAsync(Sample.Open(1));
            var (desk, kind) = Desk(house);
            await desk.ProposeAsync(LimitProposals.Draft(1, 500_000), Lin);
            kind.CrashAfterAct = true;
            await Assert.ThrowsAsync<InvalidOperationException>(() => desk.ApproveAsync(1, Chen, "seen"));
            Assert.Equal(ProposalStatus.Approved, desk.Find(1)!.Status);
            _fixture.Crash();
        }

        using (var house = _fixture.Open())
        {
            var (desk, _) = Desk(house);
            Assert.Equal(1, await desk.ResumeAsync());
            Assert.Equal(0, await desk.ResumeAsync());
            Assert.Equal((ProposalStatus.Done, "2"), (desk.Find(1)!.Status, desk.Find(1)!.Outcome));
            Assert.Equal(2, house.Rows(Sample.Account(1)).Count);
            Assert.Equal(ProposalStatus.Done, (await desk.ApproveAsync(1, Chen, "seen")).Proposal!.Status);
            Assert.IsType<ProposalDecided>((await desk.ApproveAsync(1, new Signer("wu", "staff:wu", true), "")).Refusal);
            Assert.Equal(2, house.Rows(Sample.Account(1)).Count);
        }
    }

    [Fact]
    public async Task A_proposal_ends_after_its_days_and_everything_is_listed()
    {
        using var house = _fixture.Open();
        await house.SubmitAsync(Sample.Open(1));
        var (desk, _) = Desk(house);
        await desk.ProposeAsync(LimitProposals.Draft(1, 500_000), Lin);
        await desk.ProposeAsync(LimitProposals.Draft(1, 400_000), Lin);
        var same = (await desk.ProposeAsync(LimitProposals.Draft(1, 400_000), Lin)).Proposal!;
        Assert.Equal(2, same.Number);
        Assert.Equal(ProposalStatus.Rejected, (await desk.RejectAsync(2, Chen, "too low")).Proposal!.Status);
        await desk.ProposeAsync(LimitProposals.Draft(1, 300_000), Lin);
        Assert.Equal(ProposalStatus.Withdrawn, (await desk.WithdrawAsync(3, LinsKey, "mistake")).Proposal!.Status);
        Assert.Equal([1], Numbers(desk, true));
        Assert.Equal([3, 2], Numbers(desk, false));
        Assert.Equal([2], desk.List(new ProposalQuery(3, 1, null, Sample.Account(1))).Select(one => one.Number));
        Assert.Empty(desk.List(new ProposalQuery(0, 10, null, Sample.Account(2))));

        await house.AdvanceToAsync(Sample.Start.AddDays(ApprovalDesk.UsualDays + 1));
        Assert.IsType<ProposalExpired>((await desk.ApproveAsync(1, Chen, "")).Refusal);
        Assert.Empty(Numbers(desk, true));
        Assert.Equal([3, 2, 1], Numbers(desk, false));
    }

    [Fact]
    public async Task A_proposal_that_was_changed_in_the_file_is_not_carried_out()
    {
        using var house = _fixture.Open();
        await house.SubmitAsync(Sample.Open(1));
        var (desk, kind) = Desk(house);
        await desk.ProposeAsync(LimitProposals.Draft(1, 500_000), Lin);
        await house.WriteAsync((connection, transaction) => connection.Execute(
            "UPDATE proposal SET payload = replace(payload, '500000', '900000') WHERE partition_id >= 0", null, transaction));
        await Assert.ThrowsAsync<StoreException>(() => desk.ApproveAsync(1, Chen, ""));
        Assert.Equal(0, kind.Acts);
    }

    [Fact]
    public async Task Two_approvers_at_once_act_once()
    {
        using var house = _fixture.Open();
        await house.SubmitAsync(Sample.Open(1));
        var (desk, _) = Desk(house);
        await desk.ProposeAsync(LimitProposals.Draft(1, 500_000), Lin);
        Signer[] many = [.. Enumerable.Range(0, 8).Select(i => new Signer($"p{i}", $"staff:p{i}", true))];
        var answers = await Task.WhenAll(many.Select(one => Task.Run(() => desk.ApproveAsync(1, one, ""))));
        Assert.Single(answers, answer => answer.Proposal is { Status: ProposalStatus.Done });
        Assert.All(answers.Where(answer => answer.Proposal is null), answer =>
            Assert.True(answer.Refusal is ProposalDecided or ChangedSince, answer.Refusal!.Code.ToString()));
        Assert.Equal(2, house.Rows(Sample.Account(1)).Count);
    }

    private static (ApprovalDesk Desk, LimitProposals Kind) Desk(CreditHouse house)
    {
        var kind = new LimitProposals(house);
        return (new ApprovalDesk(house, TimeProvider.System, [kind]), kind);
    }

    private static IEnumerable<long> Numbers(ApprovalDesk desk, bool open) =>
        desk.List(new ProposalQuery(0, 10, open)).Select(one => one.Number);
}
