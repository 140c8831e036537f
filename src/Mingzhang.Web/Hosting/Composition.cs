using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.ResponseCompression;
using Mingzhang.Engine;
using Mingzhang.Services.Reading;
using Mingzhang.Services.Versions;
using Mingzhang.Web.App;
using Mingzhang.Web.App.Opening;
using Mingzhang.Web.Certificates;
using Mingzhang.Web.App.Privacy;
using Mingzhang.Web.Console;
using Mingzhang.Web.Identity;
using Mingzhang.Web.Identity.Joining;
using Mingzhang.Web.Identity.Once;
using Mingzhang.Web.Leaving;
using Mingzhang.Web.Notices;
using Mingzhang.Web.Payments;
using Mingzhang.Web.People;
using Mingzhang.Web.Progress;
using Mingzhang.Web.Tickets;
using Mingzhang.Web.Texts;
using Mingzhang.Web.Usability;
using Mingzhang.Web.Watch;

namespace Mingzhang.Web.Hosting;

/// <summary>Puts the host together.</summary>
public static class Composition
{
    /// <summary>Largest body anything takes: a batch of the API.</summary>
    public const long LargestBody = 4 * 1024 * 1024;

    /// <summary>Services of all areas.</summary>
    public static void AddMingzhang(this WebApplicationBuilder builder, WebSettings settings)
    {
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
        });
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning)
            // Its scope would put the address of every request, with what a person typed into it, beside each line.
            .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None)
            .AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Error)
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        Directory.CreateDirectory(settings.Folder);
        var services = builder.Services;
        services.AddSingleton(settings).AddSingleton(TimeProvider.System);
        services.AddSingleton(provider => HouseOpening.Open(
            settings, provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<CreditHouse>>()));
        services.AddPeople(settings);
        services.AddOpening(builder.Configuration);
        services.AddSingleton<AccountReader>().AddSingleton<ActivityReader>().AddSingleton<PeopleStore>().AddSingleton<Ledgers>()
            .AddSingleton<ReadingClock>().AddSingleton<AccountShelf>().AddSingleton<EndOfDay>()
            .AddSingleton(new PreviewView(VersionProposals.Act, typeof(VersionPreviewView)));
        services.AddSingleton<HealthPages>().AddSingleton<IHealthSource, HouseHealth>()
            .AddSingleton<SafetyHealth>().AddSingleton<IHealthSource>(provider => provider.GetRequiredService<SafetyHealth>())
            .AddHostedService<HouseGauges>()
            .AddSingleton<IntegrityWatch>().AddSingleton<IHealthSource>(provider => provider.GetRequiredService<IntegrityWatch>())
            .AddHostedService(provider => provider.GetRequiredService<IntegrityWatch>());
        services.AddPayments(settings);
        services.AddNotices(settings, builder.Configuration);
        services.AddTickets(settings);
        services.AddUse(settings);
        services.AddLeaving(settings);
        services.AddCertificates(settings);
        services.AddProgress(settings);
        services.AddPrivacy(settings, builder.Configuration);
        builder.AddTelemetry();
        services.AddScoped<Speech>().AddScoped<ChosenAccount>().AddScoped<BorrowerDesk>().AddScoped<StaffDesk>()
            .AddScoped<SettlementDesk>();
        services.AddHttpContextAccessor().AddRazorComponents();
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddDataProtection().SetApplicationName("mingzhang")
            .PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(settings.Folder, "keys")));
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = settings.CookieName("mz-form");
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.FormFieldName = "_form";
            options.SuppressXFrameOptionsHeader = true;
        });
        services.AddResponseCompression(options =>
        {
            options.Providers.Add<BrotliCompressionProvider>();
            options.Providers.Add<GzipCompressionProvider>();
        });
        services.Configure<BrotliCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest);
        services.AddIdentityOfHost(settings);
        services.AddLimits(settings);
    }

    /// <summary>The pipeline and all routes.</summary>
    public static void UseMingzhang(this WebApplication app)
    {
        app.UsePublicAddress();
        app.UseSecurityHeaders();
        app.UseSecurityLog();
        app.UseExceptionHandler(failed => failed.Run(Failures.AnswerAsync));
        app.UseResponseCompression();
        app.UseStatusCodePages(Failures.AnswerStatusAsync);
        app.UseRouting();
        app.UseSpeech();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseRateLimiter();
        app.MapStaticAssets().AllowAnonymous();
        HealthPages.Map(app);
        app.MapTelemetry();
        app.MapPayments();
        app.MapLogin();
        app.MapResets();
        app.MapJoining();
        app.MapVerify();
        app.MapReceipts();
        app.MapBorrowerPages();
        app.MapConsolePages();
    }
}
