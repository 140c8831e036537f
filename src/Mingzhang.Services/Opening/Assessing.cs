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
public sealed record OtherAccounts(int Overdue, int OpenedWithinMonth);

/// <summary>Decides about credit, outside the core (R047). Whoever runs the house chooses one.</summary>
public interface IAssessor
{
    /// <summary>The decision; null when none could be had now. Nothing is opened then.</summary>
    Task<Assessment?> AssessAsync(AssessmentAsk ask, CancellationToken cancel);
}

/// <summary>
/// A sandbox's sample model, three rules that can be read here: no account is overdue; fewer than three lines were opened within 30 days;
/// who passes starts with 3,000.00, or the product's largest when that is less and its smallest when that is more. It says nothing about
/// anybody's credit.
/// </summary>
public sealed class SampleAssessor : IAssessor
{
    /// <summary>Model and version, as the fact keeps it.</summary>
    public const string Model = "sample-1";

    /// <summary>The limit to start with, in fen.</summary>
    public const long StartMinor = 300_000;

    private const int MostOpened = 3;

    /// <inheritdoc/>
    public Task<Assessment?> AssessAsync(AssessmentAsk ask, CancellationToken cancel)
    {
        var limits = ask.Terms.Limits;
        var start = Money.Of(StartMinor, ask.Terms.Currency);
        var limit = start < limits.Smallest ? limits.Smallest : start > limits.Largest ? limits.Largest : start;
        var failed = ask.Others.Overdue > 0 ? "overdue" : ask.Others.OpenedWithinMonth >= MostOpened ? "many-lines" : null;
        return Task.FromResult<Assessment?>(new Assessment(ask.Id, failed is null, limit, Model, failed));
    }
}

/// <summary>For a live house that names no assessor: lines are opened through the API only, where the assessment comes along.</summary>
public sealed class NoAssessor : IAssessor
{
    /// <inheritdoc/>
    public Task<Assessment?> AssessAsync(AssessmentAsk ask, CancellationToken cancel) => Task.FromResult<Assessment?>(null);
}
