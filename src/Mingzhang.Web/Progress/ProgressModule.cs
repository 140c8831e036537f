using Mingzhang.Services.Notifications;
using Mingzhang.Services.Progress.Budgets;
using Mingzhang.Services.Progress.Score;
using Mingzhang.Services.Progress.Spend;
using Mingzhang.Services.Progress.State;

namespace Mingzhang.Web.Progress;

/// <summary>Progress management: spending, budgets, and what follows from them.</summary>
internal static class ProgressModule
{
    /// <summary>Its services.</summary>
    public static void AddProgress(this IServiceCollection services)
    {
        services.AddSingleton(MerchantTypes.Shipped).AddSingleton<SpendDesk>().AddSingleton<ProgressDesk>()
            .AddSingleton<IReminderPause>(provider => provider.GetRequiredService<ProgressDesk>()).AddSingleton<SpendReader>()
            .AddSingleton(ScoreModel.Shipped).AddSingleton<ScoreDesk>()
            .AddSingleton<BudgetDesk>().AddSingleton<BookReminders>();
        services.AddHostedService<ProgressPump>();
    }
}
