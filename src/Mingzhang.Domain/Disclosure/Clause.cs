namespace Mingzhang.Domain.Disclosure;

/// <summary>Where a rule comes from, as it is told to a person who is refused.</summary>
/// <param name="Zh">Name of the rule in Chinese.</param>
/// <param name="En">Name of the rule in English.</param>
/// <param name="Source">What was read, and which part of the row is a sample parameter, if any.</param>
/// <param name="IsSample">Whether a number or day of the row is a sample parameter that the house has to set.</param>
public sealed record Clause(string Zh, string En, string Source, bool IsSample);

/// <summary>The days on which a row holds.</summary>
/// <remarks><c>default</c> holds from the first day of the calendar on.</remarks>
/// <param name="From">The first day.</param>
/// <param name="Until">The first day on which it no longer holds; null is open.</param>
public readonly record struct Validity(DateOnly From, DateOnly? Until)
{
    /// <summary>Whether it holds on a day.</summary>
    public bool Holds(DateOnly on) => on >= From && !(on >= Until);

    /// <summary>Whether it has a day in common with another.</summary>
    public bool Overlaps(Validity other) => !(From >= other.Until) && !(other.From >= Until);
}
