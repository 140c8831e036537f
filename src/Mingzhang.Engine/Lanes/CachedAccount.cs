using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Values;
using Mingzhang.Store;

namespace Mingzhang.Engine.Lanes;

/// <summary>An account in a lane's memory: its state with everything decided so far, committed or on its way.</summary>
internal sealed class CachedAccount(AccountState state, byte[] headHash, DateOnly bookedOn, long snapshotAt, long[] keys)
{
    private long[] _keys = keys;
    private int _keyCount = keys.Length;
    private long _snapshotAt = snapshotAt;

    /// <summary>The account.</summary>
    public AccountId Id => State.Id;

    /// <summary>As it stands.</summary>
    public AccountState State { get; private set; } = state;

    /// <summary>Hash of the last row.</summary>
    public byte[] HeadHash { get; private set; } = headHash;

    /// <summary>Booked day of the last row.</summary>
    public DateOnly BookedOn { get; private set; } = bookedOn;

    /// <summary>Of the batch its last row is in.</summary>
    public CommitTicket? Ticket { get; set; }

    /// <summary>Used since the last sweep of the cache.</summary>
    public bool Touched { get; set; }

    /// <summary>Being decided on: it stays although others are looked at.</summary>
    public bool Pinned { get; set; }

    /// <summary>True while a row of it is not committed.</summary>
    public bool IsInFlight => Ticket is { IsCommitted: false };

    /// <summary>Whether some row may have this key.</summary>
    public bool MayHaveKey(long keyHash) => _keys.AsSpan(0, _keyCount).Contains(keyHash);

    /// <summary>Takes the next row in.</summary>
    public void Take(JournalRow row, AccountState after)
    {
        State = after;
        HeadHash = row.Hash;
        BookedOn = row.BookedOn;
        if (_keyCount == _keys.Length)
        {
            Array.Resize(ref _keys, Math.Max(4, _keyCount * 2));
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

        return new AccountHead(State, HeadHash, BookedOn, due);
    }
}
