using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Corrections;
using Mingzhang.Domain.Ledger;
using Mingzhang.Domain.Values;
using Mingzhang.Engine.Encoding;
using Mingzhang.Engine.Verification;
using Mingzhang.Store;

namespace Mingzhang.Engine.Integrity;

/// <summary>Entries, chain, and that everything kept follows from them.</summary>
internal static class LedgerInvariants
{
    public static IReadOnlyList<LiveInvariant> All { get; } =
    [
        new(1, "The postings of one entry sum to zero in each currency.", evidence => evidence.First(Unbalanced)),
        new(3, "Entries never change: each row carries the hash of itself and the one before.", Chain),
        new(4, "What the account owes, holds and may use is the sum of its postings.", Figures),
        new(6, "No posting goes to an account the ledger does not have.", evidence => evidence.First(step =>
            step.Postings.Any(posting => !Enum.IsDefined(posting.Account)) ? "a posting to an unknown ledger account" : null)),
        new(7, "Nothing is booked on a day before that of the row before it, or after the business date.", Booked),
        new(8, "An account's sequence has no gap.", evidence => evidence.First(step =>
            step.After.Version == step.Row.Sequence && step.Row.Sequence == step.Before.Version + 1
                ? null : $"stands after {step.Before.Version}")),
        new(39, "A key is used once, and is answered by its row for ever.", Keys),
        new(44, "Row and snapshot of the account are what its events make.", Projections),
        new(15, "Interest and every other figure, worked out again from the first day's facts, are those kept.", Refolded),
        new(47, "The lenders' parts of every entry are the entry.", Shares),
        new(49, "Every change names who asked for it.", evidence => evidence.First(step =>
            step.Row.Actor.Length == 0 ? "nobody is named" : null)),
    ];

    private static string? Unbalanced(EvidenceStep step)
    {
        var off = step.Postings.GroupBy(posting => posting.Amount.Currency)
            .Select(book => (Currency: book.Key, Sum: book.Sum(posting => posting.Amount.MinorUnits))).FirstOrDefault(sum => sum.Sum != 0);
        return off.Sum == 0 ? null : $"the postings sum to {off.Sum} minor units of {off.Currency}";
    }

    private static string? Chain(AccountEvidence evidence)
    {
        var previous = RowHash.Genesis;
        foreach (var row in evidence.Rows)
        {
            if (!RowHash.Link(previous, row).AsSpan().SequenceEqual(row.Hash))
            {
                return $"sequence {row.Sequence}: the hash chain breaks at position {row.Position}";
            }

            previous = row.Hash;
        }

        return null;
    }

    private static string? Figures(AccountEvidence evidence)
    {
        if (evidence.State.Lifecycle is NotOpened)
        {
            return null;
        }

        var sums = new Dictionary<LedgerAccount, long>();
        foreach (var posting in evidence.Steps.SelectMany(step => step.Postings))
        {
            sums[posting.Account] = sums.GetValueOrDefault(posting.Account) + posting.Amount.MinorUnits;
        }

        foreach (var (ledger, amount) in LedgerProof.Figures(evidence.State))
        {
            if (sums.GetValueOrDefault(ledger) is var sum && sum != amount.MinorUnits)
            {
                return $"{ledger} is {amount.MinorUnits} by the account and {sum} by its postings";
            }
        }

        return null;
    }

    private static string? Booked(AccountEvidence evidence)
    {
        var before = default(DateOnly);
        return evidence.First(step =>
        {
            var found = step.Row.BookedOn < before ? $"booked on {step.Row.BookedOn:yyyy-MM-dd}, after one of {before:yyyy-MM-dd}"
                : step.Row.BookedOn > evidence.Today ? $"booked on {step.Row.BookedOn:yyyy-MM-dd}, but today is {evidence.Today:yyyy-MM-dd}"
                : null;
            before = step.Row.BookedOn;
            return found;
        });
    }

    private static string? Keys(AccountEvidence evidence)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return evidence.First(step => seen.Add(step.Row.Key) ? null : "its key was used before");
    }

    private static string? Projections(AccountEvidence evidence)
    {
        if (evidence.Kept is { } kept)
        {
            if (evidence.At(kept.Version) is not { } state)
            {
                return $"the account row stands at {kept.Version}, but the journal ends at {evidence.Rows.Count}";
            }

            var row = evidence.Rows[(int)kept.Version - 1];
            var again = new HeadProjector(new TermsDesk(evidence.Book)).Row(new AccountHead(state, row.Hash, row.BookedOn, false));
            if (!again.HeadHash.AsSpan().SequenceEqual(kept.HeadHash) || again with { HeadHash = kept.HeadHash } != kept)
            {
                return $"the account row at {kept.Version} says debt {kept.Debt}, available {kept.Available}, status {kept.Status}; "
                    + $"the events make {again.Debt}, {again.Available}, {again.Status}";
            }
        }

        return evidence.Snapshot is not { } snapshot ? null
            : evidence.At(snapshot.Sequence) is { } then && DomainJson.Write(then).AsSpan().SequenceEqual(snapshot.State) ? null
            : $"the snapshot at {snapshot.Sequence} is not what the events make";
    }

    // A fork begins with the state of another account, so its own facts do not lead to it.
    private static string? Refolded(AccountEvidence evidence)
    {
        var on = evidence.Rows[^1].BookedOn;
        if (BusinessClock.IsFork(evidence.Account) || evidence.State.Lifecycle is NotOpened
            || AccountCorrector.AsOf(evidence.History, evidence.Book, on, on) is not { } again)
        {
            return null;
        }

        var state = evidence.State;
        var (terms, kept) = (evidence.TermsOf(again), evidence.TermsOf(state));
        return again with { Version = state.Version } == state ? null
            : $"on {on:yyyy-MM-dd} the facts make debt {again.TotalDebt(terms, on).MinorUnits}, the account has "
                + $"{state.TotalDebt(kept, on).MinorUnits}";
    }

    private static string? Shares(AccountEvidence evidence)
    {
        var books = new LenderCheck();
        foreach (var step in evidence.Steps.Where(step => step.Row.Kind != RowKind.Refused))
        {
            books.Add(new HistoryEntry(step.Row.Sequence, step.Row.BookedOn, step.Events), step.Postings);
        }

        return books.Fault(evidence.Book);
    }
}
