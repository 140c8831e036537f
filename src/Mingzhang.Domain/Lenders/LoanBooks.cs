namespace Mingzhang.Domain.Lenders;

/// <summary>What one loan or plan, or a line that lenders fund as a whole, moved in the ledger: its balance in every ledger account, and
/// so each lender's.</summary>
/// <remarks>
/// A lender's balance is its fixed share of the loan's balance, rounded down, the last lender taking the rest (<see cref="LenderShares"/>).
/// What an entry moves for a lender is the difference of two such balances: parts always sum to the entry, and end at zero with the loan.
/// What a lender's parts of one entry lack to zero is its clearing with the others; over all lenders and the rest it is zero.
/// </remarks>
public sealed class LoanBooks
{
    private readonly SortedDictionary<LedgerAccount, long> _balances = [];

    internal LoanBooks(string id, ValueList<LenderShare> lenders, Currency currency, string product) =>
        (Id, Lenders, Currency, Product) = (id, lenders, currency, product);

    /// <summary>Books that were kept: they are what the facts up to then made them.</summary>
    public static LoanBooks Kept(
        string id, ValueList<LenderShare> lenders, Currency currency, string product, IReadOnlyDictionary<LedgerAccount, long> balances)
    {
        var books = new LoanBooks(id, lenders, currency, product);
        foreach (var (ledger, minor) in balances)
        {
            books._balances[ledger] = minor;
        }

        return books;
    }

    /// <summary>The loan's id, or <see cref="AccountBooks.LineId"/>.</summary>
    public string Id { get; }

    /// <summary>The shares that were fixed when it began, in the order that takes remainders last.</summary>
    public ValueList<LenderShare> Lenders { get; }

    /// <summary>Its currency.</summary>
    public Currency Currency { get; }

    /// <summary>Its product.</summary>
    public string Product { get; }

    /// <summary>Balances by ledger account, minor units, debit positive.</summary>
    public IReadOnlyDictionary<LedgerAccount, long> Balances => _balances;

    /// <summary>Whether several lend, or somebody other than the licence holder.</summary>
    public bool IsShared => Lenders.Count > 0;

    /// <summary>A lender's balances: every ledger account, then the clearing (null) that makes them sum to zero.</summary>
    public IEnumerable<LenderLine> Split() => Parts(_balances);

    /// <summary>Moves the balances by one event and tells what each lender's part of it is.</summary>
    internal IEnumerable<LenderLine> Move(IReadOnlyDictionary<LedgerAccount, long> moved)
    {
        var touched = moved.Where(part => part.Value != 0).ToList();
        var before = touched.ToDictionary(part => part.Key, part => _balances.GetValueOrDefault(part.Key));
        foreach (var (ledger, minor) in touched)
        {
            _balances[ledger] = checked(before[ledger] + minor);
        }

        var after = touched.ToDictionary(part => part.Key, part => _balances[part.Key]);
        return Parts(after).Concat(Parts(before).Select(line => line with { Minor = -line.Minor }))
            .GroupBy(line => (line.Lender, line.Ledger))
            .Select(parts => new LenderLine(parts.Key.Lender, parts.Key.Ledger, parts.Sum(line => line.Minor)))
            .Where(line => line.Minor != 0);
    }

    private IEnumerable<LenderLine> Parts(IReadOnlyDictionary<LedgerAccount, long> balances)
    {
        var sums = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var (ledger, minor) in balances)
        {
            foreach (var (lender, amount) in LenderShares.Of(Lenders, Money.Of(minor, Currency)))
            {
                sums[lender] = checked(sums.GetValueOrDefault(lender) + amount.MinorUnits);
                yield return new LenderLine(lender, ledger, amount.MinorUnits);
            }
        }

        foreach (var (lender, sum) in sums)
        {
            yield return new LenderLine(lender, null, -sum);
        }
    }
}

/// <summary>A lender's part: of a ledger account, or (null) its clearing with the other lenders and the platform.</summary>
/// <param name="Lender">Code of the lender.</param>
/// <param name="Ledger">Ledger account; null = clearing.</param>
/// <param name="Minor">Minor units, debit positive.</param>
public sealed record LenderLine(string Lender, LedgerAccount? Ledger, long Minor);

/// <summary>A lender's part of one event of a loan.</summary>
/// <param name="On">Economic date.</param>
/// <param name="Sequence">Journal entry of the fact; 0 for what followed from a day.</param>
/// <param name="Event">Stable name of the event.</param>
/// <param name="LoanId">The loan.</param>
/// <param name="Line">The part.</param>
public sealed record LenderEntry(DateOnly On, long Sequence, string Event, string LoanId, LenderLine Line);
