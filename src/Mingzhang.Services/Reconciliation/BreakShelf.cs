using System.Data.Common;
using Dapper;
using Mingzhang.Domain.Values;
using Mingzhang.Services.Payments;
using Mingzhang.Store;

namespace Mingzhang.Services.Reconciliation;

/// <summary>The rows of breaks and compared days.</summary>
internal static class BreakShelf
{
    private const string Columns =
        "SELECT partition_id AS Partition, day AS Day, kind AS Kind, transfer_id AS TransferId, account_id AS Account, ours AS Ours, "
        + "theirs AS Theirs, detail AS Detail, status AS Status, owner AS Owner, note AS Note, found_on AS FoundOn, ended_on AS EndedOn "
        + "FROM settlement_break WHERE partition_id BETWEEN 0 AND 1023 ";

    private const string Add =
        "INSERT INTO settlement_break (partition_id, day, kind, transfer_id, account_id, ours, theirs, detail, status, owner, note, "
        + "found_on, ended_on) VALUES (@Partition, @Day, @Kind, @TransferId, @Account, @Ours, @Theirs, @Detail, @Status, @Owner, @Note, "
        + "@FoundOn, @EndedOn) ON CONFLICT (partition_id, day, kind, transfer_id) DO NOTHING";

    private const string End =
        "UPDATE settlement_break SET status = @status, owner = @owner, note = @note, ended_on = @on WHERE partition_id = @partition "
        + "AND day = @day AND kind = @kind AND transfer_id = @id AND status = 'open'";

    private const string Assign =
        "UPDATE settlement_break SET owner = @owner WHERE partition_id = @partition AND day = @day AND kind = @kind "
        + "AND transfer_id = @id AND status = 'open'";

    private const string Compared =
        "INSERT INTO settlement_day (day, lines, breaks, compared_at) VALUES (@day, @lines, @breaks, @at) ON CONFLICT (day) DO NOTHING";

    /// <summary>A page, latest day first; open ones only when asked.</summary>
    public static IReadOnlyList<SettlementBreak> List(DbConnection connection, bool open, int most) =>
        [.. connection.Query<Row>(
            Columns + "AND (@open = 0 OR status = 'open') ORDER BY day DESC, kind, transfer_id LIMIT @most",
            new { open = open ? 1 : 0, most }).Select(row => row.ToBreak())];

    /// <summary>The last day that was compared, or null.</summary>
    public static DateOnly? LastDay(DbConnection connection) =>
        connection.ExecuteScalar<long?>("SELECT max(day) FROM settlement_day") is { } day ? StoreDates.FromStored(day) : null;

    /// <summary>Keeps what a comparison found; doing it again adds nothing.</summary>
    public static void Keep(
        DbConnection connection, DbTransaction transaction, DateOnly day, int lines, IReadOnlyCollection<SettlementBreak> breaks, long at)
    {
        Keep(connection, transaction, breaks);
        connection.Execute(Compared, new { day = day.ToStored(), lines, breaks = breaks.Count, at }, transaction);
    }

    /// <summary>Keeps breaks; those that are there stay as they are.</summary>
    public static void Keep(DbConnection connection, DbTransaction transaction, IReadOnlyCollection<SettlementBreak> breaks)
    {
        foreach (var found in breaks)
        {
            connection.Execute(Add, Row.Of(found), transaction);
        }
    }

    /// <summary>Gives an open one to somebody; false when it was not open.</summary>
    public static bool Own(DbConnection connection, DbTransaction transaction, SettlementBreak one, string owner) =>
        connection.Execute(
            Assign,
            new
            {
                owner, partition = Row.PartitionOf(one), day = one.Day.ToStored(), kind = one.Kind, id = one.TransferId,
            },
            transaction) == 1;

    /// <summary>Ends an open one; false when it was not open.</summary>
    public static bool Close(
        DbConnection connection, DbTransaction transaction, SettlementBreak one, string status, string owner, string note, DateOnly on) =>
        connection.Execute(
            End,
            new
            {
                status, owner, note, on = on.ToStored(), partition = Row.PartitionOf(one), day = one.Day.ToStored(), kind = one.Kind,
                id = one.TransferId,
            },
            transaction) == 1;

    private sealed record Row
    {
        public long Partition { get; init; }
        public long Day { get; init; }
        public string Kind { get; init; } = "";
        public string TransferId { get; init; } = "";
        public long Account { get; init; }
        public long Ours { get; init; }
        public long Theirs { get; init; }
        public string Detail { get; init; } = "";
        public string Status { get; init; } = "";
        public string Owner { get; init; } = "";
        public string Note { get; init; } = "";
        public long FoundOn { get; init; }
        public long EndedOn { get; init; }

        public static int PartitionOf(SettlementBreak one) => one.Account?.PartitionId ?? Transfer.PartitionOf(one.TransferId) ?? 0;

        public static Row Of(SettlementBreak one) => new()
        {
            Partition = PartitionOf(one), Day = one.Day.ToStored(), Kind = one.Kind, TransferId = one.TransferId,
            Account = one.Account?.Value ?? 0, Ours = one.Ours, Theirs = one.Theirs, Detail = one.Detail, Status = one.Status,
            Owner = one.Owner, Note = one.Note, FoundOn = one.FoundOn.ToStored(), EndedOn = one.EndedOn?.ToStored() ?? 0,
        };

        public SettlementBreak ToBreak() => new()
        {
            Day = StoreDates.FromStored(Day), Kind = Kind, TransferId = TransferId, Account = Account == 0 ? null : new AccountId(Account),
            Ours = Ours, Theirs = Theirs, Detail = Detail, Status = Status, Owner = Owner, Note = Note,
            FoundOn = StoreDates.FromStored(FoundOn), EndedOn = EndedOn == 0 ? null : StoreDates.FromStored(EndedOn),
        };
    }
}
