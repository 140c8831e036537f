using System.Globalization;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Closing;
using Mingzhang.Domain.Permissions;
using Mingzhang.Domain.Products;
using Mingzhang.Domain.Values;
using Mingzhang.Services.Diagnosis;
using Mingzhang.Services.Leaving;
using Mingzhang.Services.Reading;

namespace Mingzhang.Payments.Leaving;

/// <summary>
/// Six people who want to leave, and what stands in their way and what it changes for them, against a list written by hand
/// (<c>tests/Cases/leaving-list.txt</c>). Each attempt, now and when settled, is made.
/// </summary>
public sealed class LeaveListTests : IDisposable
{
    private readonly LeaveHouse _house = new();

    public void Dispose() => _house.Dispose();

    public static TheoryData<int> Rows => [.. Enumerable.Range(0, Lines.Count)];

    private static IReadOnlyList<string[]> Lines { get; } =
    [
        .. File.ReadAllLines(Path.Combine(LeaveHouse.Root, "tests", "Cases", "leaving-list.txt"))
            .Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('|', StringSplitOptions.TrimEntries)),
    ];

    [Fact]
    public void The_list_has_all_six_people_on_both_kinds_of_closing()
    {
        string[] people = ["owes", "instalments", "overdue", "frozen", "thief", "zero"];
        Assert.Equal(
            people.SelectMany(who => new[] { who + " bank-pay-later", who + " pay-later" }).Order(StringComparer.Ordinal),
            Lines.Select(line => $"{line[0]} {line[1]}").Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(CloseWithDebt.RunOff, WithDebt("pay-later"));
        Assert.Equal(CloseWithDebt.Refuse, WithDebt("bank-pay-later"));
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Each_attempt_meets_and_changes_what_the_list_says_and_nothing_else(int row)
    {
        var line = Lines[row];
        var (blockers, changes) = (line[3], line[8]);
        var account = await LivesAsync(line);
        var view = await _house.ViewAsync(account);
        var check = _house.Desk.Check(view);
        Assert.Equal(blockers, string.Join(' ', check.Blockers.Select(one => Number(one.Code)).Distinct()));
        Assert.Equal((line[6], line[7]), (check.Tier, string.Join(' ', check.Steps.Select(one => one.Code))));
        Assert.Equal(changes, string.Join(' ', (await ChangesAsync(view)).Order(StringComparer.Ordinal)));

        // Now: either the very blockers, or it closes.
        var now = await _house.Desk.RequestAsync(view, LeaveCheckTests.Ask(ClosingMode.Now));
        if (line[4] == "refused")
        {
            var list = Assert.IsType<ClosingBlocked>(now).Blockers;
            Assert.Equal(blockers, string.Join(' ', list.Select(one => Number(one.Code)).Distinct()));
            Assert.IsType<Active>((await _house.ViewAsync(account)).State.Lifecycle);
        }
        else
        {
            Assert.Null(now);
            Assert.Null(await _house.Desk.CancelAsync(
                await _house.ViewAsync(account), LeaveCheckTests.Ask(ClosingMode.Now, key: "key-undo")));
        }

        Assert.Null(await _house.Desk.RequestAsync(
            await _house.ViewAsync(account), LeaveCheckTests.Ask(ClosingMode.RunOff, key: "key-run")));
        Assert.Null(await _house.Desk.ConfirmAsync(
            await _house.ViewAsync(account), LeaveCheckTests.Ask(ClosingMode.RunOff, key: "key-sure")));
        Assert.Equal(line[5], HowItLeaves(await _house.ViewAsync(account)));
    }

    private string HowItLeaves(AccountView view) => view.State.Lifecycle switch
    {
        Closed => "done",
        ClosingDown { ConfirmedOn: not null } => "contract",
        Active when _house.Desk.WishOf(view) is not null => "wait",
        _ => view.State.Lifecycle.GetType().Name,
    };

    private async Task<List<string>> ChangesAsync(AccountView view)
    {
        var impact = await _house.Impacts.OfAsync(view);
        List<string> found =
        [
            $"limit:{Yuan(impact.Limit)}->0", "debt:" + Yuan(impact.Debt), "total-debt:" + Yuan(impact.TotalDebt),
            $"total-limit:{Yuan(impact.TotalLimitBefore)}->{(impact.TotalLimitAfter.IsZero ? "0" : Yuan(impact.TotalLimitAfter))}",
            "auto:" + (impact.AutoRepay.Count > 0 ? "until-settled" : "off"), "bureau:" + (impact.Bureau.GoesOn ? "goes-on" : "closes"),
            "bureau:" + (impact.Bureau.IsNormal ? "normal"
                : impact.Bureau.DaysPastDue > 0 ? $"late:{impact.Bureau.DaysPastDue}" : "record"),
            string.Create(CultureInfo.InvariantCulture, $"dues:{RunOffPlan.Of(view).Dues.Count}"),
        ];
        found.AddRange(impact.Linked.Select(one => "link:" + one));
        found.AddRange(impact.Temporary.Select(one => "temporary:" + one));
        found.AddRange(impact.Benefits.Select(one => "benefit:" + one.Code));
        found.AddRange(impact.Others.Select(one =>
            $"other:{(one.Account.Slot == 1 ? "pay-later" : "bank-pay-later")}:{Yuan(one.Limit)}:{Yuan(one.Debt)}"));
        return found;
    }

    private async Task<AccountId> LivesAsync(string[] line)
    {
        var (who, product, has) = (line[0], line[1], line[2]);
        var story = _house.Story();
        var account = await story.OpenAsync(product, 1_000_000);
        await (who switch
        {
            "owes" or "overdue" => story.BuyAsync(account, 320_00),
            "instalments" => story.PlanAsync(account, 3_000_00),
            "frozen" => story.RestrictAsync(account, RestrictionReason.Risk),
            _ => Task.CompletedTask,
        });
        account = who == "overdue" ? await story.OverdueAsync(account, 5) : account;
        if (who == "thief")
        {
            await _house.Theft.ReportAsync(
                await _house.ViewAsync(account), LeaveCheckTests.Ask(ClosingMode.RunOff, LeaveReasons.Theft, "key-theft"), "my phone");
        }

        await (has.Contains("auto", StringComparison.Ordinal)
            ? story.DoAsync(account, on => new SetAutoRepay(true, ["bank-card"]) { EffectiveOn = on }) : Task.CompletedTask);
        await (has.Contains("linked", StringComparison.Ordinal)
            ? story.DoAsync(account, on => new SetLinkedService("parking", true) { EffectiveOn = on }) : Task.CompletedTask);
        await (has.Contains("bonus", StringComparison.Ordinal)
            ? _house.Benefits.GiveAsync(account, new Benefit("points", "points", "积分", "Points", 10, null)) : Task.FromResult(true));
        if (has.Contains("beside", StringComparison.Ordinal))
        {
            var beside = await story.OpenAsync(product == "pay-later" ? "bank-pay-later" : "pay-later", 700_000);
            await story.BuyAsync(beside, 123_00);
        }

        return account;
    }

    private CloseWithDebt WithDebt(string product) =>
        _house.House.Terms.InForce(product, _house.House.BusinessDate)!.Closing.WithDebt;

    private static string Number(BlockerCode code) => ((int)code).ToString("00", CultureInfo.InvariantCulture);

    private static string Yuan(Money money) => money.IsZero ? "none"
        : string.Create(CultureInfo.InvariantCulture, $"{money.MinorUnits / 100}.{money.MinorUnits % 100:00}");
}
