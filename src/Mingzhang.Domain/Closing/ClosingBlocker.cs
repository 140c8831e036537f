namespace Mingzhang.Domain.Closing;

/// <summary>Why an account cannot close, domain rules section 5.2; the number is the K code.</summary>
public enum BlockerCode
{
    /// <summary>K01: a bill is unpaid.</summary>
    UnpaidBill = 1,

    /// <summary>K02: purchases are posted but unbilled.</summary>
    Unbilled = 2,

    /// <summary>K03: purchases are in transit.</summary>
    InTransit = 3,

    /// <summary>K04: an instalment plan runs.</summary>
    Instalment = 4,

    /// <summary>K05: a deferral agreement runs.</summary>
    Deferral = 5,

    /// <summary>K06: a loan is unsettled.</summary>
    LoanOpen = 6,

    /// <summary>K07: a refund is under way.</summary>
    RefundPending = 7,

    /// <summary>K08: a repayment is under way.</summary>
    RepaymentPending = 8,

    /// <summary>K09: a credit balance has to go back first.</summary>
    CreditBalance = 9,

    /// <summary>K10: a dispute is open.</summary>
    DisputeOpen = 10,

    /// <summary>K11: verification failed.</summary>
    VerifyFailed = 11,

    /// <summary>K12: a video interview is needed.</summary>
    VideoRequired = 12,

    /// <summary>K13: a bill across the turn of the year needs staff.</summary>
    CrossYear = 13,

    /// <summary>K14: legal hold.</summary>
    LegalHold = 14,

    /// <summary>K15: overdue; only stop use and run off.</summary>
    OverdueCollection = 15,

    /// <summary>K16: a service still uses the line.</summary>
    LinkedService = 16,

    /// <summary>K17: closing is already under way.</summary>
    AlreadyClosing = 17,

    /// <summary>K18: the system is busy.</summary>
    SystemBusy = 18,
}

/// <summary>One blocker with its facts; the fix and its link are made from the code.</summary>
/// <param name="Code">Which.</param>
/// <param name="Amount">Money in the way, where there is any.</param>
/// <param name="Detail">A name in the way: service, purchase, bill.</param>
/// <param name="Blocks">False when it only warns, by product policy.</param>
/// <param name="RunsOff">True when "stop use now, close when settled" gets past it.</param>
public sealed record ClosingBlocker(BlockerCode Code, Money? Amount, string? Detail, bool Blocks, bool RunsOff);
