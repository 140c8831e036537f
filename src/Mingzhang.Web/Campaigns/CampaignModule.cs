using Mingzhang.Engine;
using Mingzhang.Services.Campaigns;
using Mingzhang.Services.Leaving;
using Mingzhang.Services.Raising;
using Mingzhang.Web.Hosting;

namespace Mingzhang.Web.Campaigns;

/// <summary>Invitations and education: what the house says to people on its own account.</summary>
internal static class CampaignModule
{
    /// <summary>Its services; with higher limits; throws with every broken rule of their files.</summary>
    public static void AddCampaigns(this IServiceCollection services, WebSettings settings)
    {
        services.AddSingleton(provider => CampaignBook.Read(settings.Products, provider.GetRequiredService<CreditHouse>().IsSandbox))
            .AddSingleton(provider => RaiseBook.Read(settings.Products, provider.GetRequiredService<CreditHouse>().IsSandbox))
            .AddSingleton<RaiseDesk>().AddSingleton<CampaignStops>().AddSingleton<WinBackDesk>().AddSingleton<LessonDesk>()
            .AddSingleton<IOpenOffers>(provider => provider.GetRequiredService<RaiseDesk>())
            .AddSingleton<IOpenOffers>(provider => provider.GetRequiredService<WinBackDesk>());
        services.AddHostedService<CampaignPump>();
    }
}

/// <summary>Looks once a business day whom to invite and whom to tell. On the node that leads.</summary>
internal sealed class CampaignPump(
    CreditHouse house, WinBackDesk invitations, LessonDesk lessons, TimeProvider time, ILogger<CampaignPump> log) : Pump(house, time)
{
    /// <inheritdoc/>
    protected override TimeSpan Pause => TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    protected override async Task<int> WorkAsync(CancellationToken cancel) =>
        await invitations.GoOnAsync(cancel) + await lessons.GoOnAsync(cancel);

    /// <inheritdoc/>
    protected override void Stuck(Exception failure) => CampaignLog.Stuck(log, failure);
}

/// <summary>What is logged of campaigns.</summary>
internal static partial class CampaignLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Campaigns could not be looked at; they are tried again.")]
    public static partial void Stuck(ILogger log, Exception cause);
}
