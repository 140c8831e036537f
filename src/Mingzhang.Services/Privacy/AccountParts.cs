using Dapper;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;

namespace Mingzhang.Services.Privacy;

/// <summary>What other parts keep of a person's accounts, row by row: payments, spending, the ways of leaving, certificates.</summary>
public static class AccountParts
{
    private static readonly (string File, string Sql)[] Payments =
    [
        ("transfers", "SELECT * FROM transfer WHERE partition_id = @partition AND account_id BETWEEN @first AND @last"),
        ("collections", "SELECT * FROM auto_debit WHERE partition_id = @partition AND account_id BETWEEN @first AND @last"),
        ("mandates", "SELECT * FROM mandate WHERE partition_id = @partition AND account_id BETWEEN @first AND @last"),
        ("pay-requests", "SELECT * FROM pay_request WHERE partition_id = @partition AND account_id BETWEEN @first AND @last"),
        ("lender-lines", "SELECT * FROM lender_line WHERE partition_id = @partition AND account_id BETWEEN @first AND @last"),
    ];

    private static readonly (string File, string Sql)[] Spending =
    [
        ("spending", "SELECT * FROM spend_line WHERE partition_id = @partition AND account_id BETWEEN @first AND @last"),
        ("budgets", "SELECT * FROM budget WHERE partition_id = @partition AND account_id BETWEEN @first AND @last"),
        ("invitations", "SELECT * FROM win_back WHERE partition_id = @partition AND account_id BETWEEN @first AND @last"),
        ("lessons", "SELECT * FROM lesson_mark WHERE partition_id = @partition AND customer_id = @customer"),
        ("progress", "SELECT * FROM progress_closure WHERE partition_id = @partition AND account_id BETWEEN @first AND @last"),
    ];

    private static readonly (string File, string Sql)[] Leaving =
    [
        ("closing-steps", "SELECT * FROM closing_step WHERE partition_id = @partition AND account_id BETWEEN @first AND @last"),
        ("limit-raises", "SELECT * FROM raise_request WHERE partition_id = @partition AND account_id BETWEEN @first AND @last"),
        ("benefits", "SELECT * FROM benefit WHERE partition_id = @partition AND account_id BETWEEN @first AND @last"),
        ("closing-wishes", "SELECT * FROM closing_wish WHERE partition_id = @partition AND account_id BETWEEN @first AND @last"),
    ];

    private static readonly (string File, string Sql)[] Certificates =
    [
        ("certificates", "SELECT * FROM certificate WHERE partition_id = @partition AND customer_id = @customer"),
    ];

    /// <summary>All of them.</summary>
    public static IEnumerable<IPersonPart> Of(CreditHouse house) =>
    [
        new PersonPart("payments", HoldingClock.Relation, who => Files(house, who, Payments)),
        new PersonPart("spending", HoldingClock.Product, who => Files(house, who, Spending)),
        new PersonPart("leaving", HoldingClock.Relation, who => Files(house, who, Leaving)),
        new PersonPart("certificates", HoldingClock.Relation, who => Files(house, who, Certificates)),
    ];

    private static List<CopyFile> Files(CreditHouse house, CustomerId who, (string File, string Sql)[] lists)
    {
        using var connection = house.OpenReadOnly();
        var range = new
        {
            partition = who.PartitionId, first = AccountId.Of(who, 0).Value,
            last = AccountId.Of(who, AccountId.SlotsPerCustomer - 1).Value, customer = who.Value,
        };
        return
        [
            .. lists.SelectMany(list => CopyJson.List(
                list.File + ".json",
                connection.Query(list.Sql, range)
                    .Select(row => new Dictionary<string, object>((IDictionary<string, object>)row)).ToList())),
        ];
    }
}
