namespace Mingzhang.Domain.Products;

/// <summary>Reads the parts of a product file about loans, instalments and lenders.</summary>
internal static class LoanReader
{
    public static LoanTerms Loan(JsonFields fields, Currency currency) => ProductReader.Done(fields, new LoanTerms(
        fields["offers"].List(1, item => Offer(item.Object())),
        fields["smallestMinor"].Amount(1, currency), fields["largestMinor"].Amount(1, currency),
        fields["multipleMinor"].Whole(1, ProductReader.LargestAmountMinor), fields["mostOpen"].Count(1, 100),
        fields["mostPerMonth"].Count(0, 100), fields["dueDay"].Word(ProductWords.DueDays), fields["disburseWithinDays"].Count(1, 30),
        fields["penaltyPercent"].Count(100, 150), fields["penaltyOnCharges"].Flag(), Early(fields["early"].Object()),
        fields["readingSeconds"].Count(1, 600), fields["debitFrom"].IsThere ? fields["debitFrom"].Text() : null));

    public static InstalmentTerms Instalments(JsonFields fields, Currency currency) => ProductReader.Done(fields, new InstalmentTerms(
        fields["bill"].List(0, item => Plan(item.Object())), fields["checkout"].List(0, item => Plan(item.Object())),
        fields["smallestMinor"].Amount(1, currency), fields["afterMinimum"].Flag(), Early(fields["early"].Object()),
        fields["rounding"].Word(ProductWords.Roundings), fields["readingSeconds"].Count(1, 600)));

    public static LenderTerms Lender(JsonFields fields) => ProductReader.Done(fields, new LenderTerms(
        fields["code"].Code(), ProductReader.Local(fields["name"].Object()), fields["sharePpm"].Whole(1, 1_000_000),
        fields["platform"].Flag()));

    private static LoanOffer Offer(JsonFields fields) => ProductReader.Done(fields, new LoanOffer(
        fields["code"].Code(), ProductReader.Local(fields["name"].Object()), fields["method"].Word(ProductWords.Methods),
        fields["counts"].List(1, item => item.Count(1, 120)),
        new SchedulePeriod(fields["periodUnit"].Word(ProductWords.Units), fields["periodLength"].Count(1, 365)),
        Rate.PerDay(fields["dailyPpm"].Whole(0, ProductReader.LargestDailyPpm)), fields["feePpm"].Whole(0, 1_000_000),
        fields["feeSpread"].Word(ProductWords.Spreads), fields["rounding"].Word(ProductWords.Roundings)));

    private static PlanOffer Plan(JsonFields fields) => ProductReader.Done(fields, new PlanOffer(
        fields["count"].Count(2, 60), fields["feePpm"].Whole(0, 1_000_000)));

    private static EarlyTerms Early(JsonFields fields) => ProductReader.Done(fields, new EarlyTerms(
        fields["partial"].Flag(), fields["fee"].Word(ProductWords.EarlyFees), fields["feePpm"].Whole(0, 1_000_000)));
}
