using Mingzhang.Services.People;
using Mingzhang.Services.Reading;
using Mingzhang.Services.Tickets;
using Mingzhang.Services.Tickets.Board;
using Mingzhang.Services.Tickets.Files;
using Mingzhang.Services.Tickets.Identity;
using Mingzhang.Services.Tickets.Playbooks;
using Mingzhang.Services.Tickets.Rules;
using Mingzhang.Web.Hosting;

namespace Mingzhang.Web.Tickets;

/// <summary>Tickets and their clocks.</summary>
internal static class TicketModule
{
    /// <summary>Its services; throws with every broken rule of <c>tickets.json</c>.</summary>
    public static void AddTickets(this IServiceCollection services, WebSettings settings)
    {
        services.AddSingleton(TicketRulesFile.Read(settings.Products)).AddSingleton(ShippedCalendar.Read());
        services.AddSingleton<ITicketText, SealedTicketText>().AddSingleton<TicketDesk>().AddSingleton<TicketFeed>()
            .AddSingleton<IKnownPeople, HouseKnownPeople>().AddSingleton<IdentityDesk>();
        services.AddSingleton(PlaybookBook.Read(settings.Products)).AddSingleton<PlaybookDesk>().AddSingleton<TicketFileDesk>()
            .AddSingleton<TicketBoard>();
    }
}
