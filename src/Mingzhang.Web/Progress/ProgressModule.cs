using Mingzhang.Services.Notifications;
using Mingzhang.Services.Progress.Budgets;
using Mingzhang.Services.Progress.Import;
using Mingzhang.Services.Progress.Score;
using Mingzhang.Services.Progress.Spend;
using Mingzhang.Services.Progress.State;
using Mingzhang.Services.Privacy;
using Mingzhang.Web.App.Privacy;
using Mingzhang.Web.Campaigns;
using Mingzhang.Web.Hosting;

namespace Mingzhang.Web.Progress;

/// <summary>Progress management: spending, budgets, and what follows from them.</summary>
internal static class ProgressModule
{
    /// <summary>Its services.</summary>
    public static void AddProgress(this IServiceCollection services, WebSettings settings)
    {
        services.AddSingleton(MerchantTypes.Shipped).AddSingleton<SpendDesk>().AddSingleton<ProgressDesk>()
            .AddSingleton<IReminderPause>(provider => provider.GetRequiredService<ProgressDesk>()).AddSingleton<SpendReader>()
            .AddSingleton(ScoreModel.Shipped).AddSingleton<ScoreDesk>()
            .AddSingleton<BudgetDesk>().AddSingleton<BookReminders>()
            .AddSingleton(SmsBook.Shipped).AddSingleton<ImportDesk>().AddSingleton<ProgressFigures>()
            .AddSingleton(provider => new FurtherPart(new PersonPart("imported", HoldingClock.Product, who =>
                CopyJson.List("imported.json", provider.GetRequiredService<ImportDesk>().AllOf(who)))));
        services.AddHostedService<ProgressPump>();
        services.AddCampaigns(settings);
    }
}
