using Dapper;
using Mingzhang.Engine;
using Mingzhang.Services.People;

namespace Mingzhang.Web.Identity;

/// <summary>Seals what older programs kept plain. Each row goes over in one transaction; the database overwrites what it deletes.</summary>
public sealed class PlainPeople(CreditHouse house, PersonShelf people)
{
    private const int Page = 200;

    private const string Rows =
        "SELECT customer_id AS CustomerId, name AS Name, phone AS Phone FROM person_plain WHERE partition_id BETWEEN 0 AND 1023 "
        + "ORDER BY partition_id, customer_id LIMIT @most";

    private const string Drop = "DELETE FROM person_plain WHERE partition_id = @partition AND customer_id = @customer";

    /// <summary>Seals all of them; returns how many there were. May be stopped anywhere and begun again.</summary>
    public async Task<int> SealAsync()
    {
        var sealedRows = 0;
        while (await SealPageAsync() is > 0 and var page)
        {
            sealedRows += page;
        }

        return sealedRows;
    }

    private Task<int> SealPageAsync() => house.WriteAsync((connection, transaction) =>
    {
        var page = connection.Query<Row>(Rows, new { most = Page }, transaction).AsList();
        foreach (var row in page)
        {
            var person = new Person(row.CustomerId, row.Name, row.Phone);
            people.Add(connection, transaction, person);
            connection.Execute(Drop, new { partition = person.Customer.PartitionId, customer = person.CustomerId }, transaction);
        }

        return page.Count;
    });

    private sealed record Row
    {
        public long CustomerId { get; init; }
        public string Name { get; init; } = "";
        public string Phone { get; init; } = "";
    }
}
