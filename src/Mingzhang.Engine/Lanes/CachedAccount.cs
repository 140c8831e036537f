using System.Runtime.CompilerServices;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Values;
using Mingzhang.Store;

namespace Mingzhang.Engine.Lanes;

/// <summary>An account in a lane's memory: its state with everything decided so far, committed or on its way.</summary>
/// <remarks>
/// Made in blocks: a collection looks at everything that lies near a changed account, and beside other accounts there is little to look at
/// (docs/decisions/0013).
/// </remarks>
internal sealed class CachedAccount
{
    private Hash _headHash; // not an array of its own: a million accounts are kept
    private long[] _keys = [];
    private int _keyCount;
    private long _snapshotAt;

    private CachedAccount()
    {
    }

    /// <summary>The account.</summary>
    public AccountId Id => State.Id;

    /// <summary>As it stands.</summary>
    public AccountState State { get; private set; } = null!;

    /// <summary>Hash of the last row.</summary>
    public ReadOnlySpan<byte> HeadHash => _headHash;

    /// <summary>Booked day of the last row.</summary>
    public DateOnly BookedOn { get; private set; }

    /// <summary>Of the batch its last row is in.</summary>
    public CommitTicket? Ticket { get; set; }

    /// <summary>Used since the last sweep of the cache.</summary>
    public bool Touched { get; set; }

    /// <summary>Being decided on: it stays although others are looked at.</summary>
    public bool Pinned { get; set; }

    /// <summary>True while a row of it is not committed.</summary>
    public bool IsInFlight => Ticket is { IsCommitted: false };

    /// <summary>Makes many at once, side by side, to be filled one after the other.</summary>
    public static CachedAccount[] Block(int size) => [.. Enumerable.Range(0, size).Select(_ => new CachedAccount())];

    /// <summary>Fills one of a block with an account as the store has it.</summary>
    public CachedAccount Fill(AccountState state, byte[] headHash, DateOnly bookedOn, long snapshotAt, long[] keys)
    {
        (State, BookedOn, _snapshotAt) = (state, bookedOn, snapshotAt);
        headHash.CopyTo(_headHash);
        (_keys, _keyCount) = (keys, keys.Length);
        return this;
    }

    /// <summary>Whether some row may have this key.</summary>
    public bool MayHaveKey(long keyHash) => _keys.AsSpan(0, _keyCount).Contains(keyHash);

    /// <summary>Takes the next row in.</summary>
    public void Take(JournalRow row, AccountState after)
    {
        State = after;
        row.Hash.CopyTo(_headHash);
        BookedOn = row.BookedOn;
        if (_keyCount == _keys.Length)
        {
            Array.Resize(ref _keys, _keyCount == 0 ? 1 : Math.Max(4, _keyCount * 2)); // many accounts are opened and never used
        }

        _keys[_keyCount++] = row.KeyHash;
    }

    /// <summary>How it stands at the end of a batch.</summary>
    public AccountHead Head(int snapshotEvery)
    {
        var due = State.Version - _snapshotAt >= snapshotEvery;
        if (due)
        {
            _snapshotAt = State.Version;
        }

        return new AccountHead(State, HeadHash.ToArray(), BookedOn, due);
    }

    [InlineArray(RowHash.Size)]
    private struct Hash
    {
        private byte _first;
    }
}
