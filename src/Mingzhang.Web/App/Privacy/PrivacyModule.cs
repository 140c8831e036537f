using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Engine.Approvals;
using Mingzhang.Services.Notifications;
using Mingzhang.Services.People;
using Mingzhang.Services.Privacy;
using Mingzhang.Services.Tickets;
using Mingzhang.Services.Tickets.Files;
using Mingzhang.Web.Console;
using Mingzhang.Web.Hosting;
using Mingzhang.Web.Identity;
using Mingzhang.Web.Identity.Keys;

namespace Mingzhang.Web.App.Privacy;

/// <summary>Rights over one's own data: what is held, a copy, requests. <c>MZ_PRIVACY_ONLINE_SINCE</c> is the switch of C6.</summary>
internal static class PrivacyModule
{
    private const string OnlineSince = "MZ_PRIVACY_ONLINE_SINCE";

    /// <summary>Its services; throws <see cref="SettingException"/> for a day that is none.</summary>
    public static void AddPrivacy(this IServiceCollection services, WebSettings settings, IConfiguration configuration)
    {
        services.AddSingleton(new PrivacyRules(settings.YearsKept) { OnlineSince = SinceOf(configuration) });
        services.AddSingleton<PrivacyDesk>().AddSingleton<HoldingDesk>().AddSingleton<PersonCopy>()
            .AddSingleton<IPersonTrace, PrivacyTraces>().AddSingleton<IPersonTrace, AccountTraces>();
        services.AddSingleton<IdentityProposals>().AddSingleton<IProposalKind>(Get<IdentityProposals>)
            .AddSingleton(new PreviewView(IdentityProposals.Act, typeof(IdentityPreviewView)));
        services.AddSingleton(Parts);
    }

    // The house's own parts first, then what other parts registered one by one.
    private static IEnumerable<IPersonPart> Parts(IServiceProvider provider) =>
    [
        .. PersonParts.OfPeople(
            Get<PersonShelf>(provider), Get<CardShelf>(provider), Get<DeviceShelf>(provider), Get<ConsentLedger>(provider),
            Get<LookLog>(provider)),
        PersonParts.OfAccounts(Get<CreditHouse>(provider)),
        .. PersonParts.OfNotices(
            Get<CreditHouse>(provider), Get<NoticeDesk>(provider), Get<MessageDesk>(provider), Get<ContactGovernor>(provider)),
        PersonParts.OfTickets(Get<TicketDesk>(provider), Get<TicketFileDesk>(provider)),
        PersonParts.OfRequests(Get<PrivacyDesk>(provider)),
        Logins(Get<Sessions>(provider), Get<PasskeyShelf>(provider)),
        .. AccountParts.Of(Get<CreditHouse>(provider)),
        .. provider.GetServices<FurtherPart>().Select(further => further.Part),
    ];

    private static PersonPart Logins(Sessions sessions, PasskeyShelf passkeys) => new("log-ins", HoldingClock.Product, who =>
    {
        var subject = new Subject(Realms.App, "", who.Value);
        return
        [
            .. CopyJson.List("log-ins.json", [.. sessions.Of(subject).Select(one => new
            {
                one.Device, one.Via, isNew = one.IsNew == 1, opened = CopyJson.At(one.CreatedAt), seen = CopyJson.At(one.SeenAt),
                ended = CopyJson.At(one.EndedAt),
            })]),
            .. CopyJson.List("passkeys.json", [.. passkeys.Of(subject).Select(one => new
            {
                one.Name, added = CopyJson.At(one.CreatedAt), used = CopyJson.At(one.UsedAt),
            })]),
        ];
    });

    private static DateOnly? SinceOf(IConfiguration configuration) => configuration[OnlineSince] is not { Length: > 0 } text ? null
        : Typed.Day(text) ?? throw new SettingException(
            OnlineSince, "a day such as 2022-01-01; leave it out so that everybody may ask online", "日期，例如 2022-01-01；不设置则所有人均可在线申请");

    private static T Get<T>(IServiceProvider provider)
        where T : notnull => provider.GetRequiredService<T>();
}

/// <summary>A part that another area registers, so that what it keeps of people is held, copied and shown as well.</summary>
/// <param name="Part">The part.</param>
public sealed record FurtherPart(IPersonPart Part);
