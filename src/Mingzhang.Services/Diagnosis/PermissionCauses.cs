using Mingzhang.Services.Entitlements;

namespace Mingzhang.Services.Diagnosis;

/// <summary>Group A and the differences of groups B and D: the ledger is right, what is beside it is late or wrong.</summary>
internal static class PermissionCauses
{
    /// <summary>How long a stage usually takes at most; promised when nothing better is known. 30 seconds.</summary>
    public static readonly TimeSpan Usual = TimeSpan.FromSeconds(30);

    public static IEnumerable<UseCause> Of(UseCase asked)
    {
        if (Lag(asked) is { } late)
        {
            yield return late;
        }
        else if (asked.Entitlement is { } kept && kept.Figures.NextOn > asked.View.Today
            && EntitlementRules.Difference(kept, EntitlementRules.Of(asked.View), asked.View.State.Version) is { } difference)
        {
            yield return difference.Kind == "limit"
                ? new UseCause(
                    "B05_RESTORE_FAILED", "额度恢复异常，已自动提交修复", "The limit was not restored as it should; repair has started", "wait",
                    difference.Detail) { ExpectedAt = asked.Now + Usual }
                : new UseCause(
                    "D04_DATA_MISMATCH", "账务与展示不一致，已转人工核对；以账务为准", "Ledger and display differ; under review, the ledger counts",
                    "ticket", difference.Detail);
        }

        if (asked.Question.Shown is { } shown && asked.LastThatMatters is { } last && shown.Sequence < last.Sequence)
        {
            yield return new UseCause(
                "A03_CLIENT_STALE", $"页面数据为 {Clock(shown.At)}，请刷新", $"The page shows data of {Clock(shown.At)}; refresh it", "refresh",
                $"shown {shown.Sequence}, ledger {last.Sequence}");
        }

        if (asked.WaitsForLender is { } lender)
        {
            yield return new UseCause(
                "A04_LENDER_CONFIRM", $"等待出资机构确认入账（{lender}）", $"Waiting for the lender's confirmation ({lender})", "wait", lender);
        }
    }

    /// <summary>A stage that is behind is a cause when it stops use, or when it has been for too long.</summary>
    private static UseCause? Lag(UseCase asked)
    {
        var has = asked.LastThatMatters?.Sequence ?? 0;
        var (wanted, granted) = (asked.Entitlement?.Wanted ?? 0, asked.Entitlement?.Granted ?? 0);
        var since = asked.Entitlement is { IsFresh: false } kept ? kept.WantedAt : asked.LastThatMatters?.RecordedAt ?? 0;
        if ((has <= wanted && wanted <= granted)
            || (asked.Stopped is null && asked.Now - UseCase.Time(since) < EntitlementDesk.Late))
        {
            return null;
        }

        var held = asked.Entitlement is { Hold.Length: > 0 } still ? UseCase.Time(still.HeldUntil) : DateTimeOffset.MinValue;
        var expected = held > asked.Now ? held + Usual : asked.Now + Usual;
        return has > wanted
            ? new UseCause(
                "A01_LEDGER_SYNC", $"已入账，状态同步中（预计 {Clock(expected)}）", $"Posted; state is synchronising (expected {Clock(expected)})",
                "wait", $"ledger {has}, noted {wanted}") { ExpectedAt = expected }
            : new UseCause(
                "A02_PERMISSION_LAG", $"额度已恢复，使用权限待刷新（同步中，预计 {Clock(expected)}）",
                $"Limit restored, permission not yet refreshed (synchronising, expected {Clock(expected)})", "wait",
                $"has to know {wanted}, knows {granted}") { ExpectedAt = expected };
    }

    private static string Clock(DateTimeOffset at) =>
        at.ToOffset(TimeSpan.FromHours(8)).ToString("HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);
}
