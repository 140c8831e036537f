using Mingzhang.Domain.Products;
using Mingzhang.Engine;
using Mingzhang.Engine.Approvals;
using Mingzhang.Engine.Days;
using Mingzhang.Engine.Observing;
using Mingzhang.Services.Certificates;
using Mingzhang.Services.Entitlements;
using Mingzhang.Services.Notifications;
using Mingzhang.Services.Payments;
using Mingzhang.Services.People;
using Mingzhang.Services.Progress.Spend;
using Mingzhang.Services.Reading;
using Mingzhang.Services.Sandbox;
using Mingzhang.Services.Tickets;
using Mingzhang.Store;
using Mingzhang.Web.Identity;
using Mingzhang.Web.Identity.Roles;
using Mingzhang.Web.Watch;

namespace Mingzhang.Web.Hosting;

/// <summary>Opens the house for this process and gives a new sandbox its demo customers.</summary>
public static class HouseOpening
{
    /// <summary>Opens the house on the database of the settings, making it when there is none.</summary>
    public static CreditHouse Open(WebSettings settings, TimeProvider time, ILogger log)
    {
        Directory.CreateDirectory(settings.Folder);
        var store = LedgerStores.Open(new StoreOptions
        {
            Path = settings.Database,
            CreateAs = new HouseFacts(settings.Sandbox, FirstDay(settings, time)),
            Migrations = HouseTables.All,
            Time = time,
            BeforeCommit = HouseMetrics.Transaction,
        });
        var house = CreditHouse.Open(new HouseOptions
        {
            Store = store, Terms = ProductFolder.Read(settings.Products), Time = time,
            Followers =
            [
                new EntitlementMarks(), new AutoDebitMarks(time), new NoticeFollower(NoticeBook.Shipped, time), new SpendFollower(),
                new CertificateDoubts(),
            ],
        });
        house.OnDayEnd = day => Tell(log, settings, day);
        return house;
    }

    /// <summary>Finishes what a killed day end, approval or seeding left, then says where to look.</summary>
    public static async Task OpenHouseAsync(this WebApplication app)
    {
        var house = app.Services.GetRequiredService<CreditHouse>();
        _ = house.Stopped.ContinueWith(
            stopped =>
            {
                HostLog.Stopped(app.Logger, stopped.Exception?.InnerException);
                app.Lifetime.StopApplication();
            },
            CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        if (await app.Services.GetRequiredService<PlainPeople>().SealAsync() is > 0 and var found)
        {
            HostLog.Sealed(app.Logger, found);
        }

        await app.Services.GetRequiredService<Logins>().SealAsync();
        await app.Services.GetRequiredService<ErasureDesk>().ReplayAsync();
        await house.ResumeDayAsync();
        await app.Services.GetRequiredService<ApprovalDesk>().ResumeAsync();
        if (house.IsSandbox)
        {
            await SeedAsync(app, house);
        }

        app.Lifetime.ApplicationStarted.Register(() => Greet(app, house));
    }

    // A sandbox runs through years of days; a live house through one a day.
    private static void Tell(ILogger log, WebSettings settings, DayStatus day)
    {
        if (day.Failed)
        {
            HostLog.DayFailed(log, day.To, day.Accounts);
        }
        else
        {
            var level = settings.Sandbox ? LogLevel.Debug : LogLevel.Information;
            HostLog.DayEnded(log, level, day.To, day.Accounts, day.Parked, day.Seconds ?? 0);
        }
    }

    private static async Task SeedAsync(WebApplication app, CreditHouse house)
    {
        var people = app.Services.GetRequiredService<PeopleStore>();
        if (people.Setting("demo") is not null)
        {
            return;
        }

        HostLog.Seeding(app.Logger);
        await DemoHouse.SeedAsync(house, text => HostLog.StepRefused(app.Logger, text));
        await DemoPeople.SeedAsync(
            app.Services.GetRequiredService<PersonShelf>(), app.Services.GetRequiredService<CardShelf>(),
            app.Services.GetRequiredService<Logins>(),
            app.Services.GetRequiredService<PinDesk>(), app.Services.GetRequiredService<StaffBook>());
        await DemoTickets.SeedAsync(app.Services.GetRequiredService<TicketDesk>());
        await DemoBenefits.SeedAsync(app.Services.GetRequiredService<Services.Leaving.BenefitDesk>());
        await people.SetAsync("demo", "1");
    }

    private static void Greet(WebApplication app, CreditHouse house)
    {
        foreach (var url in app.Urls)
        {
            HostLog.Ready(app.Logger, url, house.BusinessDate.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    private static DateOnly FirstDay(WebSettings settings, TimeProvider time) => settings.Sandbox
        ? DemoHouse.FirstDay
        : DateOnly.FromDateTime(time.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).DateTime);
}
