using System.Text.Json;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Ledger;
using Mingzhang.Domain.Values;
using Mingzhang.Engine.Encoding;
using Mingzhang.Engine.Followers;
using Mingzhang.Engine.Integrity;
using Mingzhang.Store;

namespace Mingzhang.Engine.Verification;

/// <summary>What all account checks of one verification share.</summary>
/// <param name="Terms">Terms.</param>
/// <param name="Projector">Makes account rows again.</param>
/// <param name="House">The house's facts.</param>
/// <param name="Settled">Rows up to here stand in index and account rows.</param>
/// <param name="Forks">Clocks and origins of forks.</param>
/// <param name="BalanceAt">How far the trial balance is.</param>
/// <param name="OutboxAt">The outbox's checkpoint.</param>
/// <param name="Invariants">What must hold of every account.</param>
internal sealed record VerifyContext(
    TermsDesk Terms, HeadProjector Projector, HouseFacts House, long Settled,
    IReadOnlyDictionary<AccountId, (DateOnly Date, AccountId Origin)> Forks, FollowerPlaces BalanceAt, long OutboxAt,
    IReadOnlyList<LiveInvariant> Invariants);

/// <summary>Refolds one account from its rows and compares everything kept of it.</summary>
internal sealed class AccountCheck(VerifyContext context, IAuditReader reader, Findings findings, LedgerSums sums)
{
    private AccountId _account;
    private string _table = "";
    private long? _sequence;

    /// <summary>Rows refolded so far.</summary>
    public long Rows { get; private set; }

    /// <summary>Checks an account; every place visited is told to <paramref name="visit"/>.</summary>
    public void Check(AccountId account, IReadOnlyList<IndexEntry> unsettled, Action<long> visit)
    {
        (_account, _table, _sequence) = (account, "entry", null);
        try
        {
            var index = reader.Index(account);
            var last = index.Count == 0 ? 0 : index[^1].Sequence;
            Fold([.. index, .. unsettled.Where(entry => entry.Sequence > last)], index.Count, visit);
        }
        catch (Exception cause) when (cause is StoreException or FormatException or JsonException or BrokenInvariantException
            or InvalidOperationException or ArgumentException or OverflowException or NullReferenceException or KeyNotFoundException
            or IndexOutOfRangeException or NotSupportedException or InvalidCastException
            or System.Data.Common.DbException
            or System.Runtime.CompilerServices.SwitchExpressionException)
        {
            Found(cause.Message);
        }
    }

    private void Fold(List<IndexEntry> entries, int settledRows, Action<long> visit)
    {
        var state = context.Terms.Empty(_account);
        if (state is null)
        {
            Found("no product of the book fills this account's slot");
            return;
        }

        _table = "account";
        var kept = reader.Account(_account);
        _table = "snapshot";
        var snapshot = reader.Snapshot(_account);
        var (previous, keys, bookedOn) = (RowHash.Genesis, new HashSet<string>(StringComparer.Ordinal), default(DateOnly));
        var (books, balanceAt) = (new LenderCheck(), context.BalanceAt.OfPartition(_account.PartitionId));
        var steps = new List<EvidenceStep>(entries.Count);
        foreach (var (entry, i) in entries.Select((entry, i) => (entry, i)))
        {
            (_table, _sequence) = ("entry", i + 1);
            visit(entry.Position);
            Must(entry.Sequence == i + 1, $"sequence {entry.Sequence} stands where {i + 1} must stand");
            _table = "journal";
            var row = reader.At(_account.PartitionId, entry.Position)
                ?? throw new StoreException($"there is no row at position {entry.Position}");
            Must(
                row.Account == _account && row.Sequence == entry.Sequence,
                $"the row at position {row.Position} is {row.Account} sequence {row.Sequence}");
            Must(
                RowHash.Link(previous, row).AsSpan().SequenceEqual(row.Hash),
                $"the hash chain breaks at position {row.Position}: the row was altered or moved");
            Must(keys.Add(row.Key), $"key {row.Key} is used twice");
            Must(i > 0 || !BusinessClock.IsFork(_account) || IsForkedBy(row.Key), "the fork's origin is another", "fork_clock");
            Must(row.BookedOn >= bookedOn, "it is booked before the row before it");
            steps.Add(Apply(state, row, books));
            state = steps[^1].After;
            (previous, bookedOn) = (row.Hash, row.BookedOn);
            Must(entry.KeyHash == row.KeyHash, "the index has another key hash", "entry");
            Compare(state, row, kept, snapshot);
            if (row.Position <= balanceAt)
            {
                sums.Add(row);
            }

            Rows++;
        }

        Finish(entries.Count, settledRows, bookedOn, kept, snapshot);
        (_table, _sequence) = ("lenders", null);
        var fault = books.Fault(context.Terms.Book);
        Must(fault is null, fault ?? "");
        Invariants(steps, kept, snapshot);
    }

