using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Closing;
using Mingzhang.Domain.Permissions;
using Mingzhang.Domain.Repayment;
using Mingzhang.Domain.Values;
using Mingzhang.Services.Diagnosis;
using Mingzhang.Services.Leaving;
using Mingzhang.Services.Tickets;

namespace Mingzhang.Payments.Leaving;

/// <summary>
/// What stands in the way of different people, against a list written from the rules (domain rules 5.2, K01 to K18) and from what each of
/// them did, without asking the code what it would say.
/// </summary>
public sealed class LeaveCheckTests : IDisposable
{
    private readonly LeaveHouse _house = new();

    public void Dispose() => _house.Dispose();

    [Theory]
    [InlineData("zero", "", true, true, "low")]
    [InlineData("owes", "02", false, true, "normal")] // bought today: posted, not billed
    [InlineData("in instalments", "04", false, true, "normal")]
    [InlineData("overdue", "01 15", false, true, "normal")] // five days after the due day of the first bill
    [InlineData("frozen", "", true, true, "low")] // a freeze by risk stops use, not leaving
    [InlineData("frozen, interview", "12", true, true, "high")] // K12 is met before step 2, not before step 1
    [InlineData("theft", "", true, true, "low")] // closing is a protection: a theft report does not stand in its way
    [InlineData("complaint", "10", false, true, "low")]
    [InlineData("bureau objection", "10", false, true, "low")]
    [InlineData("question", "", true, true, "low")] // a question is no dispute
    [InlineData("locked PIN", "11", false, false, "low")]
    [InlineData("legal hold", "14", false, false, "low")]
    [InlineData("linked", "16", false, true, "low")]
    [InlineData("overpaid", "09", false, true, "low")]
    [InlineData("paying", "02 08", false, true, "normal")]
    [InlineData("closing", "17", false, false, "low")]
    [InlineData("disturbance", "18", false, false, "low")]
    public async Task Each_person_sees_exactly_what_applies(string who, string expected, bool now, bool runOff, string tier)
    {
        var story = _house.Story();
        var account = await LivesAsync(who, story, await story.OpenAsync("pay-later", 1_000_000));
        Assert.Equal(expected, await _house.CodesAsync(account));
        var check = _house.Desk.Check(await _house.ViewAsync(account));
        Assert.Equal((now, runOff, tier), (check.CanCloseNow, check.CanRunOff, check.Tier));
        Assert.Equal(tier == "high", check.Takes("interview"));
        Assert.Equal(tier != "low", check.Takes("calendar"));
        Assert.All(check.Steps, step => Assert.True(step.WhyZh.Length > 0 && step.WhyEn.Length > 0));
    }

    [Fact]
    public async Task What_other_stores_know_stops_a_request_that_the_ledger_would_take()
    {
        var story = _house.Story();
        var account = await LivesAsync("complaint", story, await story.OpenAsync("pay-later", 1_000_000));
        var view = await _house.ViewAsync(account);
        var blocked = Assert.IsType<ClosingBlocked>(await _house.Desk.RequestAsync(view, Ask(ClosingMode.Now)));
        Assert.Equal(BlockerCode.DisputeOpen, Assert.Single(blocked.Blockers).Code);
        Assert.Empty(_house.Shelf.StepsOf(account));
        Assert.Null(await _house.Desk.RequestAsync(view, Ask(ClosingMode.RunOff)));
        Assert.Equal("request", Assert.Single(_house.Shelf.StepsOf(account)).Step);
    }

    [Fact]
    public async Task A_missing_line_of_the_list_would_be_seen()
    {
        var story = _house.Story();
        var account = await LivesAsync("locked PIN", story, await story.OpenAsync("pay-later", 1_000_000));
        _house.Locked.Clear();
        Assert.NotEqual("11", await _house.CodesAsync(account));
    }

    internal static LeaveAsk Ask(ClosingMode mode, string reason = "unused", string key = "key-1234", LeaveDevice? device = null) =>
        new(mode, reason, "web", "customer:test", key, "en", "what was shown", device ?? LeaveDevice.None);

    private async Task<AccountId> LivesAsync(string who, FaultStory story, AccountId account)
    {
        switch (who)
        {
            case "owes": await story.BuyAsync(account, 320_00); break;
            case "in instalments": await story.PlanAsync(account, 3_000_00); break;
            case "overdue":
                await story.BuyAsync(account, 320_00);
                return await story.OverdueAsync(account, 5);
            case "frozen": await story.RestrictAsync(account, RestrictionReason.Risk); break;
            case "frozen, interview": await story.RestrictAsync(account, RestrictionReason.RiskVideoInterview); break;
            case "legal hold": await story.RestrictAsync(account, RestrictionReason.LegalHold); break;
            case "theft":
                await _house.Theft.ReportAsync(await _house.ViewAsync(account), Ask(ClosingMode.RunOff, LeaveReasons.Theft), "my phone");
                break;
            case "complaint": await OpenAsync(account, TicketKind.Complaint); break;
            case "bureau objection": await OpenAsync(account, TicketKind.BureauObjection); break;
            case "question": await OpenAsync(account, TicketKind.Question); break;
            case "locked PIN": _house.Locked.Add(account.Customer); break;
            case "linked":
                await story.DoAsync(account, on => new SetLinkedService("parking", true) { EffectiveOn = on });
                break;
            case "overpaid": await story.PayAsync(account, 5_00); break;
            case "paying":
                await story.BuyAsync(account, 320_00);
                await story.DoAsync(account, on => new SubmitPayment("r-1", FaultStory.Yuan(320_00)) { EffectiveOn = on });
                break;
            case "closing":
                Assert.Null(await _house.Desk.RequestAsync(await _house.ViewAsync(account), Ask(ClosingMode.Now)));
                break;
            case "disturbance": await _house.Incidents.DeclareAsync("维护", "maintenance", "", true, null, "staff:x"); break;
            default: Assert.Equal("zero", who); break;
        }

        return account;
    }

    private async Task OpenAsync(AccountId account, TicketKind kind)
    {
        var answer = await _house.Tickets.OpenAsync(new OpenTicket(
            account.Customer, account, kind, "account", TicketChannel.App, "something", "customer:test"));
        Assert.Null(answer.Refusal);
    }
}
