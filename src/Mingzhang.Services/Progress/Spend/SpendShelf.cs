using System.Data.Common;
using Dapper;
using Mingzhang.Domain.Values;
using Mingzhang.Engine.Followers;
using Mingzhang.Services.Reading;
using Mingzhang.Store;

namespace Mingzhang.Services.Progress.Spend;

/// <summary>The rows of spending.</summary>
internal static class SpendShelf
{
    // A row that a rebuild has read already adds nothing again.
    private const string Unread =
        "NOT EXISTS (SELECT 1 FROM spend_account a WHERE a.partition_id = @partition AND a.account_id = @account AND a.rebuilt >= @known)";

    private const string Note =
        "INSERT INTO spend_purchase (partition_id, account_id, purchase_id, merchant, scene, known) "
        + "SELECT @partition, @account, @id, @merchant, @scene, @known WHERE " + Unread + " "
        + "ON CONFLICT (partition_id, account_id, purchase_id) DO UPDATE SET merchant = @merchant, scene = @scene, known = @known";

    private const string Put =
        "INSERT INTO spend_purchase (partition_id, account_id, purchase_id, merchant, scene, known) "
        + "VALUES (@partition, @account, @id, @merchant, @scene, @known) ON CONFLICT DO NOTHING";

    private const string Shop =
        "SELECT merchant AS Merchant, scene AS Scene FROM spend_purchase WHERE partition_id = @partition AND account_id = @account "
        + "AND purchase_id = @purchase";

    private const string MerchantOf =
        "SELECT merchant FROM spend_purchase WHERE partition_id = @partition AND account_id = @account AND purchase_id = @purchase";

    private const string SceneOf =
        "SELECT scene FROM spend_purchase WHERE partition_id = @partition AND account_id = @account AND purchase_id = @purchase";

    private const string Follow =
        "INSERT INTO spend_line (partition_id, account_id, known, part, origin, on_day, kind, purchase_id, merchant, scene, amount) "
        + "SELECT @partition, @account, @known, @part, @origin, @on, @kind, @purchase, coalesce((" + MerchantOf + "), ''), "
        + "coalesce((" + SceneOf + "), ''), @amount WHERE " + Unread + " ON CONFLICT DO NOTHING";

    private const string Write =
        "INSERT INTO spend_line (partition_id, account_id, known, part, origin, on_day, kind, purchase_id, merchant, scene, amount) "
        + "VALUES (@partition, @account, @known, @part, @origin, @on, @kind, @purchase, @merchant, @scene, @amount)";

    private const string Mark =
        "INSERT INTO spend_account (partition_id, account_id, stale, rebuilt) VALUES (@partition, @account, @known, 0) "
        + "ON CONFLICT (partition_id, account_id) DO UPDATE SET stale = @known WHERE spend_account.stale < @known";

    private const string MarkAll =
        "INSERT INTO spend_account (partition_id, account_id, stale, rebuilt) SELECT partition_id, account_id, version, 0 FROM account "
        + "WHERE partition_id BETWEEN 0 AND 1023 "
        + "ON CONFLICT (partition_id, account_id) DO UPDATE SET stale = excluded.stale, rebuilt = 0";

    private const string Forget =
        "DELETE FROM spend_line WHERE partition_id = @partition AND account_id = @account AND known <= @known; "
        + "DELETE FROM spend_purchase WHERE partition_id = @partition AND account_id = @account AND known <= @known";

    private const string Rebuilt =
        "INSERT INTO spend_account (partition_id, account_id, stale, rebuilt) VALUES (@partition, @account, 0, @known) "
        + "ON CONFLICT (partition_id, account_id) DO UPDATE SET rebuilt = @known WHERE spend_account.rebuilt <= @known";

    // While progress management is closed the analysis stands still, whatever is corrected meanwhile.
    private const string Open =
        "NOT EXISTS (SELECT 1 FROM progress_closure c WHERE c.partition_id = s.partition_id AND c.account_id = s.account_id "
        + "AND c.reopened_on = 0)";

    private const string StaleOnes =
        "SELECT s.account_id FROM spend_account s WHERE s.partition_id BETWEEN 0 AND 1023 AND s.stale > s.rebuilt AND " + Open + " "
        + "ORDER BY s.account_id LIMIT @most";

    private const string IsStaleSql =
        "SELECT count(*) FROM spend_account s WHERE s.partition_id = @partition AND s.account_id = @account AND s.stale > s.rebuilt AND "
        + Open;

    private const string MccOf = "SELECT merchant_id AS Shop, mcc AS Mcc FROM merchant WHERE merchant_id IN @shops";

