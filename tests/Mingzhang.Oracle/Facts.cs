namespace Mingzhang.Oracle;

/// <summary>What a fact is about. The words are those of the rules page.</summary>
public enum Kind
{
    Open, Authorise, Capture, ConfirmReceipt, Release, Offline, AnnounceRefund, Refund,
    Repay, SubmitPayment, FailPayment, Payout,
    SetLimit, TemporaryLimit, SceneLimit, Restrict, Lift,
    OpenDispute, ResolveDispute, WriteOff, ChangeDueDay,
    RequestLoan, Disburse, FailDisburse, StartPlan,
    AskRelief, OfferRelief, AcceptRelief, EndRelief, Waive,
    RequestClosing, ConfirmClosing, CancelClosing, ForceClosing, Reopen, LinkService, AutoRepay,
}

/// <summary>One fact in neutral words. Which fields count depends on the kind.</summary>
public sealed record Fact(DateOnly On, Kind Kind)
{
    /// <summary>The id of the thing: purchase, repayment, refund, dispute, restriction, temporary limit, service.</summary>
    public string Id { get; init; } = "";

    /// <summary>Fen.</summary>
    public BigInteger Amount { get; init; }

    /// <summary>Scene, or the reason of a restriction.</summary>
    public string Scene { get; init; } = "";

    /// <summary>The purchase that is named (refund, repayment, dispute); null = none.</summary>
    public string? Purchase { get; init; }

    /// <summary>The bill that is named by its statement day.</summary>
    public DateOnly? Bill { get; init; }

    /// <summary>P, I or C with a bill; null = all of it.</summary>
    public char? Component { get; init; }

    /// <summary>Final capture; dispute upheld; closing confirmed; auto-repayment on; run-off; the borrower asks (repay, limit, restrict,
    /// lift).</summary>
    public bool Yes { get; init; }

    /// <summary>A second yes: video interview passed; the restriction takes spending away.</summary>
    public bool Also { get; init; }

    /// <summary>First day of a window.</summary>
    public DateOnly? From { get; init; }

    /// <summary>First day after a window.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>A due day, or a number of rows.</summary>
    public int Number { get; init; }

    /// <summary>The loan or plan that is named.</summary>
    public string? Loan { get; init; }

    /// <summary>Permissions a restriction takes away: S spend, B borrow, V convert.</summary>
    public string Away { get; init; } = "";

    /// <summary>What money beyond what is due, or a refund, does to rows: S shorten, L lower, C credit.</summary>
    public char Mode { get; init; } = 'S';

    /// <summary>The confirmed cost table.</summary>
    public Evidence Evidence { get; init; } = new('-', 0);

    /// <summary>Instalments chosen at checkout.</summary>
    public Checkout? Checkout { get; init; }

    /// <summary>What an agreement is to do.</summary>
    public Wish? Wish { get; init; }

    /// <summary>What a waiver takes: component and fen.</summary>
    public IReadOnlyList<(char Component, BigInteger Amount)> Parts { get; init; } = [];
}

/// <summary>When a scene posts and how long it waits.</summary>
public sealed record SceneRule(string Code, bool AtReceipt, int HoldDays, int AutoConfirmDays);

/// <summary>The numbers of a product.</summary>
public sealed record Terms
{
    public Dictionary<int, int> StatementDayOfDueDay { get; init; } = [];
    public int DefaultDueDay { get; init; }
    public int MonthsBetweenDueDayChanges { get; init; }
    public Dictionary<string, SceneRule> Scenes { get; init; } = [];
    public BigInteger LimitSmallest { get; init; }
    public BigInteger LimitLargest { get; init; }
    public BigInteger SingleMax { get; init; }
    public BigInteger DailyMax { get; init; }
    public BigInteger MinimumPpm { get; init; }
    public BigInteger MinimumFloor { get; init; }
    public BigInteger RevolvingPpm { get; init; }
    public BigInteger OverduePpm { get; init; }

    /// <summary>Daily-interest line: principal bears from its posting day.</summary>
    public bool FromPosting { get; init; }

    /// <summary>Daily-interest line: what rolled is cyclable again on the next bill.</summary>
    public bool RolledStaysCyclable { get; init; }

    /// <summary>Cyclable principal of at most so much is due in full; 0 = no such rule.</summary>
    public BigInteger AllBelow { get; init; }

    /// <summary>The simplified rule: billed principal repaid by its due day bears nothing from the statement on.</summary>
    public bool RepaidCountsFromStatement { get; init; }

    public int GraceDays { get; init; }
    public int CoolingDays { get; init; }
    public int CoolingAfterDays { get; init; }
    public int TerminateAfterDays { get; init; }
    public int RefundWindowDays { get; init; }
    public bool DebtRunsOff { get; init; }
    public int ConfirmWithinDays { get; init; }
    public bool CreditBlocks { get; init; }
    public bool DisputeBlocks { get; init; }
    public bool ReopenAfterForced { get; init; }
    public int ReopenWaitDays { get; init; }

    public LoanRules? Loans { get; init; }
    public PlanRules? Plans { get; init; }
    public ReliefRules? Relief { get; init; }

    /// <summary>Reported faults of the core that the model repeats, so that the comparison reaches beyond them. Empty = the page
    /// alone.</summary>
    public HashSet<int> KnownFaults { get; init; } = [];
}
