using System.Text.Json.Serialization;

namespace Mingzhang.Domain.Products;

/// <summary>One dated version of a product: every rule of a line as data. An account keeps the version it runs under.</summary>
/// <remarks>Read from <c>products/*.json</c> by the product catalogue, which refuses a file that breaks a rule
/// (docs/rules/products.md).</remarks>
public sealed record ProductTerms
{
    /// <summary>Stable product code, such as <c>pay-later</c>.</summary>
    public required string Code { get; init; }

    /// <summary>Version number, 1 upwards; a live version is never edited.</summary>
    public required int Version { get; init; }

    /// <summary>Product slot in the account number, 0 to 63; the same for all versions of a code.</summary>
    public required int Slot { get; init; }

    /// <summary>First day on which new accounts may run under this version.</summary>
    public required DateOnly EffectiveFrom { get; init; }

    /// <summary>The product's name.</summary>
    public required LocalText Name { get; init; }

    /// <summary>Currency of every amount.</summary>
    public required Currency Currency { get; init; }

    /// <summary>The lender's licence kind, which selects the cost cap: consumer-finance, bank, small-loan.</summary>
    public required string Licence { get; init; }

    /// <summary>Statement days with the due days that go with them; the first is the default.</summary>
    public required ValueList<CycleChoice> Cycles { get; init; }

    /// <summary>Months that must pass between two changes of the due day. Valid range 0 to 60; product rule 12 [C].</summary>
    public required int MonthsBetweenDueDayChanges { get; init; }

    /// <summary>Where the line may be used, and when a purchase posts there.</summary>
    public required ValueList<SceneTerms> Scenes { get; init; }

    /// <summary>Bounds of limits and purchases.</summary>
    public required LimitTerms Limits { get; init; }

    /// <summary>The minimum payment rule.</summary>
    public required MinimumPaymentTerms MinimumPayment { get; init; }

    /// <summary>The price of principal that revolves after its due day.</summary>
    public required PriceTerms Revolving { get; init; }

    /// <summary>The price and consequences of being overdue.</summary>
    public required OverdueTerms Overdue { get; init; }

    /// <summary>The allocation order of a repayment, first bucket first. Each bucket occurs once; all are named.</summary>
    public required ValueList<AllocationBucket> AllocationOrder { get; init; }

    /// <summary>Days after posting during which a purchase can be refunded or disputed by its id. Valid range 1 to 3650.</summary>
    public required int RefundWindowDays { get; init; }

    /// <summary>Cash loans, or null.</summary>
    public LoanTerms? Loan { get; init; }

    /// <summary>Instalments of bills and purchases, or null.</summary>
    public InstalmentTerms? Instalments { get; init; }

    /// <summary>Who lends; empty = the licence holder alone.</summary>
    public ValueList<LenderTerms> Lenders { get; init; }

    /// <summary>Every cost its loans and instalments may charge; the parser refuses a file that leaves one out.</summary>
    public ValueList<CostKind> CostItems { get; init; }

    /// <summary>The dated rules of the law that commands are decided under beside these terms; null when none were given.</summary>
    [JsonIgnore]
    public CostRules? Costs { get; init; }

    /// <summary>Help for a customer who cannot pay as agreed; null = none.</summary>
    public ReliefTerms? Relief { get; init; }

    /// <summary>How the account may be closed.</summary>
    public required ClosingTerms Closing { get; init; }

    /// <summary>How it may be opened again.</summary>
    public required ReopeningTerms Reopening { get; init; }

    /// <summary>Dated ceilings of the yearly cost by licence.</summary>
    public required ValueList<CostCap> Caps { get; init; }

    /// <summary>Consent codes without which the account cannot be opened.</summary>
    public required ValueList<string> RequiredConsents { get; init; }

    /// <summary>Names of fields whose numbers are samples without a reliable source; shown wherever the terms are shown.</summary>
    public required ValueList<string> SampleFields { get; init; }

