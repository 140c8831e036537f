using Mingzhang.Domain.Values;

namespace Mingzhang.Services.Versions;

/// <summary>What a shadow run found in all, and the accounts it concerns most.</summary>
/// <param name="Accounts">Accounts looked at.</param>
/// <param name="PayMore">Accounts that would pay more.</param>
/// <param name="PayLess">Accounts that would pay less.</param>
/// <param name="PaySame">Accounts that would pay the same.</param>
/// <param name="Misfits">Accounts that cannot run under the version.</param>
/// <param name="More">All that some pay more.</param>
/// <param name="Less">All that others pay less; not positive.</param>
/// <param name="NewContracts">Difference of what running loans and plans would cost taken anew.</param>
/// <param name="Reasons">Differences by part of the product; they sum to <paramref name="More"/> and <paramref name="Less"/>.</param>
/// <param name="Largest">Those who pay most more, then those who pay most less, then those who do not fit; each list is bounded.</param>
public sealed record ShadowFound(
    long Accounts, long PayMore, long PayLess, long PaySame, long Misfits, Money More, Money Less, Money NewContracts,
    IReadOnlyDictionary<string, Money> Reasons, IReadOnlyList<ShadowLine> Largest);

/// <summary>Adds the accounts of a shadow run up; it keeps no more of them than the largest.</summary>
/// <param name="currency">Of every amount.</param>
/// <param name="most">Accounts to keep on each side.</param>
public sealed class ShadowTotals(Currency currency, int most)
{
    private readonly List<ShadowLine> _more = [];
    private readonly List<ShadowLine> _less = [];
    private readonly List<ShadowLine> _misfits = [];
    private readonly SortedDictionary<string, long> _reasons = new(StringComparer.Ordinal);
    private long _accounts;
    private long _payMore;
    private long _payLess;
    private long _paySame;
    private long _misfitting;
    private long _moreMinor;
    private long _lessMinor;
    private long _contractsMinor;

    /// <summary>What was found so far.</summary>
    public ShadowFound Found => new(
        _accounts, _payMore, _payLess, _paySame, _misfitting, Money.Of(_moreMinor, currency), Money.Of(_lessMinor, currency),
        Money.Of(_contractsMinor, currency), _reasons.ToDictionary(pair => pair.Key, pair => Money.Of(pair.Value, currency)),
        [.. _more, .. _less, .. _misfits]);

    /// <summary>Adds an account.</summary>
    public void Add(ShadowLine line)
    {
        _accounts++;
        if (line.Answer.Misfit is not null)
        {
            _misfitting++;
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

            (_payMore, _payLess, _paySame) = difference switch
            {
                > 0 => (_payMore + 1, _payLess, _paySame),
                < 0 => (_payMore, _payLess + 1, _paySame),
                _ => (_payMore, _payLess, _paySame + 1),
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
