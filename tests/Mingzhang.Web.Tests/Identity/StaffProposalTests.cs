using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Mingzhang.Domain.Approvals;
using Mingzhang.Engine.Approvals;
using Mingzhang.Web.Identity.Roles;

namespace Mingzhang.Web.Tests.Identity;

/// <summary>Changes of staff take two administrators, bound to what they saw.</summary>
public sealed class StaffProposalTests(Host host)
{
    private ApprovalDesk Desk => host.Services.GetRequiredService<ApprovalDesk>();

    private StaffBook Book => host.Services.GetRequiredService<StaffBook>();

    [Fact]
    public async Task One_administrator_proposes_another_approves_and_then_it_holds()
    {
        var maker = await AccessMatrixTests.StaffAsync(host, "admin-1", "administrator");
        var checker = await AccessMatrixTests.StaffAsync(host, "admin-2", "administrator");
        var proposed = await Host.PostAsync(maker, "/console/staff", "/console/staff", new()
        {
            ["login"] = "wang", ["role"] = "clerk", ["reason"] = "new at the counter",
        });
        var address = proposed.Headers.Location!.ToString().Split('?')[0];
        Assert.Null(Book.Find("wang"));
        Assert.Equal(422, (int)(await Host.PostAsync(maker, address, address + "/approve", [])).StatusCode);
        Assert.Contains("wang", await Host.ReadAsync(checker, address), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await Host.PostAsync(checker, address, address + "/approve", [])).StatusCode);
        await Task.Delay(2100, TestContext.Current.CancellationToken);
        Assert.Equal(("clerk", 1L), (Book.Find("wang")!.Roles, Book.Find("wang")!.Active));
    }

    [Fact]
    public async Task Who_may_approve_money_may_not_approve_staff_and_the_other_way_round()
    {
        await AccessMatrixTests.StaffAsync(host, "admin-3", "administrator");
        await AccessMatrixTests.StaffAsync(host, "approver-3", "approver");
        var proposal = (await Desk.ProposeAsync(Draft("li", "clerk"), By("admin-3"))).Proposal!;
        var approved = await Desk.ApproveAsync(proposal.Number, By("approver-3"), "");
        Assert.Equal(new SignerMayNot("approver-3", "ManageStaff"), approved.Refusal);
        Assert.IsType<SignerMayNot>((await Desk.ApproveAsync(proposal.Number, By("nobody-of-the-staff"), "")).Refusal);
        Assert.IsType<SignerMayNot>((await Desk.ProposeAsync(Draft("li", "risk"), By("approver-3"))).Refusal);
        Assert.IsType<SignerMayNot>((await Desk.RenewAsync(proposal.Number, By("approver-3"))).Refusal);
        Assert.Null(Book.All().FirstOrDefault(one => one.Login == "li"));
    }

    [Fact]
    public async Task What_changed_meanwhile_is_not_overwritten()
    {
        await AccessMatrixTests.StaffAsync(host, "admin-4", "administrator");
        await AccessMatrixTests.StaffAsync(host, "admin-5", "administrator");
        await AccessMatrixTests.StaffAsync(host, "zhou", "clerk");
        var first = (await Desk.ProposeAsync(Draft("zhou", "risk"), By("admin-4"))).Proposal!;
        var second = (await Desk.ProposeAsync(Draft("zhou", "finance"), By("admin-4"))).Proposal!;
        Assert.Null((await Desk.ApproveAsync(first.Number, By("admin-5"), "")).Refusal);
        Assert.IsType<ChangedSince>((await Desk.ApproveAsync(second.Number, By("admin-5"), "")).Refusal);
        Assert.Equal("risk", Book.All().Single(one => one.Login == "zhou").Roles);
    }

    [Theory]
    [InlineData("X Y", "clerk")]
    [InlineData("sun", "king")]
    [InlineData("sun", "")]
    [InlineData("staff", null)]
    public async Task What_makes_no_sense_is_refused_when_proposed(string login, string? roles)
    {
        await AccessMatrixTests.StaffAsync(host, "admin-6", "administrator");
        var answer = await Desk.ProposeAsync(Draft(login, roles ?? StaffRole.Every), By("admin-6"));
        Assert.Equal("INVALID_COMMAND", answer.Refusal?.Code.ToString());
    }

    [Fact]
    public async Task Somebody_turned_off_is_logged_out_and_signs_nothing()
    {
        await AccessMatrixTests.StaffAsync(host, "admin-7", "administrator");
        await AccessMatrixTests.StaffAsync(host, "admin-8", "administrator");
        var leaver = await AccessMatrixTests.StaffAsync(host, "qian", "administrator");
        var off = StaffProposals.Draft(new StaffChange("qian", "administrator", false), "left us");
        var proposal = (await Desk.ProposeAsync(off, By("admin-7"))).Proposal!;
        Assert.Null((await Desk.ApproveAsync(proposal.Number, By("admin-8"), "")).Refusal);
        Assert.NotEqual(HttpStatusCode.OK, (await leaver.GetAsync("/console/staff")).StatusCode);
        Assert.Equal(new SignerMayNot("qian", "UseOwnLogin"), (await Desk.ProposeAsync(Draft("new", "clerk"), By("qian"))).Refusal);
    }

    private static ProposalDraft Draft(string login, string roles) => StaffProposals.Draft(new StaffChange(login, roles, true), "because");

    private static Signer By(string person) => new(person, "staff:" + person, true);
}
