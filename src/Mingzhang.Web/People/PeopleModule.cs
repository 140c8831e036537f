using Mingzhang.Engine;
using Mingzhang.Engine.Approvals;
using Mingzhang.Services.People;
using Mingzhang.Web.Console;
using Mingzhang.Web.Hosting;
using Mingzhang.Web.Identity;

namespace Mingzhang.Web.People;

/// <summary>People: their keys, what is sealed under them, and how it ends.</summary>
internal static class PeopleModule
{
    /// <summary>Its services. The keys are opened with the house; a missing one is a start problem.</summary>
    public static void AddPeople(this IServiceCollection services, WebSettings settings)
    {
        services.AddSingleton(provider => PeopleKeys.Open(
            provider.GetRequiredService<CreditHouse>(),
            isNew => settings.MasterKeys(provider.GetRequiredService<CreditHouse>(), isNew)));
        services.AddSingleton<PersonShelf>().AddSingleton<PlainPeople>().AddSingleton<CardShelf>().AddSingleton<CardDesk>()
            .AddSingleton<DeviceShelf>().AddSingleton<LookLog>().AddSingleton<ConsentLedger>();
        services.AddSingleton<IPersonTrace, PersonTraces>().AddSingleton<ErasureDesk>().AddSingleton<IProposalKind, ErasureProposals>()
            .AddSingleton(new ErasureRules(settings.YearsKept, Path.Combine(settings.Folder, "erased-people")))
            .AddSingleton(new PreviewView(ErasureProposals.Act, typeof(ErasurePreviewView)));
    }
}
