using System.Data.Common;
using Dapper;
using Mingzhang.Services.Tickets.Clocks;

namespace Mingzhang.Services.Tickets;

/// <summary>The rows of what happened to tickets; they are only ever added.</summary>
internal static class TicketStepShelf
{
    private const string All =
        "SELECT number AS Number, at AS At, actor AS Actor, what AS What, from_state AS FromState, to_state AS ToState, detail AS Detail, "
        + "text AS Text FROM ticket_step WHERE partition_id = @partition AND sequence = @sequence ORDER BY number";

    private const string Insert =
        "INSERT INTO ticket_step (partition_id, sequence, number, at, recorded_at, actor, what, from_state, to_state, detail, text, key) "
        + "SELECT @Partition, @Sequence, coalesce(max(number), 0) + 1, @At, @Recorded, @Actor, @What, @FromState, @ToState, @Detail, "
        + "@Text, @Key FROM ticket_step WHERE partition_id = @Partition AND sequence = @Sequence";

    private const string Has =
        "SELECT count(*) FROM ticket_step WHERE partition_id = @partition AND sequence = @sequence AND key = @key";

    /// <summary>What happened to one, in order.</summary>
    public static IReadOnlyList<TicketStep> Of(
        DbConnection connection, TicketNumber number, ITicketPen pen, DbTransaction? transaction = null) =>
    [
        .. connection.Query<Row>(All, new { partition = number.Partition, sequence = number.Sequence }, transaction)
            .Select(row => row.ToStep(pen)),
    ];

    /// <summary>Who did what to one, in order, without what was said.</summary>
    public static IReadOnlyList<(string Actor, string What, string Detail)> Rows(
        DbConnection connection, DbTransaction transaction, TicketNumber number) =>
    [
        .. connection.Query<Row>(All, new { partition = number.Partition, sequence = number.Sequence }, transaction)
            .Select(row => (row.Actor, row.What, row.Detail)),
    ];

    /// <summary>Whether a request was counted already.</summary>
    public static bool Knows(DbConnection connection, DbTransaction transaction, TicketNumber number, string key) =>
        key.Length > 0
        && connection.ExecuteScalar<long>(Has, new { partition = number.Partition, sequence = number.Sequence, key }, transaction) > 0;

    /// <summary>Adds one.</summary>
    public static void Add(DbConnection connection, DbTransaction transaction, NewStep step) =>
        connection.Execute(Insert, step, transaction);

    private sealed record Row
    {
        public long Number { get; init; }
        public long At { get; init; }
        public string Actor { get; init; } = "";
        public string What { get; init; } = "";
        public string FromState { get; init; } = "";
        public string ToState { get; init; } = "";
        public string Detail { get; init; } = "";
        public string Text { get; init; } = "";

        public TicketStep ToStep(ITicketPen pen) => new(
            (int)Number, HouseTime.Of(At), Actor, What, TicketWords.Read<TicketState>(FromState)!.Value,
            TicketWords.Read<TicketState>(ToState)!.Value, Detail, Text.Length == 0 ? "" : pen.Read(Text));
    }
}

/// <summary>A step to write.</summary>
internal sealed record NewStep(
    long Partition, long Sequence, long At, long Recorded, string Actor, string What, string FromState, string ToState, string Detail,
    string Text, string Key);
