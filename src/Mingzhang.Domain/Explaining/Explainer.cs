namespace Mingzhang.Domain.Explaining;

/// <summary>Answers by replaying: the same code, with a recording trace or run ahead of time.</summary>
public static class Explainer
{
    /// <summary>Why the available limit is what it is; terms and history both sum exactly to it.</summary>
    public static LimitExplanation Limit(AccountState state, IReadOnlyList<HistoryEntry> history, TermsBook book, DateOnly on, string? scene) =>
        throw new NotSupportedException();

    /// <summary>May it be used for this amount (null: any) in this scene (null: the general limit), and why not.</summary>
    public static UseExplanation Use(AccountState state, ProductTerms terms, DateOnly on, Money? amount, string? scene) =>
        throw new NotSupportedException();

    /// <summary>Why a bill is what it is; null when there is none issued on that day. Shows the latest version.</summary>
    public static BillExplanation? Bill(IReadOnlyList<HistoryEntry> history, TermsBook book, DateOnly issuedOn) => throw new NotSupportedException();

    /// <summary>What a payment would do; refuses like the real one (result null) when it is above the total debt.</summary>
    public static PaymentPreview? Payment(AccountState state, ProductTerms terms, DateOnly today, DateOnly payOn, Money amount) =>
        throw new NotSupportedException();

    /// <summary>What stands in the way of closing on a day: the list K01 to K18.</summary>
    public static ValueList<ClosingBlocker> Closing(AccountState state, ProductTerms terms, DateOnly on) => throw new NotSupportedException();

    /// <summary>Runs an account ahead to a day with nothing but time passing; the events day by day.</summary>
    public static (AccountState State, ValueList<AccountEvent> Events) RunAhead(AccountState state, ProductTerms terms, DateOnly until) =>
        throw new NotSupportedException();
}
