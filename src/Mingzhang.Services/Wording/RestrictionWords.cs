using Mingzhang.Domain.Permissions;

namespace Mingzhang.Services.Wording;

/// <summary>Why use is away, in a word or two.</summary>
public static class RestrictionWords
{
    /// <summary>The words in Chinese or English.</summary>
    public static string Of(RestrictionReason reason, bool chinese) => reason switch
    {
        RestrictionReason.StoppedByBorrower => chinese ? "本人暂停" : "paused by the customer",
        RestrictionReason.Overdue => chinese ? "逾期" : "overdue",
        RestrictionReason.OverdueCooling => chinese ? "逾期观察期" : "observation after overdue",
        RestrictionReason.OverdueTerminated => chinese ? "逾期终止" : "ended after overdue",
        RestrictionReason.Risk => chinese ? "风险保护" : "risk protection",
        RestrictionReason.RiskVideoInterview => chinese ? "风险保护（视频核验）" : "risk, video interview",
        RestrictionReason.LegalHold => chinese ? "司法冻结" : "legal hold",
        RestrictionReason.IdentityExpired => chinese ? "证件过期" : "document expired",
        RestrictionReason.DeviceChanged => chinese ? "更换设备" : "device changed",
        RestrictionReason.AccessCondition => chinese ? "准入条件" : "access condition",
        RestrictionReason.OverIndebted => chinese ? "总负债过高" : "over-indebted",
        RestrictionReason.ConsentMissing => chinese ? "授权缺失" : "consent missing",
        RestrictionReason.FundingPaused => chinese ? "出资机构暂停" : "funding paused",
        RestrictionReason.Dormant => chinese ? "长期未用" : "dormant",
        RestrictionReason.ReliefRuns => chinese ? "协商还款中" : "repayment agreement",
        RestrictionReason.CoolingOff => chinese ? "本人冷静期" : "cooling-off by the customer",
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };
}
