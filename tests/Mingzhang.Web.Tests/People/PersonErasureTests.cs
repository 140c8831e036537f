using Dapper;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Mingzhang.Domain.People;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Engine.Approvals;
using Mingzhang.Services.Payments;
using Mingzhang.Services.People;
using Mingzhang.Services.Reading;
using Mingzhang.Services.Sandbox;
using Mingzhang.Services.Tickets;
using Mingzhang.Store.Moving;
using Mingzhang.Web.Console;
using Mingzhang.Web.Identity;
using Mingzhang.Web.Tests.Api;
using Mingzhang.Web.Tests.Watch;

namespace Mingzhang.Web.Tests.People;

/// <summary>
/// Twelve canaries, one for each way a person's data gets in; after the erasure none is anywhere, and the books are the same.
/// </summary>
public sealed class PersonErasureTests : IDisposable
{
    private const string Name = "夏侯金丝雀";
    private const string Phone = "19912345678";
    private const string Identity = "110101199003074477";
    private const string Email = "canary-mail@example.test";
    private const string CardNumber = "6222021234567890128";
    private const string Login = "canary-login-3c1";
    private const string DeviceName = "canary-device-77";
    private const string Note = "canary-note-51";
    private const string Evidence = "canary-evidence-9";
    private const string Query = "canary-query-12";
    private const string BadInput = "canary-bad-input-4";
    private const string Payload = "canary-payload-8";

    private static readonly CustomerId Someone = new(41_000_077);

    private static readonly string[] All =
        [Name, Phone, Identity, Email, CardNumber, Login, DeviceName, Note, Evidence, Query, BadInput, Payload];

    private readonly string _folder = Directory.CreateTempSubdirectory("mz-erase-").FullName;
    private readonly Written _log = new();

