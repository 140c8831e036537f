using Mingzhang.Domain.Explaining;
using Mingzhang.Services.Diagnosis;

namespace Mingzhang.Payments.Diagnosis;

/// <summary>Each cause is brought about by what brings it about in life; the diagnosis has to name it first, in both languages.</summary>
public sealed class UseFaultTests
{
    /// <summary>All 32 with the next action that helps.</summary>
    public static TheoryData<string, string> All() => new(
        ("P01_RESIDUE", "pay"), ("P02_OTHER_BILL", "pay"), ("P03_PAYMENT_PENDING", "wait"), ("P04_PAYMENT_RETURNED", "pay"),
        ("P05_PAID_OTHER_ACCOUNT", "contact"), ("A01_LEDGER_SYNC", "wait"), ("A02_PERMISSION_LAG", "wait"), ("A03_CLIENT_STALE", "refresh"),
        ("A04_LENDER_CONFIRM", "wait"), ("B01_LIMIT_OCCUPIED", "wait"), ("B02_INSTALMENT_HOLD", "loans"), ("B03_LIMIT_CUT", "contact"),
        ("B04_TEMP_EXPIRED", "pay"), ("B05_RESTORE_FAILED", "wait"), ("B06_SPECIAL_ONLY", "other-scene"), ("C01_ACCESS_CHANGED", "contact"),
        ("C02_OVERDUE_COOLING", "wait"), ("C03_FROZEN_RISK", "verify"), ("C04_ID_EXPIRED", "update-id"), ("C05_OTHER_ACCOUNT", "contact"),
        ("C06_SCENE_NOT_SUPPORTED", "other-scene"), ("C07_CLOSED", "lift"), ("C08_DEVICE_CHANGED", "verify"), ("C09_OVER_INDEBTED", "pay"),
        ("C10_CONSENT_MISSING", "consent"), ("C11_SINGLE_CAP", "smaller-amount"), ("C12_FUNDING_PAUSED", "wait"),
        ("D01_PARAM_ERROR", "ticket"), ("D02_POLICY_NOT_EFFECTIVE", "wait"), ("D03_INCIDENT", "wait"), ("D04_DATA_MISMATCH", "ticket"),
        ("D99_UNKNOWN", "ticket"));

    [Theory]
    [MemberData(nameof(All))]
    public async Task The_cause_that_was_brought_about_is_named_first(string code, string next)
    {
        using var house = new UseHouse();
        var injected = await house.Injector.InjectAsync(code, house.NextCustomer());
        Assert.NotNull(injected);
        var found = await house.Diagnoser.AskAsync(injected.Question);
        Assert.NotNull(found);
        Assert.True(found.Causes.Count > 0, $"{code}: no cause, usable {found.Usable}");
        var all = string.Join("; ", found.Causes.Select(one => $"{one.Code} {one.En} [{one.Evidence}]"));
        Assert.True(code == found.Causes[0].Code, $"{code}: {all}");
        Assert.Equal(next, found.Causes[0].NextAction);
        Assert.NotEqual(found.Causes[0].Zh, found.Causes[0].En);
        Assert.Equal(Expected(code), found.Verdict);
        Assert.NotNull(await house.Diagnoser.TraceAsync(injected.Question));
        Assert.True((await house.House.VerifyAsync()).IsSound);
    }

    [Fact]
    public void All_32_codes_can_be_brought_about() => Assert.Equal(32, UseFaultInjector.Codes.Count);

    private static UseVerdict Expected(string code) => code[0] switch
    {
        'P' when code != "P03_PAYMENT_PENDING" => UseVerdict.NotFullyRepaid,
        'P' or 'A' or 'D' => UseVerdict.RepaidButPermissionWrong,
        'B' when code == "B05_RESTORE_FAILED" => UseVerdict.RepaidButPermissionWrong,
        _ => UseVerdict.RepaidButRuleLimits,
    };
}
