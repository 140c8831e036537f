using Mingzhang.Domain.Values;

namespace Mingzhang.Engine.Verification;

/// <summary>A place where the books are not what they must be.</summary>
/// <param name="Table">Table, or <c>file</c>.</param>
/// <param name="Partition">Partition, where known.</param>
/// <param name="Account">Account, where known.</param>
/// <param name="Sequence">Sequence in the account, where known.</param>
/// <param name="What">What is wrong, in words.</param>
public sealed record Difference(string Table, int? Partition, AccountId? Account, long? Sequence, string What)
{
    /// <inheritdoc/>
    public override string ToString() => string.Join(
        ", ",
        new[]
        {
            $"table {Table}", Partition is { } p ? $"partition {p}" : null, Account is { } a ? $"account {a}" : null, Sequence is { } s
                ? $"sequence {s}" : null, What,
        }.Where(part => part is not null));
}

/// <summary>How far a verification is.</summary>
public readonly record struct VerifyProgress(int PartitionsDone, long Accounts, long Rows, long Differences);

/// <summary>What a verification found.</summary>
/// <param name="First">The first difference in order of partition, account and sequence; null when the books are sound.</param>
/// <param name="Differences">How many there are.</param>
/// <param name="Accounts">Accounts refolded.</param>
/// <param name="Rows">Rows refolded.</param>
/// <param name="TrialBalanceMinor">Sum of all postings over all currencies' absolute sums: 0 in sound books.</param>
public sealed record VerifyReport(Difference? First, long Differences, long Accounts, long Rows, long TrialBalanceMinor)
{
    /// <summary>True when nothing is wrong.</summary>
    public bool IsSound => First is null;
}
