using Mingzhang.Domain.Explaining;
using Mingzhang.Domain.Opening;
using Mingzhang.Domain.Products;
using Mingzhang.Domain.Values;
using Mingzhang.Services.People;

namespace Mingzhang.Services.Opening;

/// <summary>What an assessment is asked about.</summary>
/// <param name="Id">The assessment's id; the same id is the same question.</param>
/// <param name="Person">Who asks for the line.</param>
/// <param name="Terms">Of which product.</param>
/// <param name="Others">Figures of the person's other accounts here.</param>
public sealed record AssessmentAsk(string Id, Person Person, ProductTerms Terms, OtherAccounts Others);

/// <summary>The person's other accounts in this house.</summary>
/// <param name="Overdue">How many are overdue.</param>
/// <param name="OpenedWithinMonth">How many were opened in the last 30 days.</param>
public sealed record OtherAccounts(int Overdue, int OpenedWithinMonth)
{
    /// <summary>How they were used and paid, account by account.</summary>
    public IReadOnlyList<Behaviour> Behaviour { get; init; } = [];
}

/// <summary>Decides about credit, outside the core (R047). Whoever runs the house chooses one.</summary>
public interface IAssessor
{
    /// <summary>The decision; null when none could be had now. Nothing is opened then.</summary>
    Task<Assessment?> AssessAsync(AssessmentAsk ask, CancellationToken cancel);
}

/// <summary>
/// A sandbox's sample model, rules that can be read here. No account is overdue; fewer than three lines were opened within 30 days. Who
/// passes starts with 3,000.00. Whoever was late in none of the last twelve months gets 300.00 for each month paid in time and twice what
/// is usually bought in 30 days, at most 6,000.00 for that; each late month takes 500.00 off instead. Never below the product's smallest
/// limit nor above its largest. It says nothing about anybody's credit.
/// </summary>
public sealed class SampleAssessor : IAssessor
{
    /// <summary>Model and version, as the fact keeps it.</summary>
    public const string Model = "sample-2";

    /// <summary>The limit to start with, in fen.</summary>
    public const long StartMinor = 300_000;

    private const int MostOpened = 3;
    private const long PerMonthOnTime = 30_000;
    private const long PerMonthLate = 50_000;
    private const long MostForUse = 600_000;

    /// <inheritdoc/>
    public Task<Assessment?> AssessAsync(AssessmentAsk ask, CancellationToken cancel)
    {
        var limits = ask.Terms.Limits;
        var start = Money.Of(StartFor(ask.Others.Behaviour), ask.Terms.Currency);
        var limit = start < limits.Smallest ? limits.Smallest : start > limits.Largest ? limits.Largest : start;
        var failed = ask.Others.Overdue > 0 ? "overdue" : ask.Others.OpenedWithinMonth >= MostOpened ? "many-lines" : null;
        return Task.FromResult<Assessment?>(new Assessment(ask.Id, failed is null, limit, Model, failed));
    }

    /// <summary>What the model starts somebody with, before the product's bounds; fen.</summary>
    /// <example>Ten months on time and 1,000.00 usually bought: 3,000.00 + 3,000.00 + 2,000.00 = 8,000.00. Two late months:
    /// 2,000.00.</example>
    public static long StartFor(IReadOnlyList<Behaviour> behaviour)
    {
        var late = behaviour.Sum(one => one.MonthsLate);
        return late > 0 ? StartMinor - (PerMonthLate * late)
            : StartMinor + (PerMonthOnTime * Math.Min(12, behaviour.Sum(one => one.MonthsOnTime)))
                + Math.Min(MostForUse, 2 * behaviour.Sum(one => one.Usual.MinorUnits));
    }
}

/// <summary>For a live house that names no assessor: lines are opened through the API only, where the assessment comes along.</summary>
public sealed class NoAssessor : IAssessor
{
    /// <inheritdoc/>
    public Task<Assessment?> AssessAsync(AssessmentAsk ask, CancellationToken cancel) => Task.FromResult<Assessment?>(null);
}
