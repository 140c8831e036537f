using System.Globalization;
using Dapper;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Services.Tickets.Clocks;

namespace Mingzhang.Services.Tickets;

/// <summary>Something that happened to a ticket, for those who tell others: notifications, webhooks.</summary>
/// <param name="Cursor">Where the next reading goes on.</param>
/// <param name="Ticket">Its number.</param>
/// <param name="Customer">Whose.</param>
/// <param name="Account">The account it is about, or null.</param>
/// <param name="Step">1, 2, 3 … within the ticket.</param>
/// <param name="At">By the clock of the house.</param>
/// <param name="Actor">Who.</param>
/// <param name="What">As in <see cref="TicketStep.What"/>.</param>
/// <param name="Detail">Nothing personal.</param>
public sealed record TicketEvent(
    string Cursor, TicketNumber Ticket, CustomerId Customer, AccountId? Account, int Step, DateTimeOffset At, string Actor, string What,
    string Detail);

/// <summary>Reads what happened to the tickets of the house, in order, from where a reader stopped.</summary>
/// <remarks>
/// The order is that in which machines wrote it down. The last two seconds are kept back: a write that began earlier may still commit. A
/// reader keeps the cursor with what it did; reading again from an old cursor gives the same again.
/// </remarks>
public sealed class TicketFeed(CreditHouse house, TimeProvider time)
{
    private const string After =
        "SELECT s.partition_id AS Partition, s.sequence AS Sequence, s.number AS Number, s.at AS At, s.recorded_at AS Recorded, "
        + "s.actor AS Actor, s.what AS What, s.detail AS Detail, t.customer_id AS Customer, t.account_id AS Account "
        + "FROM ticket_step s JOIN ticket t ON t.partition_id = s.partition_id AND t.sequence = s.sequence "
        + "WHERE s.partition_id BETWEEN 0 AND 1023 AND s.recorded_at <= @until "
        + "AND (s.recorded_at, s.partition_id, s.sequence, s.number) > (@recorded, @partition, @sequence, @number) "
        + "ORDER BY s.recorded_at, s.partition_id, s.sequence, s.number LIMIT @most";

    /// <summary>How much of the present is kept back.</summary>
    public TimeSpan KeptBack { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>What happened after a cursor, oldest first; an empty cursor begins at the beginning.</summary>
    /// <exception cref="FormatException">The cursor is none.</exception>
    public IReadOnlyList<TicketEvent> Read(string cursor, int most)
    {
        var place = cursor.Length == 0 ? [0, -1, 0, 0]
            : cursor.Split('.').Select(part => long.Parse(part, NumberStyles.None, CultureInfo.InvariantCulture)).ToArray();
        if (place.Length != 4)
        {
            throw new FormatException($"'{cursor}' is no cursor of the ticket feed.");
        }

        using var connection = house.OpenReadOnly();
        var rows = connection.Query<Row>(After, new
        {
            until = HouseTime.Micros(time.GetUtcNow() - KeptBack), recorded = place[0], partition = place[1], sequence = place[2],
            number = place[3], most,
        });
        return
        [
            .. rows.Select(row => new TicketEvent(
                string.Create(CultureInfo.InvariantCulture, $"{row.Recorded}.{row.Partition}.{row.Sequence}.{row.Number}"),
                new TicketNumber((int)row.Partition, row.Sequence), new CustomerId(row.Customer),
                row.Account == 0 ? null : new AccountId(row.Account), (int)row.Number, HouseTime.Of(row.At), row.Actor, row.What,
                row.Detail)),
        ];
    }

    private sealed record Row
    {
        public long Partition { get; init; }
        public long Sequence { get; init; }
        public long Number { get; init; }
        public long At { get; init; }
        public long Recorded { get; init; }
        public string Actor { get; init; } = "";
        public string What { get; init; } = "";
        public string Detail { get; init; } = "";
        public long Customer { get; init; }
        public long Account { get; init; }
    }
}
