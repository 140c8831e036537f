using System.Data.Common;
using System.Text.Json;
using Dapper;
using Mingzhang.Domain.Ledger;
using Mingzhang.Domain.Lenders;
using Mingzhang.Domain.Loans;
using Mingzhang.Domain.Values;

namespace Mingzhang.Services.Lenders;

/// <summary>An account of a product that lenders fund, with its books when they follow from all of its journal.</summary>
/// <param name="Account">Which.</param>
/// <param name="Version">Entries in its journal.</param>
/// <param name="Books">Its shared loans; null = they have to be worked out.</param>
internal sealed record KnownBooks(AccountId Account, long Version, IReadOnlyList<LoanBooks>? Books);

/// <summary>The rows of books that were worked out: each is what the account's journal up to its sequence makes, so an account that has not
/// moved since is not read again (decision 0017).</summary>
internal static class KeptBooks
{
    // Raised when the rules that make books change: rows of another number are worked out again.
    private const int Format = 1;

    private const string Accounts =
        "SELECT a.account_id AS Account, a.version AS Version, b.books AS Books FROM account a LEFT JOIN lender_book b "
        + "ON b.partition_id = a.partition_id AND b.account_id = a.account_id AND b.sequence = a.version AND b.format = @format "
        + "WHERE (a.partition_id, a.account_id) > (@partition, @account) AND a.product = @product "
        + "ORDER BY a.partition_id, a.account_id LIMIT @limit";

    private const string Upsert =
        "INSERT INTO lender_book (partition_id, account_id, sequence, format, books) VALUES (@partition, @account, @sequence, @format, "
        + "@books) ON CONFLICT (partition_id, account_id) DO UPDATE SET sequence = excluded.sequence, format = excluded.format, "
        + "books = excluded.books";

    /// <summary>The next accounts of a product.</summary>
    public static List<KnownBooks> Page(DbConnection connection, string product, AccountId after, int limit) =>
    [
        .. connection.Query<(long Account, long Version, string? Books)>(Accounts, new
        {
            partition = after.Value == 0 ? -1 : after.PartitionId, account = after.Value, product, limit, format = Format,
        }).Select(row => new KnownBooks(new AccountId(row.Account), row.Version, row.Books is { } text ? Read(text) : null)),
    ];

    /// <summary>Keeps books that were worked out from a journal of so many entries.</summary>
    public static void Keep(
        DbConnection connection, DbTransaction transaction, AccountId account, long version, IReadOnlyList<LoanBooks> books) =>
        connection.Execute(
            Upsert,
            new { partition = account.PartitionId, account = account.Value, sequence = version, format = Format, books = Written(books) },
            transaction);

    private static string Written(IReadOnlyList<LoanBooks> books) => JsonSerializer.Serialize(books.Select(loan => new Row(
        loan.Id, loan.Currency.ToString(), loan.Product, loan.Lenders.ToDictionary(share => share.Lender, share => share.SharePpm),
        loan.Balances.ToDictionary(balance => (int)balance.Key, balance => balance.Value))));

    private static List<LoanBooks> Read(string text) =>
    [
        .. (JsonSerializer.Deserialize<List<Row>>(text) ?? []).Select(row => LoanBooks.Kept(
            row.Id, ValueList.From(row.Shares.Select(share => new LenderShare(share.Key, share.Value))), Currency.Parse(row.Currency),
            row.Product, row.Balances.ToDictionary(balance => (LedgerAccount)balance.Key, balance => balance.Value))),
    ];

    // Shares in their order: the last one takes remainders.
    private sealed record Row(
        string Id, string Currency, string Product, Dictionary<string, long> Shares, Dictionary<int, long> Balances);
}
