namespace Mingzhang.Domain.AnnualCost;

/// <summary>A computed rate or amount, or why there is none. Never infinite, never "not a number".</summary>
/// <remarks><c>default</c> is <see cref="FigureKind.NothingGiven"/>. It is a struct so that asking costs no memory.</remarks>
public readonly record struct Figure
{
    private readonly double _value;

    private Figure(FigureKind kind, double value) => (Kind, _value) = (kind, value);

    /// <summary>Whether there is a value, else why not.</summary>
    public FigureKind Kind { get; }

    /// <summary>Whether there is a value.</summary>
    public bool IsFound => Kind == FigureKind.Found;

    /// <summary>The value; 0.015864 is 1.5864 %. Throws when there is none: ask <see cref="IsFound"/> first.</summary>
    public double Value => IsFound ? _value : throw new InvalidOperationException($"There is no value: {Kind}.");

    /// <summary>A value; one that no finite number holds is <see cref="FigureKind.TooLarge"/>.</summary>
    public static Figure Of(double value) => double.IsFinite(value) ? new(FigureKind.Found, value) : None(FigureKind.TooLarge);

    /// <summary>No value.</summary>
    public static Figure None(FigureKind why) =>
        why == FigureKind.Found ? throw new ArgumentOutOfRangeException(nameof(why)) : new(why, 0);
}

/// <summary>Whether a figure was found, else the rule that stands against it.</summary>
public enum FigureKind
{
    /// <summary>There are no flows, or only zeros.</summary>
    NothingGiven,

    /// <summary>There is a value.</summary>
    Found,

    /// <summary>Money flows one way only, so no rate makes both sides equal.</summary>
    OneWay,

    /// <summary>No rate above −100 % makes both sides equal.</summary>
    NoneSolves,

    /// <summary>An argument lies where the figure means nothing, such as a term of 0.</summary>
    OutOfDomain,

    /// <summary>The figure is larger than numbers hold.</summary>
    TooLarge,
}
