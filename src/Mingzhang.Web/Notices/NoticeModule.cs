using Mingzhang.Engine;
using Mingzhang.Services.Help;
using Mingzhang.Services.Notifications;
using Mingzhang.Web.Hosting;

namespace Mingzhang.Web.Notices;

/// <summary>Puts telling people together.</summary>
internal static class NoticeModule
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>The desks, the channels, and the pump that works off what is due.</summary>
    public static void AddNotices(this IServiceCollection services, WebSettings hosting, IConfiguration configuration)
    {
        var settings = NoticeSettings.From(configuration);
        services.AddSingleton(NoticeBook.Shipped).AddSingleton(ContactRules.Shipped).AddSingleton(new MessageOptions());
        services.AddSingleton<NoticeDesk>().AddSingleton<ReminderDesk>().AddSingleton<ContactGovernor>().AddSingleton<MessageDesk>()
            .AddSingleton<WishDesk>();
        services.AddSingleton<IAddressBook, PeopleAddresses>();
        services.AddSingleton<IMessageChannel>(provider => settings.Mail is null && IsSandbox(provider)
            ? new ShownChannel("email") : new EmailChannel(settings.Mail, Patience));
        services.AddSingleton<IMessageChannel>(provider => settings.Sms is null && IsSandbox(provider)
            ? new ShownChannel("sms") : new SmsChannel(settings.Sms, Patience, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(HelpBook.Shipped).AddSingleton<HelpIndex>()
            .AddSingleton(provider => Contacts.Read(hosting.Products, IsSandbox(provider)));
        services.AddSingleton<TicketNotices>().AddSingleton<SecurityNotices>().AddHostedService<NoticePump>();
    }

    private static bool IsSandbox(IServiceProvider provider) => provider.GetRequiredService<CreditHouse>().IsSandbox;
}
