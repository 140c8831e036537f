using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Values;
using Mingzhang.Engine.Encoding;
using Mingzhang.Store;

namespace Mingzhang.Engine.Integrity;

/// <summary>Reads an account's evidence. For one thread.</summary>
/// <remarks>Trusts nothing: what cannot be read or folded throws, and the caller names it.</remarks>
internal sealed class EvidenceReader(IStoreReader reader, TermsDesk terms, Func<AccountId, DateOnly> today)
{
    /// <summary>The evidence; null when the account has no row.</summary>
    public AccountEvidence? Read(AccountId account)
    {
        // Row and snapshot first: the journal read after them has at least their rows.
        var kept = reader.Account(account);
        var snapshot = reader.Load(account)?.Snapshot;
        var rows = reader.History(account);
        if (rows.Count == 0)
        {
            return kept is null ? null : throw new StoreException($"account {account} has a row in account and none in the journal");
        }

        var state = terms.Empty(account) ?? throw new StoreException($"no product of the book fills the slot of {account}");
        var steps = new List<EvidenceStep>(rows.Count);
        foreach (var row in rows)
        {
            var events = row.Kind == RowKind.Refused ? default : DomainJson.ReadEvents(row.Body);
            var after = row.Kind == RowKind.Refused ? state with { Version = row.Sequence } : terms.After(state, events, row.Sequence);
            steps.Add(new EvidenceStep(row, state, after, events, PostingCodec.Read(row.Postings)));
            state = after;
        }

        return new AccountEvidence(account, rows, steps, kept, snapshot, terms.Book, today(account));
    }
}
