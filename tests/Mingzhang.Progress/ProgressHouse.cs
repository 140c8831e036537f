using Dapper;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Engine.Tests;
using Mingzhang.Services.Campaigns;
using Mingzhang.Services.Checkout;
using Mingzhang.Services.Notifications;
using Mingzhang.Services.Progress;
using Mingzhang.Services.Progress.Spend;
using Mingzhang.Services.Progress.State;
using Mingzhang.Store;
using Mingzhang.Store.Tests;

namespace Mingzhang.Progress;

/// <summary>A house that follows spending, on a file or a private PostgreSQL server.</summary>
internal sealed class ProgressHouse : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mz-progress-").FullName;

    public ProgressHouse(bool server)
    {
        Assert.SkipWhen(server && PostgresCluster.One.Value is null, "PostgreSQL is not installed");
        House = CreditHouse.Open(new HouseOptions
        {
            Store = LedgerStores.Open(new StoreOptions
            {
                Path = server ? PostgresCluster.One.Value!.NewDatabase() : Path.Combine(_folder, "house.db"),
                CreateAs = new HouseFacts(true, Sample.Start),
                Migrations = [.. NoticeMigrations.All, .. CheckoutMigrations.All, .. ProgressMigrations.All, .. CampaignMigrations.All],
            }),
            Terms = Sample.Book,
            Followers = [new NoticeFollower(NoticeBook.Shipped, Time), new SpendFollower()],
        });
    }

    public CreditHouse House { get; }

    public MovingTime Time { get; } = new();

    public SpendDesk Spend => new(House);

    public NoticeDesk Notices => new(House, NoticeBook.Shipped, Time);

    public ProgressDesk Progress => field ??= new ProgressDesk(House, Spend, Notices, Time);

    public SpendReader Reader => new(House, Spend, Progress, MerchantTypes.Shipped);

    public async Task CatchUpAsync() => await House.CatchUpFollowersAsync(TestContext.Current.CancellationToken);

    public async Task<Refusal?> SendAsync(long customer, string key, AccountCommand command) =>
        (await House.SubmitAsync(
            new CommandEnvelope(Sample.Account(customer), key, command, "test"), TestContext.Current.CancellationToken)).Refusal;

    public async Task AcceptAsync(CommandEnvelope envelope) =>
        Assert.Null((await House.SubmitAsync(envelope, TestContext.Current.CancellationToken)).Refusal);

    public async Task MoveAsync(DateOnly day)
    {
        var (_, refusal) = await House.AdvanceToAsync(day, cancel: TestContext.Current.CancellationToken);
        Assert.Null(refusal);
    }

    public int Run(string sql, object values)
    {
        return House.WriteAsync((connection, transaction) => connection.Execute(sql, values, transaction)).GetAwaiter().GetResult();
    }

    public void Dispose()
    {
        House.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
