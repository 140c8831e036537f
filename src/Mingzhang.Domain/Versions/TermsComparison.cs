namespace Mingzhang.Domain.Versions;

/// <summary>Two versions of a product, term by term: what changed, and whether the customer is better or worse off by it.</summary>
/// <remarks>Every field of <see cref="ProductTerms"/> is named here; a test changes each of them and looks whether it is noticed.</remarks>
public static class TermsComparison
{
    /// <summary>All differences, in the order of the product file.</summary>
    public static ValueList<TermChange> Of(ProductTerms before, ProductTerms after)
    {
        var found = new TermChanges();
        found.Other("code", before.Code, after.Code);
        found.Other("slot", before.Slot, after.Slot);
        found.Neutral("version", before.Version, after.Version);
        found.Neutral("effectiveFrom", before.EffectiveFrom.ToString("O"), after.EffectiveFrom.ToString("O"));
        found.Neutral("name", before.Name, after.Name);
        found.Other("currency", before.Currency, after.Currency);
        found.Other("licence", before.Licence, after.Licence);
        Cycles(found, before, after);
        Scenes(found, before.Scenes, after.Scenes);
        Limits(found, before.Limits, after.Limits);
        Minimum(found, before.MinimumPayment, after.MinimumPayment);
        Price(found, before.Revolving, after.Revolving);
        Overdue(found, before.Overdue, after.Overdue);
        found.Other("allocationOrder", Words(before.AllocationOrder), Words(after.AllocationOrder));
        found.Scarcer("refundWindowDays", before.RefundWindowDays, after.RefundWindowDays);
        LoanComparison.Loan(found, before.Loan, after.Loan);
        LoanComparison.Instalments(found, before.Instalments, after.Instalments);
        found.Each("costItems", before.CostItems, after.CostItems, item => $"{item}", (_, _, _) => { }, TermEffect.Worse);
        LoanComparison.Lenders(found, before.Lenders, after.Lenders);
        Closing(found, before.Closing, after.Closing);
        Reopening(found, before.Reopening, after.Reopening);
        found.Neutral("caps", Words(before.Caps), Words(after.Caps));
        found.Each("requiredConsents", before.RequiredConsents, after.RequiredConsents, code => code, (_, _, _) => { }, TermEffect.Worse);
        found.Neutral("sampleFields", Words(before.SampleFields), Words(after.SampleFields));
        return found.All;
    }

    /// <summary>Whether a customer has to agree, or be told long before: something is worse, or cannot be told in general.</summary>
    public static bool NeedsConsent(ValueList<TermChange> changes) =>
        changes.Any(change => change.Effect is TermEffect.Worse or TermEffect.Unclear);

    private static void Cycles(TermChanges found, ProductTerms before, ProductTerms after)
    {
        found.Each("cycles", before.Cycles, after.Cycles, cycle => $"{cycle.StatementDay}", (name, old, one) =>
            found.Each($"{name}.dueDays", old.DueDays, one.DueDays, day => $"{day}", (_, _, _) => { }));
        found.Neutral("cycles", Words(before.Cycles), Words(after.Cycles));
        found.Dearer("monthsBetweenDueDayChanges", before.MonthsBetweenDueDayChanges, after.MonthsBetweenDueDayChanges);
    }

    private static void Scenes(TermChanges found, ValueList<SceneTerms> before, ValueList<SceneTerms> after) =>
        found.Each("scenes", before, after, scene => scene.Code, (name, old, one) =>
        {
            found.Neutral($"{name}.name", old.Name, one.Name);
            found.Other($"{name}.postsAt", old.PostsAt, one.PostsAt);
            found.Other($"{name}.holdDays", old.HoldDays, one.HoldDays);
            found.Scarcer($"{name}.autoConfirmDays", old.AutoConfirmDays, one.AutoConfirmDays);
        });

