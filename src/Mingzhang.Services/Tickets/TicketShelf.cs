using System.Data.Common;
using System.Globalization;
using Dapper;
using Mingzhang.Domain.Values;
using Mingzhang.Services.Tickets.Clocks;

namespace Mingzhang.Services.Tickets;

/// <summary>Which tickets are asked for; empty or null = any.</summary>
public sealed record TicketQuery
{
    /// <summary>Waiting in this queue.</summary>
    public string Queue { get; init; } = "";

    /// <summary>Of this kind.</summary>
    public TicketKind? Kind { get; init; }

    /// <summary>In this state.</summary>
    public TicketState? State { get; init; }

    /// <summary>Only those that are not answered.</summary>
    public bool OpenOnly { get; init; }

    /// <summary>Whom it belongs to; <c>-</c> = nobody.</summary>
    public string Owner { get; init; } = "";

    /// <summary>At most so many.</summary>
    public int Limit { get; init; } = 50;

    /// <summary>After this one; null = from the latest on.</summary>
    public TicketCursor? After { get; init; }
}

/// <summary>Where a list of tickets goes on.</summary>
public sealed record TicketCursor(long OpenedAt, TicketNumber Number)
{
    /// <summary>After a ticket.</summary>
    public static TicketCursor Of(Ticket ticket) => new(HouseTime.Micros(ticket.OpenedAt), ticket.Number);

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{OpenedAt}.{Number.Partition}.{Number.Sequence}");

    /// <summary>Reads it; null for any other text.</summary>
    public static TicketCursor? Read(string? text)
    {
        var parts = (text ?? "").Split('.');
        var numbers = parts.Select(part => long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var one) ? one : -1)
            .ToList();
        return numbers.Count == 3 && numbers.TrueForAll(one => one >= 0) && numbers[1] < AccountId.Partitions
            ? new TicketCursor(numbers[0], new TicketNumber((int)numbers[1], numbers[2])) : null;
    }
}

/// <summary>The rows of tickets.</summary>
internal static class TicketShelf
{
    private const string Columns =
        "SELECT partition_id AS Partition, sequence AS Sequence, customer_id AS Customer, account_id AS Account, kind AS Kind, "
        + "channel AS Channel, subject AS Subject, playbook AS Playbook, opened_by AS OpenedBy, owner AS Owner, queue AS Queue, "
        + "route AS Route, state AS State, escalated AS Escalated, opened_at AS OpenedAt, answered_at AS AnsweredAt, "
        + "changed_at AS ChangedAt, rating AS Rating, version AS Version FROM ticket ";

    private const string One = Columns + "WHERE partition_id = @partition AND sequence = @sequence";

    private const string OpenOne = Columns
        + "WHERE partition_id = @partition AND customer_id = @customer AND kind = @kind AND subject = @subject AND is_open = 1";

    private const string OfCustomer = Columns
        + "WHERE partition_id = @partition AND customer_id = @customer AND (@before = 0 OR sequence < @before) "
        + "ORDER BY sequence DESC LIMIT @most";

    private const string Page = Columns
        + "WHERE partition_id BETWEEN 0 AND 1023 AND (@queue = '' OR queue = @queue) AND (@kind = '' OR kind = @kind) "
        + "AND (@state = '' OR state = @state) AND (@open = 0 OR is_open = 1) "
        + "AND (@owner = '' OR owner = CASE WHEN @owner = '-' THEN '' ELSE @owner END) "
        + "AND (@at = 0 OR (opened_at, partition_id, sequence) < (@at, @partition, @sequence)) "
        + "ORDER BY opened_at DESC, partition_id DESC, sequence DESC LIMIT @most";

    private const string Next = "SELECT coalesce(max(sequence), 0) + 1 FROM ticket WHERE partition_id = @partition";

    private const string Insert =
        "INSERT INTO ticket (partition_id, sequence, customer_id, account_id, kind, channel, subject, playbook, opened_by, owner, queue, "
        + "route, state, is_open, escalated, opened_at, answered_at, changed_at, rating, version) VALUES (@Partition, @Sequence, "
        + "@Customer, @Account, @Kind, @Channel, @Subject, @Playbook, @OpenedBy, @Owner, @Queue, @Route, @State, @IsOpen, "
        + "@Escalated, @OpenedAt, @AnsweredAt, @ChangedAt, @Rating, 0) ON CONFLICT DO NOTHING";

    private const string Update =
        "UPDATE ticket SET playbook = @Playbook, owner = @Owner, queue = @Queue, route = @Route, state = @State, is_open = @IsOpen, "
        + "escalated = @Escalated, answered_at = @AnsweredAt, changed_at = @ChangedAt, rating = @Rating, version = version + 1 "
        + "WHERE partition_id = @Partition AND sequence = @Sequence AND version = @Version";

    /// <summary>One, or null.</summary>
    public static Ticket? Find(DbConnection connection, TicketNumber number, DbTransaction? transaction = null) =>
        connection.QueryFirstOrDefault<Row>(One, new { partition = number.Partition, sequence = number.Sequence }, transaction)?.ToTicket();

