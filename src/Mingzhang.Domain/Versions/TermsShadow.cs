namespace Mingzhang.Domain.Versions;

/// <summary>How a customer of a shadow run pays on each due day.</summary>
public enum ShadowPayer
{
    /// <summary>The minimum of the bill, and what is due of loans.</summary>
    Minimum,

    /// <summary>All that is billed and due.</summary>
    Full,

    /// <summary>Nothing.</summary>
    Nothing,
}

/// <summary>What a shadow run is asked.</summary>
/// <param name="Bills">Statements ahead, or months for a line without statements. 1 to 24.</param>
/// <param name="Payer">How the customer pays.</param>
public sealed record ShadowQuestion(int Bills, ShadowPayer Payer);

/// <summary>One account under one version, run ahead.</summary>
/// <param name="Cost">What is paid and still owed at the end, less what is owed today and what posts on the way: interest and
/// charges.</param>
/// <param name="FirstMinimum">Minimum of the next bill; zero when there is none.</param>
/// <param name="FirstBill">Closing of the next bill; zero when there is none.</param>
/// <param name="NewContracts">What its running loans and plans would cost, taken anew today; null when one is not offered.</param>
public sealed record ShadowFigures(Money Cost, Money FirstMinimum, Money FirstBill, Money? NewContracts);

/// <summary>How much of the difference one part of the product makes when it alone is changed.</summary>
/// <param name="Part">Such as <c>revolving</c>; <c>together</c> is what only several parts make.</param>
/// <param name="Cost">Difference of the cost.</param>
public sealed record ShadowReason(string Part, Money Cost);

/// <summary>One account under the version it keeps and under another.</summary>
/// <param name="Kept">As it runs now.</param>
/// <param name="Proposed">As it would run; null when it cannot (<paramref name="Misfit"/>).</param>
/// <param name="Reasons">Why the cost differs, largest first; they sum to the difference.</param>
/// <param name="Misfit">What of the account the version does not offer.</param>
public sealed record ShadowAnswer(ShadowFigures Kept, ShadowFigures? Proposed, ValueList<ShadowReason> Reasons, Refusal? Misfit)
{
    /// <summary>Cost under the other version less cost under the kept one; zero when it cannot run there.</summary>
    public Money Difference => Proposed is { } other ? other.Cost - Kept.Cost : Kept.Cost - Kept.Cost;
}

/// <summary>Runs an account ahead under the terms it keeps and under others, with the core's own days and payments.</summary>
/// <remarks>
/// The other terms hold from today on, nothing is bought, and the customer pays in the way asked. Contracts of loans and plans keep their
/// price under every version; what they would cost taken anew is told beside it.
/// </remarks>
public static class TermsShadow
{
    private static readonly (string Part, Func<ProductTerms, ProductTerms, ProductTerms> Take)[] Parts =
    [
        ("cycles", (kept, other) => kept with { Cycles = other.Cycles }),
        ("scenes", (kept, other) => kept with { Scenes = other.Scenes }),
        ("minimumPayment", (kept, other) => kept with { MinimumPayment = other.MinimumPayment }),
        ("revolving", (kept, other) => kept with { Revolving = other.Revolving }),
        ("overdue", (kept, other) => kept with { Overdue = other.Overdue }),
        ("allocationOrder", (kept, other) => kept with { AllocationOrder = other.AllocationOrder }),
        ("refundWindowDays", (kept, other) => kept with { RefundWindowDays = other.RefundWindowDays }),
        ("instalments", (kept, other) => kept with { Instalments = other.Instalments }),
    ];

    /// <summary>Compares.</summary>
    /// <param name="state">The account, every day up to <paramref name="today"/> passed.</param>
    /// <param name="kept">The terms it runs under.</param>
    /// <param name="other">The terms to try.</param>
    /// <param name="today">Its business date.</param>
    /// <param name="question">How far, and how the customer pays.</param>
    public static ShadowAnswer Of(
        AccountState state, ProductTerms kept, ProductTerms other, DateOnly today, ShadowQuestion question)
    {
        var before = ShadowWalk.Of(state, kept, today, question);
        if (VersionFit.Check(state, other) is { } misfit)
        {
            return new ShadowAnswer(before, null, [], misfit);
        }

        var after = ShadowWalk.Of(state, other, today, question);
        var difference = after.Cost - before.Cost;
        return new ShadowAnswer(
            before, after, difference.IsZero ? [] : Reasons(state, kept, other, today, question, before.Cost, difference), null);
    }

    private static ValueList<ShadowReason> Reasons(
        AccountState state, ProductTerms kept, ProductTerms other, DateOnly today, ShadowQuestion question, Money before, Money difference)
    {
        var reasons = new List<ShadowReason>();
        foreach (var (part, take) in Parts)
        {
            var mixed = take(kept, other);
            var alone = mixed == kept ? before - before : ShadowWalk.Of(state, mixed, today, question).Cost - before;
            if (!alone.IsZero)
            {
                reasons.Add(new ShadowReason(part, alone));
            }
        }

        var rest = difference - ValueList.From(reasons).Sum(state.Currency, reason => reason.Cost);
        if (!rest.IsZero)
        {
            reasons.Add(new ShadowReason("together", rest));
        }

        return ValueList.From(reasons.OrderByDescending(reason => Math.Abs(reason.Cost.MinorUnits)).ThenBy(reason => reason.Part,
            StringComparer.Ordinal));
    }
}
