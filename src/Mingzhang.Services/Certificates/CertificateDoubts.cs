using Mingzhang.Domain.Values;
using Mingzhang.Engine.Followers;

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
    public object Prepare(IReadOnlyList<FollowedRow> rows, object? gathered) => rows
        .Where(one => one.Events.Any(slice => slice.Type.StartsWith(Corrected, StringComparison.Ordinal)))
        .GroupBy(one => one.Row.Account).Select(group => (group.Key, group.Max(one => one.Row.Sequence))).ToList();

    /// <inheritdoc/>
    public void Handle(object? prepared, FollowerTransaction transaction)
    {
        foreach (var (account, sequence) in (List<(AccountId, long)>)prepared!)
        {
            CertificateShelf.SetDoubted(transaction.Connection, transaction.Transaction, account, sequence);
        }
    }
}