    private const string All =
        "SELECT known AS Known, part AS Part, origin AS Origin, on_day AS OnDay, kind AS Kind, purchase_id AS PurchaseId, "
        + "merchant AS Merchant, scene AS Scene, amount AS Amount FROM spend_line WHERE partition_id = @partition "
        + "AND account_id = @account AND on_day BETWEEN @since AND @until ORDER BY on_day DESC, known DESC, part DESC";

    /// <summary>Keeps what rows add, exactly once in effect: first the merchants, then the lines, which take theirs from them.</summary>
    public static void Take(FollowerTransaction transaction, IReadOnlyList<SpendNews> news)
    {
        transaction.Write(
            Note, ["@partition", "@account", "@known", "@id", "@merchant", "@scene"],
            news.SelectMany(one => one.Bought, (one, bought) => (one, bought)),
            row => [.. Of(row.one), row.bought.Id, row.bought.Merchant, row.bought.Scene]);
        transaction.Write(
            Follow, ["@partition", "@account", "@known", "@part", "@origin", "@on", "@kind", "@purchase", "@amount"],
            news.SelectMany(one => one.Lines, (one, line) => (one, line)),
            row => [
                .. Of(row.one), row.line.Part, row.line.Origin, row.line.On.ToStored(), (int)row.line.Kind, row.line.PurchaseId,
                row.line.Amount,
            ]);
        transaction.Write(Mark, ["@partition", "@account", "@known"], news.Where(one => one.Stale), Of);
    }

    private static object[] Of(SpendNews news) => [news.Account.PartitionId, news.Account.Value, news.Sequence];

    /// <summary>Where a purchase was made, or null.</summary>
    public static ActivityShop? ShopOf(DbConnection connection, AccountId account, string purchase) =>
        connection.QueryFirstOrDefault<ActivityShop>(Shop, new { partition = account.PartitionId, account = account.Value, purchase });

    /// <summary>Marks every account to be made anew.</summary>
    public static int Renew(DbConnection connection, DbTransaction transaction) => connection.Execute(MarkAll, null, transaction);

    /// <summary>Puts a recomputed book in the place of what was known up to its sequence.</summary>
    public static void Replace(DbConnection connection, DbTransaction transaction, AccountId id, SpendBook book)
    {
        var (partition, account, known) = (id.PartitionId, id.Value, book.Known);
        connection.Execute(Forget, new { partition, account, known }, transaction);
        foreach (var one in book.Purchases)
        {
            connection.Execute(
                Put, new { partition, account, id = one.Id, merchant = one.Merchant, scene = one.Scene, known }, transaction);
        }

        foreach (var line in book.Lines)
        {
            connection.Execute(
                Write,
                new
                {
                    partition, account, known, part = line.Part, origin = line.Origin, on = line.On.ToStored(), kind = (int)line.Kind,
                    purchase = line.PurchaseId, merchant = line.Merchant, scene = line.Scene, amount = line.Amount,
                },
                transaction);
        }

        connection.Execute(Rebuilt, new { partition, account, known }, transaction);
    }

    /// <summary>Accounts that have to be made anew.</summary>
    public static IReadOnlyList<AccountId> Stale(DbConnection connection, int most) =>
        [.. connection.Query<long>(StaleOnes, new { most }).Select(id => new AccountId(id))];

    /// <summary>Whether an account has to be made anew.</summary>
    public static bool IsStale(DbConnection connection, AccountId id) =>
        connection.ExecuteScalar<long>(IsStaleSql, new { partition = id.PartitionId, account = id.Value }) > 0;

    /// <summary>Category codes of shops.</summary>
    public static IReadOnlyList<(string Shop, string Mcc)> Codes(DbConnection connection, string[] shops) =>
        [.. connection.Query<(string Shop, string Mcc)>(MccOf, new { shops })];

    /// <summary>Lines of an account between two days, latest first.</summary>
    public static IReadOnlyList<SpendLine> Lines(DbConnection connection, AccountId id, DateOnly since, DateOnly until) =>
    [
        .. connection.Query<Row>(
            All,
            new { partition = id.PartitionId, account = id.Value, since = since.ToStored(), until = until.ToStored() })
            .Select(row => new SpendLine
            {
                Known = row.Known, Part = (int)row.Part, Origin = row.Origin, On = StoreDates.FromStored(row.OnDay),
                Kind = (SpendKind)row.Kind, PurchaseId = row.PurchaseId, Merchant = row.Merchant, Scene = row.Scene, Amount = row.Amount,
            }),
    ];

    private sealed record Row
    {
        public long Known { get; init; }
        public long Part { get; init; }
        public long Origin { get; init; }
        public long OnDay { get; init; }
        public long Kind { get; init; }
        public string PurchaseId { get; init; } = "";
        public string Merchant { get; init; } = "";
        public string Scene { get; init; } = "";
        public long Amount { get; init; }
    }
}
