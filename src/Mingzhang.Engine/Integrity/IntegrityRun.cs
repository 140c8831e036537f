using System.Buffers.Binary;
using System.Security.Cryptography;
using Dapper;
using Mingzhang.Domain.Values;
using Mingzhang.Engine.Followers;
using Mingzhang.Engine.Observing;
using Mingzhang.Store;

namespace Mingzhang.Engine.Integrity;

/// <summary>
/// Looks at every invariant of the table over all accounts, partition after partition, in slices as small as the caller wants, over and
/// over. For one thread; the report may be read by any.
/// </summary>
public sealed class IntegrityRun : IDisposable
{
    private const string Next =
        "SELECT account_id FROM account WHERE partition_id = @partition AND account_id > @after ORDER BY account_id LIMIT @most";

    private readonly CreditHouse _house;
    private readonly ILedgerStore _store;
    private readonly TermsDesk _terms;
    private readonly TimeProvider _time;
    private readonly IntegrityTally _tally = new();
    private readonly IncrementalHash _digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private LedgerSums _sums = new();
    private BalanceProof? _balance;
    private long _after;
    private string? _off;
    private bool _whole;
    private volatile IntegrityReport _report;

    internal IntegrityRun(CreditHouse house, ILedgerStore store, TermsDesk terms, TimeProvider time, IntegrityMemory? memory)
    {
        (_house, _store, _terms, _time) = (house, store, terms, time);
        _tally.Remember(memory?.Violations ?? []);
        var (lines, violations) = _tally.Told();
        var partition = memory is { Partition: >= 0 and < AccountId.Partitions } ? memory.Partition : 0;
        _report = new IntegrityReport(lines, violations, 0, memory?.Passes ?? 0, partition, null, "", 0);
        _whole = partition == 0;
        Begin = store.LastPosition;
    }

    /// <summary>What is known now.</summary>
    public IntegrityReport Report => _report;

    /// <summary>What the next process goes on with.</summary>
    public IntegrityMemory Memory => new(_report.Partition, _report.Passes, _report.Violations);

    /// <summary>Told of each new violation; set before the first slice.</summary>
    public Action<IntegrityViolation>? OnViolation { get; init; }

    private long Begin { get; set; }

    /// <summary>Looks at the next accounts, at most so many, in at most one partition; true when a whole pass has just ended.</summary>
    public bool Step(int most)
    {
        var partition = _report.Partition;
        using var connection = _store.OpenReadOnly();
        if (_after == 0)
        {
            (_sums, _balance) = (new LedgerSums(), BalanceProof.Read(connection, partition));
        }

        var accounts = connection.Query<long>(Next, new { partition, after = _after, most }).AsList();
        using (var reader = _store.OpenReader())
        {
            var evidence = new EvidenceReader(reader, _terms, _house.BusinessDateOf);
            foreach (var account in accounts)
            {
                Look(evidence, new AccountId(account));
            }
        }

        _after = accounts.Count < most ? 0 : accounts[^1];
        if (_after == 0 && _balance?.Fault(_sums) is { } off)
        {
            _off = off;
            Tell(2, null, off);
        }

        var ended = _after == 0 && partition == AccountId.Partitions - 1;
        if (ended)
        {
            Tell(2, null, _off);
            _off = null;
            new HouseInvariants(_house, connection).Look(Tell);
        }

        Advance(accounts.Count, _after == 0 ? (partition + 1) % AccountId.Partitions : partition, ended);
        return ended;
    }

    /// <summary>A finding of somebody who watches beside this, such as the canary.</summary>
    public void Tell(int number, AccountId? account, string? found)
    {
        if (_tally.Look(number, account, found, _time.GetUtcNow()))
        {
            HouseMetrics.Violation(number.ToString(System.Globalization.CultureInfo.InvariantCulture));
            OnViolation?.Invoke(new IntegrityViolation(number, account, found!, _time.GetUtcNow()));
        }
    }

    /// <summary>Looks at one account now.</summary>
    public void Look(AccountId account)
    {
        using var reader = _store.OpenReader();
        Look(new EvidenceReader(reader, _terms, _house.BusinessDateOf), account, counted: false);
        Advance(0, _report.Partition, ended: false);
    }

    /// <inheritdoc/>
    public void Dispose() => _digest.Dispose();

    private void Look(EvidenceReader reader, AccountId account, bool counted = true)
    {
        AccountEvidence? evidence;
        try
        {
            evidence = reader.Read(account);
            Tell(InvariantTable.Unreadable, account, null);
        }
        catch (Exception cause) when (cause is not OutOfMemoryException)
        {
            Tell(InvariantTable.Unreadable, account, cause.Message);
            return;
        }

        if (evidence is null)
        {
            return;
        }

        foreach (var invariant in InvariantTable.OfAccounts)
        {
            Tell(invariant.Number, account, Checked(invariant, evidence));
        }

        if (counted)
        {
            Count(evidence);
        }
    }

    private static string? Checked(LiveInvariant invariant, AccountEvidence evidence)
    {
        try
        {
            return invariant.Check(evidence);
        }
        catch (Exception cause) when (cause is not OutOfMemoryException)
        {
            return cause.Message;
        }
    }

    private void Count(AccountEvidence evidence)
    {
        foreach (var row in evidence.Rows.Where(row => row.Position <= (_balance?.Position ?? 0)))
        {
            _sums.Add(row);
        }

        Span<byte> head = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(head, evidence.Account.Value);
        BinaryPrimitives.WriteInt64BigEndian(head[8..], evidence.Rows.Count);
        _digest.AppendData(head);
        _digest.AppendData(evidence.Rows[^1].Hash);
    }

    private void Advance(int accounts, int partition, bool ended)
    {
        var report = _report;
        var (hash, position, endedAt) = (report.HeadHash, report.HeadPosition, report.PassEndedAt);
        if (ended)
        {
            var head = Convert.ToHexStringLower(_digest.GetHashAndReset());
            (hash, position, endedAt) = _whole ? (head, Begin, _time.GetUtcNow()) : (hash, position, _time.GetUtcNow());
            (_whole, Begin) = (true, _store.LastPosition);
            _tally.Turn();
        }

        var (lines, violations) = _tally.Told();
        _report = new IntegrityReport(
            lines, violations, report.Accounts + accounts, report.Passes + (ended ? 1 : 0), partition, endedAt, hash, position);
    }
}
