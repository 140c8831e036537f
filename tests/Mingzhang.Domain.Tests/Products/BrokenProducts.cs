using System.Text.Json.Nodes;
using Mingzhang.Domain.Tests.Support;

namespace Mingzhang.Domain.Tests.Products;

/// <summary>The shipped pay-later file with one thing wrong, the field that must be named, and whether the schema sees it too.</summary>
public sealed record BrokenProduct(string Field, string Says, bool SchemaSees, string Json)
{
    public override string ToString() => $"{Field}: {Says}";
}

internal static class BrokenProducts
{
    public static string PayLater { get; } = RepoFiles.Read("products/pay-later.v1.json");

    /// <summary>The rows of the table: what is wrong is a rule of one field (both see it) or of several (only the parser does).</summary>
    public static IEnumerable<BrokenProduct> All { get; } =
    [
        Seen("colour", "no field", p => p["colour"] = "red"),
        Seen("overdue.colour", "no field", p => p["overdue"]!["colour"] = 1),
        Seen("revolving", "missing", p => p.Remove("revolving")),
        Seen("overdue.graceDays", "missing", p => p["overdue"]!.AsObject().Remove("graceDays")),
        Seen("name.zh", "missing", p => p["name"]!.AsObject().Remove("zh")),
        Seen("scenes[2].name.en", "not blank", p => p["scenes"]![2]!["name"]!["en"] = "  "),
        Seen("version", "whole number", p => p["version"] = "1"),
        Seen("slot", "0 to 63", p => p["slot"] = 64),
        Seen("effectiveFrom", "2026-11-22", p => p["effectiveFrom"] = "1/10/2025"),
        Seen("currency", "capital", p => p["currency"] = "cny"),
        Seen("licence", "code", p => p["licence"] = "Bank"),
        Unseen("cycles", "at least one statement day", p => p["cycles"] = new JsonArray()),
        Seen("cycles[0].dueDays[1]", "1 to 28", p => p["cycles"]![0]!["dueDays"]![1] = 31),
        Seen("cycles[1]", "an object", p => p["cycles"]![1] = 5),
        Seen("limits.largestMinor", "without a fraction", p => p["limits"]!["largestMinor"] = 1.5),
        Seen("minimumPayment.cyclablePpm", "1000000", p => p["minimumPayment"]!["cyclablePpm"] = 1_000_001),
        Seen("overdue.dailyPpm", "whole number", p => p["overdue"]!["dailyPpm"] = null),
        Seen("overdue.rounding", "half-up", p => p["overdue"]!["rounding"] = "bankers"),
        Seen("allocationOrder[3]", "once", p => p["allocationOrder"]![3] = "overdue-charge"),
        Seen("allocationOrder", "billed-interest", p => p["allocationOrder"]!.AsArray().RemoveAt(4)),
        Seen("closing.disputeBlocks", "true or false", p => p["closing"]!["disputeBlocks"] = "yes"),
        Seen("caps[0].daysInYear", "360 or 365", p => p["caps"]![0]!["daysInYear"] = 366),
        Seen("requiredConsents[1]", "twice", p => p["requiredConsents"]![1] = "bureau-query-report"),
        Unseen("effectiveFrom", "2026-11-22", p => p["effectiveFrom"] = "2026-02-30"),
        Unseen("cycles[1].dueDays[0]", "due day 10 occurs twice", p => p["cycles"]![1]!["dueDays"]![0] = 10),
        Unseen("cycles[1].statementDay", "statement day 1 occurs twice", p => p["cycles"]![1]!["statementDay"] = 1),
        Unseen("cycles[1].dueDays[0]", "differs", p => p["cycles"]![1]!["statementDay"] = 15),
        Unseen("scenes[3].code", "dining occurs twice", p => p["scenes"]![3]!["code"] = "dining"),
        Unseen("scenes[0].autoConfirmDays", "1 to 365", p => p["scenes"]![0]!["autoConfirmDays"] = 0),
        Unseen("scenes[1].autoConfirmDays", "0", p => p["scenes"]![1]!["autoConfirmDays"] = 3),
        Unseen("limits.smallestMinor", "at most limits.largestMinor", p => p["limits"]!["smallestMinor"] = 5_000_001),
        Unseen("limits.singlePurchaseMaxMinor", "at most limits.daily", p => p["limits"]!["dailyPurchaseMaxMinor"] = 1),
        Unseen("minimumPayment.floorMinor", "at most limits.largestMinor", p => p["minimumPayment"]!["floorMinor"] = 5_000_001),
        Unseen("revolving.dailyPpm", "24.09 % a year is above consumer-finance's cap of 24.00 %", p => p["revolving"]!["dailyPpm"] = 660),
        Unseen("overdue.dailyPpm", "金规〔2025〕9号", p => (p["effectiveFrom"], p["overdue"]!["dailyPpm"]) = ("2026-01-01", 700)),
        Unseen("overdue.dailyPpm", "1.5 × the revolving price: 600 ppm",
            p => (p["revolving"]!["dailyPpm"], p["overdue"]!["dailyPpm"]) = (400, 601)),
        Unseen("caps", "no cap of the yearly cost is dated for the licence insurer", p => p["licence"] = "insurer"),
        Unseen("caps", "on 2020-08-31", p => p["effectiveFrom"] = "2020-08-31"),
        Unseen("caps[4].from", "same day", p => p["caps"]![4]!["from"] = "2027-12-30"),
        Unseen("caps[3].until", "ends after it begins", p => p["caps"]![3]!["until"] = "2025-10-01"),
        Unseen("sampleFields[0]", "overdue.dailyRate is no field", p => p["sampleFields"]![0] = "overdue.dailyRate"),
    ];

    public static string With(Action<JsonObject> change) => With(PayLater, change);

    public static string With(string json, Action<JsonObject> change)
    {
        var product = JsonNode.Parse(json)!.AsObject();
        change(product);
        return product.ToJsonString();
    }

    private static BrokenProduct Seen(string field, string says, Action<JsonObject> change) => new(field, says, true, With(change));

    private static BrokenProduct Unseen(string field, string says, Action<JsonObject> change) => new(field, says, false, With(change));
}
