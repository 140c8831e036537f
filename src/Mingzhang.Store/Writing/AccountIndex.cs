using Mingzhang.Domain.Values;

namespace Mingzhang.Store.Writing;

/// <summary>An account's index from what is stored and what waits.</summary>
internal static class AccountIndex
{
    /// <summary>
    /// The index without a gap. What waits has to be copied before what is stored is read, so that settling meanwhile shows an entry twice
    /// rather than never. Throws <see cref="StoreException"/> naming the sequence that is missing.
    /// </summary>
    public static List<IndexEntry> Join(AccountId account, List<IndexEntry> stored, List<IndexEntry> waiting)
    {
        foreach (var entry in waiting)
        {
            if (stored.Count == 0 || entry.Sequence > stored[^1].Sequence)
            {
                stored.Add(entry);
            }
        }

        for (var i = 0; i < stored.Count; i++)
        {
            if (stored[i].Sequence != i + 1)
            {
                throw new StoreException($"entry: account {account} has sequence {stored[i].Sequence} where {i + 1} must stand.");
            }
        }

        return stored;
    }

    /// <summary>The row an entry points to. Throws <see cref="StoreException"/> when it is another one.</summary>
    public static JournalRow Proved(AccountId account, IndexEntry entry, JournalRow? row) => row switch
    {
        null => throw new StoreException($"journal: account {account} has no row at position {entry.Position}."),
        _ when row.Account != account =>
            throw new StoreException($"journal: position {entry.Position} belongs to account {row.Account}, not to {account}."),
        _ when entry.Sequence != 0 && row.Sequence != entry.Sequence => throw new StoreException(
            $"entry: account {account} sequence {entry.Sequence} points to position {row.Position}, which has sequence {row.Sequence}."),
        _ => row,
    };
}
