using System.Diagnostics;

namespace Mingzhang.Engine.Followers;

/// <summary>
/// A follower on its way along the journal: how far it has read, and what its slices gathered of that and have not written. For the pump's
/// thread; <see cref="Position"/> for any.
/// </summary>
internal sealed class Followed
{
    private readonly FollowerSlice[] _slices;
    private readonly long[] _places;
    private long _position;

    public Followed(IFollower follower)
    {
        Follower = follower;
        _slices = [.. Enumerable.Range(0, follower.BySlices ? FollowerPlaces.Slices : 1).Select(number => new FollowerSlice(this, number))];
        _places = new long[_slices.Length];
    }

    /// <summary>Which.</summary>
    public IFollower Follower { get; }

    /// <summary>What it makes of every row up to here is written.</summary>
    public long Position => Volatile.Read(ref _position);

    /// <summary>What it makes of the rows of a slice up to here is written; null asks for all rows.</summary>
    public long PositionOf(int? slice) => slice is { } number && _slices.Length > 1 ? Volatile.Read(ref _places[number]) : Position;

    /// <summary>Its checkpoint as it was last seen in the database: no slice is behind it.</summary>
    public long Kept { get; private set; }

    /// <summary>The last row it has read.</summary>
    public long Read { get; private set; }

    /// <summary>Slices with something to write.</summary>
    public IEnumerable<FollowerSlice> Waiting => _slices.Where(slice => slice.Rows > 0);

    /// <summary>Rows that wait.</summary>
    public int Rows => _slices.Sum(slice => slice.Rows);

    /// <summary>Takes the rows after <see cref="Read"/> in.</summary>
    public void Take(FollowedPage page)
    {
        if (page.Rows.Count == 0)
        {
            return;
        }

        if (_slices.Length == 1)
        {
            _slices[0].Take(page.Rows);
        }
        else
        {
            foreach (var slice in _slices)
            {
                slice.Take(page.Of(slice.Number));
            }
        }

        Read = page.Rows[^1].Row.Position;
        Tell();
    }

    /// <summary>The checkpoint when some slices are written.</summary>
    public long KeptAfter(IReadOnlyCollection<FollowerSlice> written) =>
        Waiting.Where(slice => !written.Contains(slice)).Select(slice => slice.First - 1).DefaultIfEmpty(Read).Min();

    /// <summary>Some slices are written and the checkpoint is moved.</summary>
    public void Written(IReadOnlyCollection<FollowerSlice> slices)
    {
        Kept = KeptAfter(slices);
        foreach (var slice in slices)
        {
            slice.Restart(Read);
        }

        Tell();
    }

    /// <summary>Goes on from where the database says that it and its slices are; what was gathered is forgotten.</summary>
    public void Restart(FollowerPlaces places)
    {
        foreach (var slice in _slices)
        {
            slice.Restart(_slices.Length == 1 ? places.Kept : places.OfSlice(slice.Number));
        }

        (Kept, Read) = (places.Kept, places.Kept);
        Tell();
    }

    /// <summary>Tells other threads how far it is.</summary>
    private void Tell()
    {
        foreach (var slice in _slices)
        {
            Volatile.Write(ref _places[slice.Number], slice.Rows > 0 ? slice.First - 1 : Math.Max(Read, slice.Written));
        }

        Volatile.Write(ref _position, KeptAfter([]));
    }
}

/// <summary>What a follower gathers of neighbouring partitions, so that rows share pages when they are written.</summary>
internal sealed class FollowerSlice(Followed of, int number)
{
    public Followed Of => of;

    public int Number => number;

    /// <summary>What <see cref="IFollower.Prepare"/> made of what waits.</summary>
    public object? Prepared { get; private set; }

    /// <summary>Rows that wait.</summary>
    public int Rows { get; private set; }

    /// <summary>The position of the first that waits.</summary>
    public long First { get; private set; }

    /// <summary>Since when it waits, a timestamp of <see cref="Stopwatch"/>.</summary>
    public long Since { get; private set; }

    /// <summary>How long it waits.</summary>
    public TimeSpan Waited => Stopwatch.GetElapsedTime(Since);

    /// <summary>Its rows up to here are written.</summary>
    public long Written { get; private set; }

    public void Take(IReadOnlyList<FollowedRow> rows)
    {
        // After a restart some slices are further than the checkpoint.
        var news = rows.Count > 0 && rows[0].Row.Position <= Written ? [.. rows.Where(one => one.Row.Position > Written)] : rows;
        if (news.Count == 0)
        {
            return;
        }

        if (Rows == 0)
        {
            (First, Since) = (news[0].Row.Position, Stopwatch.GetTimestamp());
        }

        Prepared = of.Follower.Prepare(news, Prepared);
        Rows += news.Count;
    }

    public void Restart(long written) => (Written, Prepared, Rows) = (written, null, 0);
}

/// <summary>Rows of the journal read at once, and which of them are of a slice.</summary>
internal sealed class FollowedPage(IReadOnlyList<FollowedRow> rows)
{
    private List<FollowedRow>[]? _slices;

    public IReadOnlyList<FollowedRow> Rows => rows;

    public IReadOnlyList<FollowedRow> Of(int slice) => (_slices ??= Cut())[slice];

    private List<FollowedRow>[] Cut()
    {
        List<FollowedRow>[] slices = [.. Enumerable.Range(0, FollowerPlaces.Slices).Select(_ => new List<FollowedRow>())];
        foreach (var one in rows)
        {
            slices[FollowerPlaces.SliceOf(one.Row.Account.PartitionId)].Add(one);
        }

        return slices;
    }
}
