namespace Mingzhang.Domain.Opening;

/// <summary>Folds opening, reopening and the cycle.</summary>
internal static class OpeningFold
{
    public static AccountState Opened(AccountState state, AccountOpened e) => state with
    {
        Lifecycle = new Active(),
        Product = e.Fact.Product,
        Terms = e.Terms,
        OpenedOn = e.EffectiveOn,
        AsOf = e.EffectiveOn,
        Card = e.Fact.Card,
        Consents = e.Fact.Consents,
        Assessment = e.Fact.Assessment,
        TotalLimit = e.Fact.Assessment.Limit,
        Cycle = new Cycle { StatementDay = e.StatementDay, DueDay = e.DueDay, NextStatementOn = e.FirstStatementOn },
    };

    public static AccountState Reopened(AccountState state, AccountReopened e) => state with
    {
        Lifecycle = new Active(),
        Terms = e.Terms,
        Card = e.Fact.Card,
        Consents = e.Fact.Consents,
        Assessment = e.Fact.Assessment,
        TotalLimit = e.Fact.Assessment.Limit,
        Restrictions = state.Restrictions.Where(OutlastsClosing),
        WrittenOffOn = null,
        NextVersion = null,
        Cycle = state.Cycle with { NextStatementOn = e.NextStatementOn },
    };

    public static AccountState DueDay(AccountState state, DueDayChanged e) =>
        state with { Cycle = state.Cycle with { BookedDueDay = e.Fact.DueDay, DueDayChangedOn = e.EffectiveOn } };

    // A new assessment answers overdue, disuse and conditions; risk protection and court orders are lifted by who placed them.
    private static bool OutlastsClosing(Restriction restriction) => restriction.Reason
        is RestrictionReason.Risk or RestrictionReason.RiskVideoInterview or RestrictionReason.LegalHold;
}
