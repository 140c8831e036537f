using System.Data.Common;
using Dapper;
using Mingzhang.Domain.Values;
using Mingzhang.Engine.Followers;
using Mingzhang.Store;

namespace Mingzhang.Engine.Verification;

/// <summary>Compares an account's inbox with the notices its rows make.</summary>
internal sealed class InboxCheck(DbConnection connection)
{
    private const string OfAccount =
        "SELECT position AS Position, part AS Part, kind AS Kind, booked_on AS BookedOn, data AS Data FROM inbox "
        + "WHERE partition_id = @partition AND account_id = @account ORDER BY position, part";

    /// <summary>Throws <see cref="StoreException"/> at the first notice that is missing, added or altered.</summary>
    public void Compare(AccountId account, List<(JournalRow Row, Notice Notice)> expected, long checkpoint)
    {
        var stored = connection.Query<Stored>(OfAccount, new { partition = account.PartitionId, account = account.Value }).AsList();
        for (var i = 0; i < Math.Max(stored.Count, expected.Count); i++)
        {
            if (i >= stored.Count)
            {
                throw new StoreException($"the notice {expected[i].Notice.Kind} of position {expected[i].Row.Position} is missing");
            }

            var found = stored[i];
            if (i >= expected.Count || found.Position > checkpoint)
            {
                throw new StoreException($"the notice {found.Kind} at position {found.Position} follows from no event");
            }

            var (row, notice) = expected[i];
            if (found != new Stored(row.Position, notice.Part, notice.Kind, row.BookedOn.ToStored(), notice.Data))
            {
                throw new StoreException($"the notice {notice.Kind} at position {row.Position} is not that of its event");
            }
        }
    }

    private sealed record Stored(long Position, long Part, string Kind, long BookedOn, string Data);
}
