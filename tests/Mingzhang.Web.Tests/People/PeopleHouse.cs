using Mingzhang.Engine;
using Mingzhang.Services.People;
using Mingzhang.Services.Reading;
using Mingzhang.Store;
using Mingzhang.Web.Hosting;

namespace Mingzhang.Web.Tests.People;

/// <summary>A house of its own with the tables of people, without a host.</summary>
internal sealed class PeopleHouse : IDisposable
{
    public const string OldKey = "1111111111111111111111111111111111111111111111111111111111111111";
    public const string NewKey = "2222222222222222222222222222222222222222222222222222222222222222";

    public PeopleHouse(string folder, string keys = OldKey, IReadOnlyList<Migration>? others = null, string? database = null)
    {
        Database = database ?? TestDatabase.In(folder);
        House = CreditHouse.Open(new HouseOptions
        {
            Store = LedgerStores.Open(new StoreOptions
            {
                Path = Database, CreateAs = new HouseFacts(true, new DateOnly(2026, 3, 2)),
                Migrations = others ?? HouseTables.All,
            }),
            Terms = ProductFolder.Read(Path.Combine(AppContext.BaseDirectory, "products")),
        });
        if (others is null)
        {
            Keys = PeopleKeys.Open(House, _ => MasterKeys.Read(keys)!);
            People = new PersonShelf(House, Keys, TimeProvider.System);
        }
    }

    public string Database { get; }

    public CreditHouse House { get; }

    public PeopleKeys Keys { get; } = null!;

    public PersonShelf People { get; } = null!;

    public void Dispose() => House.Dispose();
}