    private static void Limits(TermChanges found, LimitTerms before, LimitTerms after)
    {
        found.Dearer("limits.smallestMinor", before.Smallest.MinorUnits, after.Smallest.MinorUnits);
        found.Scarcer("limits.largestMinor", before.Largest.MinorUnits, after.Largest.MinorUnits);
        found.Scarcer("limits.singlePurchaseMaxMinor", before.SinglePurchaseMax.MinorUnits, after.SinglePurchaseMax.MinorUnits);
        found.Scarcer("limits.dailyPurchaseMaxMinor", before.DailyPurchaseMax.MinorUnits, after.DailyPurchaseMax.MinorUnits);
    }

    private static void Minimum(TermChanges found, MinimumPaymentTerms before, MinimumPaymentTerms after)
    {
        // A higher minimum is heavier now and cheaper later: nobody can say in general.
        found.Other("minimumPayment.cyclablePpm", before.CyclablePpm, after.CyclablePpm);
        found.Other("minimumPayment.floorMinor", before.Floor.MinorUnits, after.Floor.MinorUnits);
        found.Other("minimumPayment.rounding", before.Rounding, after.Rounding);
        found.Other("minimumPayment.allBelowMinor", before.AllBelow?.MinorUnits, after.AllBelow?.MinorUnits);
    }

    private static void Price(TermChanges found, PriceTerms before, PriceTerms after)
    {
        found.Dearer("revolving.dailyPpm", before.Rate.Ppm, after.Rate.Ppm);
        found.Other("revolving.dayCount", before.Rate.DayCount, after.Rate.DayCount);
        found.Other("revolving.rounding", before.Rounding, after.Rounding);
        found.Yes("revolving.fromPosting", before.Bears.FromPosting, after.Bears.FromPosting);
        found.Other("revolving.rolledStaysCyclable", before.Bears.RolledStaysCyclable, after.Bears.RolledStaysCyclable);
        found.Favour(
            "revolving.repaidCountsFromStatement", before.Bears.RepaidCountsFromStatement, after.Bears.RepaidCountsFromStatement);
    }

    private static void Overdue(TermChanges found, OverdueTerms before, OverdueTerms after)
    {
        found.Dearer("overdue.dailyPpm", before.Rate.Ppm, after.Rate.Ppm);
        found.Other("overdue.dayCount", before.Rate.DayCount, after.Rate.DayCount);
        found.Other("overdue.rounding", before.Rounding, after.Rounding);
        found.Scarcer("overdue.graceDays", before.GraceDays, after.GraceDays);
        found.Dearer("overdue.coolingDays", before.CoolingDays, after.CoolingDays);
        found.Scarcer("overdue.coolingAfterDays", before.CoolingAfterDays, after.CoolingAfterDays);
        found.Scarcer("overdue.terminateAfterDays", before.TerminateAfterDays, after.TerminateAfterDays);
    }

    private static void Closing(TermChanges found, ClosingTerms before, ClosingTerms after)
    {
        found.Yes("closing.withDebtRefused", before.WithDebt == CloseWithDebt.Refuse, after.WithDebt == CloseWithDebt.Refuse);
        found.Scarcer("closing.confirmWithinDays", before.ConfirmWithinDays, after.ConfirmWithinDays);
        found.Yes("closing.creditBalanceBlocks", before.CreditBalanceBlocks, after.CreditBalanceBlocks);
        found.Yes("closing.disputeBlocks", before.DisputeBlocks, after.DisputeBlocks);
        found.Neutral("closing.noticeVersion", before.NoticeVersion, after.NoticeVersion);
    }

    private static void Reopening(TermChanges found, ReopeningTerms before, ReopeningTerms after)
    {
        found.Yes("reopening.refused", !before.Allowed, !after.Allowed);
        found.Yes("reopening.refusedAfterForcedClosing", !before.AllowedAfterForcedClosing, !after.AllowedAfterForcedClosing);
        found.Dearer("reopening.waitDays", before.WaitDays, after.WaitDays);
    }

    private static string Words<T>(ValueList<T> list)
        where T : notnull => string.Join(", ", list);
}
