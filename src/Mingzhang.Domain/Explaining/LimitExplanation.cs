namespace Mingzhang.Domain.Explaining;

/// <summary>What a term of the limit is.</summary>
public enum LimitTermKind
{
    /// <summary>The total limit.</summary>
    Total,

    /// <summary>A temporary limit inside its window.</summary>
    Temporary,

    /// <summary>A scene-bound limit (only in an explanation for its scene).</summary>
    Scene,

    /// <summary>A hold of a purchase under way (negative).</summary>
    Hold,

    /// <summary>Unpaid principal (negative).</summary>
    Principal,

    /// <summary>Unpaid principal of one row of a cash loan (negative).</summary>
    Loan,

    /// <summary>Unpaid principal of one row of an instalment plan (negative).</summary>
    Plan,

    /// <summary>A loan asked for and not yet paid out (negative).</summary>
    Request,
}

/// <summary>One term of the available limit.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Amount">Signed; all terms sum exactly to the available limit.</param>
/// <param name="Reference">Temporary limit id, purchase id, loan id, or scene; opens to its events.</param>
/// <param name="Label">Merchant's name or scene, for people.</param>
/// <param name="ReturnsOn">When this part comes back by itself: due day, hold or request expiry, window end; null = not by itself.</param>
public sealed record LimitTerm(LimitTermKind Kind, Money Amount, string? Reference, string? Label, DateOnly? ReturnsOn);

/// <summary>A change of the available limit in the past.</summary>
/// <param name="On">Economic date.</param>
/// <param name="Event">Event name.</param>
/// <param name="Reference">Purchase, repayment or limit id.</param>
/// <param name="Change">Signed change of the available limit.</param>
/// <param name="AvailableAfter">Available after it.</param>
public sealed record LimitStep(DateOnly On, string Event, string? Reference, Money Change, Money AvailableAfter);

/// <summary>Why the available limit is what it is.</summary>
/// <param name="AsOf">The day.</param>
/// <param name="Pool">Null for the general limit, or the scene.</param>
/// <param name="Available">The figure.</param>
/// <param name="Terms">Terms that sum exactly to it.</param>
/// <param name="History">Changes that lead to it, oldest first; they sum to the figure, too.</param>
/// <param name="Trace">The recorded steps.</param>
public sealed record LimitExplanation(
    DateOnly AsOf, string? Pool, Money Available, ValueList<LimitTerm> Terms, ValueList<LimitStep> History, ValueList<TraceStep> Trace);
