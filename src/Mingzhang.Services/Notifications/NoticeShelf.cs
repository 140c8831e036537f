using System.Data.Common;
using System.Text.Json;
using Dapper;
using Mingzhang.Domain.Values;
using Mingzhang.Engine.Followers;
using Mingzhang.Store;

namespace Mingzhang.Services.Notifications;

/// <summary>The rows of notices.</summary>
public static class NoticeShelf
{
    private const string Insert =
        "INSERT INTO notice (partition_id, customer_id, notice_id, account_id, kind, happened_on, place, made_at, fields, spread, read_at) "
        + "VALUES (@partition, @customer, @id, @account, @kind, @day, @place, @madeAt, @fields, 0, 0) ON CONFLICT DO NOTHING";

    /// <summary>Where the moment of writing stands in <see cref="Values"/>.</summary>
    internal const int MadeAt = 7;

    private static readonly string[] Names =
        ["@partition", "@customer", "@id", "@account", "@kind", "@day", "@place", "@madeAt", "@fields"];

    private const string Columns =
        "SELECT partition_id AS Partition, customer_id AS Customer, notice_id AS Id, account_id AS Account, kind AS Kind, "
        + "happened_on AS HappenedOn, place AS Place, made_at AS MadeAt, fields AS Fields, read_at AS ReadAt FROM notice ";

    private const string Latest =
        Columns + "WHERE partition_id = @partition AND customer_id = @customer AND (@unread = 0 OR read_at = 0) "
        + "AND spread < 2 AND (@kinds = '' OR @kinds LIKE '%|' || kind || '|%') "
        + "ORDER BY happened_on DESC, place DESC, notice_id DESC LIMIT @most OFFSET @skip";

    private const string One = Columns + "WHERE partition_id = @partition AND customer_id = @customer AND notice_id = @id";

    private const string Fresh =
        Columns + "WHERE partition_id BETWEEN 0 AND 1023 AND spread = 0 ORDER BY made_at, partition_id LIMIT @most";

    private const string Spread =
        "UPDATE notice SET spread = @spread, read_at = CASE WHEN @spread = 2 THEN made_at ELSE read_at END "
        + "WHERE partition_id = @partition AND customer_id = @customer AND notice_id = @id AND spread = 0";

    private const string Unread =
        "SELECT count(*) FROM (SELECT 1 FROM notice WHERE partition_id = @partition AND customer_id = @customer AND read_at = 0 "
        + "LIMIT @most) AS few";

    private const string MarkOne =
        "UPDATE notice SET read_at = @now WHERE partition_id = @partition AND customer_id = @customer AND notice_id = @id AND read_at = 0";

    private const string MarkAll =
        "UPDATE notice SET read_at = @now WHERE partition_id = @partition AND customer_id = @customer AND read_at = 0 "
        + "AND made_at <= @until";

    /// <summary>Writes those that do not stand there.</summary>
    internal static void Add(DbConnection connection, DbTransaction transaction, IEnumerable<object[]> rows) =>
        ManyRows.Write(connection, transaction, Insert, Names, rows, row => row);

    /// <summary>Writes one unless it stands there; true when it was new.</summary>
    public static bool Add(DbConnection connection, DbTransaction transaction, Notice notice) => connection.Execute(
        Insert,
        new
        {
            partition = notice.Customer.PartitionId, customer = notice.Customer.Value, id = notice.Id,
            account = notice.Account?.Value ?? 0, kind = notice.Kind, day = notice.HappenedOn.ToStored(), place = notice.Place,
            madeAt = notice.MadeAt, fields = JsonSerializer.Serialize(notice.Fields),
        },
        transaction) == 1;

    /// <summary>A person's notices, latest first.</summary>
    public static IReadOnlyList<Notice> Of(DbConnection connection, CustomerId customer, NoticeQuery asked) =>
    [
        .. connection.Query<Row>(Latest, new
        {
            partition = customer.PartitionId, customer = customer.Value, unread = asked.Unread ? 1 : 0,
            kinds = asked.Kinds is null ? "" : $"|{string.Join('|', asked.Kinds)}|", most = asked.Most, skip = asked.Skip,
        }).Select(row => row.ToNotice()),
    ];

    /// <summary>One of a person, or null.</summary>
    public static Notice? Find(DbConnection connection, CustomerId customer, string id) => connection.QueryFirstOrDefault<Row>(
        One, new { partition = customer.PartitionId, customer = customer.Value, id })?.ToNotice();

    /// <summary>Notices of which no messages were made yet, oldest first.</summary>
    internal static IReadOnlyList<Notice> FreshOnes(DbConnection connection, int most) =>
        [.. connection.Query<Row>(Fresh, new { most }).Select(row => row.ToNotice())];

    /// <summary>Messages were made of them; hidden ones not even the inbox shows.</summary>
    internal static void MarkSpread(
        DbConnection connection, DbTransaction transaction, IEnumerable<(Notice Notice, bool Hidden)> notices) => ManyRows.Write(
        connection, transaction, Spread, ["@spread", "@partition", "@customer", "@id"], notices,
        one => [one.Hidden ? 2 : 1, one.Notice.Customer.PartitionId, one.Notice.Customer.Value, one.Notice.Id]);

    /// <summary>How many are unread, counted up to a number.</summary>
    public static int UnreadOf(DbConnection connection, CustomerId customer, int most) => (int)connection.ExecuteScalar<long>(
        Unread, new { partition = customer.PartitionId, customer = customer.Value, most });

    /// <summary>Marks one as read; reading it again changes nothing.</summary>
    public static int Mark(DbConnection connection, DbTransaction transaction, CustomerId customer, string id, long now) =>
        connection.Execute(MarkOne, new { partition = customer.PartitionId, customer = customer.Value, id, now }, transaction);

    /// <summary>Marks all that were made until an instant.</summary>
    public static int MarkAllOf(DbConnection connection, DbTransaction transaction, CustomerId customer, long until, long now) =>
        connection.Execute(MarkAll, new { partition = customer.PartitionId, customer = customer.Value, until, now }, transaction);

    /// <summary>The values of a new row.</summary>
    internal static object[] Values(Notice notice) =>
    [
        (long)notice.Customer.PartitionId, notice.Customer.Value, notice.Id, notice.Account?.Value ?? 0, notice.Kind,
        (long)notice.HappenedOn.ToStored(), notice.Place, notice.MadeAt, JsonSerializer.Serialize(notice.Fields),
    ];

    private sealed record Row
    {
        public long Partition { get; init; }
        public long Customer { get; init; }
        public string Id { get; init; } = "";
        public long Account { get; init; }
        public string Kind { get; init; } = "";
        public long HappenedOn { get; init; }
        public long Place { get; init; }
        public long MadeAt { get; init; }
        public string Fields { get; init; } = "";
        public long ReadAt { get; init; }

        public Notice ToNotice() => new()
        {
            Id = Id, Customer = new CustomerId(Customer), Account = Account == 0 ? null : new AccountId(Account), Kind = Kind,
            HappenedOn = StoreDates.FromStored(HappenedOn), Place = Place, MadeAt = MadeAt, ReadAt = ReadAt,
            Fields = JsonSerializer.Deserialize<Dictionary<string, string>>(Fields)!,
        };
    }
}
