namespace Mingzhang.Domain.Explaining;

/// <summary>Group B: the limit is used up, cut, or bound to a scene.</summary>
internal static class LimitReasons
{
    public static void Add(List<UseReason> reasons, AccountState state, DateOnly on, Money? amount, string? scene)
    {
        var asked = amount ?? Money.Of(1, state.Currency);
        var available = state.Available(on, null);
        var sceneAvailable = scene is null ? Money.Zero(state.Currency) : state.Available(on, scene);
        if (asked <= available || asked <= sceneAvailable || state.Lifecycle is not Active)
        {
            return;
        }

        var held = state.Purchases.Sum(state.Currency, purchase => purchase.Held);
        if (held.IsPositive)
        {
            reasons.Add(new UseReason(
                "B01_LIMIT_OCCUPIED", $"未确认收货/未入账交易占用额度 ¥{DebtReasons.Yuan(held)}",
                    $"Unconfirmed purchases hold {DebtReasons.Yuan(held)} of the limit",
                held, state.Purchases.AsSpan().ToArray().Where(p => p.Held.IsPositive).Min(p => p.StageEndsOn),
                string.Join(", ", state.Purchases.Where(p => p.Held.IsPositive).Select(p => p.Id)), "wait"));
        }

        Lent(reasons, state);
        var granted = state.Assessment?.Limit ?? state.TotalLimit;
        if (state.TotalLimit < granted)
        {
            reasons.Add(new UseReason(
                "B03_LIMIT_CUT", $"额度已调整为 ¥{DebtReasons.Yuan(state.TotalLimit)}",
                    $"The limit was lowered to {DebtReasons.Yuan(state.TotalLimit)}",
                state.TotalLimit, null, $"granted {granted}", "contact"));
        }
        else if (available.IsNegative && state.TemporaryLimits.Count == 0)
        {
            reasons.Add(new UseReason(
                "B04_TEMP_EXPIRED", "临时额度已到期，可用额度可能为负", "A temporary limit expired; available may be negative", available, null,
                $"occupied {state.Occupied(null)} of {state.TotalLimit}", "pay"));
        }

        if (state.SceneLimits.Any(limit => limit.Scene != scene && state.Available(on, limit.Scene).IsPositive))
        {
            reasons.Add(new UseReason(
                "B06_SPECIAL_ONLY", "仅剩专项额度，本场景不可用", "Only scene-bound limit is left", null, null,
                string.Join(", ", state.SceneLimits.Select(limit => limit.Scene)), "other-scene"));
        }

        Fallback(reasons, state, asked, available);
    }

    // Principal of plans, then of cash loans and of requests that are being paid out.
    private static void Lent(List<UseReason> reasons, AccountState state)
    {
        var zero = Money.Zero(state.Currency);
        var plans = state.Loans.Sum(state.Currency, loan => loan.IsCash ? zero : state.PrincipalLeft(loan.Id));
        var loans = state.Loans.Sum(state.Currency, loan => loan.IsCash ? state.PrincipalLeft(loan.Id) : zero);
        var asked = state.LoanRequests.Sum(state.Currency, request => request.Fact.Amount);
        if (plans.IsPositive)
        {
            reasons.Add(new UseReason(
                "B02_INSTALMENT_HOLD", $"分期剩余本金占用额度 ¥{DebtReasons.Yuan(plans)}",
                $"Remaining instalment principal holds {DebtReasons.Yuan(plans)} of the limit", plans, null,
                string.Join(", ", state.Loans.Where(loan => !loan.IsCash).Select(loan => loan.Id)), "loans"));
        }

        if ((loans + asked).IsPositive)
        {
            reasons.Add(new UseReason(
                "B01_LIMIT_OCCUPIED", $"未还借款本金与处理中的借款占用额度 ¥{DebtReasons.Yuan(loans + asked)}",
                $"Unpaid loan principal and loans being paid out hold {DebtReasons.Yuan(loans + asked)} of the limit", loans + asked, null,
                string.Join(", ", state.Loans.Where(loan => loan.IsCash).Select(loan => loan.Id)
                    .Concat(state.LoanRequests.Select(request => request.Fact.LoanId))), "loans"));
        }
    }

    private static void Fallback(List<UseReason> reasons, AccountState state, Money asked, Money available)
    {
        if (!reasons.Exists(reason => reason.Code[0] == 'B'))
        {
            reasons.Add(new UseReason(
                "B01_LIMIT_OCCUPIED", $"可用额度 ¥{DebtReasons.Yuan(available)} 不足",
                    $"The available limit of {DebtReasons.Yuan(available)} is not enough",
                available, null, $"asked {asked}; occupied by unpaid purchases {state.Occupied(null)}", "pay"));
        }
    }
}
