using System.Collections;
using Mingzhang.Domain.Accounts;

namespace Mingzhang.Services.Reading;

/// <summary>The history of an account from its latest entry back, read step by step as far as somebody looks, and only once.</summary>
/// <param name="version">The entry that was the last when the account was read; what was booked since is not in it.</param>
/// <param name="read">Reads the entries after a sequence and up to another.</param>
internal sealed class HistoryTail(long version, Func<long, long, IReadOnlyList<HistoryEntry>> read) : IEnumerable<HistoryEntry>
{
    private readonly List<HistoryEntry> _known = [];
    private long _left = version;

    /// <inheritdoc/>
    public IEnumerator<HistoryEntry> GetEnumerator()
    {
        for (var at = 0; at < _known.Count || More(); at++)
        {
            yield return _known[at];
        }
    }

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private bool More()
    {
        var before = _known.Count;
        while (_left > 0 && _known.Count == before)
        {
            var from = Math.Max(0, _left - Activity.Step);
            _known.AddRange(read(from, _left).Reverse());
            _left = from;
        }

        return _known.Count > before;
    }
}
