namespace Mingzhang.Domain.Versions;

/// <summary>What a changed term means for the customer.</summary>
public enum TermEffect
{
    /// <summary>Says nothing about what the customer pays or may do: names, dates, sources.</summary>
    Neutral,

    /// <summary>The customer pays less or may do more.</summary>
    Better,

    /// <summary>The customer pays more or may do less.</summary>
    Worse,

    /// <summary>It depends on the account; treated as worse where consent is asked for.</summary>
    Unclear,
}

/// <summary>One term that differs between two versions.</summary>
/// <param name="Term">As in the product file, such as <c>revolving.dailyPpm</c> or <c>scenes[dining].holdDays</c>.</param>
/// <param name="Before">The old value; empty when it was not there.</param>
/// <param name="After">The new value; empty when it is gone.</param>
/// <param name="Effect">What it means for the customer.</param>
public sealed record TermChange(string Term, string Before, string After, TermEffect Effect)
{
    /// <summary>The part of the product it belongs to, such as <c>revolving</c>.</summary>
    public string Part => Term.AsSpan().IndexOfAny('.', '[') is var end and >= 0 ? Term[..end] : Term;
}