    /// <summary>The scene with a code, or null when the line is not accepted there.</summary>
    public SceneTerms? Scene(string code)
    {
        foreach (var scene in Scenes.AsSpan())
        {
            if (scene.Code == code)
            {
                return scene;
            }
        }

        return null;
    }

    /// <summary>The statement day that goes with a due day, or null when the product does not offer it.</summary>
    public int? StatementDayFor(int dueDay) => Cycles.Find(cycle => cycle.DueDays.Any(day => day == dueDay))?.StatementDay;

    /// <summary>The cap that holds for this licence on a day, or null when none is dated for it.</summary>
    public CostCap? CapOn(DateOnly day) =>
        Caps.Find(cap => cap.Licence == Licence && cap.From <= day && (cap.Until is null || day < cap.Until));
}

/// <summary>A text in both languages of the product.</summary>
public sealed record LocalText(string Zh, string En);

/// <summary>A statement day with the due days it allows, all days of the month 1 to 28.</summary>
public sealed record CycleChoice(int StatementDay, ValueList<int> DueDays);

/// <summary>When a purchase becomes debt.</summary>
public enum PostingMoment
{
    /// <summary>At payment: a capture posts at once.</summary>
    Payment,

    /// <summary>At confirmed receipt (确认收货): a capture waits, occupying the limit.</summary>
    Receipt,
}

/// <summary>A kind of merchant or place of use.</summary>
/// <param name="Code">Stable code, such as <c>online-shop</c>.</param>
/// <param name="Name">Shown name.</param>
/// <param name="PostsAt">When purchases post.</param>
/// <param name="HoldDays">Days after which an uncaptured authorisation expires.</param>
/// <param name="AutoConfirmDays">Days after capture at which receipt counts as confirmed; unused at payment scenes.</param>
public sealed record SceneTerms(string Code, LocalText Name, PostingMoment PostsAt, int HoldDays, int AutoConfirmDays);

/// <summary>Bounds of limits and purchases, all in minor units of the product's currency.</summary>
/// <param name="Smallest">Smallest total limit at opening.</param>
/// <param name="Largest">Largest total limit.</param>
/// <param name="SinglePurchaseMax">Largest single purchase.</param>
/// <param name="DailyPurchaseMax">Largest sum of authorisations on one day.</param>
public sealed record LimitTerms(Money Smallest, Money Largest, Money SinglePurchaseMax, Money DailyPurchaseMax);

/// <summary>Minimum payment = part of the cyclable principal + all un-cyclable principal, interest, charges and overdue items.</summary>
/// <param name="CyclablePpm">Part of the cyclable principal; 100,000 = 10 %.</param>
/// <param name="Floor">Not less than this, unless the statement balance is smaller.</param>
/// <param name="Rounding">Of the part.</param>
public sealed record MinimumPaymentTerms(long CyclablePpm, Money Floor, Rounding Rounding)
{
    /// <summary>Cyclable principal of at most this is due in full; null = no such rule. Daily-interest lines: 100.00.</summary>
    public Money? AllBelow { get; init; }
}

/// <summary>A price and how it is rounded when posted.</summary>
public sealed record PriceTerms(Rate Rate, Rounding Rounding)
{
    /// <summary>What principal bears the price, and how long.</summary>
    public BearingRule Bears { get; init; } = new(FromPosting: false, RolledStaysCyclable: false, RepaidCountsFromStatement: false);
}

/// <summary>From when principal bears interest. The default is a pay-later line: from the day after the due day.</summary>
/// <param name="FromPosting">From the day it posts, without an interest-free period (daily-interest line).</param>
/// <param name="RolledStaysCyclable">What rolls stays partly payable: the minimum is the part of all used principal each month.</param>
/// <param name="RepaidCountsFromStatement">Billed principal repaid by its due day bears nothing from the statement on (the simplified
/// monthly rule of case T14; strict accrual charges those days).</param>
public sealed record BearingRule(bool FromPosting, bool RolledStaysCyclable, bool RepaidCountsFromStatement);

