using System.Data.Common;
using Dapper;
using Mingzhang.Domain.Values;
using Mingzhang.Store;

namespace Mingzhang.Services.Notifications;

/// <summary>The rows of messages.</summary>
internal static class MessageShelf
{
    private const string Columns =
        "SELECT partition_id AS Partition, message_id AS Id, customer_id AS Customer, notice_id AS NoticeId, kind AS Kind, "
        + "channel AS Channel, state AS State, attempts AS Attempts, next_at AS NextAt, made_at AS MadeAt, sent_at AS SentAt, "
        + "reason AS Reason, version AS Version FROM message ";

    private const string One = Columns + "WHERE partition_id = @partition AND message_id = @id";

    private const string Waiting =
        Columns + "WHERE partition_id BETWEEN 0 AND 1023 AND next_at > 0 AND next_at <= @now ORDER BY next_at, message_id LIMIT @most";

    private const string Latest =
        Columns + "WHERE partition_id BETWEEN 0 AND 1023 AND (@state = '' OR state = @state) ORDER BY made_at DESC, message_id LIMIT @most";

    private const string OfPerson =
        Columns + "WHERE partition_id = @partition AND customer_id = @customer ORDER BY made_at DESC, message_id LIMIT @most";

    private const string Insert =
        "INSERT INTO message (partition_id, message_id, customer_id, notice_id, kind, channel, state, attempts, next_at, made_at, sent_at, "
        + "reason, version) VALUES (@partition, @id, @customer, @notice, @kind, @channel, @state, 0, @next, @made, 0, '', 0) "
        + "ON CONFLICT DO NOTHING";

    private const string Update =
        "UPDATE message SET state = @state, attempts = @attempts, next_at = @next, sent_at = @sent, reason = @reason, "
        + "version = version + 1 WHERE partition_id = @partition AND message_id = @id AND version = @version";

    private const string Counts =
        "SELECT state AS State, count(*) AS Number FROM message WHERE partition_id BETWEEN 0 AND 1023 GROUP BY state";

    /// <summary>Writes new ones; one that stands there already is left.</summary>
    public static void Add(DbConnection connection, DbTransaction transaction, IEnumerable<OutMessage> messages) => ManyRows.Write(
        connection, transaction, Insert, ["@partition", "@id", "@customer", "@notice", "@kind", "@channel", "@state", "@next", "@made"],
        messages,
        one => [
            one.Customer.PartitionId, one.Id, one.Customer.Value, one.NoticeId, one.Kind, one.Channel, one.State.ToString(), one.NextAt,
            one.MadeAt,
        ]);

    /// <summary>Writes a changed one; false when somebody else has changed it since it was read.</summary>
    public static bool Put(DbConnection connection, DbTransaction transaction, OutMessage message) => connection.Execute(
        Update,
        new
        {
            partition = message.Customer.PartitionId, id = message.Id, state = message.State.ToString(), attempts = message.Attempts,
            next = message.NextAt, sent = message.SentAt, reason = message.Reason, version = message.Version,
        },
        transaction) == 1;

    public static OutMessage? Find(DbConnection connection, CustomerId customer, string id) =>
        connection.QueryFirstOrDefault<Row>(One, new { partition = customer.PartitionId, id })?.ToMessage();

    public static IReadOnlyList<OutMessage> Due(DbConnection connection, long now, int most) =>
        [.. connection.Query<Row>(Waiting, new { now, most }).Select(row => row.ToMessage())];

    public static IReadOnlyList<OutMessage> All(DbConnection connection, MessageState? state, int most) =>
        [.. connection.Query<Row>(Latest, new { state = state?.ToString() ?? "", most }).Select(row => row.ToMessage())];

    public static IReadOnlyList<OutMessage> Of(DbConnection connection, CustomerId customer, int most) =>
    [
        .. connection.Query<Row>(OfPerson, new { partition = customer.PartitionId, customer = customer.Value, most })
            .Select(row => row.ToMessage()),
    ];

    public static IReadOnlyDictionary<MessageState, long> CountsOf(DbConnection connection) =>
        connection.Query<(string State, long Number)>(Counts).ToDictionary(row => Enum.Parse<MessageState>(row.State), row => row.Number);

    private sealed record Row
    {
        public long Partition { get; init; }
        public string Id { get; init; } = "";
        public long Customer { get; init; }
        public string NoticeId { get; init; } = "";
        public string Kind { get; init; } = "";
        public string Channel { get; init; } = "";
        public string State { get; init; } = "";
        public long Attempts { get; init; }
        public long NextAt { get; init; }
        public long MadeAt { get; init; }
        public long SentAt { get; init; }
        public string Reason { get; init; } = "";
        public long Version { get; init; }

        public OutMessage ToMessage() => new()
        {
            Id = Id, Customer = new CustomerId(Customer), NoticeId = NoticeId, Kind = Kind, Channel = Channel,
            State = Enum.Parse<MessageState>(State), Attempts = (int)Attempts, NextAt = NextAt, MadeAt = MadeAt, SentAt = SentAt,
            Reason = Reason, Version = Version,
        };
    }
}
