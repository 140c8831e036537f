using Mingzhang.Domain.Accounts;

namespace Mingzhang.Services.Progress.Import;

/// <summary>Something spent elsewhere, as the person brought it here. It is theirs to delete and never reaches the ledger.</summary>
/// <param name="On">Its day.</param>
/// <param name="Merchant">Who was paid, as the source says.</param>
/// <param name="What">What for, as the source says; may be empty.</param>
/// <param name="Amount">Fen; spent positive, given back negative.</param>
/// <param name="Method">What it was paid with, as the source says; may be empty.</param>
/// <param name="Reference">The source's own number; lines of one source with the same are one.</param>
/// <param name="Source">alipay, wechat, or sms-BANK.</param>
public sealed record ImportedLine(
    DateOnly On, string Merchant, string What, long Amount, string Method, string Reference, string Source)
{
    /// <summary>Its place among the lines of the account; 0 until it is kept.</summary>
    public long Number { get; init; }

    /// <summary>The batch it came with.</summary>
    public long Batch { get; init; }

    /// <summary>The purchase of this account it is the same as; empty = none. Those do not count again.</summary>
    public string SameAs { get; init; } = "";
}

/// <summary>What was read of a file or of messages.</summary>
/// <param name="Lines">Spending and refunds.</param>
/// <param name="Others">How many rows were something else: income, transfers, repayments, orders that were called off.</param>
/// <param name="Unknown">What was not understood, as it came; listed, never guessed.</param>
/// <param name="Refusal">Why nothing was read; null = it was.</param>
public sealed record ImportRead(IReadOnlyList<ImportedLine> Lines, int Others, IReadOnlyList<string> Unknown, Refusal? Refusal = null);
