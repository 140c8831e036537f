using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Ledger;
using Mingzhang.Domain.Lenders;
using Mingzhang.Domain.Products;

namespace Mingzhang.Engine.Verification;

/// <summary>Works the lenders' books of one account out again and compares them with its journal; accounts without shared loans cost
/// nothing.</summary>
internal sealed class LenderCheck
{
    private readonly List<HistoryEntry> _history = [];
    private readonly Dictionary<LedgerAccount, long> _journal = [];

    /// <summary>Takes a row's events and postings in.</summary>
    public void Add(HistoryEntry entry, IEnumerable<Posting> postings)
    {
        _history.Add(entry);
        foreach (var posting in postings)
        {
            _journal[posting.Account] = checked(_journal.GetValueOrDefault(posting.Account) + posting.Amount.MinorUnits);
        }
    }

    /// <summary>Null, or where lenders, loans and journal differ.</summary>
    public string? Fault(TermsBook book) => AccountBooks.IsShared(_history, book) ? AccountBooks.Of(_history, book).Fault(_journal) : null;
}
