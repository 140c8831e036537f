using System.Data.Common;
using Dapper;
using Mingzhang.Domain.Values;

namespace Mingzhang.Services.Progress.Budgets;

/// <summary>What a person means to spend in a month. It tells and blocks nothing.</summary>
/// <param name="What">total, or a merchant type.</param>
/// <param name="Amount">Minor units.</param>
public sealed record Budget(string What, long Amount)
{
    /// <summary>The budget of all spending.</summary>
    public const string Total = "total";

    /// <summary>Parts of a budget at which it is told, percent.</summary>
    public static IReadOnlyList<int> Marks { get; } = [80, 100];

    /// <summary>The highest mark that spending has reached; 0 = none. 800.00 of 1,000.00 is 80.</summary>
    public int MarkAt(long spent) => Marks.LastOrDefault(mark => spent > 0 && (Int128)spent * 100 >= (Int128)Amount * mark);
}

/// <summary>The rows of budgets.</summary>
internal static class BudgetShelf
{
    private const string OfAccount =
        "SELECT what AS What, amount AS Amount FROM budget WHERE partition_id = @partition AND account_id = @account ORDER BY what";

    private const string Put =
        "INSERT INTO budget (partition_id, account_id, what, amount, set_at) VALUES (@partition, @account, @what, @amount, @at) "
        + "ON CONFLICT (partition_id, account_id, what) DO UPDATE SET amount = @amount, set_at = @at";

    private const string Drop = "DELETE FROM budget WHERE partition_id = @partition AND account_id = @account AND what = @what";

    private const string WithBudgets =
        "SELECT DISTINCT account_id FROM budget WHERE partition_id BETWEEN 0 AND 1023 AND account_id > @after "
        + "ORDER BY account_id LIMIT @most";

    /// <summary>The budgets of an account.</summary>
    public static IReadOnlyList<Budget> Of(DbConnection connection, AccountId id) =>
    [
        .. connection.Query<Row>(OfAccount, new { partition = id.PartitionId, account = id.Value })
            .Select(row => new Budget(row.What, row.Amount)),
    ];

    /// <summary>Keeps a budget, or drops it when its amount is 0.</summary>
    public static int Keep(DbConnection connection, DbTransaction transaction, AccountId id, Budget one, long at) => connection.Execute(
        one.Amount == 0 ? Drop : Put,
        new { partition = id.PartitionId, account = id.Value, what = one.What, amount = one.Amount, at }, transaction);

    /// <summary>Accounts with a budget, by account.</summary>
    public static IReadOnlyList<AccountId> After(DbConnection connection, long after, int most) =>
        [.. connection.Query<long>(WithBudgets, new { after, most }).Select(id => new AccountId(id))];

    private sealed record Row
    {
        public string What { get; init; } = "";
        public long Amount { get; init; }
    }
}