    // What a running house looks at account by account, on books that are otherwise one.
    private void Invariants(List<EvidenceStep> steps, AccountRow? kept, StoredSnapshot? snapshot)
    {
        if (steps.Count == 0)
        {
            return;
        }

        _table = "invariant";
        var rows = steps.ConvertAll(step => step.Row);
        var evidence = new AccountEvidence(_account, rows, steps, kept, snapshot, context.Terms.Book, Today);
        foreach (var invariant in context.Invariants)
        {
            var found = invariant.Check(evidence);
            Must(found is null, $"{invariant.Number} ({invariant.Sentence}): {found}");
        }
    }

    private DateOnly Today =>
        BusinessClock.IsFork(_account) ? context.Forks.GetValueOrDefault(_account).Date : context.House.BusinessDate;

    private bool IsForkedBy(string key) =>
        key.StartsWith($"fork:{context.Forks.GetValueOrDefault(_account).Origin}:", StringComparison.Ordinal);

    private EvidenceStep Apply(AccountState state, JournalRow row, LenderCheck books)
    {
        if (row.Kind == RowKind.Refused)
        {
            Must(row.Postings.Length == 0, "a refusal has postings");
            _ = DomainJson.ReadRefusal(row.Body);
            return new EvidenceStep(row, state, state with { Version = row.Sequence }, default, []);
        }

        Must(row.Kind is RowKind.Accepted or RowKind.Day, $"kind {(int)row.Kind} does not exist");
        var events = DomainJson.ReadEvents(row.Body);
        var postings = events.SelectMany(happened => PostingRules.For(happened)).ToList();
        Must(postings.SequenceEqual(PostingCodec.Read(row.Postings)), "the postings are not those of its events");
        Must(postings.Sum(posting => posting.Amount.MinorUnits) == 0, "the postings do not sum to zero");
        books.Add(new HistoryEntry(row.Sequence, row.BookedOn, events), postings);
        return new EvidenceStep(row, state, context.Terms.After(state, events, row.Sequence), events, postings);
    }

    private void Compare(AccountState state, JournalRow row, AccountRow? kept, StoredSnapshot? snapshot)
    {
        if (kept?.Version == row.Sequence)
        {
            _table = "account";
            var again = context.Projector.Row(new AccountHead(state, row.Hash, row.BookedOn, false));
            Must(again.HeadHash.AsSpan().SequenceEqual(kept.HeadHash), "the head hash is not that of the row");
            Must(again with { HeadHash = kept.HeadHash } == kept, "the figures are not those of the events");
        }

        if (snapshot?.Sequence == row.Sequence)
        {
            _table = "snapshot";
            Must(DomainJson.Write(state).AsSpan().SequenceEqual(snapshot.State), "the state is not that of the events");
            Must(RowHash.SnapshotSeal(row.Hash, snapshot.State).AsSpan().SequenceEqual(snapshot.Seal), "the seal does not fit the state");
        }
    }

    private void Finish(int rows, int settledRows, DateOnly bookedOn, AccountRow? kept, StoredSnapshot? snapshot)
    {
        (_table, _sequence) = ("account", kept?.Version);
        Must(kept is not null || settledRows == 0, "the account has rows, but no row in account");
        Must(kept is null || kept.Version <= rows,
            $"the account stands at {kept?.Version}, but its journal ends at {rows}: rows are missing");
        Must(kept is null || kept.Version >= settledRows, $"the account stands at {kept?.Version}, but {settledRows} rows are settled");
        (_table, _sequence) = ("snapshot", snapshot?.Sequence);
        Must(snapshot is null || (snapshot.Sequence <= rows && snapshot.Sequence > 0), $"the snapshot stands beyond the last row, {rows}");
        (_table, _sequence) = (BusinessClock.IsFork(_account) ? "fork_clock" : "house", null);
        Must(bookedOn <= Today, $"the business date is {Today:yyyy-MM-dd}, but a row is booked on {bookedOn:yyyy-MM-dd}");
    }

    private void Must(bool holds, string what, string? table = null)
    {
        if (!holds)
        {
            _table = table ?? _table;
            throw new StoreException(what);
        }
    }

    private void Found(string what) => findings.Add(new Difference(_table, _account.PartitionId, _account, _sequence, what));
}
