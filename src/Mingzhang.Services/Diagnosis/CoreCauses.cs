using Mingzhang.Domain.Explaining;
using Mingzhang.Domain.Permissions;
using Mingzhang.Services.Access;

namespace Mingzhang.Services.Diagnosis;

/// <summary>What the ledger itself says, with what is known around it: which transfer, which condition of which version.</summary>
internal static class CoreCauses
{
    public static IEnumerable<UseCause> Of(UseCase asked)
    {
        foreach (var reason in asked.Core.Reasons)
        {
            var cause = new UseCause(reason.Code, reason.Zh, reason.En, reason.NextAction, reason.Evidence)
            {
                Amount = reason.Amount, Until = reason.Until,
            };
            yield return cause.Code switch
            {
                "C01_ACCESS_CHANGED" => Access(asked, cause),
                "C06_SCENE_NOT_SUPPORTED" when IsMisconfigured(asked) => Parameter(asked),
                "P03_PAYMENT_PENDING" or "P04_PAYMENT_RETURNED" => Payment(asked, cause),
                _ => cause,
            };
        }
    }

    /// <summary>
    /// The failed condition is named (R144); one that the version in force no longer has is a change that has not arrived.
    /// </summary>
    private static UseCause Access(UseCase asked, UseCause cause)
    {
        var placed = asked.View.State.Restrictions.Find(one => one.Id == AccessDesk.RestrictionId);
        if (placed is not { Reason: RestrictionReason.AccessCondition, Note: { } note })
        {
            return cause;
        }

        var version = note[..Math.Max(0, note.IndexOf('/', StringComparison.Ordinal))];
        var (code, found) = Condition(note);
        if (asked.Access.Judge(asked.View.State, asked.View.History, asked.View.Today) is null)
        {
            var stamp = asked.Access.Stamp(asked.View.Today);
            return new UseCause(
                "D02_POLICY_NOT_EFFECTIVE", $"风控策略更新未生效（现行 {stamp}，账户仍按 {version}）",
                $"Policy update not yet effective ({stamp} holds, the account is still judged by {version})", "wait", note)
            {
                ExpectedAt = asked.Now + PermissionCauses.Usual, Subject = stamp,
            };
        }

        var condition = asked.Access.Find(version)?.Conditions.FirstOrDefault(one => one.Code == code);
        return condition is null ? cause : cause with
        {
            Zh = $"不满足最新准入条件：{condition.Zh}，当前为 {found}（{version}）",
            En = $"A current access condition is not met: {condition.En}; found {found} ({version})",
            Evidence = note, Subject = version,
        };
    }

    private static (string Code, string Found) Condition(string note)
    {
        var slash = note.IndexOf('/', StringComparison.Ordinal);
        var equals = note.IndexOf('=', StringComparison.Ordinal);
        return slash < 0 || equals < slash ? ("", "") : (note[(slash + 1)..equals], note[(equals + 1)..]);
    }

    /// <summary>A shop whose scene no product of the house knows was entered wrongly; that is not the borrower's doing (R142).</summary>
    private static bool IsMisconfigured(UseCase asked) =>
        asked.Merchant is { } merchant && !asked.View.Book.All.Any(terms => terms.Scene(merchant.Scene) is not null);

    private static UseCause Parameter(UseCase asked) => new(
        "D01_PARAM_ERROR", "系统参数异常，处理中（商户的场景配置有误）", "Parameter misconfiguration: the shop's scene is set wrongly; being handled",
        "ticket", $"shop {asked.Merchant!.Id}, scene {asked.Merchant.Scene}") { Subject = asked.Merchant.Id };

    private static UseCause Payment(UseCase asked, UseCause cause)
    {
        var id = cause.Evidence.Split(' ')[0];
        return asked.Transfers.FirstOrDefault(one => one.Subject == id) is not { } transfer ? cause : cause with
        {
            Subject = transfer.Id, Evidence = $"{cause.Evidence}; transfer {transfer.Id} {transfer.State} {transfer.Reason}".TrimEnd(),
            ExpectedAt = transfer.NextAt > 0 ? UseCase.Time(transfer.NextAt) : null,
        };
    }
}