/// <summary>Price and consequences of being overdue.</summary>
/// <param name="Rate">Overdue charge on all unpaid principal of a bill whose minimum was missed (500 × 5 d = 1.25), never on interest or
/// charges.</param>
/// <param name="Rounding">Of the posted charge.</param>
/// <param name="GraceDays">Days past due before use is suspended; never hides the charge or the days past due. 0 = none.</param>
/// <param name="CoolingDays">Days after a cure during which use stays suspended when the overdue lasted longer than <paramref
/// name="CoolingAfterDays"/>.</param>
/// <param name="CoolingAfterDays">Overdue of at most this many days is restored at once after payment.</param>
/// <param name="TerminateAfterDays">Use ends for good when days past due exceed this.</param>
public sealed record OverdueTerms(
    Rate Rate, Rounding Rounding, int GraceDays, int CoolingDays, int CoolingAfterDays, int TerminateAfterDays);

/// <summary>A bucket of due items in the allocation order.</summary>
public enum AllocationBucket
{
    /// <summary>Overdue charges on bills past due.</summary>
    OverdueCharge,

    /// <summary>Interest on bills past due.</summary>
    OverdueInterest,

    /// <summary>Principal past due.</summary>
    OverduePrincipal,

    /// <summary>Billed charges.</summary>
    BilledCharge,

    /// <summary>Billed interest.</summary>
    BilledInterest,

    /// <summary>Billed principal due in full.</summary>
    BilledUncyclable,

    /// <summary>Billed principal that may roll.</summary>
    BilledCyclable,

    /// <summary>Charges not yet billed.</summary>
    UnbilledCharge,

    /// <summary>Interest not yet billed.</summary>
    UnbilledInterest,

    /// <summary>Principal not yet billed: early repayment.</summary>
    UnbilledPrincipal,
}

/// <summary>What closing does when there is debt.</summary>
public enum CloseWithDebt
{
    /// <summary>Closing is refused until everything is settled.</summary>
    Refuse,

    /// <summary>Use stops now, the account closes when settled.</summary>
    RunOff,
}

/// <summary>Closing policy.</summary>
/// <param name="WithDebt">Debt blocks, or runs off.</param>
/// <param name="ConfirmWithinDays">Days to complete step 2 after step 1; then the request lapses.</param>
/// <param name="CreditBalanceBlocks">K09 blocks rather than warns.</param>
/// <param name="DisputeBlocks">K10 blocks rather than warns.</param>
/// <param name="NoticeVersion">The version of the consequence notice that must be acknowledged.</param>
public sealed record ClosingTerms(CloseWithDebt WithDebt, int ConfirmWithinDays, bool CreditBalanceBlocks, bool DisputeBlocks,
    string NoticeVersion);

/// <summary>Reopening policy; it always needs a new assessment and fresh consent.</summary>
/// <param name="Allowed">Whether a closed account can be reopened at all.</param>
/// <param name="AllowedAfterForcedClosing">Whether this holds after a forced closing.</param>
/// <param name="WaitDays">Days after closing before it is possible.</param>
public sealed record ReopeningTerms(bool Allowed, bool AllowedAfterForcedClosing, int WaitDays);

/// <summary>A ceiling of the yearly cost.</summary>
/// <param name="Licence">Licence kind it holds for.</param>
/// <param name="From">First day.</param>
/// <param name="Until">First day on which it no longer holds; null = open.</param>
/// <param name="AnnualPpm">The ceiling; 240,000 = 24 %.</param>
/// <param name="DaysInYear">360 or 365: how a daily price becomes a yearly one.</param>
/// <param name="Source">The rule it comes from.</param>
public sealed record CostCap(string Licence, DateOnly From, DateOnly? Until, long AnnualPpm, int DaysInYear, string Source);
