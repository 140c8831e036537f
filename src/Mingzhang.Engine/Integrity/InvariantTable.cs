namespace Mingzhang.Engine.Integrity;

/// <summary>Every invariant that is looked at while the house runs; docs/reliability.md has those that are not.</summary>
public static class InvariantTable
{
    /// <summary>Reading or folding an account failed, so that nothing else could be looked at.</summary>
    public const int Unreadable = 5;

    /// <summary>Checked account by account, in order of number.</summary>
    public static IReadOnlyList<LiveInvariant> OfAccounts { get; } =
    [
        .. LedgerInvariants.All.Concat(LimitInvariants.All).Concat(DebtInvariants.All).Concat(LifecycleInvariants.All)
            .OrderBy(invariant => invariant.Number),
    ];

    /// <summary>Checked over the whole book.</summary>
    public static IReadOnlyList<(int Number, string Sentence)> OfTheHouse { get; } =
    [
        (Canary.Number, "The canary borrows and repays on every business day, and all is as before."),
        (2, "All balances of the book sum to zero."),
        (Unreadable, "Every row can be read, and every amount is whole minor units in 64 bits."),
        (43, "The business date never falls behind what is booked; a day end twice is once."),
        (48, "What takes two people was decided by another than its makers."),
        (51, "Everything followed from the journal stands behind it."),
    ];
}
