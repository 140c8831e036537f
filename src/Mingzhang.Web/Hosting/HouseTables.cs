using Mingzhang.Services.Access;
using Mingzhang.Services.Campaigns;
using Mingzhang.Services.Certificates;
using Mingzhang.Services.Checkout;
using Mingzhang.Services.Diagnosis;
using Mingzhang.Services.Entitlements;
using Mingzhang.Services.Incidents;
using Mingzhang.Services.Leaving;
using Mingzhang.Services.Lenders;
using Mingzhang.Services.Notifications;
using Mingzhang.Services.Payments;
using Mingzhang.Services.People;
using Mingzhang.Services.Progress;
using Mingzhang.Services.Privacy;
using Mingzhang.Services.Raising;
using Mingzhang.Services.Tickets;
using Mingzhang.Services.Versions;
using Mingzhang.Store;
using Mingzhang.Web.Api;
using Mingzhang.Web.Identity;

namespace Mingzhang.Web.Hosting;

/// <summary>The tables that the parts of this host add to a house.</summary>
public static class HouseTables
{
    /// <summary>All parts; each part's steps in order of version.</summary>
    public static IReadOnlyList<Migration> All { get; } =
    [
        .. WebMigrations.All,
        .. ApiMigrations.All,
        .. PaymentMigrations.All,
        .. NoticeMigrations.All,
        .. PeopleMigrations.All,
        .. PrivacyMigrations.All,
        .. TicketMigrations.All,
        .. EntitlementMigrations.All,
        .. AccessMigrations.All,
        .. IncidentMigrations.All,
        .. CheckoutMigrations.All,
        .. ProgressMigrations.All,
        .. CampaignMigrations.All,
        .. RaiseShelf.Migrations,
        .. NeighbourMigrations.All,
        .. LenderMigrations.All,
        .. LeaveMigrations.All,
        .. CertificateMigrations.All,
        .. ShadowMigrations.All,
    ];
}
