using System.Collections;
using Mingzhang.Domain.Accounts;

namespace Mingzhang.Services.Reading;

/// <summary>The history of an account, read when it is first looked at: most pages never do, and it grows with the account's age.</summary>
internal sealed class LazyHistory(Func<IReadOnlyList<HistoryEntry>> read) : IReadOnlyList<HistoryEntry>
{
    private readonly Lazy<IReadOnlyList<HistoryEntry>> _all = new(read);

    /// <inheritdoc/>
    public int Count => _all.Value.Count;

    /// <inheritdoc/>
    public HistoryEntry this[int index] => _all.Value[index];

    /// <inheritdoc/>
    public IEnumerator<HistoryEntry> GetEnumerator() => _all.Value.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
