using Mingzhang.Channel;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Services.Access;
using Mingzhang.Services.Checkout;
using Mingzhang.Services.Diagnosis;
using Mingzhang.Services.Entitlements;
using Mingzhang.Services.Incidents;
using Mingzhang.Services.Lenders;
using Mingzhang.Services.Payments;
using Mingzhang.Services.Reading;
using Mingzhang.Store;

namespace Mingzhang.Payments.Diagnosis;

/// <summary>A sandbox with the shipped products, its permission store, and the diagnosis; nothing runs by itself.</summary>
internal sealed class UseHouse : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mz-use-").FullName;
    private long _customers = 7_000_000;

    public UseHouse()
    {
        var products = Path.Combine(Root, "products");
        House = CreditHouse.Open(new HouseOptions
        {
            Store = LedgerStores.Open(new StoreOptions
            {
                Path = Path.Combine(_folder, "house.db"), CreateAs = new HouseFacts(true, new DateOnly(2026, 7, 5)),
                Migrations =
                [
                    .. PaymentMigrations.All, .. EntitlementMigrations.All, .. AccessMigrations.All, .. IncidentMigrations.All,
                    .. CheckoutMigrations.All, .. NeighbourMigrations.All, .. LenderMigrations.All,
                ],
            }),
            Terms = ProductFolder.Read(products), Followers = [new EntitlementMarks()],
        });
        Reader = new AccountReader(House);
        Access = new AccessDesk(House, AccessRulesFile.Read(products), TimeProvider.System);
        Entitlements = new EntitlementDesk(House, Reader, Access, TimeProvider.System);
        Incidents = new IncidentDesk(House, TimeProvider.System);
        Neighbours = new UseNeighbours(House, TimeProvider.System);
        Checkout = new CheckoutDesk(House, Entitlements, Incidents, Neighbours, TimeProvider.System);
        Diagnoser = new UseDiagnoser(
            House, Reader, Entitlements, Access, Incidents, Checkout, new TransferDesk(House, new NoChannel(), new PaymentOptions(),
            TimeProvider.System), TimeProvider.System, Neighbours);
        Injector = new UseFaultInjector(House, Reader, Entitlements, Access, Incidents, Checkout, Neighbours);
    }

    public CreditHouse House { get; }

    public AccountReader Reader { get; }

    public AccessDesk Access { get; }

    public EntitlementDesk Entitlements { get; }

    public IncidentDesk Incidents { get; }

    public CheckoutDesk Checkout { get; }

    public UseNeighbours Neighbours { get; }

    public UseDiagnoser Diagnoser { get; }

    public UseFaultInjector Injector { get; }

    public CustomerId NextCustomer() => new(Interlocked.Increment(ref _customers));

    /// <summary>What the pump of a host does: until the permission store knows everything.</summary>
    public async Task PumpAsync()
    {
        await House.CatchUpFollowersAsync();
        while (await Entitlements.RefreshAsync(CancellationToken.None) > 0)
        {
            await House.CatchUpFollowersAsync();
        }
    }

    public void Dispose()
    {
        House.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string Root
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "Mingzhang.slnx")))
            {
                folder = folder.Parent!;
            }

            return folder.FullName;
        }
    }
}
