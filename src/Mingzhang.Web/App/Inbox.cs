using System.Text.Json;
using Dapper;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Engine.Encoding;
using Mingzhang.Store;

namespace Mingzhang.Web.App;

/// <summary>A message to a borrower.</summary>
/// <param name="On">Booked day.</param>
/// <param name="Kind">Event name.</param>
/// <param name="Happened">The event; null for a correction, which comes without its states.</param>
public sealed record Message(DateOnly On, string Kind, AccountEvent? Happened)
{
    /// <summary>The journal entry of a correction, whose letter can be read; 0 for others.</summary>
    public long Sequence { get; init; }
}

/// <summary>Reads the inbox that the engine's follower fills.</summary>
public sealed class Inbox(CreditHouse house)
{
    private const string Corrected = "account-corrected";

    private const string Latest =
        "SELECT kind AS Kind, booked_on AS BookedOn, data AS Data, position AS Position FROM inbox "
        + "WHERE partition_id = @partition AND account_id = @account "
        + "ORDER BY position DESC, part DESC LIMIT 100";

    /// <summary>The latest hundred, latest first.</summary>
    public IReadOnlyList<Message> Of(AccountId account)
    {
        using var connection = house.OpenReadOnly();
        var rows = connection.Query<(string Kind, long BookedOn, string Data, long Position)>(
            Latest, new { partition = account.PartitionId, account = account.Value }).AsList();
        var sequences = rows.Exists(row => row.Kind == Corrected)
            ? house.Rows(account).ToDictionary(row => row.Position, row => row.Sequence)
            : [];
        return
        [
            .. rows.Select(row => new Message(StoreDates.FromStored(row.BookedOn), row.Kind, Read(row.Kind, row.Data))
            {
                Sequence = row.Kind == Corrected ? sequences.GetValueOrDefault(row.Position) : 0,
            }),
        ];
    }

    private static AccountEvent? Read(string kind, string data) =>
        kind == Corrected ? null : JsonSerializer.Deserialize<AccountEvent>(data, DomainJson.Written);
}
