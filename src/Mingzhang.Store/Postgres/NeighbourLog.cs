using Mingzhang.Domain.Values;

namespace Mingzhang.Store.Postgres;

/// <summary>Which customers got rows of other nodes lately, and up to where: says whether a batch was decided too early.</summary>
internal sealed class NeighbourLog
{
    private const int Most = 262_144;

    private readonly Dictionary<long, long> _last = [];
    private readonly Queue<(long Customer, long Position)> _order = new();

    // What came up to here may have been forgotten.
    private long _forgottenTo;

    /// <summary>The last row of another node.</summary>
    public long LastPosition { get; private set; }

    /// <summary>A row of another node.</summary>
    public void Add(AccountId account, long position)
    {
        LastPosition = position;
        _last[account.Customer.Value] = position;
        _order.Enqueue((account.Customer.Value, position));
        if (_order.Count > Most)
        {
            var (customer, at) = _order.Dequeue();
            _forgottenTo = at;
            if (_last[customer] == at)
            {
                _last.Remove(customer);
            }
        }
    }

    /// <summary>
    /// Whether something came between that a batch does not know: a row of one of its customers, or, when it wrote nothing and only
    /// answers, any row.
    /// </summary>
    public bool Hits(CommitBatch batch) => batch.SeenTo < LastPosition
        && (batch.SeenTo < _forgottenTo || batch.Heads.Count == 0
            || batch.Heads.Exists(head => _last.GetValueOrDefault(head.State.Id.Customer.Value) > batch.SeenTo));
}
