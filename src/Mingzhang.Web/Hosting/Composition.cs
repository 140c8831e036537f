using Microsoft.AspNetCore.DataProtection;
using Mingzhang.Engine;
using Mingzhang.Services.Reading;
using Mingzhang.Web.Identity;

namespace Mingzhang.Web.Hosting;

/// <summary>Puts the host together.</summary>
public static class Composition
{
    /// <summary>Services of all areas.</summary>
    public static void AddMingzhang(this WebApplicationBuilder builder, WebSettings settings)
    {
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        Directory.CreateDirectory(settings.Folder);
        var services = builder.Services;
        services.AddSingleton(settings).AddSingleton(TimeProvider.System);
        services.AddSingleton(provider => HouseOpening.Open(settings, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<AccountReader>().AddSingleton<PeopleStore>().AddSingleton<PinDesk>();
        services.AddHttpContextAccessor();
        services.AddDataProtection().SetApplicationName("mingzhang")
            .PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(settings.Folder, "keys")));
        services.AddIdentityOfHost();
    }

    /// <summary>The pipeline and all routes.</summary>
    public static void UseMingzhang(this WebApplication app)
    {
        app.UseSecurityHeaders();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapStaticAssets().AllowAnonymous();
        app.MapGet("/health", (CreditHouse house) => house.Fault is null ? Results.Text("ok") : Results.Text("stopped", statusCode: 503))
            .AllowAnonymous().ExcludeFromDescription();
    }
}
