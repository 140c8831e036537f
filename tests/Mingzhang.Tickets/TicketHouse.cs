using Mingzhang.Domain.Calendar;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Engine.Tests;
using Mingzhang.Services.People;
using Mingzhang.Services.Reading;
using Mingzhang.Services.Tickets;
using Mingzhang.Services.Tickets.Rules;
using Mingzhang.Store;
using Mingzhang.Store.Tests;

namespace Mingzhang.Tickets;

/// <summary>A house with a desk for tickets, and time that a test moves.</summary>
internal sealed class TicketHouse : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mz-tickets-").FullName;

    /// <param name="server">On PostgreSQL; skipped where none is installed.</param>
    /// <param name="sandbox">Whether its business date is the clock.</param>
    public TicketHouse(bool server = false, bool sandbox = false)
    {
        Assert.SkipWhen(server && PostgresCluster.One.Value is null, "PostgreSQL is not installed");
        House = CreditHouse.Open(new HouseOptions
        {
            Store = LedgerStores.Open(new StoreOptions
            {
                Path = server ? PostgresCluster.One.Value!.NewDatabase() : Path.Combine(_folder, "house.db"),
                CreateAs = new HouseFacts(sandbox, Sample.Start), Migrations = [.. PeopleMigrations.All, .. TicketMigrations.All],
            }),
            Terms = Sample.Book,
        });
        People = new PersonShelf(House, PeopleKeys.Open(House, _ => MasterKeys.Read(MasterKey.New())!), Time);
        Texts = new SealedTicketText(People);
        Desk = new TicketDesk(House, new AccountReader(House), TicketRulesFile.Shipped, Texts, Calendar, Time);
        Feed = new TicketFeed(House, Time) { KeptBack = TimeSpan.Zero };
    }

    public static WorkingCalendar Calendar { get; } = ShippedCalendar.Read();

    public MovingTime Time { get; } = new() { Now = At("2026-03-02 09:30") };

    public CreditHouse House { get; }

    /// <summary>The database's file.</summary>
    public string File => Path.Combine(_folder, "house.db");

    public PersonShelf People { get; }

    public ITicketText Texts { get; }

    public TicketDesk Desk { get; }

    public TicketFeed Feed { get; }

    /// <summary>A moment in Beijing.</summary>
    public static DateTimeOffset At(string text) => DateTimeOffset.ParseExact(
        text + " +08:00", "yyyy-MM-dd HH:mm zzz", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Opens a ticket of customer 1.</summary>
    public async Task<Ticket> OpenAsync(
        TicketKind kind = TicketKind.Question, string subject = "account", string text = "Why?", long customer = 1,
        TicketChannel channel = TicketChannel.App) =>
        (await Desk.OpenAsync(new OpenTicket(
            new CustomerId(customer), null, kind, subject, channel, text, $"customer:{customer}"))).Ticket!;

    /// <summary>How a clock of a ticket stands now.</summary>
    public Services.Tickets.Clocks.ClockReading Clock(Ticket ticket, string code) =>
        Desk.Clocks(ticket).Last(one => one.Clock.Code == code);

    /// <summary>What happened to a ticket, in words.</summary>
    public IReadOnlyList<string> Steps(Ticket ticket) => [.. Desk.Steps(ticket).Select(step => step.What)];

    public void Dispose()
    {
        House.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