    /// <summary>The open one about the same, or null.</summary>
    public static Ticket? Open(
        DbConnection connection, CustomerId customer, TicketKind kind, string subject, DbTransaction? transaction = null) =>
        connection.QueryFirstOrDefault<Row>(
            OpenOne, new { partition = customer.PartitionId, customer = customer.Value, kind = TicketWords.Of(kind), subject }, transaction)
            ?.ToTicket();

    /// <summary>A customer's, latest first.</summary>
    public static IReadOnlyList<Ticket> Of(DbConnection connection, CustomerId customer, long before, int most) =>
    [
        .. connection.Query<Row>(OfCustomer, new { partition = customer.PartitionId, customer = customer.Value, before, most })
            .Select(row => row.ToTicket()),
    ];

    /// <summary>A page of the house's, latest first.</summary>
    public static IReadOnlyList<Ticket> List(DbConnection connection, TicketQuery query) =>
    [
        .. connection.Query<Row>(Page, new
        {
            queue = query.Queue, kind = query.Kind is { } kind ? TicketWords.Of(kind) : "",
            state = query.State is { } state ? TicketWords.Of(state) : "", open = query.OpenOnly ? 1 : 0, owner = query.Owner,
            at = query.After?.OpenedAt ?? 0, partition = query.After?.Number.Partition ?? 0, sequence = query.After?.Number.Sequence ?? 0,
            most = query.Limit,
        }).Select(row => row.ToTicket()),
    ];

    /// <summary>Writes a new one under the next number of its partition; null when another about the same is open.</summary>
    public static Ticket? Add(DbConnection connection, DbTransaction transaction, Ticket ticket)
    {
        while (true)
        {
            var partition = ticket.Customer.PartitionId;
            var sequence = connection.ExecuteScalar<long>(Next, new { partition }, transaction);
            var numbered = ticket with { Number = new TicketNumber(partition, sequence) };
            if (connection.Execute(Insert, Row.Of(numbered), transaction) == 1)
            {
                return numbered;
            }

            if (Open(connection, ticket.Customer, ticket.Kind, ticket.Subject, transaction) is not null)
            {
                return null;
            }
        }
    }

    /// <summary>Writes a changed one; false when somebody else has changed it since it was read.</summary>
    public static bool Put(DbConnection connection, DbTransaction transaction, Ticket ticket) =>
        connection.Execute(Update, Row.Of(ticket), transaction) == 1;

    private sealed record Row
    {
        public long Partition { get; init; }
        public long Sequence { get; init; }
        public long Customer { get; init; }
        public long Account { get; init; }
        public string Kind { get; init; } = "";
        public string Channel { get; init; } = "";
        public string Subject { get; init; } = "";
        public string Playbook { get; init; } = "";
        public string OpenedBy { get; init; } = "";
        public string Owner { get; init; } = "";
        public string Queue { get; init; } = "";
        public string Route { get; init; } = "";
        public string State { get; init; } = "";
        public long IsOpen { get; init; }
        public long Escalated { get; init; }
        public long OpenedAt { get; init; }
        public long AnsweredAt { get; init; }
        public long ChangedAt { get; init; }
        public long Rating { get; init; }
        public long Version { get; init; }

        public static Row Of(Ticket t) => new()
        {
            Partition = t.Number.Partition, Sequence = t.Number.Sequence, Customer = t.Customer.Value, Account = t.Account?.Value ?? 0,
            Kind = TicketWords.Of(t.Kind), Channel = TicketWords.Of(t.Channel), Subject = t.Subject, Playbook = t.Playbook,
            OpenedBy = t.OpenedBy, Owner = t.Owner, Queue = t.Queue, Route = t.Route, State = TicketWords.Of(t.State),
            IsOpen = t.IsOpen ? 1 : 0, Escalated = t.Escalated, OpenedAt = HouseTime.Micros(t.OpenedAt),
            AnsweredAt = t.AnsweredAt is { } answered ? HouseTime.Micros(answered) : 0, ChangedAt = HouseTime.Micros(t.ChangedAt),
            Rating = t.Rating, Version = t.Version,
        };

        public Ticket ToTicket() => new()
        {
            Number = new TicketNumber((int)Partition, Sequence), Customer = new CustomerId(Customer),
            Account = Account == 0 ? null : new AccountId(Account), Kind = TicketWords.Read<TicketKind>(Kind)!.Value,
            Channel = TicketWords.Read<TicketChannel>(Channel)!.Value, Subject = Subject, Playbook = Playbook, OpenedBy = OpenedBy,
            Owner = Owner, Queue = Queue, Route = Route, State = TicketWords.Read<TicketState>(State)!.Value, Escalated = (int)Escalated,
            OpenedAt = HouseTime.Of(OpenedAt), AnsweredAt = AnsweredAt == 0 ? null : HouseTime.Of(AnsweredAt),
            ChangedAt = HouseTime.Of(ChangedAt), Rating = (int)Rating, Version = Version,
        };
    }
}
