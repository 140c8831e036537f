using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Corrections;
using Mingzhang.Domain.Values;
using Mingzhang.Engine.Encoding;
using Mingzhang.Store;

namespace Mingzhang.Engine.Lanes;

/// <summary>
/// Histories for late facts, kept decoded: of an account that was asked for before, only the rows since are read. For one lane's thread.
/// </summary>
/// <remarks>
/// Rows never change, so what is kept cannot be wrong. It is bounded: the histories used longest ago go first. Earlier corrections are kept
/// without the state they carry, which on a busy account is most of its bytes and which no refold looks at.
/// </remarks>
internal sealed class HistoryShelf(IStoreReader reader, int mostEntries = HistoryShelf.MostEntries)
{
    /// <summary>Entries kept per lane, about 0.5 kB each; the history just asked for always stays.</summary>
    public const int MostEntries = 100_000;

    private readonly LinkedList<Kept> _kept = [];
    private readonly Dictionary<AccountId, LinkedListNode<Kept>> _byAccount = [];
    private int _entries;

    /// <summary>Rows read from the store so far; a test looks whether it keeps what it has.</summary>
    public long RowsRead { get; private set; }

    /// <summary>Accounts kept.</summary>
    public int Accounts => _kept.Count;

    /// <summary>
    /// The accepted entries of an account of which nothing is in flight, by sequence; corrections without their state. Not to be changed.
    /// </summary>
    public IReadOnlyList<HistoryEntry> Of(AccountId account)
    {
        var node = Find(account);
        var kept = node.Value;
        foreach (var row in reader.History(account, kept.Sequence))
        {
            RowsRead++;
            kept.Sequence = row.Sequence;
            if (row.Kind != RowKind.Refused)
            {
                kept.Entries.Add(new HistoryEntry(row.Sequence, row.BookedOn, CorrectionFacts.Read(row.Body)));
                _entries++;
            }
        }

        MakeRoom();
        return kept.Entries;
    }

    /// <summary>Where earlier foldings of an account stood; null when its history is not kept.</summary>
    public RefoldMemory? Foldings(AccountId account) => _byAccount.TryGetValue(account, out var node) ? node.Value.Foldings : null;

    private LinkedListNode<Kept> Find(AccountId account)
    {
        if (_byAccount.TryGetValue(account, out var node))
        {
            _kept.Remove(node);
        }
        else
        {
            _byAccount[account] = node = new LinkedListNode<Kept>(new Kept(account));
        }

        _kept.AddFirst(node);
        return node;
    }

    private void MakeRoom()
    {
        while (_entries > mostEntries && _kept.Count > 1)
        {
            var last = _kept.Last!.Value;
            _entries -= last.Entries.Count;
            _byAccount.Remove(last.Account);
            _kept.RemoveLast();
        }
    }

    private sealed class Kept(AccountId account)
    {
        public AccountId Account { get; } = account;

        public List<HistoryEntry> Entries { get; } = [];

        public RefoldMemory Foldings { get; } = new();

        /// <summary>The last row read, refusals among them.</summary>
        public long Sequence { get; set; }
    }
}
