namespace Mingzhang.Domain.Lenders;

/// <summary>The ledger of one account by loan and lender, worked out from its facts and the shares fixed when its loans began.</summary>
/// <remarks>
/// Nothing of it is stored: the journal holds the postings of the account, what each lender has of them follows. Late and withdrawn facts
/// are in their place, so a correction moves the lenders' balances exactly as the account's. docs/decisions/0017 says why.
/// </remarks>
public sealed class AccountBooks
{
    private readonly SortedDictionary<LedgerAccount, long> _main = [];
    private readonly Dictionary<string, LoanBooks> _loans = new(StringComparer.Ordinal);
    private readonly List<LenderEntry> _entries = [];

    private AccountBooks()
    {
    }

    /// <summary>Balances of the whole account by ledger account, minor units, debit positive.</summary>
    public IReadOnlyDictionary<LedgerAccount, long> Main => _main;

    /// <summary>Every loan and plan it ever had.</summary>
    public IEnumerable<LoanBooks> Loans => _loans.Values;

    /// <summary>Every lender's part of every event of shared loans, in effective order.</summary>
    public IReadOnlyList<LenderEntry> Entries => _entries;

    /// <summary>Whether a history has a loan that others than the licence holder lend.</summary>
    public static bool IsShared(IEnumerable<HistoryEntry> history) =>
        history.SelectMany(entry => entry.Events).Any(happened => BeganBy(happened).Any(loan => loan.Lenders.Count > 0));

    /// <summary>The books of an account; throws <see cref="BrokenInvariantException"/> when parts do not sum to their entry.</summary>
    /// <param name="history">Accepted entries, by sequence.</param>
    /// <param name="book">All terms.</param>
    /// <param name="knownOn">Booked up to this day; null = all.</param>
    public static AccountBooks Of(IReadOnlyList<HistoryEntry> history, TermsBook book, DateOnly? knownOn = null)
    {
        var known = knownOn is { } day ? history.Where(entry => entry.BookedOn <= day).ToList() : history;
        var books = new AccountBooks();
        if (known.Count == 0)
        {
            return books;
        }

        var refold = new Refold(book).Run(Refold.FactsOf(known), known[^1].BookedOn, Refold.VersionsOf(known), check: null);
        AccountState? before = null;
        foreach (var entry in refold.Entries)
        {
            before ??= AccountState.Empty(entry.After.Id, entry.After.Currency);
            foreach (var happened in entry.Events.AsSpan())
            {
                var after = AccountEvolver.Evolve(before, happened);
                books.Take(before, after, happened, entry);
                before = after;
            }
        }

        return books;
    }

    /// <summary>Null, or where parts and whole differ: the account's balances against those of its journal, the lenders' against each
    /// loan's.</summary>
    /// <param name="journal">Sum of the account's journal postings by ledger account.</param>
    public string? Fault(IReadOnlyDictionary<LedgerAccount, long> journal)
    {
        foreach (var ledger in journal.Keys.Union(_main.Keys))
        {
            if (journal.GetValueOrDefault(ledger) != _main.GetValueOrDefault(ledger))
            {
                var (booked, worked) = (journal.GetValueOrDefault(ledger), _main.GetValueOrDefault(ledger));
                return FormattableString.Invariant($"{ledger} is {booked} in the journal and {worked} in the loans' books");
            }
        }

        foreach (var loan in _loans.Values.Where(loan => loan.IsShared))
        {
            var parts = loan.Split().ToList();
            foreach (var (ledger, minor) in loan.Balances)
            {
                if (parts.Where(part => part.Ledger == ledger).Sum(part => part.Minor) != minor)
                {
                    return $"the lenders of {loan.Loan.Id} do not sum to its {ledger}";
                }
            }

            var told = _entries.Where(entry => entry.LoanId == loan.Loan.Id).GroupBy(entry => (entry.Line.Lender, entry.Line.Ledger))
                .ToDictionary(sums => sums.Key, sums => sums.Sum(entry => entry.Line.Minor));
            if (parts.Find(part => part.Minor != told.GetValueOrDefault((part.Lender, part.Ledger))) is { } wrong)
            {
                return $"the entries of {wrong.Lender} in {loan.Loan.Id} do not sum to its balance of {wrong.Ledger}";
            }
        }

        return null;
    }

    private void Take(AccountState before, AccountState after, AccountEvent happened, FoldedEntry entry)
    {
        foreach (var posting in PostingRules.For(happened).AsSpan())
        {
            _main[posting.Account] = checked(_main.GetValueOrDefault(posting.Account) + posting.Amount.MinorUnits);
        }

        foreach (var loan in BeganBy(happened))
        {
            Begin(new LoanBooks(loan, after.Product), happened is LoanDisbursed or PlanStarted);
        }

        if (_loans.Count == 0)
        {
            return;
        }

        foreach (var (id, moved) in LoanPostings.Of(before, after, happened))
        {
            var loan = _loans.GetValueOrDefault(id) ?? throw new BrokenInvariantException($"47: {id} moved before it began");
            var parts = loan.Move(moved).ToList();
            if (loan.IsShared)
            {
                Whole(parts, moved, id);
                _entries.AddRange(parts.Select(
                    line => new LenderEntry(entry.EffectiveOn, entry.Sequence, EventNames.Of(happened), id, line)));
            }
        }
    }

    // An id that is used again long after names another loan; the earlier one keeps its books under a number.
    private void Begin(LoanBooks loan, bool anew)
    {
        if (anew && _loans.Remove(loan.Loan.Id, out var earlier))
        {
            _loans.Add(FormattableString.Invariant($"{loan.Loan.Id}#{_loans.Count + 1}"), earlier);
        }

        _loans.TryAdd(loan.Loan.Id, loan);
    }

    // Invariant 47: the lenders' parts of an entry are the entry, to the fen.
    private static void Whole(List<LenderLine> parts, SortedDictionary<LedgerAccount, long> moved, string loan)
    {
        foreach (var (ledger, minor) in moved)
        {
            var sum = parts.Where(part => part.Ledger == ledger).Sum(part => part.Minor);
            Invariant.Holds(sum == minor, FormattableString.Invariant($"47: parts of {loan} sum to {sum} instead of {minor} in {ledger}"));
        }

        foreach (var lender in parts.GroupBy(part => part.Lender))
        {
            Invariant.Holds(lender.Sum(part => part.Minor) == 0, $"47: the entry of {lender.Key} in {loan} does not balance");
        }
    }

    private static IEnumerable<Loan> BeganBy(AccountEvent happened) =>
        happened is LoanDisbursed paidOut ? [paidOut.Loan]
        : happened is PlanStarted started ? [started.Plan]
        : happened is DebtReplanned relieved ? [relieved.Loan]
        : happened is AccountForked fork ? fork.Fact.Snapshot.Loans
        : happened is AccountCorrected corrected ? corrected.After.Loans
        : [];
}
