using Mingzhang.Domain.Values;
using Mingzhang.Engine.Encoding;
using Mingzhang.Engine.Followers;
using Mingzhang.Store;

namespace Mingzhang.Services.Certificates;

/// <summary>
/// Follows the journal and notes which certificates a correction may have made untrue; the desk looks, and tells their holder.
/// </summary>
public sealed class CertificateDoubts : IFollower
{
    private const string Corrected = "account-corrected.";

    /// <inheritdoc/>
    public string Name => "certificates";

    /// <inheritdoc/>
    public object? Prepare(IReadOnlyList<JournalRow> rows) => rows
        .Where(row => row.Kind != RowKind.Refused
            && EventSlices.Of(row.Body).Exists(slice => slice.Type.StartsWith(Corrected, StringComparison.Ordinal)))
        .GroupBy(row => row.Account).Select(group => (group.Key, group.Max(row => row.Sequence))).ToList();

    /// <inheritdoc/>
    public void Handle(IReadOnlyList<JournalRow> rows, object? prepared, FollowerTransaction transaction)
    {
        foreach (var (account, sequence) in (List<(AccountId, long)>)prepared!)
        {
            CertificateShelf.SetDoubted(transaction.Connection, transaction.Transaction, account, sequence);
        }
    }
}
