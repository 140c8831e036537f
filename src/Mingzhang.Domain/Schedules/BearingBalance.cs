using System.Numerics;

namespace Mingzhang.Domain.Schedules;

/// <summary>The principal that bears interest, day by day: what was paid out, paid early, or stayed overdue.</summary>
internal sealed class BearingBalance(LoanBookTerms terms)
{
    private readonly List<(DateOnly On, long Delta)> _changes = [];

    /// <summary>From a day on so much more (or less) bears interest.</summary>
    public void Add(DateOnly on, long delta)
    {
        var at = _changes.Count;
        while (at > 0 && _changes[at - 1].On > on)
        {
            at--;
        }

        _changes.Insert(at, (on, delta));
    }

    /// <summary>Interest of a period up to a day, and what bears interest then.</summary>
    /// <param name="opening">What bears interest when the period begins, before the changes of that day.</param>
    /// <param name="row">The period.</param>
    /// <param name="to">The day up to which interest counts; at most the row's due day.</param>
    /// <param name="carried">Interest of earlier periods, in minor units.</param>
    public (long Interest, long Bearing) Of(long opening, BookRow row, DateOnly to, long carried)
    {
        var sum = new FractionSum(terms.RoundEachStretch, terms.Schedule.Rounding);
        var (cursor, bearing) = (row.FromOn, opening);
        foreach (var (on, delta) in _changes)
        {
            if (on < row.FromOn)
            {
                continue;
            }

            if (on >= to)
            {
                break;
            }

            sum.Add(bearing, InterestFactor.Of(terms.Schedule.Rate, cursor, on, row.Whole));
            (cursor, bearing) = (on, bearing + delta);
        }

        sum.Add(bearing, InterestFactor.Of(terms.Schedule.Rate, cursor, to, row.Whole));
        return (checked(sum.Rounded() + carried), bearing);
    }

    /// <summary>Sums of changes on one day.</summary>
    public long On(DateOnly day) => _changes.Where(change => change.On == day).Sum(change => change.Delta);

    /// <summary>An exact sum of interest.</summary>
    private struct FractionSum(bool roundEach, Rounding rounding)
    {
        private BigInteger _numerator;
        private BigInteger _denominator = 1;
        private long _rounded;

        public void Add(long principal, InterestFactor factor)
        {
            if (principal <= 0 || factor.Numerator == 0)
            {
                return;
            }

            if (roundEach)
            {
                _rounded += factor.On(principal, rounding);
                return;
            }

            var part = (BigInteger)principal * factor.Numerator;
            _numerator = _denominator == factor.Denominator
                ? _numerator + part
                : (_numerator * factor.Denominator) + (part * _denominator);
            _denominator = _denominator == factor.Denominator ? _denominator : _denominator * factor.Denominator;
        }

        public readonly long Rounded() => _rounded + Annuity.Round(_numerator, _denominator, rounding);
    }
}
