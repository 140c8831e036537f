using System.Data.Common;
using Dapper;
using Mingzhang.Domain.Values;

namespace Mingzhang.Services.Checkout;

/// <summary>The rows of shops and attempts.</summary>
internal static class CheckoutShelf
{
    private const string Columns =
        "SELECT merchant_id AS Id, name AS Name, mcc AS Mcc, scene AS Scene, eligible AS Eligible FROM merchant ";
    private const string One = Columns + "WHERE merchant_id = @id";
    private const string Some = Columns + "WHERE merchant_id > @after ORDER BY merchant_id LIMIT @most";

    private const string Put =
        "INSERT INTO merchant (merchant_id, name, mcc, scene, eligible) VALUES (@Id, @Name, @Mcc, @Scene, @eligible) "
        + "ON CONFLICT (merchant_id) DO UPDATE SET name = @Name, mcc = @Mcc, scene = @Scene, eligible = @eligible";

    private const string Attempt =
        "INSERT INTO checkout_attempt (partition_id, account_id, order_id, at, merchant_id, amount, outcome) "
        + "VALUES (@partition, @account, @OrderId, @At, @MerchantId, @AmountMinor, @Outcome) "
        + "ON CONFLICT (partition_id, account_id, order_id) DO UPDATE SET at = @At, amount = @AmountMinor, outcome = @Outcome";

    private const string LastOf =
        "SELECT at AS At, order_id AS OrderId, merchant_id AS MerchantId, amount AS AmountMinor, outcome AS Outcome FROM checkout_attempt "
        + "WHERE partition_id = @partition AND account_id = @account ORDER BY at DESC LIMIT @most";

    /// <summary>A shop, or null.</summary>
    public static Merchant? Find(DbConnection connection, string id) => connection.QueryFirstOrDefault<Row>(One, new { id })?.ToMerchant();

    /// <summary>A page of shops.</summary>
    public static IReadOnlyList<Merchant> List(DbConnection connection, string after, int most) =>
        [.. connection.Query<Row>(Some, new { after, most }).Select(row => row.ToMerchant())];

    /// <summary>Adds or changes a shop.</summary>
    public static void Keep(DbConnection connection, DbTransaction transaction, Merchant one) => connection.Execute(
        Put, new { one.Id, one.Name, one.Mcc, one.Scene, eligible = one.Eligible ? 1 : 0 }, transaction);

    /// <summary>Keeps an attempt.</summary>
    public static void Keep(DbConnection connection, DbTransaction transaction, AccountId account, CheckoutAttempt one) =>
        connection.Execute(
            Attempt,
            new
            {
                partition = account.PartitionId, account = account.Value, one.OrderId, one.At, one.MerchantId, one.AmountMinor, one.Outcome,
            },
            transaction);

    /// <summary>The latest attempts of an account.</summary>
    public static IReadOnlyList<CheckoutAttempt> Last(DbConnection connection, AccountId account, int most) =>
        [.. connection.Query<AttemptRow>(LastOf, new { partition = account.PartitionId, account = account.Value, most })
            .Select(row => new CheckoutAttempt(row.At, row.OrderId, row.MerchantId, row.AmountMinor, row.Outcome))];

    private sealed record Row
    {
        public string Id { get; init; } = "";
        public string Name { get; init; } = "";
        public string Mcc { get; init; } = "";
        public string Scene { get; init; } = "";
        public long Eligible { get; init; }

        public Merchant ToMerchant() => new(Id, Name, Mcc, Scene, Eligible == 1);
    }

    private sealed record AttemptRow
    {
        public long At { get; init; }
        public string OrderId { get; init; } = "";
        public string MerchantId { get; init; } = "";
        public long AmountMinor { get; init; }
        public string Outcome { get; init; } = "";
    }
}
