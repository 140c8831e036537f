using Mingzhang.Services.Notifications;

namespace Mingzhang.Web.Notices;

/// <summary>Puts telling people together.</summary>
internal static class NoticeModule
{
    /// <summary>The desks, and the pump that works off what is due.</summary>
    public static void AddNotices(this IServiceCollection services)
    {
        services.AddSingleton(NoticeBook.Shipped).AddSingleton<NoticeDesk>().AddSingleton<ReminderDesk>();
        services.AddHostedService<NoticePump>();
    }
}
