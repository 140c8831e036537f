using Mingzhang.Engine;
using Mingzhang.Engine.Approvals;
using Mingzhang.Services.Access;
using Mingzhang.Services.Checkout;
using Mingzhang.Services.Diagnosis;
using Mingzhang.Services.Entitlements;
using Mingzhang.Services.Incidents;
using Mingzhang.Services.People;
using Mingzhang.Services.Reading;
using Mingzhang.Web.Console;
using Mingzhang.Web.Hosting;

namespace Mingzhang.Web.Usability;

/// <summary>The permission store, conditions of use, incidents, shops, and the diagnosis over them.</summary>
internal static class UseModule
{
    /// <summary>Its services.</summary>
    public static void AddUse(this IServiceCollection services, WebSettings settings)
    {
        services.AddSingleton(provider => new AccessDesk(
            provider.GetRequiredService<CreditHouse>(), AccessRulesFile.Read(settings.Products),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<AccessTrial>().AddSingleton<IProposalKind, AccessProposals>()
            .AddSingleton(new PreviewView(AccessProposals.Act, typeof(AccessPreviewView)));
        services.AddSingleton<EntitlementDesk>().AddSingleton<IncidentDesk>().AddSingleton<CheckoutDesk>()
            .AddSingleton(provider => new UseNeighbours(
                provider.GetRequiredService<CreditHouse>(), provider.GetRequiredService<TimeProvider>(),
                customer => provider.GetRequiredService<PersonShelf>().OthersOf(customer)))
            .AddSingleton<UseDiagnoser>().AddSingleton<UseFaultInjector>();
        services.AddHostedService<EntitlementPump>();
    }
}
