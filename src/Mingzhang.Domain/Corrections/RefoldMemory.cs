namespace Mingzhang.Domain.Corrections;

/// <summary>Where earlier foldings of one account stood, so that the next correction begins near its change instead of at the
/// opening.</summary>
/// <remarks>
/// A mark is good only for a folding over the same facts, statement versions and terms; that is compared, not assumed, so a stale memory
/// costs time and never a wrong figure. It is one lane's and may be dropped at any time.
/// </remarks>
public sealed class RefoldMemory
{
    // Marks this many facts apart: a folding from the nearest one costs at most so many more.
    private const int Apart = 256;

    private readonly List<(int Facts, AccountState State)> _marks = [];
    private long[] _sequences = [];
    private Dictionary<DateOnly, int> _versions = [];

    /// <summary>The farthest mark at or before a place among these facts; facts 0 and no state when there is none.</summary>
    internal (int Facts, AccountState? State) Nearest(List<PlacedFact> facts, Dictionary<DateOnly, int> versions, int place)
    {
        if (FirstChanged(versions) is { } changedOn)
        {
            _marks.RemoveAll(mark => mark.State.AsOf >= changedOn);
        }

        var same = 0;
        while (same < facts.Count && same < _sequences.Length && facts[same].Sequence == _sequences[same])
        {
            same++;
        }

        _marks.RemoveAll(mark => mark.Facts > same);
        var last = _marks.FindLastIndex(mark => mark.Facts <= place);
        return last < 0 ? (0, null) : (_marks[last].Facts, _marks[last].State);
    }

    /// <summary>Keeps where a folding over the first facts stood.</summary>
    internal void Keep(int facts, AccountState state)
    {
        if (_marks.Count == 0 || facts >= _marks[^1].Facts + Apart)
        {
            _marks.Add((facts, state));
        }
    }

    /// <summary>Remembers over which facts the marks are.</summary>
    internal void Over(List<PlacedFact> facts, Dictionary<DateOnly, int> versions)
    {
        _sequences = [.. facts.Select(fact => fact.Sequence)];
        _versions = versions;
    }

    // The first statement whose version is another one than the marks were folded with.
    private DateOnly? FirstChanged(Dictionary<DateOnly, int> versions)
    {
        DateOnly? first = null;
        foreach (var issuedOn in versions.Keys.Union(_versions.Keys))
        {
            var changed = versions.GetValueOrDefault(issuedOn, 1) != _versions.GetValueOrDefault(issuedOn, 1);
            first = changed && (first is null || issuedOn < first) ? issuedOn : first;
        }

        return first;
    }
}
