namespace Mingzhang.Channel;

/// <summary>Which way money goes, seen from the lender.</summary>
public enum TransferWay
{
    /// <summary>From the customer's bank account to the lender.</summary>
    Debit,

    /// <summary>From the lender to the customer's bank account.</summary>
    Credit,
}

/// <summary>What is asked of the bank. The same id always means the same transfer: the bank does it at most once.</summary>
/// <param name="Id">1 to 64 letters, digits and dashes; given by the lender.</param>
/// <param name="Way">Debit or credit.</param>
/// <param name="Account">The token of the customer's bank account.</param>
/// <param name="AmountMinor">Above zero, minor units.</param>
/// <param name="Currency">Three letters.</param>
/// <param name="Partly">A debit may take less, when there is less; at least one minor unit.</param>
/// <param name="On">The lender's business day.</param>
/// <param name="NoticeTo">Where the bank tells the outcome; null = nowhere.</param>
public sealed record TransferOrder(
    string Id, TransferWay Way, string Account, long AmountMinor, string Currency, bool Partly, DateOnly On, string? NoticeTo)
{
    /// <summary>The number of the mandate of a debit that the customer does not confirm; null for one that was confirmed.</summary>
    public string? Mandate { get; init; }
}

/// <summary>A customer's agreement that their bank account may be debited without confirming each time.</summary>
/// <param name="Number">1 to 64 letters, digits and dashes; the same number always means the same mandate.</param>
/// <param name="Account">The token of the customer's bank account.</param>
/// <param name="MostMinor">Of one debit, minor units.</param>
/// <param name="Ended">Whether it has ended.</param>
public sealed record MandateOrder(string Number, string Account, long MostMinor, bool Ended);

/// <summary>How a transfer stands at the bank.</summary>
public enum TransferStatus
{
    /// <summary>The bank does not know the id.</summary>
    Missing,

    /// <summary>Taken, not decided yet.</summary>
    Pending,

    /// <summary>The money moved.</summary>
    Done,

    /// <summary>It did not and will not.</summary>
    Failed,

    /// <summary>The money moved and was moved back later.</summary>
    Returned,
}

/// <summary>What the bank says of a transfer.</summary>
/// <param name="Id">The lender's id.</param>
/// <param name="Status">How it stands.</param>
/// <param name="AmountMinor">What moved; with <see cref="TransferOrder.Partly"/> perhaps less than asked for. Zero while none
/// did.</param>
/// <param name="Reference">The bank's own reference; empty while it has none.</param>
/// <param name="Reason">Why it failed or was returned, a stable word such as <c>insufficient-funds</c>; else empty.</param>
/// <param name="On">The day it counts for.</param>
public sealed record TransferAnswer(string Id, TransferStatus Status, long AmountMinor, string Reference, string Reason, DateOnly On);

/// <summary>Words for why a transfer did not come through.</summary>
public static class TransferReasons
{
    /// <summary>Too little money.</summary>
    public const string InsufficientFunds = "insufficient-funds";

    /// <summary>The bank account is closed or was never there.</summary>
    public const string AccountClosed = "account-closed";

    /// <summary>The customer's mandate has ended, or does not cover it.</summary>
    public const string NoMandate = "no-mandate";

    /// <summary>The bank never took it, and promised not to.</summary>
    public const string NeverTaken = "never-taken";

    /// <summary>The bank took it back after it was done.</summary>
    public const string TakenBack = "taken-back";
}
