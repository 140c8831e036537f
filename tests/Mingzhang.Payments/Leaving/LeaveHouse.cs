using Mingzhang.Channel;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Services.Diagnosis;
using Mingzhang.Services.Incidents;
using Mingzhang.Services.Leaving;
using Mingzhang.Services.Notifications;
using Mingzhang.Services.Payments;
using Mingzhang.Services.People;
using Mingzhang.Services.Reading;
using Mingzhang.Services.Tickets;
using Mingzhang.Services.Tickets.Rules;
using Mingzhang.Store;

namespace Mingzhang.Payments.Leaving;

/// <summary>A sandbox with the shipped products and everything leaving asks; nothing runs by itself.</summary>
internal sealed class LeaveHouse : IDisposable, ILeaveVerification
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mz-leave-").FullName;
    private long _customers = 8_100_000;

    public LeaveHouse()
    {
        House = CreditHouse.Open(new HouseOptions
        {
            Store = LedgerStores.Open(new StoreOptions
            {
                Path = Path.Combine(_folder, "house.db"), CreateAs = new HouseFacts(true, new DateOnly(2026, 7, 5)),
                Migrations =
                [
                    .. PaymentMigrations.All, .. NoticeMigrations.All, .. PeopleMigrations.All, .. TicketMigrations.All,
                    .. IncidentMigrations.All, .. LeaveMigrations.All,
                ],
            }),
            Terms = ProductFolder.Read(Path.Combine(Root, "products")),
        });
        var time = TimeProvider.System;
        Reader = new AccountReader(House);
        People = new PersonShelf(House, PeopleKeys.Open(House, _ => MasterKeys.Read(MasterKey.New())!), time);
        Tickets = new TicketDesk(
            House, Reader, TicketRulesFile.Shipped, new SealedTicketText(People), ShippedCalendar.Read(), time);
        Incidents = new IncidentDesk(House, time);
        Consents = new ConsentLedger(House, People, time);
        Notices = new NoticeDesk(House, NoticeBook.Shipped, time);
        Wishes = new WishDesk(House, NoticeBook.Shipped, time);
        Shelf = new LeaveShelf(House);
        Benefits = new BenefitDesk(House);
        Book = LeaveRulesFile.Read(Path.Combine(Root, "products"));
        var transfers = new TransferDesk(House, new NoChannel(), new PaymentOptions(), time);
        var checker = new LeaveChecker(Book, Shelf, Tickets, transfers, Incidents, this);
        Watch = new LeaveWatch(House, Shelf, Book, time);
        var ending = new LeaveEnding(House, Consents, Wishes, Notices, Reader);
        Desk = new LeaveDesk(House, Reader, checker, Watch, ending, time);
        Theft = new TheftDesk(House, Tickets, checker, time);
        Impacts = new LeaveImpacts(House, Reader, Benefits, Book, ending, []);
        Warning = new LeaveWarning(Book, Shelf);
        Passive = new PassiveDesk(House, Shelf, Book, Notices, Tickets, ending, time);
        Propose = new ProposeDesk(House, Reader, Shelf, Book, time);
        Hints = new UnusedHints(House, Passive, Shelf, Book, time);
    }

    public static string Root
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

    public CreditHouse House { get; }

    public AccountReader Reader { get; }

    public PersonShelf People { get; }

    public TicketDesk Tickets { get; }

    public IncidentDesk Incidents { get; }

    public ConsentLedger Consents { get; }

    public NoticeDesk Notices { get; }

    public WishDesk Wishes { get; }

    public LeaveShelf Shelf { get; }

    public BenefitDesk Benefits { get; }

    public LeaveBook Book { get; }

    public LeaveWatch Watch { get; }

    public LeaveDesk Desk { get; }

    public TheftDesk Theft { get; }

    public LeaveImpacts Impacts { get; }

    public LeaveWarning Warning { get; }

    public PassiveDesk Passive { get; }

    public ProposeDesk Propose { get; }

    public UnusedHints Hints { get; }

    /// <summary>Customers whose PIN is locked.</summary>
    public HashSet<CustomerId> Locked { get; } = [];

    public bool IsLocked(CustomerId customer) => Locked.Contains(customer);

    /// <summary>A customer without anything.</summary>
    public FaultStory Story() => new(House, new CustomerId(++_customers));

    /// <summary>The account as it stands, with its history.</summary>
    public async Task<AccountView> ViewAsync(AccountId account) => (await Reader.FindAsync(account))!;

    /// <summary>The codes that block or warn, such as <c>01 06</c>.</summary>
    public async Task<string> CodesAsync(AccountId account) => string.Join(' ', Desk.Check(await ViewAsync(account)).Blockers
        .Select(one => ((int)one.Code).ToString("00", System.Globalization.CultureInfo.InvariantCulture)).Distinct());

    public void Dispose()
    {
        House.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
