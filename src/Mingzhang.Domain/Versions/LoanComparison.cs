namespace Mingzhang.Domain.Versions;

/// <summary>Loans, instalments and lenders of two versions. Contracts that are running keep what they were made with.</summary>
internal static class LoanComparison
{
    public static void Loan(TermChanges found, LoanTerms? before, LoanTerms? after)
    {
        found.Yes("loan.notOffered", before is null, after is null);
        if (before is null || after is null)
        {
            return;
        }

        found.Each("loan.offers", before.Offers, after.Offers, offer => offer.Code, (name, old, one) => Offer(found, name, old, one));
        found.Dearer("loan.smallestMinor", before.Smallest.MinorUnits, after.Smallest.MinorUnits);
        found.Scarcer("loan.largestMinor", before.Largest.MinorUnits, after.Largest.MinorUnits);
        found.Dearer("loan.multipleMinor", before.MultipleMinor, after.MultipleMinor);
        found.Scarcer("loan.mostOpen", before.MostOpen, after.MostOpen);
        found.Scarcer("loan.mostPerMonth", Bound(before.MostPerMonth), Bound(after.MostPerMonth));
        found.Other("loan.dueDay", before.DueDay, after.DueDay);
        found.Scarcer("loan.disburseWithinDays", before.DisburseWithinDays, after.DisburseWithinDays);
        found.Dearer("loan.penaltyPercent", before.PenaltyPercent, after.PenaltyPercent);
        found.Yes("loan.penaltyOnCharges", before.PenaltyOnCharges, after.PenaltyOnCharges);
        Early(found, "loan.early", before.Early, after.Early);
        found.Scarcer("loan.readingSeconds", before.ReadingSeconds, after.ReadingSeconds);
        found.Neutral("loan.debitFrom", before.DebitFrom, after.DebitFrom);
    }

    public static void Instalments(TermChanges found, InstalmentTerms? before, InstalmentTerms? after)
    {
        found.Yes("instalments.notOffered", before is null, after is null);
        if (before is null || after is null)
        {
            return;
        }

        Plans(found, "instalments.bill", before.Bill, after.Bill);
        Plans(found, "instalments.checkout", before.Checkout, after.Checkout);
        found.Dearer("instalments.smallestMinor", before.Smallest.MinorUnits, after.Smallest.MinorUnits);
        found.Yes("instalments.onlyBeforeMinimum", !before.AfterMinimum, !after.AfterMinimum);
        Early(found, "instalments.early", before.Early, after.Early);
        found.Other("instalments.rounding", before.Rounding, after.Rounding);
        found.Scarcer("instalments.readingSeconds", before.ReadingSeconds, after.ReadingSeconds);
    }

    public static void Lenders(TermChanges found, ValueList<LenderTerms> before, ValueList<LenderTerms> after) =>
        found.Each("lenders", before, after, lender => lender.Code, (name, old, one) =>
        {
            found.Neutral($"{name}.name", old.Name, one.Name);
            found.Neutral($"{name}.sharePpm", old.SharePpm, one.SharePpm);
            found.Neutral($"{name}.platform", old.Platform, one.Platform);
        }, TermEffect.Worse);

    private static void Offer(TermChanges found, string name, LoanOffer before, LoanOffer after)
    {
        found.Neutral($"{name}.name", before.Name, after.Name);
        found.Other($"{name}.method", before.Method, after.Method);
        found.Each($"{name}.counts", before.Counts, after.Counts, count => $"{count}", (_, _, _) => { });
        found.Other($"{name}.period", before.Period, after.Period);
        found.Dearer($"{name}.dailyPpm", before.Rate.Ppm, after.Rate.Ppm);
        found.Other($"{name}.dayCount", before.Rate.DayCount, after.Rate.DayCount);
        found.Dearer($"{name}.feePpm", before.FeePpm, after.FeePpm);
        found.Other($"{name}.feeSpread", before.Spread, after.Spread);
        found.Other($"{name}.rounding", before.Rounding, after.Rounding);
    }

    private static void Plans(TermChanges found, string term, ValueList<PlanOffer> before, ValueList<PlanOffer> after) =>
        found.Each(term, before, after, plan => $"{plan.Count}", (name, old, one) =>
            found.Dearer($"{name}.feePpm", old.FeePpm, one.FeePpm));

    private static void Early(TermChanges found, string term, EarlyTerms before, EarlyTerms after)
    {
        found.Yes($"{term}.onlyWhole", !before.Partial, !after.Partial);
        found.Other($"{term}.fee", before.Fee, after.Fee);
        found.Dearer($"{term}.feePpm", before.FeePpm, after.FeePpm);
    }

    private static long? Bound(int most) => most == 0 ? null : most;
}
