namespace Mingzhang.Domain.Explaining;

/// <summary>Group C: repaid or not, a rule stands in the way.</summary>
internal static class RuleReasons
{
    public static void Add(List<UseReason> reasons, AccountState state, ProductTerms terms, DateOnly on, Money? amount, string? scene)
    {
        if (state.Lifecycle is not Active)
        {
            reasons.Add(new UseReason("C07_CLOSED", ClosedZh(state), ClosedEn(state), null, null, state.Lifecycle.GetType().Name,
                "reopen"));
        }

        var permission = terms.Loan is null ? Permission.Spend : Permission.Borrow;
        foreach (var restriction in state.Restrictions)
        {
            if (restriction.Permissions.Any(p => p == permission) && (restriction.Until is not { } until || on < until))
            {
                reasons.Add(Of(restriction));
            }
        }

        if (terms.Loan is { } loans)
        {
            Loans(reasons, state, loans, amount);
            return;
        }

        if (scene is not null && terms.Scene(scene) is null)
        {
            reasons.Add(new UseReason("C06_SCENE_NOT_SUPPORTED", "该商户/场景不支持", "Merchant or scene not eligible", null, null, scene,
                "other-scene"));
        }

        if (amount is { } asked && asked > terms.Limits.SinglePurchaseMax)
        {
            reasons.Add(Cap(terms.Limits.SinglePurchaseMax, "single purchase"));
        }
        else if (amount is { } daily && (state.SpendDay == on ? state.SpentOnDay + daily : daily) > terms.Limits.DailyPurchaseMax)
        {
            reasons.Add(Cap(terms.Limits.DailyPurchaseMax, "day"));
        }

        if (state.Spending is { } own && own.Left(on) is { } left && (left.IsZero || amount > left))
        {
            reasons.Add(Own(own.On(on)!.Value, own.SpentIn(on), on));
        }
    }

    private static void Loans(List<UseReason> reasons, AccountState state, LoanTerms loans, Money? amount)
    {
        if (amount is { } asked && (asked > loans.Largest || asked < loans.Smallest))
        {
            reasons.Add(Cap(loans.Largest, "loan"));
        }

        var open = state.Loans.Count + state.LoanRequests.Count;
        if (open >= loans.MostOpen)
        {
            reasons.Add(new UseReason(
                "C11_SINGLE_CAP", $"已达同时借款笔数上限（{loans.MostOpen} 笔）", $"The most open loans, {loans.MostOpen}, is reached", null,
                null, $"{open} loans and requests", "loans"));
        }
        else if (loans.MostPerMonth > 0 && state.LoansInMonth + state.LoanRequests.Count >= loans.MostPerMonth)
        {
            reasons.Add(new UseReason(
                "C11_SINGLE_CAP", $"已达当月借款次数上限（{loans.MostPerMonth} 次）", $"The most loans in a month, {loans.MostPerMonth}, is reached",
                null, state.LoanMonth.AddMonths(1), $"{state.LoansInMonth} since {state.LoanMonth:yyyy-MM-dd}", "wait"));
        }
    }

    private static UseReason Cap(Money cap, string what) =>
        new("C11_SINGLE_CAP", $"超过单笔/单日限额 ¥{DebtReasons.Yuan(cap)}", $"Over the cap of {DebtReasons.Yuan(cap)} per {what}", cap, null,
            what, "smaller-amount");

    /// <summary>The borrower's own cap is named as such: nobody else set it.</summary>
    private static UseReason Own(Money cap, Money spent, DateOnly on)
    {
        var (most, gone) = (DebtReasons.Yuan(cap), DebtReasons.Yuan(spent));
        return new UseReason(
            "C11_SINGLE_CAP", $"已达您自己设置的本月消费上限 ¥{most}（已用 ¥{gone}）", $"Your own cap of {most} for this month; {gone} is spent", cap,
            new DateOnly(on.Year, on.Month, 1).AddMonths(1), "own cap", "wait");
    }

