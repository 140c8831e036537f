namespace Mingzhang.Domain.Corrections;

/// <summary>Folds late and withdrawn facts in where they belong (design idea 2).</summary>
public static class AccountCorrector
{
    /// <summary>Whether a command needs the account's history: it is late, or takes a fact back.</summary>
    public static bool NeedsHistory(AccountCommand command, DateOnly bookedOn) =>
        command is ReturnRepayment or ReverseFact || (command.EffectiveOn < bookedOn && command is not PassDay);

    /// <summary>Decides such a command. Throws <see cref="InvalidOperationException"/> when the history does not refold to the state: a broken invariant.</summary>
    public static Decision Decide(
        AccountState state, IReadOnlyList<HistoryEntry> history, AccountCommand command, TermsBook book, DateOnly bookedOn) =>
        throw new NotSupportedException();

    /// <summary>The account as it was on <paramref name="asOf"/>, by what was known on <paramref name="knownOn"/>; null when it was not open then.</summary>
    public static AccountState? AsOf(IReadOnlyList<HistoryEntry> history, TermsBook book, DateOnly asOf, DateOnly knownOn) =>
        throw new NotSupportedException();
}
