using System.Globalization;

namespace Mingzhang.Domain.Products;

/// <summary>Every cost a product may charge is named in its file; what is not named cannot be in a cost table.</summary>
/// <remarks>Rule: 金规〔2026〕2号, every item with way, standard and receiver, and nothing else.</remarks>
internal static class CostItemRules
{
    private static readonly Clause Disclosure = new(
        "个人贷款业务明示综合融资成本规定（金规〔2026〕2号）", "Rules on disclosing the all-in cost of personal loans (金规〔2026〕2号)",
        "in force 2026-08-01; press reports, the text was not read", IsSample: false);

    public static void Check(ProductTerms terms, ProductErrors errors)
    {
        if (!errors.Sound("costItems", "loan", "instalments", "overdue"))
        {
            return;
        }

        for (var i = 0; i < terms.CostItems.Count; i++)
        {
            var item = terms.CostItems[i];
            if (Enumerable.Range(0, i).Any(earlier => terms.CostItems[earlier] == item))
            {
                errors.Add(
                    string.Create(CultureInfo.InvariantCulture, $"costItems[{i}]"), ProductRuleSentences.CodeTwice(Word(item)));
            }
        }

        var clause = terms.Costs?.Gate.Find(terms.EffectiveFrom)?.Clause ?? Disclosure;
        foreach (var item in Charged(terms).Distinct().Where(item => !terms.CostItems.Any(named => named == item)))
        {
            errors.Add("costItems", ProductRuleSentences.CostItemMissing(Word(item), clause));
        }
    }

    private static IEnumerable<CostKind> Charged(ProductTerms terms)
    {
        if (terms.Loan is { } loan)
        {
            foreach (var item in OfLoan(loan))
            {
                yield return item;
            }
        }

        if (terms.Instalments is { } plans)
        {
            foreach (var item in OfPlans(terms, plans))
            {
                yield return item;
            }
        }
    }

    private static IEnumerable<CostKind> OfLoan(LoanTerms loan)
    {
        if (loan.Offers.Any(offer => offer.Rate.Ppm > 0))
        {
            yield return CostKind.Interest;
            yield return CostKind.LateCharge;
        }

        if (loan.Offers.Any(offer => offer.FeePpm > 0))
        {
            yield return CostKind.Fee;
        }

        if (loan.Early.Fee != EarlyFee.None)
        {
            yield return CostKind.EarlyFee;
        }
    }

    private static IEnumerable<CostKind> OfPlans(ProductTerms terms, InstalmentTerms plans)
    {
        if (plans.Bill.Any(plan => plan.FeePpm > 0) || plans.Checkout.Any(plan => plan.FeePpm > 0))
        {
            yield return CostKind.Fee;
        }

        if (plans.Checkout.Any(plan => plan.FeePpm > 0))
        {
            yield return CostKind.MerchantBorne;
        }

        if (terms.Overdue.Rate.Ppm > 0)
        {
            yield return CostKind.LateCharge;
        }

        if (plans.Early.Fee != EarlyFee.None)
        {
            yield return CostKind.EarlyFee;
        }
    }

    private static string Word(CostKind item) => ProductWords.CostItems.First(word => word.Value == item).Key;
}
