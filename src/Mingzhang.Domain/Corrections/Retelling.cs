namespace Mingzhang.Domain.Corrections;

/// <summary>What followed from one fact or, with sequence 0, from one day, as it is known now.</summary>
/// <param name="Sequence">The journal entry that brought the fact; 0 = the day itself.</param>
/// <param name="EffectiveOn">Economic date.</param>
/// <param name="Events">What happened.</param>
public sealed record RetoldEntry(long Sequence, DateOnly EffectiveOn, ValueList<AccountEvent> Events)
{
    /// <summary>How much more the customer owes after it: posted and scheduled debt less credit balance, written-off debt included;
    /// negative = less.</summary>
    /// <example>A purchase of 25.00 gives 25.00, its repayment −25.00, a plan made of it 0.</example>
    public long OwedMinor => Events.Sum(OwedOf);

    /// <summary>The same of one event.</summary>
    public static long OwedOf(AccountEvent happened) => PostingRules.For(happened).Sum(posting => IsOwed(posting.Account)
        ? posting.Amount.MinorUnits : 0);

    /// <summary>Whether a ledger account is a part of what a customer owes, or is owed.</summary>
    public static bool IsOwed(LedgerAccount account) => account is LedgerAccount.PrincipalReceivable or LedgerAccount.InterestReceivable
        or LedgerAccount.OverdueChargeReceivable or LedgerAccount.FeeReceivable or LedgerAccount.CustomerCreditBalance
        or LedgerAccount.WrittenOffDebt;
}

/// <summary>An account told again from its facts.</summary>
/// <param name="State">As it stands at the end; null when it was not open then.</param>
/// <param name="Entries">In effective order.</param>
public sealed record RetoldAccount(AccountState? State, IReadOnlyList<RetoldEntry> Entries)
{
    /// <summary>Every statement it issues, with the version it has now.</summary>
    public required IReadOnlyList<Bill> Statements { get; init; }
}

/// <summary>
/// Tells an account again from its facts alone: each fact decided anew where it belongs, days in between. Nothing that was booked is looked
/// at but the facts, so that what comes out proves what was booked.
/// </summary>
public static class Retelling
{
    /// <summary>The account up to a day, by what was known on another. Throws <see cref="BrokenInvariantException"/> when the facts make
    /// no account.</summary>
    public static RetoldAccount Of(IReadOnlyList<HistoryEntry> history, TermsBook book, DateOnly until, DateOnly knownOn)
    {
        var known = history.Where(entry => entry.BookedOn <= knownOn).ToList();
        var versions = Refold.VersionsOf(known);
        var refold = new Refold(book).Run(Refold.FactsOf(known), until, versions, check: null);
        var entries = refold.Entries.Select(entry => new RetoldEntry(entry.Sequence, entry.EffectiveOn, entry.Events)).ToList();
        return new RetoldAccount(refold.State, entries)
        {
            Statements =
            [
                .. entries.SelectMany(entry => entry.Events).OfType<StatementIssued>()
                    .Select(issued => issued.Bill with { Version = versions.GetValueOrDefault(issued.Bill.IssuedOn, 1) }),
            ],
        };
    }
}
