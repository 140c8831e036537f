using System.Text.Json;

namespace Mingzhang.Domain.Products;

/// <summary>Reads the shape of a product file: which fields there are, of which type, within which bounds.</summary>
internal static class ProductReader
{
    /// <summary>Ten billion in a currency of two digits: with <see cref="LargestDailyPpm"/> a year's accrual still fits 64 bits.</summary>
    public const long LargestAmountMinor = 1_000_000_000_000;

    /// <summary>1 % a day.</summary>
    public const long LargestDailyPpm = 10_000;

    public static ProductTerms Read(JsonElement root, ProductErrors errors)
    {
        var fields = new JsonFields(root, "", errors);
        fields.Allow("$schema");
        var currency = fields["currency"].Currency();
        var terms = new ProductTerms
        {
            Code = fields["code"].Code(),
            Version = fields["version"].Count(1, 1_000_000),
            Slot = fields["slot"].Count(0, AccountId.SlotsPerCustomer - 1),
            EffectiveFrom = fields["effectiveFrom"].Date(),
            Name = Local(fields["name"].Object()),
            Currency = currency,
            Licence = fields["licence"].Code(),
            Cycles = fields["cycles"].List(0, item => Cycle(item.Object())),
            MonthsBetweenDueDayChanges = fields["monthsBetweenDueDayChanges"].Count(0, 60),
            Scenes = fields["scenes"].List(0, item => Scene(item.Object())),
            Limits = Limits(fields["limits"].Object(), currency),
            MinimumPayment = Minimum(fields["minimumPayment"].Object(), currency),
            Revolving = Price(fields["revolving"].Object()),
            Overdue = Overdue(fields["overdue"].Object()),
            AllocationOrder = fields["allocationOrder"].List(1, item => item.Word(ProductWords.Buckets)),
            RefundWindowDays = fields["refundWindowDays"].Count(1, 3650),
            Loan = fields["loan"].IsThere ? LoanReader.Loan(fields["loan"].Object(), currency) : null,
            Instalments = fields["instalments"].IsThere ? LoanReader.Instalments(fields["instalments"].Object(), currency) : null,
            Lenders = fields["lenders"].IsThere ? fields["lenders"].List(1, item => LoanReader.Lender(item.Object())) : [],
            CostItems = fields["costItems"].IsThere ? fields["costItems"].List(0, item => item.Word(ProductWords.CostItems)) : [],
            Relief = fields["relief"].IsThere ? ReliefReader.Relief(fields["relief"].Object()) : null,
            Closing = Closing(fields["closing"].Object()),
            Reopening = Reopening(fields["reopening"].Object()),
            Caps = fields["caps"].List(1, item => Cap(item.Object())),
            RequiredConsents = fields["requiredConsents"].List(0, item => item.Code()),
            SampleFields = fields["sampleFields"].List(0, item => item.Text()),
        };
        fields.NoOthers();
        return terms;
    }

    internal static LocalText Local(JsonFields fields) => Done(fields, new LocalText(fields["zh"].Text(), fields["en"].Text()));

    private static CycleChoice Cycle(JsonFields fields) => Done(fields, new CycleChoice(
        fields["statementDay"].Count(1, 28), fields["dueDays"].List(1, item => item.Count(1, 28))));

    private static SceneTerms Scene(JsonFields fields) => Done(fields, new SceneTerms(
        fields["code"].Code(), Local(fields["name"].Object()), fields["postsAt"].Word(ProductWords.PostingMoments),
        fields["holdDays"].Count(1, 365), fields["autoConfirmDays"].Count(0, 365)));

    private static LimitTerms Limits(JsonFields fields, Currency currency) => Done(fields, new LimitTerms(
        fields["smallestMinor"].Amount(1, currency), fields["largestMinor"].Amount(1, currency),
        fields["singlePurchaseMaxMinor"].Amount(1, currency), fields["dailyPurchaseMaxMinor"].Amount(1, currency)));

    private static MinimumPaymentTerms Minimum(JsonFields fields, Currency currency) => Done(fields, new MinimumPaymentTerms(
        fields["cyclablePpm"].Whole(0, 1_000_000), fields["floorMinor"].Amount(0, currency),
        fields["rounding"].Word(ProductWords.Roundings))
    {
        AllBelow = fields["allBelowMinor"].IsThere ? fields["allBelowMinor"].Amount(0, currency) : null,
    });

    private static PriceTerms Price(JsonFields fields) => Done(fields, new PriceTerms(
        Rate.PerDay(fields["dailyPpm"].Whole(0, LargestDailyPpm)), fields["rounding"].Word(ProductWords.Roundings))
    {
        Bears = new BearingRule(
            fields["fromPosting"].IsThere && fields["fromPosting"].Flag(),
            fields["rolledStaysCyclable"].IsThere && fields["rolledStaysCyclable"].Flag(),
            fields["repaidCountsFromStatement"].IsThere && fields["repaidCountsFromStatement"].Flag()),
    });

    private static OverdueTerms Overdue(JsonFields fields) => Done(fields, new OverdueTerms(
        Rate.PerDay(fields["dailyPpm"].Whole(0, LargestDailyPpm)), fields["rounding"].Word(ProductWords.Roundings),
        fields["graceDays"].Count(0, 365), fields["coolingDays"].Count(0, 3650), fields["coolingAfterDays"].Count(0, 3650),
        fields["terminateAfterDays"].Count(1, 3650)));

    private static ClosingTerms Closing(JsonFields fields) => Done(fields, new ClosingTerms(
        fields["withDebt"].Word(ProductWords.Closings), fields["confirmWithinDays"].Count(1, 365), fields["creditBalanceBlocks"].Flag(),
        fields["disputeBlocks"].Flag(), fields["noticeVersion"].Code()));

    private static ReopeningTerms Reopening(JsonFields fields) => Done(fields, new ReopeningTerms(
        fields["allowed"].Flag(), fields["allowedAfterForcedClosing"].Flag(), fields["waitDays"].Count(0, 3650)));

    private static CostCap Cap(JsonFields fields) => Done(fields, new CostCap(
        fields["licence"].Code(), fields["from"].Date(), fields["until"].DateOrNull(), fields["annualPpm"].Whole(0, 1_000_000),
        fields["daysInYear"].DaysInYear(), fields["source"].Text()));

    internal static T Done<T>(JsonFields fields, T read)
    {
        fields.NoOthers();
        return read;
    }
}
