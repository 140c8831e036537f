using Mingzhang.Domain.Values;

namespace Mingzhang.Services.Versions;

/// <summary>What a shadow run found in all, and the accounts it concerns most; it keeps no more than those.</summary>
/// <param name="currency">Of every amount.</param>
/// <param name="most">Accounts to keep on each side.</param>
public sealed class ShadowTotals(Currency currency, int most)
{
    private readonly List<ShadowLine> _more = [];
    private readonly List<ShadowLine> _less = [];
    private readonly List<ShadowLine> _misfits = [];
    private readonly SortedDictionary<string, long> _reasons = new(StringComparer.Ordinal);
    private long _moreMinor;
    private long _lessMinor;
    private long _contractsMinor;

    /// <summary>Accounts looked at.</summary>
    public long Accounts { get; private set; }

    /// <summary>Accounts that would pay more.</summary>
    public long PayMore { get; private set; }

    /// <summary>Accounts that would pay less.</summary>
    public long PayLess { get; private set; }

    /// <summary>Accounts that would pay the same.</summary>
    public long PaySame { get; private set; }

    /// <summary>Accounts that cannot run under the version.</summary>
    public long Misfits { get; private set; }

    /// <summary>All that some pay more.</summary>
    public Money More => Money.Of(_moreMinor, currency);

    /// <summary>All that others pay less; not positive.</summary>
    public Money Less => Money.Of(_lessMinor, currency);

    /// <summary>Difference of what running loans and plans would cost taken anew.</summary>
    public Money NewContracts => Money.Of(_contractsMinor, currency);

    /// <summary>Differences by part of the product; they sum to <see cref="More"/> and <see cref="Less"/>.</summary>
    public IReadOnlyDictionary<string, Money> Reasons => _reasons.ToDictionary(pair => pair.Key, pair => Money.Of(pair.Value, currency));

    /// <summary>Those who pay most more, then those who pay most less, then those who do not fit; each list is bounded.</summary>
    public IReadOnlyList<ShadowLine> Largest => [.. _more, .. _less, .. _misfits];

    /// <summary>Adds an account.</summary>
    public void Add(ShadowLine line)
    {
        Accounts++;
        if (line.Answer.Misfit is not null)
        {
            Misfits++;
            Keep(_misfits, line);
            return;
        }

        checked
        {
            var difference = line.Answer.Difference.MinorUnits;
            _moreMinor += Math.Max(difference, 0);
            _lessMinor += Math.Min(difference, 0);
            _contractsMinor += Contracts(line);
            foreach (var reason in line.Answer.Reasons)
            {
                _reasons[reason.Part] = _reasons.GetValueOrDefault(reason.Part) + reason.Cost.MinorUnits;
            }

            (PayMore, PayLess, PaySame) = difference switch
            {
                > 0 => (PayMore + 1, PayLess, PaySame),
                < 0 => (PayMore, PayLess + 1, PaySame),
                _ => (PayMore, PayLess, PaySame + 1),
            };
            if (difference != 0)
            {
                Keep(difference > 0 ? _more : _less, line);
            }
        }
    }

    private static long Contracts(ShadowLine line) =>
        line.Answer is { Kept.NewContracts: { } before, Proposed.NewContracts: { } after } ? (after - before).MinorUnits : 0;

    private void Keep(List<ShadowLine> list, ShadowLine line)
    {
        var size = Math.Abs(line.Answer.Difference.MinorUnits);
        var place = list.FindIndex(other => Math.Abs(other.Answer.Difference.MinorUnits) < size);
        list.Insert(place < 0 ? list.Count : place, line);
        if (list.Count > most)
        {
            list.RemoveAt(most);
        }
    }
}
