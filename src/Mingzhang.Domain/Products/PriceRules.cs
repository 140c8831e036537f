namespace Mingzhang.Domain.Products;

/// <summary>No price above the dated cap of the lender's licence, and no overdue price above 1.5 × the contract's.</summary>
/// <remarks>
/// The cap compares the simple yearly price, daily × the cap's days in the year (domain rules, section 3: "simple").
/// The factor 1.5 is the ceiling of Yinfa [2003] 251 (penalty 30 to 50 % on the contract rate).
/// </remarks>
internal static class PriceRules
{
    public static void Check(ProductTerms terms, ProductErrors errors)
    {
        OverdueFactor(terms, errors);
        if (!errors.Sound("caps", "licence", "effectiveFrom"))
        {
            return;
        }

        if (terms.CapOn(terms.EffectiveFrom) is not { } cap)
        {
            errors.Add("caps", ProductRuleSentences.NoCap(terms.Licence, terms.EffectiveFrom));
            return;
        }

        Under("revolving.dailyPpm", terms.Revolving.Rate, cap, errors);
        Under("overdue.dailyPpm", terms.Overdue.Rate, cap, errors);
    }

    private static void OverdueFactor(ProductTerms terms, ProductErrors errors)
    {
        var (overdue, contract) = (terms.Overdue.Rate.Ppm, terms.Revolving.Rate.Ppm);
        if (errors.Sound("revolving.dailyPpm", "overdue.dailyPpm") && contract > 0 && overdue * 2 > contract * 3)
        {
            errors.Add("overdue.dailyPpm", ProductRuleSentences.OverdueTooDear(contract * 3 / 2));
        }
    }

    private static void Under(string field, Rate rate, CostCap cap, ProductErrors errors)
    {
        if (errors.Sound(field) && rate.AnnualPpm(cap.DaysInYear) > cap.AnnualPpm)
        {
            errors.Add(field, ProductRuleSentences.AboveCap(rate.AnnualPpm(cap.DaysInYear), cap));
        }
    }
}
