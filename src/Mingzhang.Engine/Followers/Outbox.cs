using System.Globalization;
using Dapper;
using Mingzhang.Engine.Encoding;
using Mingzhang.Store;

namespace Mingzhang.Engine.Followers;

/// <summary>Puts every event after an endpoint's start into the outbox, once per endpoint. Without endpoints it only moves on.</summary>
internal sealed class Outbox : IFollower
{
    /// <summary>Its checkpoint's name.</summary>
    public const string Checkpoint = "outbox";

    private const string Active = "SELECT id AS Id, since AS Since, kinds AS Kinds FROM webhook WHERE active = 1 ORDER BY id";
    private const string Insert =
        "INSERT INTO outbox (partition_id, position, part, webhook_id, account_id, type, payload, attempts, next_attempt, delivered_at, "
            + "last_error) "
        + "VALUES (@partition, @position, @part, @webhook, @account, @type, @payload, 0, 0, 0, '')";

    /// <inheritdoc/>
    public string Name => Checkpoint;

    /// <summary>The message of an event: stable id, place, and the event as it stands in the journal.</summary>
    public static string Payload(JournalRow row, EventSlice slice)
    {
        var json = System.Text.Encoding.UTF8.GetString(slice.Json.Span);
        var id = string.Create(CultureInfo.InvariantCulture, $"{row.Position}-{slice.Part}");
        var place = string.Create(CultureInfo.InvariantCulture, $"\"sequence\":{row.Sequence},\"bookedOn\":\"{row.BookedOn:O}\"");
        return $$"""{"id":"{{id}}","account":"{{row.Account}}",{{place}},"event":{{json}}}""";
    }

    /// <inheritdoc/>
    public void Handle(object? prepared, FollowerTransaction transaction)
    {
        var endpoints = transaction.Connection.Query<Endpoint>(Active, transaction: transaction.Transaction).AsList();
        if (endpoints.Count == 0)
        {
            return;
        }

        var messages =
            from one in (IReadOnlyList<FollowedRow>)prepared!
            let row = one.Row
            where endpoints.Exists(endpoint => endpoint.Since < row.Position)
            from slice in one.Events
            let payload = Payload(row, slice)
            from endpoint in endpoints
            where endpoint.Since < row.Position && endpoint.Wants(slice.Type)
            select (row, slice, endpoint, payload);
        transaction.Write(
            Insert, ["@partition", "@position", "@part", "@webhook", "@account", "@type", "@payload"], messages,
            one => [
                one.row.Account.PartitionId, one.row.Position, one.slice.Part, one.endpoint.Id, one.row.Account.Value, one.slice.Type,
                one.payload,
            ]);
    }

    /// <summary>An endpoint with the kinds it wants, as <c>|statement-issued|</c>; none named = all.</summary>
    private sealed record Endpoint(string Id, long Since, string Kinds)
    {
        public bool Wants(string type) =>
            Kinds.Length == 0 || Kinds.Contains($"|{type[..type.LastIndexOf('.')]}|", StringComparison.Ordinal);
    }
}
