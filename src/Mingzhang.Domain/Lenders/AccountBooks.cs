namespace Mingzhang.Domain.Lenders;

/// <summary>The ledger of one account by loan and lender, worked out from its facts and the shares fixed when its loans began.</summary>
/// <remarks>
/// A statement line whose product names lenders is funded by them as a whole: what it owes outside of plans has a book of its own,
/// <see cref="LineId"/>, with the shares of the version it was opened under.
/// Nothing of it is stored: the journal holds the postings of the account, what each lender has of them follows. Late and withdrawn facts
/// are in their place, so a correction moves the lenders' balances exactly as the account's. docs/decisions/0017 says why.
/// </remarks>
public sealed class AccountBooks
{
    /// <summary>Stands for a line that lenders fund as a whole, in place of a loan's id; no id of a caller has brackets.</summary>
    public const string LineId = "(line)";

    private readonly SortedDictionary<LedgerAccount, long> _main = [];
    private readonly Dictionary<string, LoanBooks> _loans = new(StringComparer.Ordinal);
    private readonly List<LenderEntry> _entries = [];

    private AccountBooks()
    {
    }

    /// <summary>Balances of the whole account by ledger account, minor units, debit positive.</summary>
    public IReadOnlyDictionary<LedgerAccount, long> Main => _main;

    /// <summary>Every loan and plan it ever had, and its line when lenders fund that.</summary>
    public IEnumerable<LoanBooks> Loans => _loans.Values;

    /// <summary>Every lender's part of every event of shared loans, in effective order.</summary>
    public IReadOnlyList<LenderEntry> Entries => _entries;

    /// <summary>Whether a history has a loan, or is of a line, that others than the licence holder lend.</summary>
    public static bool IsShared(IEnumerable<HistoryEntry> history, TermsBook book) => history.SelectMany(entry => entry.Events).Any(
        happened => BeganBy(happened).Any(loan => loan.Lenders.Count > 0)
            || (happened is AccountOpened opened && SharesOf(book, opened.Fact.Product, opened.Terms.Version).Count > 0)
            || (happened is AccountForked { Fact.Snapshot: var was } && SharesOf(book, was.Product, was.Terms.Version).Count > 0));

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
                books.Take(before, after, happened, entry, book);
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

        return (_loans.ContainsKey(LineId) ? LineFault(_main, [.. _loans.Values.Select(loan => loan.Balances)]) : null) ?? PartsFault();
    }

    /// <summary>Null, or what the books of a line that lenders fund lack of what its account is owed, earned or lost.</summary>
    public static string? LineFault(
        IReadOnlyDictionary<LedgerAccount, long> account, IReadOnlyList<IReadOnlyDictionary<LedgerAccount, long>> books)
    {
        foreach (var (ledger, minor) in account)
        {
            if ((LoanPostings.Receivables.Contains(ledger) || (int)ledger is >= 4000 and < 6000)
                && books.Sum(book => book.GetValueOrDefault(ledger)) is var told && told != minor)
            {
                return FormattableString.Invariant($"the line's lenders have {told} of {ledger} and the account {minor}");
            }
        }

        return null;
    }

    private string? PartsFault()
    {
        foreach (var loan in _loans.Values.Where(loan => loan.IsShared))
        {
            var parts = loan.Split().ToList();
            foreach (var (ledger, minor) in loan.Balances)
            {
                if (parts.Where(part => part.Ledger == ledger).Sum(part => part.Minor) != minor)
                {
                    return $"the lenders of {loan.Id} do not sum to its {ledger}";
                }
            }

            var told = _entries.Where(entry => entry.LoanId == loan.Id).GroupBy(entry => (entry.Line.Lender, entry.Line.Ledger))
                .ToDictionary(sums => sums.Key, sums => sums.Sum(entry => entry.Line.Minor));
            if (parts.Find(part => part.Minor != told.GetValueOrDefault((part.Lender, part.Ledger))) is { } wrong)
            {
                return $"the entries of {wrong.Lender} in {loan.Id} do not sum to its balance of {wrong.Ledger}";
            }
        }

        return null;
    }

    private void Take(AccountState before, AccountState after, AccountEvent happened, FoldedEntry entry, TermsBook book)
    {
        foreach (var posting in PostingRules.For(happened).AsSpan())
        {
            _main[posting.Account] = checked(_main.GetValueOrDefault(posting.Account) + posting.Amount.MinorUnits);
        }

        if (before.Product.Length == 0 && SharesOf(book, after.Product, after.Terms.Version) is { Count: > 0 } shares)
        {
            _loans.Add(LineId, new LoanBooks(LineId, shares, after.Currency, after.Product));
        }

        foreach (var loan in BeganBy(happened))
        {
            var begun = new LoanBooks(loan.Id, loan.Lenders, loan.Principal.Currency, after.Product);
            Begin(begun, happened is LoanDisbursed or PlanStarted);
        }

        if (_loans.Count == 0)
        {
            return;
        }

        foreach (var (id, moved) in LoanPostings.Of(before, after, happened, _loans.ContainsKey(LineId) ? LineId : null))
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
        if (anew && _loans.Remove(loan.Id, out var earlier))
        {
            _loans.Add(FormattableString.Invariant($"{loan.Id}#{_loans.Count + 1}"), earlier);
        }

        _loans.TryAdd(loan.Id, loan);
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
    // A line has no cash loans; those carry their shares themselves.
    private static ValueList<LenderShare> SharesOf(TermsBook book, string product, int version) =>
        book.Find(product, version) is { Loan: null } terms ? LoanQuotes.SharesOf(terms) : [];
}
