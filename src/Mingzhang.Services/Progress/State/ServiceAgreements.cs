using System.Text.Json;
using Mingzhang.Domain.Products;
using Mingzhang.Services.Progress.Spend;

namespace Mingzhang.Services.Progress.State;

/// <summary>A version of the service agreement (R014).</summary>
/// <param name="Version">Its name.</param>
/// <param name="From">First day it holds.</param>
/// <param name="AgentStopsAtInstalments">With an unsettled instalment an agent may only guide to repayment, or hand over.</param>
/// <param name="Text">What it says about it.</param>
public sealed record ServiceAgreement(string Version, DateOnly From, bool AgentStopsAtInstalments, LocalText Text);

/// <summary>The versions that are shipped (<c>data/progress/agreements.json</c>), oldest first. The texts are samples.</summary>
public static class ServiceAgreements
{
    private static readonly Lazy<IReadOnlyList<ServiceAgreement>> Ours = new(() => Read(MerchantTypes.ShippedFile("agreements.json")));

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ServiceAgreement> All => Ours.Value;

    /// <summary>The one in force on a day; before the first, the first.</summary>
    public static ServiceAgreement On(DateOnly day) => All.LastOrDefault(one => one.From <= day) ?? All[0];

    /// <summary>Reads a file; throws when a version does not begin after the one before.</summary>
    public static IReadOnlyList<ServiceAgreement> Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        List<ServiceAgreement> all =
        [
            .. document.RootElement.EnumerateArray().Select(one => new ServiceAgreement(
                one.GetProperty("version").GetString()!,
                DateOnly.ParseExact(one.GetProperty("from").GetString()!, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
                one.GetProperty("agentStopsAtInstalments").GetBoolean(),
                new LocalText(one.GetProperty("zh").GetString()!, one.GetProperty("en").GetString()!))),
        ];
        return all.Count > 0 && all.Zip(all.Skip(1)).All(two => two.First.From < two.Second.From) ? all
            : throw new InvalidOperationException("agreements.json: versions begin one after the other, and there is one at least.");
    }
}