    [Fact]
    public async Task An_erased_person_is_nowhere_and_the_books_are_the_same()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("MZ_TEST_STORE") == "postgres", "looks into the database file");
        await using var factory = Start();
        using var client = factory.CreateClient(new() { AllowAutoRedirect = false });
        var services = factory.Services;
        var house = services.GetRequiredService<CreditHouse>();
        await FillAsync(services, client);
        var before = (Heads(house), Balance(house));
        var key = DataKey(house);
        Assert.True(HasBytes(key));
        var desk = services.GetRequiredService<ErasureDesk>();
        var (receipt, refusal) = await desk.EraseAsync(Someone, "staff:test");
        Assert.Null(refusal);
        Assert.True(receipt!.Rows >= 12, $"{receipt.Rows} rows");
        Assert.Equal([], Canaries.FoundIn(_folder, All));
        Assert.False(HasBytes(key), "the wrapped data key is still in a file");
        Assert.Equal(before, (Heads(house), Balance(house)));
        await house.BackupAsync(Path.Combine(_folder, "copy.db"));
        Assert.Equal([], Canaries.FoundIn(_folder, All));
        Assert.NotEmpty(_log.Lines);
        Assert.Equal([], All.Where(canary => _log.Lines.Any(line => line.Contains(canary, StringComparison.Ordinal))));
        Assert.Null(services.GetRequiredService<PersonShelf>().Find(Someone));
        Assert.Equal(receipt.Rows, Assert.Single(desk.Of(Someone)).Rows);
        Assert.IsType<PersonUnknown>((await desk.EraseAsync(Someone, "staff:test")).Refusal);
    }

    [Fact]
    public async Task An_erasure_that_leaves_plain_rows_and_plain_tickets_is_caught()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("MZ_TEST_STORE") == "postgres", "looks into the database file");
        await using var factory = Start(services => services.AddSingleton<ITicketText, PlainTicketText>());
        using var client = factory.CreateClient(new() { AllowAutoRedirect = false });
        var house = factory.Services.GetRequiredService<CreditHouse>();
        await FillAsync(factory.Services, client);
        await house.WriteAsync((connection, transaction) => connection.Execute(
            "INSERT INTO person_plain (partition_id, customer_id, name, phone) VALUES (@partition, @customer, @Name, @Phone)",
            new { partition = Someone.PartitionId, customer = Someone.Value, Name, Phone }, transaction));
        var planted = new ErasureDesk(
            house, factory.Services.GetRequiredService<AccountReader>(), [], new ErasureRules(10, Path.Combine(_folder, "list")),
            TimeProvider.System);
        Assert.Null((await planted.EraseAsync(Someone, "staff:test")).Refusal);
        Assert.Equal([Name, Phone, Note], Canaries.FoundIn(_folder, All).Select(hit => hit.Canary));
    }

    [Fact]
    public async Task Whoever_has_an_account_stays_until_it_is_closed_settled_and_ten_years_old()
    {
        await using var factory = Start();
        var desk = factory.Services.GetRequiredService<ErasureDesk>();
        var paid = new CustomerId(1_000_001);
        Assert.IsType<PersonHasAccount>(await desk.CheckAsync(paid));
        Assert.IsType<PersonUnknown>(await desk.CheckAsync(new CustomerId(77)));
        var (_, refusal) = await desk.EraseAsync(paid, "staff:test");
        Assert.IsType<PersonHasAccount>(refusal);
        Assert.NotNull(factory.Services.GetRequiredService<PersonShelf>().Find(paid));
    }

    [Fact]
    public async Task Two_people_erase_one_and_a_restored_backup_erases_again()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("MZ_TEST_STORE") == "postgres", "restores a database file");
        var backup = Path.Combine(_folder, "before.db");
        await using (var factory = Start())
        {
            var house = factory.Services.GetRequiredService<CreditHouse>();
            var people = factory.Services.GetRequiredService<PersonShelf>();
            await people.AddAsync(new Person(Someone.Value, Name, Phone));
            await house.BackupAsync(backup);
            var approvals = factory.Services.GetRequiredService<ApprovalDesk>();
            var lin = new Signer("lin", "staff:lin", true);
            var draft = ErasureProposals.Draft(Someone, "asked for it");
            var (first, _) = await approvals.ProposeAsync(draft, lin);
            Assert.NotNull((await approvals.ApproveAsync(first!.Number, lin, "")).Refusal);
            await factory.Services.GetRequiredService<DeviceShelf>().SeenAsync(Someone, "d-1", "phone");
            Assert.NotNull((await approvals.ApproveAsync(first.Number, new Signer("mei", "staff:mei", true), "")).Refusal);
            Assert.NotNull(people.Find(Someone));
            var (again, _) = await approvals.RenewAsync(first.Number, lin);
            var done = await approvals.ApproveAsync(again!.Number, new Signer("mei", "staff:mei", true), "");
            Assert.Equal(ProposalStatus.Done, done.Proposal!.Status);
            Assert.Null(people.Find(Someone));
        }

        File.Copy(backup, Path.Combine(_folder, "house.db"), overwrite: true);
        File.Delete(Path.Combine(_folder, "house.db-wal"));
        await using (var factory = Start())
        {
            Assert.Null(factory.Services.GetRequiredService<PersonShelf>().Find(Someone));
        }

        File.Delete(backup);
        Assert.Empty(Canaries.FoundIn(_folder, Name, Phone));
    }

    public void Dispose()
    {
        _log.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private WebApplicationFactory<Program> Start(Action<IServiceCollection>? planted = null) =>
        new WebApplicationFactory<Program>().WithWebHostBuilder(host => host
        .UseSetting("MZ_DB", TestDatabase.DemoIn(_folder)).UseSetting("MZ_DATA", _folder).UseSetting("MZ_API_KEY", ApiHost.Owner)
        .UseSetting("MZ_CANARY", "false").UseSetting("Logging:LogLevel:Default", "Trace")
        .ConfigureLogging(logging => logging.ClearProviders().AddProvider(_log))
        .ConfigureServices(services => planted?.Invoke(services)));

    private static async Task FillAsync(IServiceProvider services, HttpClient client)
    {
        var shelf = services.GetRequiredService<PersonShelf>();
        await shelf.AddAsync(new Person(Someone.Value, Name, Phone) { IdNumber = Identity, Email = Email });
        await services.GetRequiredService<Logins>().AddAsync(Realms.App, Login, Secrets.Hash("x"), Someone);
        await services.GetRequiredService<PinDesk>().SeedAsync(Someone, Secrets.Hash("123456"));
        var bound = await services.GetRequiredService<CardDesk>().AddAsync(
            Someone, Assert.IsType<BankCardRead>(BankCardNumber.Read(CardNumber)).Card, CancellationToken.None);
        Assert.Null(bound.Refusal);
        await services.GetRequiredService<DeviceShelf>().SeenAsync(Someone, "d-1", DeviceName);
        Assert.NotNull((await services.GetRequiredService<TicketDesk>().OpenAsync(new OpenTicket(
            Someone, null, TicketKind.Question, "account", TicketChannel.App, Note, "customer:41000077"))).Ticket);
        await services.GetRequiredService<PayRequestDesk>().MakeAsync(AccountId.Of(Someone, 1), 100, Note);
        await services.GetRequiredService<LookLog>().AddAsync(Someone, "staff:lin", "console.account", Note);
        await services.GetRequiredService<ConsentLedger>().GiveAsync(Someone, "privacy", "1", "app", Evidence);
        await Host.PostAsync(client, "/login", "/login", new() { ["login"] = BadInput, ["password"] = Login });
        await Host.PostAsync(client, "/console/login", "/console/login", new()
        {
            ["login"] = DemoCustomer.StaffLogin, ["password"] = DemoCustomer.StaffPassword,
        });
        foreach (var sought in (string[])[Query, Name, Phone, Identity])
        {
            await Host.PostAsync(client, "/console", "/console/search", new() { ["q"] = sought });
        }

        client.DefaultRequestHeaders.Authorization = new("Bearer", ApiHost.Owner);
        client.DefaultRequestHeaders.Add("Idempotency-Key", "erase-1");
        using var content = new StringContent(
            $$"""{"reason":"{{Payload}}","{{Payload}}":"{{Phone}}"}""", System.Text.Encoding.UTF8, "application/json");
        Assert.Equal(400, (int)(await client.PostAsync("/v1/accounts/1000001-01/write-off", content)).StatusCode / 100 * 100);
    }

    private static string Heads(CreditHouse house)
    {
        house.SettleAsync().GetAwaiter().GetResult();
        using var connection = house.OpenReadOnly();
        return HouseMove.HeadHash(connection);
    }

    private static string Balance(CreditHouse house)
    {
        using var connection = house.OpenReadOnly();
        return string.Join('|', connection.Query(
            "SELECT * FROM ledger_day WHERE partition_id BETWEEN 0 AND 1023").Select(row => string.Join(',', (object)row)));
    }

    private static byte[] DataKey(CreditHouse house)
    {
        using var connection = house.OpenReadOnly();
        return connection.QuerySingle<byte[]>(
            "SELECT data_key FROM person WHERE partition_id = @partition AND customer_id = @customer",
            new { partition = Someone.PartitionId, customer = Someone.Value });
    }

    private bool HasBytes(byte[] bytes) => Canaries.Files(_folder).Any(file => file.Bytes.AsSpan().IndexOf(bytes) >= 0);
}
