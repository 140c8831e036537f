using System.Data.Common;
using Dapper;

namespace Mingzhang.Services.Tickets.Clocks;

/// <summary>The rows of clocks.</summary>
internal static class ClockShelf
{
    private const string Columns =
        "SELECT partition_id AS Partition, sequence AS Sequence, number AS Number, code AS Code, started_at AS StartedAt, "
        + "amount AS Amount, unit AS Unit, met_by AS MetBy, paused_at AS PausedAt, stood AS Stood, extensions AS Extensions, "
        + "ended_at AS EndedAt, withdrawn AS Withdrawn FROM ticket_clock ";

    private const string OfOne = Columns + "WHERE partition_id = @partition AND sequence = @sequence ORDER BY number";

    private const string Running =
        Columns + "WHERE partition_id BETWEEN 0 AND 1023 AND ended_at = 0 ORDER BY partition_id, sequence, number LIMIT @most";

    private const string Over =
        Columns + "WHERE partition_id BETWEEN 0 AND 1023 AND ended_at >= @since ORDER BY ended_at DESC LIMIT @most";

    private const string Write =
        "INSERT INTO ticket_clock (partition_id, sequence, number, code, started_at, amount, unit, met_by, paused_at, stood, extensions, "
        + "ended_at, withdrawn) VALUES (@Partition, @Sequence, @Number, @Code, @StartedAt, @Amount, @Unit, @MetBy, @PausedAt, @Stood, "
        + "@Extensions, @EndedAt, @Withdrawn) ON CONFLICT (partition_id, sequence, number) DO UPDATE SET amount = excluded.amount, "
        + "paused_at = excluded.paused_at, stood = excluded.stood, extensions = excluded.extensions, ended_at = excluded.ended_at, "
        + "withdrawn = excluded.withdrawn";

    /// <summary>Those of a ticket, in the order they started.</summary>
    public static IReadOnlyList<TicketClock> Of(DbConnection connection, TicketNumber number, DbTransaction? transaction = null) =>
    [
        .. connection.Query<Row>(OfOne, new { partition = number.Partition, sequence = number.Sequence }, transaction)
            .Select(row => row.ToClock()),
    ];

    /// <summary>Those of the house that have not ended.</summary>
    public static IReadOnlyList<(TicketNumber Ticket, TicketClock Clock)> Open(DbConnection connection, int most) =>
    [
        .. connection.Query<Row>(Running, new { most })
            .Select(row => (new TicketNumber((int)row.Partition, row.Sequence), row.ToClock())),
    ];

    /// <summary>Those of the house that ended since a moment, latest first.</summary>
    public static IReadOnlyList<TicketClock> Ended(DbConnection connection, long since, int most) =>
        [.. connection.Query<Row>(Over, new { since, most }).Select(row => row.ToClock())];

    /// <summary>Writes a new or changed one.</summary>
    public static void Put(DbConnection connection, DbTransaction transaction, TicketNumber number, TicketClock clock) =>
        connection.Execute(Write, Row.Of(number, clock), transaction);

    internal sealed record Row
    {
        public long Partition { get; init; }
        public long Sequence { get; init; }
        public long Number { get; init; }
        public string Code { get; init; } = "";
        public long StartedAt { get; init; }
        public long Amount { get; init; }
        public string Unit { get; init; } = "";
        public string MetBy { get; init; } = "";
        public long PausedAt { get; init; }
        public long Stood { get; init; }
        public long Extensions { get; init; }
        public long EndedAt { get; init; }
        public long Withdrawn { get; init; }

        public static Row Of(TicketNumber number, TicketClock c) => new()
        {
            Partition = number.Partition, Sequence = number.Sequence, Number = c.Number, Code = c.Code,
            StartedAt = HouseTime.Micros(c.StartedAt), Amount = c.Amount, Unit = TicketWords.Of(c.Unit), MetBy = TicketWords.Of(c.MetBy),
            PausedAt = c.PausedAt is { } paused ? HouseTime.Micros(paused) : 0, Stood = c.Stood.Ticks / TimeSpan.TicksPerMicrosecond,
            Extensions = c.Extensions, EndedAt = c.EndedAt is { } ended ? HouseTime.Micros(ended) : 0, Withdrawn = c.Withdrawn ? 1 : 0,
        };

        public TicketClock ToClock() => new()
        {
            Number = (int)Number, Code = Code, StartedAt = HouseTime.Of(StartedAt), Amount = (int)Amount,
            Unit = TicketWords.Read<ClockUnit>(Unit)!.Value, MetBy = TicketWords.Read<ClockGoal>(MetBy)!.Value,
            PausedAt = PausedAt == 0 ? null : HouseTime.Of(PausedAt), Stood = TimeSpan.FromTicks(Stood * TimeSpan.TicksPerMicrosecond),
            Extensions = (int)Extensions, EndedAt = EndedAt == 0 ? null : HouseTime.Of(EndedAt), Withdrawn = Withdrawn == 1,
        };
    }
}
