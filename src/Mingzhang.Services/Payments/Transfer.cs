using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Mingzhang.Channel;
using Mingzhang.Domain.Loans;
using Mingzhang.Domain.Values;

namespace Mingzhang.Services.Payments;

/// <summary>What a transfer is for.</summary>
public enum TransferPurpose
{
    /// <summary>The customer pays.</summary>
    Repay,

    /// <summary>The house collects what fell due, as the customer allowed.</summary>
    AutoRepay,

    /// <summary>A loan is paid out.</summary>
    PayOut,

    /// <summary>What was paid too much goes back.</summary>
    PayBack,
}

/// <summary>How far a transfer is.</summary>
public enum TransferState
{
    /// <summary>Written down; nothing was sent yet.</summary>
    Asked,

    /// <summary>It may have been sent: only the bank knows how it stands.</summary>
    Sent,

    /// <summary>The money moved.</summary>
    Done,

    /// <summary>It did not and will not.</summary>
    Failed,

    /// <summary>The ledger refused what it is for; nothing was sent.</summary>
    Refused,

    /// <summary>It moved and was taken back.</summary>
    Returned,
}

/// <summary>What a repayment names.</summary>
/// <param name="LoanId">The loan or plan.</param>
/// <param name="Early">What money beyond what is due does to its rows.</param>
public sealed record PayFor(string LoanId, EarlyMode Early);

/// <summary>Money on its way between a customer's bank account and the house. Amounts in minor units.</summary>
public sealed record Transfer
{
    /// <summary>The name, in the house and at the bank; follows from account, purpose and subject.</summary>
    public required string Id { get; init; }

    /// <summary>Whose.</summary>
    public required AccountId Account { get; init; }

    /// <summary>What for.</summary>
    public TransferPurpose Purpose { get; init; }

    /// <summary>The repayment's or loan's id in the ledger.</summary>
    public required string Subject { get; init; }

    /// <summary>The customer's bank account.</summary>
    public required string Token { get; init; }

    /// <summary>What the customer calls it, such as bank-card.</summary>
    public required string Source { get; init; }

    /// <summary>Asked for.</summary>
    public required Money Amount { get; init; }

    /// <summary>Whether less may be taken.</summary>
    public bool Partly { get; init; }

    /// <summary>The loan it pays, or null for the product's order.</summary>
    public PayFor? PayFor { get; init; }

    /// <summary>The number of the mandate of a debit that nobody confirms; empty = the customer confirmed it.</summary>
    public string Mandate { get; init; } = "";

    /// <summary>How far it is.</summary>
    public TransferState State { get; init; }

    /// <summary>Whether the ledger knows of that state.</summary>
    public bool Booked { get; init; }

    /// <summary>What moved.</summary>
    public long Moved { get; init; }

    /// <summary>The bank's reference.</summary>
    public string Reference { get; init; } = "";

    /// <summary>Why it failed, was refused or went back.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The business day it was asked for on.</summary>
    public DateOnly AskedOn { get; init; }

    /// <summary>Microseconds since 1970 UTC.</summary>
    public long AskedAt { get; init; }

    /// <summary>The day it counts for: the bank's, but not before it was asked for and not after the house learned of it.</summary>
    public DateOnly? MovedOn { get; init; }

    /// <summary>The business day on which the house learned how it ended.</summary>
    public DateOnly? KnownOn { get; init; }

    /// <summary>Questions since it was sent.</summary>
    public int Tries { get; init; }

    /// <summary>When to go on with it, microseconds since 1970 UTC; 0 = nothing to do.</summary>
    public long NextAt { get; init; }

    /// <summary>Changes so far.</summary>
    public long Version { get; init; }

    /// <summary>Whether the bank or the ledger has said the last word and both know it.</summary>
    public bool IsOver => State == TransferState.Refused || (Booked && IsKnown);

    /// <summary>Whether the bank has said how it ended.</summary>
    public bool IsKnown => State is TransferState.Done or TransferState.Failed or TransferState.Returned;

    /// <summary>Debit or credit.</summary>
    public TransferWay Way => Purpose is TransferPurpose.PayOut or TransferPurpose.PayBack ? TransferWay.Credit : TransferWay.Debit;

    /// <summary>The name: the partition, and 24 hexadecimal digits that follow from what it is for.</summary>
    public static string NameOf(AccountId account, TransferPurpose purpose, string subject)
    {
        var what = string.Create(CultureInfo.InvariantCulture, $"{account.Value}|{purpose}|{subject}");
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(what)).AsSpan(0, 12));
        return string.Create(CultureInfo.InvariantCulture, $"{account.PartitionId}-{digest}");
    }

    /// <summary>The partition a name begins with; null for what is no name.</summary>
    public static int? PartitionOf(string name) =>
        name.Length <= 64 && name.IndexOf('-', StringComparison.Ordinal) is > 0 and var at
            && int.TryParse(name.AsSpan(0, at), NumberStyles.None, CultureInfo.InvariantCulture, out var partition)
            && partition < AccountId.Partitions ? partition : null;
}

/// <summary>Something that happened to a transfer.</summary>
/// <param name="Number">1, 2, 3 …</param>
/// <param name="At">Microseconds since 1970 UTC.</param>
/// <param name="Step">
/// asked, sent, no-answer, missing, pending, done, failed, returned, booked, refused, ledger-refused or contradiction.
/// </param>
/// <param name="Detail">Reference, reason or amount; may be empty.</param>
public sealed record TransferStep(int Number, long At, string Step, string Detail);
