using System.Data.Common;
using Dapper;
using Mingzhang.Domain.Values;
using Mingzhang.Store;

namespace Mingzhang.Services.Campaigns;

/// <summary>How somebody stands who agreed to offers and is, or was, in the segment of the invitation.</summary>
/// <param name="Account">Which account.</param>
/// <param name="State">invited; resting: not long ago; waiting: the campaign is stopped; left: no longer in the segment; refused.</param>
/// <param name="Version">Of the rule.</param>
/// <param name="LookedOn">Business day it was looked at last.</param>
/// <param name="InvitedOn">Day of the last invitation; null = never.</param>
/// <param name="Facts">What the rule looked at; zeros once the person left or refused.</param>
public sealed record WinBackMember(
    AccountId Account, string State, int Version, DateOnly LookedOn, DateOnly? InvitedOn, WinBackFacts Facts);

/// <summary>The rows of invitations.</summary>
internal static class WinBackShelf
{
    private const string Columns =
        "SELECT partition_id AS Partition, account_id AS Account, state AS State, version AS Version, "
        + "looked_on AS LookedOn, invited_on AS InvitedOn, closed_days AS ClosedDays, due AS Due, short AS Short, "
        + "limit_minor AS LimitMinor, usual_minor AS UsualMinor FROM win_back ";

    private const string OfCustomer =
        Columns + "WHERE partition_id = @partition AND account_id BETWEEN @first AND @last ORDER BY account_id";

    private const string Latest =
        Columns + "WHERE partition_id BETWEEN 0 AND 1023 AND state <> 'left' ORDER BY looked_on DESC, account_id LIMIT @most";

    private const string Write =
        "INSERT INTO win_back (partition_id, account_id, state, version, looked_on, invited_on, closed_days, due, short, limit_minor, "
        + "usual_minor) VALUES (@partition, @account, @State, @Version, @looked, @invited, @ClosedDays, @Due, @Short, @LimitMinor, "
        + "@UsualMinor) ON CONFLICT (partition_id, account_id) DO UPDATE SET state = excluded.state, version = excluded.version, "
        + "looked_on = excluded.looked_on, invited_on = excluded.invited_on, closed_days = excluded.closed_days, due = excluded.due, "
        + "short = excluded.short, limit_minor = excluded.limit_minor, usual_minor = excluded.usual_minor";

    private const string Nothing = "closed_days = 0, due = 0, short = 0, limit_minor = 0, usual_minor = 0 ";

    // Whoever never was invited leaves nothing behind; of the others the day stays, so that the pause holds.
    private const string Leave =
        "UPDATE win_back SET state = 'left', " + Nothing + "WHERE partition_id BETWEEN 0 AND 1023 AND looked_on < @today "
        + "AND invited_on > 0 AND state NOT IN ('left', 'refused')";

    private const string Forget =
        "DELETE FROM win_back WHERE partition_id BETWEEN 0 AND 1023 AND looked_on < @today AND invited_on = 0";

    private const string Refuse =
        "UPDATE win_back SET state = 'refused', " + Nothing
        + "WHERE partition_id = @partition AND account_id BETWEEN @first AND @last";

    private const string Closed =
        "SELECT account_id FROM progress_closure WHERE partition_id BETWEEN 0 AND 1023 AND reopened_on = 0 AND closed_on <= @until "
        + "AND (partition_id, account_id) > (@partition, @account) ORDER BY partition_id, account_id LIMIT @most";

    private const string Counts =
        "SELECT count(*) AS Invited, CAST(coalesce(sum(CASE WHEN w.state = 'refused' THEN 1 ELSE 0 END), 0) AS BIGINT) AS Refused, "
        + "CAST(coalesce(sum(CASE WHEN EXISTS (SELECT 1 FROM progress_closure c WHERE c.partition_id = w.partition_id "
        + "AND c.account_id = w.account_id AND c.reopened_on >= w.invited_on) THEN 1 ELSE 0 END), 0) AS BIGINT) AS Reopened "
        + "FROM win_back w WHERE w.partition_id BETWEEN 0 AND 1023 AND w.invited_on > 0";

    public static IReadOnlyList<WinBackMember> Of(DbConnection connection, CustomerId customer, DbTransaction? transaction = null) =>
        [.. connection.Query<Row>(OfCustomer, Range(customer), transaction).Select(row => row.ToMember())];

    public static IReadOnlyList<WinBackMember> All(DbConnection connection, int most) =>
        [.. connection.Query<Row>(Latest, new { most }).Select(row => row.ToMember())];

    public static void Put(DbConnection connection, DbTransaction transaction, WinBackMember one) => connection.Execute(
        Write,
        new
        {
            partition = one.Account.PartitionId, account = one.Account.Value, one.State, one.Version, looked = one.LookedOn.ToStored(),
            invited = one.InvitedOn?.ToStored() ?? 0, one.Facts.ClosedDays, one.Facts.Due, one.Facts.Short, one.Facts.LimitMinor,
            one.Facts.UsualMinor,
        },
        transaction);

    public static int Sweep(DbConnection connection, DbTransaction transaction, DateOnly today) =>
        connection.Execute(Leave, new { today = today.ToStored() }, transaction)
        + connection.Execute(Forget, new { today = today.ToStored() }, transaction);

    public static int MarkRefused(DbConnection connection, DbTransaction transaction, CustomerId customer) =>
        connection.Execute(Refuse, Range(customer), transaction);

    public static IReadOnlyList<AccountId> ClosedUntil(DbConnection connection, DateOnly until, AccountId? after, int most) =>
    [
        .. connection.Query<long>(
                Closed, new { until = until.ToStored(), partition = after?.PartitionId ?? -1, account = after?.Value ?? 0, most })
            .Select(id => new AccountId(id)),
    ];

    public static WinBackFigures Figures(DbConnection connection) => connection.QuerySingle<WinBackFigures>(Counts);

    private static object Range(CustomerId customer) => new
    {
        partition = customer.PartitionId, first = AccountId.Of(customer, 0).Value,
        last = AccountId.Of(customer, AccountId.SlotsPerCustomer - 1).Value,
    };

    private sealed record Row
    {
        public long Partition { get; init; }
        public long Account { get; init; }
        public string State { get; init; } = "";
        public long Version { get; init; }
        public long LookedOn { get; init; }
        public long InvitedOn { get; init; }
        public long ClosedDays { get; init; }
        public long Due { get; init; }
        public long Short { get; init; }
        public long LimitMinor { get; init; }
        public long UsualMinor { get; init; }

        public WinBackMember ToMember() => new(
            new AccountId(Account), State, (int)Version, StoreDates.FromStored(LookedOn),
            InvitedOn == 0 ? null : StoreDates.FromStored(InvitedOn),
            new WinBackFacts((int)ClosedDays, (int)Due, (int)Short, LimitMinor, UsualMinor));
    }
}

/// <summary>What became of invitations.</summary>
public sealed record WinBackFigures
{
    /// <summary>Accounts ever invited.</summary>
    public long Invited { get; init; }

    /// <summary>Of these: refused offers since.</summary>
    public long Refused { get; init; }

    /// <summary>Of these: opened progress management again since.</summary>
    public long Reopened { get; init; }
}
