using System.Data.Common;
using Dapper;
using Mingzhang.Domain.Values;
using Mingzhang.Services.Tickets;

namespace Mingzhang.Services.Privacy;

/// <summary>The rows of requests.</summary>
internal static class PrivacyShelf
{
    private const string Columns =
        "SELECT partition_id AS Partition, customer_id AS Customer, number AS Number, receipt AS Receipt, kind AS Kind, "
        + "route AS Route, state AS State, ticket AS Ticket, outcome AS Outcome, hold_until AS HoldUntil, "
        + "asked_at AS AskedAt, decided_at AS DecidedAt, decided_by AS DecidedBy FROM privacy_request ";

    private const string OfPerson = Columns + "WHERE partition_id = @partition AND customer_id = @customer ORDER BY number DESC";

    private const string Keyed = Columns + "WHERE partition_id = @partition AND customer_id = @customer AND request_key = @key";

    private const string Waiting =
        Columns + "WHERE partition_id BETWEEN 0 AND 1023 AND state = @state ORDER BY asked_at, partition_id, customer_id LIMIT @most";

    private const string ByReceipt = Columns + "WHERE partition_id BETWEEN 0 AND 1023 AND receipt = @receipt";

    private const string Insert =
        "INSERT INTO privacy_request (partition_id, customer_id, number, receipt, kind, route, state, ticket, outcome, hold_until, "
        + "asked_at, decided_at, decided_by, request_key) SELECT @partition, @Customer, coalesce(max(number), 0) + 1, @Receipt, @Kind, "
        + "@Route, @State, @Ticket, @Outcome, @HoldUntil, @AskedAt, @DecidedAt, @DecidedBy, @key FROM privacy_request "
        + "WHERE partition_id = @partition AND customer_id = @Customer";

    private const string Decide =
        "UPDATE privacy_request SET state = @State, outcome = @Outcome, decided_at = @DecidedAt, decided_by = @DecidedBy, "
        + "hold_until = @HoldUntil WHERE partition_id = @partition AND customer_id = @Customer AND number = @Number "
        + "AND state IN ('open', 'held')";

    public static IReadOnlyList<PrivacyRequest> Of(DbConnection connection, CustomerId customer, DbTransaction? transaction = null) =>
    [
        .. connection.Query<Row>(OfPerson, new { partition = customer.PartitionId, customer = customer.Value }, transaction)
            .Select(row => row.ToRequest()),
    ];

    public static PrivacyRequest? Of(DbConnection connection, DbTransaction transaction, CustomerId customer, string key) =>
        connection.QueryFirstOrDefault<Row>(
            Keyed, new { partition = customer.PartitionId, customer = customer.Value, key }, transaction)?.ToRequest();

    public static IReadOnlyList<PrivacyRequest> All(DbConnection connection, PrivacyState state, int most) =>
        [.. connection.Query<Row>(Waiting, new { state = TicketWords.Of(state), most }).Select(row => row.ToRequest())];

    public static PrivacyRequest? Find(DbConnection connection, string receipt) =>
        connection.QueryFirstOrDefault<Row>(ByReceipt, new { receipt })?.ToRequest();

    public static void Add(DbConnection connection, DbTransaction transaction, PrivacyRequest request, string key) =>
        connection.Execute(Insert, Values(request, key), transaction);

    public static bool Put(DbConnection connection, DbTransaction transaction, PrivacyRequest request) =>
        connection.Execute(Decide, Values(request, ""), transaction) == 1;

    private static object Values(PrivacyRequest r, string key) => new
    {
        partition = r.Customer.PartitionId, Customer = r.Customer.Value, r.Number, r.Receipt, Kind = TicketWords.Of(r.Kind),
        Route = TicketWords.Of(r.Route), State = TicketWords.Of(r.State), r.Ticket, r.Outcome, HoldUntil = r.HoldUntil?.DayNumber ?? 0,
        r.AskedAt, r.DecidedAt, r.DecidedBy, key,
    };

    private sealed record Row
    {
        public long Partition { get; init; }
        public long Customer { get; init; }
        public long Number { get; init; }
        public string Receipt { get; init; } = "";
        public string Kind { get; init; } = "";
        public string Route { get; init; } = "";
        public string State { get; init; } = "";
        public string Ticket { get; init; } = "";
        public string Outcome { get; init; } = "";
        public long HoldUntil { get; init; }
        public long AskedAt { get; init; }
        public long DecidedAt { get; init; }
        public string DecidedBy { get; init; } = "";

        public PrivacyRequest ToRequest() => new()
        {
            Customer = new CustomerId(Customer), Number = Number, Receipt = Receipt, Kind = TicketWords.Read<PrivacyKind>(Kind)!.Value,
            Route = TicketWords.Read<PrivacyRoute>(Route)!.Value, State = TicketWords.Read<PrivacyState>(State)!.Value, Ticket = Ticket,
            Outcome = Outcome, HoldUntil = HoldUntil == 0 ? null : DateOnly.FromDayNumber((int)HoldUntil), AskedAt = AskedAt,
            DecidedAt = DecidedAt, DecidedBy = DecidedBy,
        };
    }
}
