namespace Mingzhang.Domain.Versions;

/// <summary>What must hold before a product version is published.</summary>
public static class VersionRules
{
    /// <summary>The terms of a product file that may join a book today, or why not: the first broken rule.</summary>
    /// <param name="json">The product file.</param>
    /// <param name="book">All versions so far.</param>
    /// <param name="today">The business date; the version begins after it.</param>
    public static (ProductTerms? Terms, Refusal? Refusal) Check(string json, TermsBook book, DateOnly today)
    {
        // Alone first: a number used before is its own refusal, with whatever date.
        var alone = ProductCatalogue.Parse(json, "terms", book.All.FirstOrDefault()?.Costs);
        if (alone is ProductRejected broken)
        {
            return (null, Invalid(broken.Errors[0]));
        }

        var terms = ((ProductRead)alone).Terms;
        if (book.Find(terms.Code, terms.Version) is not null)
        {
            return (null, new VersionExists(terms.Code, terms.Version));
        }

        var before = book.All.LastOrDefault(one => one.Code == terms.Code && one.Version < terms.Version);
        var earliest = before is null || before.EffectiveFrom < today ? today.AddDays(1) : before.EffectiveFrom.AddDays(1);
        return terms.EffectiveFrom < earliest ? (null, new VersionTooEarly(earliest))
            : ProductCatalogue.ParseNext(json, "terms", book) is ProductRejected rejected ? (null, Invalid(rejected.Errors[0]))
            : (terms, null);
    }

    private static InvalidCommand Invalid(ProductError error) => new("terms." + error.Field, error.Rule, error.Fix);
}
