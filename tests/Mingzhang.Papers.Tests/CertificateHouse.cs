using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Repayment;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Services.Certificates;
using Mingzhang.Services.Notifications;
using Mingzhang.Services.People;
using Mingzhang.Services.Proofs;
using Mingzhang.Services.Reading;
using Mingzhang.Services.Sandbox;
using Mingzhang.Store;
using Mingzhang.Store.Tests;

namespace Mingzhang.Papers;

/// <summary>A house with the demo stories and their people, and a desk for certificates.</summary>
public sealed class CertificateHouse : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mz-papers-").FullName;
    private long _asked;

    public CertificateHouse()
        : this(server: false)
    {
    }

    /// <param name="server">On PostgreSQL; skipped where none is installed.</param>
    internal CertificateHouse(bool server)
    {
        Assert.SkipWhen(server && PostgresCluster.One.Value is null, "PostgreSQL is not installed");
        House = CreditHouse.Open(new HouseOptions
        {
            Store = LedgerStores.Open(new StoreOptions
            {
                Path = server ? PostgresCluster.One.Value!.NewDatabase() : Path.Combine(_folder, "house.db"),
                CreateAs = new HouseFacts(true, DemoHouse.FirstDay),
                Migrations = [.. PeopleMigrations.All, .. NoticeMigrations.All, .. CertificateMigrations.All],
            }),
            Terms = ProductFolder.Read(Path.Combine(AppContext.BaseDirectory, "products")), Followers = [new CertificateDoubts()],
        });
        Keys = PeopleKeys.Open(House, _ => MasterKeys.Read(MasterKey.New())!);
        People = new PersonShelf(House, Keys, TimeProvider.System);
        Signing = new SigningKeys(House, Keys, TimeProvider.System);
        Notices = new NoticeDesk(House, NoticeBook.Shipped, TimeProvider.System);
        Desk = DeskAt("https://pay.example.cn");
        DemoHouse.SeedAsync(House).GetAwaiter().GetResult();
        foreach (var demo in DemoCustomer.All)
        {
            People.AddAsync(new Person(demo.Customer, demo.Name, demo.Phone)).GetAwaiter().GetResult();
        }
    }

    public CreditHouse House { get; }

    public PeopleKeys Keys { get; }

    public PersonShelf People { get; }

    public SigningKeys Signing { get; }

    public CertificateDesk Desk { get; }

    public NoticeDesk Notices { get; }

    /// <summary>A desk of a house that is known by an address; null = by none.</summary>
    internal CertificateDesk DeskAt(string? address) => new(
        House, People, Keys, Signing, new CertificateNotices(Notices), new VerifyAddress(address is null ? null : new Uri(address)),
        TimeProvider.System);

    /// <summary>The account of a story.</summary>
    public AccountId Of(string story)
    {
        var demo = DemoCustomer.All.First(one => one.Story == story);
        return AccountId.Of(new CustomerId(demo.Customer), House.Terms.All.First(terms => terms.Code == demo.Product).Slot);
    }

    /// <summary>Asks for a settlement certificate.</summary>
    public CertificateAsk Settlement(string story, string? loan = null) => new(
        Of(story), CertificateKind.Settlement, loan, DemoHouse.Today, DemoHouse.Today, true, true, "test", NewKey());

    /// <summary>Asks for a statement of all days so far.</summary>
    public CertificateAsk Statement(string story) => new(
        Of(story), CertificateKind.Statement, null, DemoHouse.FirstDay, DemoHouse.Today, true, true, "test", NewKey());

    /// <summary>A key nobody used.</summary>
    public string NewKey() => $"key-{++_asked}";

    /// <summary>Makes what has to be possible.</summary>
    public async Task<Certificate> MakeAsync(CertificateAsk ask)
    {
        var (made, refusal) = await Desk.MakeAsync(ask);
        Assert.Null(refusal);
        return made!;
    }

    /// <summary>The proof of a story's account.</summary>
    public async Task<byte[]> ProveAsync(string story) => (await new ProofFile(
        House, Signing, new ProofSources(Path.Combine(AppContext.BaseDirectory, "products")), TimeProvider.System)
        .MakeAsync(Of(story)))!;

    /// <summary>Why something is not made.</summary>
    public async Task<Refusal> NoAsync(CertificateAsk ask)
    {
        var (made, refusal) = await Desk.MakeAsync(ask);
        Assert.Null(made);
        return refusal!;
    }

    /// <summary>Takes the latest repayment of an account back: it never really arrived.</summary>
    public async Task ReturnLastRepaymentAsync(AccountId account)
    {
        var last = House.History(account).SelectMany(entry => entry.Events).OfType<RepaymentReceived>().Last();
        var result = await House.SubmitAsync(new CommandEnvelope(
            account, NewKey(), new ReturnRepayment(last.Fact.RepaymentId, "bank") { EffectiveOn = last.EffectiveOn }, "test"));
        Assert.Null(result.Refusal);
    }

    public void Dispose()
    {
        House.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
