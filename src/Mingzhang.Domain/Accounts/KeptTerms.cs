namespace Mingzhang.Domain.Accounts;

/// <summary>The prices an account runs under, kept in its state so that interest needs no look-up.</summary>
/// <param name="Version">The terms' version.</param>
/// <param name="Revolving">Price of revolving principal.</param>
/// <param name="Overdue">Price of overdue principal.</param>
/// <param name="Minimum">The minimum payment rule.</param>
/// <param name="RefundWindowDays">How long a purchase is kept for refunds.</param>
public sealed record KeptTerms(int Version, Rate Revolving, Rate Overdue, MinimumPaymentTerms? Minimum, int RefundWindowDays)
{
    /// <summary>From when principal bears interest; null = from the day after the due day.</summary>
    public BearingRule? Bears { get; init; }

    /// <summary>Prices of revolving principal that held until later than the last statement, oldest first; null = none.</summary>
    public ValueList<EarlierPrice>? Earlier { get; init; }

    /// <summary>What an account keeps of a version.</summary>
    public static KeptTerms Of(ProductTerms terms) =>
        new(terms.Version, terms.Revolving.Rate, terms.Overdue.Rate, terms.MinimumPayment, terms.RefundWindowDays)
        {
            Bears = terms.Revolving.Bears is { FromPosting: false, RolledStaysCyclable: false, RepaidCountsFromStatement: false }
                ? null : terms.Revolving.Bears,
        };
}

/// <summary>A price of revolving principal that held until a day.</summary>
/// <param name="Until">The first day on which it no longer held.</param>
/// <param name="Revolving">The price.</param>
public sealed record EarlierPrice(DateOnly Until, Rate Revolving);
