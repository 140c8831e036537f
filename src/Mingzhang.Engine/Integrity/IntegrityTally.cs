using Mingzhang.Domain.Values;

namespace Mingzhang.Engine.Integrity;

/// <summary>Counts looks and keeps what is broken; any thread may read it.</summary>
internal sealed class IntegrityTally
{
    private const int Most = 1_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<(int, AccountId?), IntegrityViolation> _violations = [];
    private readonly Dictionary<int, (long Now, long Before, DateTimeOffset? At)> _looks = [];

    /// <summary>Takes what an earlier process found.</summary>
    public void Remember(IEnumerable<IntegrityViolation> violations)
    {
        lock (_gate)
        {
            foreach (var one in violations)
            {
                _violations[(one.Number, one.Account)] = one;
            }
        }
    }

    /// <summary>An invariant was looked at; true when it is newly broken.</summary>
    public bool Look(int number, AccountId? account, string? found, DateTimeOffset at)
    {
        lock (_gate)
        {
            var (now, before, _) = _looks.GetValueOrDefault(number);
            _looks[number] = (now + 1, before, at);
            if (found is null)
            {
                _violations.Remove((number, account));
                return false;
            }

            var known = _violations.GetValueOrDefault((number, account));
            if (known is not null || _violations.Count < Most)
            {
                _violations[(number, account)] = new IntegrityViolation(number, account, found, known?.FoundAt ?? at);
            }

            return known is null;
        }
    }

    /// <summary>A pass ended.</summary>
    public void Turn()
    {
        lock (_gate)
        {
            foreach (var (number, (now, _, at)) in _looks.ToList())
            {
                _looks[number] = (0, now, at);
            }
        }
    }

    /// <summary>Lines and violations now.</summary>
    public (IReadOnlyList<IntegrityLine> Lines, IReadOnlyList<IntegrityViolation> Violations) Told()
    {
        lock (_gate)
        {
            var sentences = InvariantTable.OfAccounts.Select(one => (one.Number, one.Sentence)).Concat(InvariantTable.OfTheHouse);
            return (
                [
                    .. sentences.OrderBy(one => one.Number).Select(one =>
                    {
                        var (now, before, at) = _looks.GetValueOrDefault(one.Number);
                        return new IntegrityLine(
                            one.Number, one.Sentence, Math.Max(now, before), at, _violations.Keys.Count(key => key.Item1 == one.Number));
                    }),
                ],
                [.. _violations.Values.OrderBy(one => one.Number).ThenBy(one => one.Account?.Value ?? 0)]);
        }
    }
}
