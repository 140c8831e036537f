using Dapper;

namespace Mingzhang.Engine.Followers;

/// <summary>An endpoint that events are delivered to.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Url">Where events go.</param>
/// <param name="Active">Whether they are delivered; one that failed for five days is paused.</param>
/// <param name="Since">Events after this journal position.</param>
/// <param name="Owner">The key that made it; empty = any.</param>
/// <param name="Kinds">Which events; none named = all.</param>
/// <param name="FailingSince">Since when nothing was taken, seconds since 1970 UTC; null while it is well.</param>
public sealed record Webhook(
    string Id, string Url, bool Active, long Since, string Owner, IReadOnlyList<string> Kinds, long? FailingSince);

/// <summary>One event on its way to an endpoint.</summary>
/// <param name="Event">Its stable id, as in <c>Mingzhang-Event</c>.</param>
/// <param name="Position">Its journal position: the cursor of a replay.</param>
/// <param name="Type">The event's name with version.</param>
/// <param name="State">waiting, delivered or dead.</param>
/// <param name="Attempts">Tries so far.</param>
/// <param name="DeliveredAt">Seconds since 1970 UTC; null = not yet.</param>
/// <param name="Error">What the last try met.</param>
public sealed record WebhookDelivery(
    string Event, long Position, string Type, string State, long Attempts, long? DeliveredAt, string Error);

/// <summary>What waits for an endpoint and what was given up.</summary>
/// <param name="Waiting">Events that are still tried.</param>
/// <param name="Dead">Events that were given up.</param>
public readonly record struct WebhookBacklog(long Waiting, long Dead);

/// <summary>Endpoints, what was sent to them, and sending it again.</summary>
public sealed class WebhookShelf(CreditHouse house)
{
    private const string Select =
        "SELECT id AS Id, url AS Url, active AS Active, since AS Since, owner AS Owner, kinds AS Kinds, failing_since AS FailingSince "
        + "FROM webhook ORDER BY id";

    private const string Columns =
        "SELECT position AS Position, part AS Part, type AS Type, attempts AS Attempts, next_attempt AS NextAttempt, "
        + "delivered_at AS DeliveredAt, last_error AS LastError FROM outbox WHERE partition_id BETWEEN 0 AND 1023 "
        + "AND webhook_id = @webhook AND position ";

    private const string After = Columns + "> @position ORDER BY position, part LIMIT @most";
    private const string Before = Columns + "< @position ORDER BY position DESC, part DESC LIMIT @most";

    private const string Undelivered =
        "SELECT webhook_id AS Webhook, sum(CASE WHEN next_attempt < @never THEN 1 ELSE 0 END) AS Waiting, "
        + "sum(CASE WHEN next_attempt < @never THEN 0 ELSE 1 END) AS Dead FROM outbox WHERE partition_id BETWEEN 0 AND 1023 "
        + "AND delivered_at = 0 GROUP BY webhook_id";

    private const string Again =
        "UPDATE outbox SET attempts = 0, next_attempt = 0, delivered_at = 0, last_error = '' WHERE partition_id BETWEEN 0 AND 1023 "
        + "AND webhook_id = @webhook AND position > @after";

    private const string AgainDead =
        "UPDATE outbox SET attempts = 0, next_attempt = 0, last_error = '' WHERE partition_id BETWEEN 0 AND 1023 "
        + "AND webhook_id = @webhook AND delivered_at = 0 AND next_attempt = @never";

    private const string Switch = "UPDATE webhook SET active = @active, failing_since = 0 WHERE id = @webhook";

    /// <summary>All endpoints, by id.</summary>
    public IReadOnlyList<Webhook> All()
    {
        using var connection = house.OpenReadOnly();
        return
        [
            .. connection.Query<Row>(Select).Select(row => new Webhook(
                row.Id, row.Url, row.Active == 1, row.Since, row.Owner, row.Kinds.Split('|', StringSplitOptions.RemoveEmptyEntries),
                row.FailingSince == 0 ? null : row.FailingSince)),
        ];
    }

    /// <summary>What waits for each endpoint that something waits for.</summary>
    public IReadOnlyDictionary<string, WebhookBacklog> Backlogs()
    {
        using var connection = house.OpenReadOnly();
        return connection.Query<(string Webhook, long Waiting, long Dead)>(Undelivered, new { never = long.MaxValue })
            .ToDictionary(row => row.Webhook, row => new WebhookBacklog(row.Waiting, row.Dead));
    }

    /// <summary>What an endpoint was or will be sent after a journal position, in order.</summary>
    public IReadOnlyList<WebhookDelivery> DeliveriesAfter(string webhook, long position, int most) =>
        Deliveries(After, webhook, position, most);

    /// <summary>The same before a position, the latest first.</summary>
    public IReadOnlyList<WebhookDelivery> DeliveriesBefore(string webhook, long position, int most) =>
        Deliveries(Before, webhook, position, most);

    /// <summary>Sends everything after a position again, in order and under the same ids; how many events.</summary>
    public Task<int> ReplayAsync(string webhook, long after) =>
        house.WriteAsync((connection, transaction) => connection.Execute(Again, new { webhook, after }, transaction));

    /// <summary>Tries again what was given up; how many events.</summary>
    public Task<int> ReviveAsync(string webhook) => house.WriteAsync((connection, transaction) =>
        connection.Execute(AgainDead, new { webhook, never = long.MaxValue }, transaction));

    /// <summary>Pauses or resumes an endpoint; false when there is none.</summary>
    public async Task<bool> SwitchAsync(string webhook, bool active) => await house.WriteAsync((connection, transaction) =>
        connection.Execute(Switch, new { webhook, active = active ? 1 : 0 }, transaction)) == 1;

    private WebhookDelivery[] Deliveries(string sql, string webhook, long position, int most)
    {
        using var connection = house.OpenReadOnly();
        return
        [
            .. connection.Query<DeliveryRow>(sql, new { webhook, position, most }).Select(row => new WebhookDelivery(
                $"{row.Position}-{row.Part}", row.Position, row.Type,
                row.DeliveredAt > 0 ? "delivered" : row.NextAttempt == long.MaxValue ? "dead" : "waiting", row.Attempts,
                row.DeliveredAt > 0 ? row.DeliveredAt : null, row.LastError)),
        ];
    }

    private sealed record Row(string Id, string Url, long Active, long Since, string Owner, string Kinds, long FailingSince);

    private sealed record DeliveryRow(
        long Position, long Part, string Type, long Attempts, long NextAttempt, long DeliveredAt, string LastError);
}