    private static UseReason Of(Restriction restriction)
    {
        var evidence = $"{restriction.Id} since {restriction.PlacedOn:yyyy-MM-dd}";
        return restriction.Reason switch
        {
            RestrictionReason.StoppedByBorrower => Reason("C07_CLOSED", "您已暂停使用", "You paused use", "lift"),
            RestrictionReason.CoolingOff => Reason(
                "C07_CLOSED", $"您自己设置的冷静期至 {restriction.Until:yyyy-MM-dd}，期间不能提前结束",
                $"Your own cooling-off until {restriction.Until:yyyy-MM-dd}; nobody can end it earlier", "wait"),
            RestrictionReason.Overdue => Reason("P02_OTHER_BILL", "有逾期未还，还清后恢复", "Suspended while overdue; restored after payment", "pay"),
            RestrictionReason.OverdueCooling => Reason(
                "C02_OVERDUE_COOLING", $"曾逾期，观察期至 {restriction.Until:yyyy-MM-dd}",
                    $"Observation period after overdue until {restriction.Until:yyyy-MM-dd}", "wait"),
            RestrictionReason.OverdueTerminated =>
                Reason("C07_CLOSED", "逾期过久，服务已终止，需重新评估", "Use ended after a long overdue; a new assessment is needed", "contact"),
            RestrictionReason.Risk => Reason("C03_FROZEN_RISK", "账户风险保护，需核验", "Frozen for risk; verification needed", "verify"),
            RestrictionReason.RiskVideoInterview =>
                Reason("C03_FROZEN_RISK", "账户风险保护，需视频核验", "Frozen for risk; a video interview is needed", "verify"),
            RestrictionReason.LegalHold => Reason("C03_FROZEN_RISK", "司法冻结/调查中", "Legal hold", "contact"),
            RestrictionReason.IdentityExpired => Reason("C04_ID_EXPIRED", "身份证件已过期，请更新", "ID document expired", "update-id"),
            RestrictionReason.DeviceChanged => Reason("C08_DEVICE_CHANGED", "更换设备/手机号，需核验", "New device or phone; verify", "verify"),
            RestrictionReason.AccessCondition => Reason(
                "C01_ACCESS_CHANGED", $"不满足最新准入条件：{restriction.Note}", $"A current access condition is not met: {restriction.Note}",
                    "contact"),
            RestrictionReason.OverIndebted => Reason("C09_OVER_INDEBTED", "总负债过高，暂停用信", "Total debt too high", "pay"),
            RestrictionReason.ConsentMissing => Reason("C10_CONSENT_MISSING", "征信授权缺失或已撤回", "Bureau consent missing", "consent"),
            RestrictionReason.FundingPaused => Reason("C12_FUNDING_PAUSED", "合作机构暂停放款", "Lender paused funding", "wait"),
            RestrictionReason.ReliefRuns => Reason(
                "C01_ACCESS_CHANGED", "协商还款期间暂停使用", "Use is paused while a repayment agreement runs", "pay"),
            RestrictionReason.Dormant => Reason("C07_CLOSED", "长期未使用，已暂停", "Paused after long disuse", "contact"),
        };

        UseReason Reason(string code, string zh, string en, string next) => new(code, zh, en, null, restriction.Until, evidence, next);
    }

    private static string ClosedZh(AccountState state) => state.Lifecycle switch
    {
        ClosingDown => "正在关闭，不能再使用",
        Closed { Forced: true } => "服务已被动关闭",
        Closed => "服务已主动关闭",
        NotOpened => "尚未开通",
        Active => "",
    };

    private static string ClosedEn(AccountState state) => state.Lifecycle switch
    {
        ClosingDown => "Closing is in progress; no new use",
        Closed { Forced: true } => "The service was closed by the house",
        Closed => "You closed the service",
        NotOpened => "Not opened yet",
        Active => "",
    };
}
