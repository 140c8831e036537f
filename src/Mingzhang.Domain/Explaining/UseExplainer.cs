namespace Mingzhang.Domain.Explaining;

/// <summary>"I have repaid, why can't I use it?" — every reason that holds, ranked P → A → B → C → D, and one of four verdicts.</summary>
/// <remarks>Sources: domain rules 5.1; R136 (several causes, ranked), R144 (repaid is not sufficient), R150 (verdict).</remarks>
internal static class UseExplainer
{
    public static UseExplanation Explain(AccountState state, ProductTerms terms, DateOnly on, Money? amount, string? scene)
    {
        var debt = state.TotalDebt(terms, on);
        var reasons = new List<UseReason>();
        var usable = IsUsable(state, terms, on, amount, scene);
        if (!usable)
        {
            DebtReasons.Add(reasons, state, terms, on);
            LimitReasons.Add(reasons, state, on, amount ?? terms.Loan?.Smallest, scene);
            RuleReasons.Add(reasons, state, terms, on, amount, scene);
        }

        return new UseExplanation(on, Verdict(reasons, usable), usable, ValueList.From(reasons), debt,
            state.Available(on, PoolOf(state, scene)));
    }

    /// <summary>The real decision, asked: would a purchase, or on a loan line a loan, be accepted?</summary>
    private static bool IsUsable(AccountState state, ProductTerms terms, DateOnly on, Money? amount, string? scene)
    {
        var trace = default(NoTrace);
        if (terms.Loan is { } loans)
        {
            var offer = loans.Offers[0];
            var loan = new RequestLoan("probe-0", amount ?? loans.Smallest, offer.Code, offer.Counts[0], "probe", null)
            {
                EffectiveOn = on,
            };
            return AccountDecider.Check(state, loan, terms, on, ref trace) is null or DisclosureMissing;
        }

        var probe = new AuthorisePurchase(
            "probe-0", amount ?? Money.Of(1, state.Currency), scene ?? (terms.Scenes.Count > 0 ? terms.Scenes[0].Code : ""), "probe")
        {
            EffectiveOn = on,
        };
        return AccountDecider.Check(state, probe, terms, on, ref trace) is null;
    }

    private static UseVerdict Verdict(List<UseReason> reasons, bool usable) => (usable, reasons) switch
    {
        (true, _) => UseVerdict.Normal,
        (false, var list) when list.Exists(r => r.Code is "P01_RESIDUE" or "P02_OTHER_BILL" or "P04_PAYMENT_RETURNED") =>
            UseVerdict.NotFullyRepaid,
        (false, var list) when list.Exists(r => r.Code is "P03_PAYMENT_PENDING") => UseVerdict.RepaidButPermissionWrong,
        (false, _) => UseVerdict.RepaidButRuleLimits,
    };

    private static string? PoolOf(AccountState state, string? scene) =>
        scene is not null && state.SceneLimits.Any(limit => limit.Scene == scene) ? scene : null;
}
