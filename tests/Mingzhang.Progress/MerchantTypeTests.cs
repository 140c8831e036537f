using Mingzhang.Services.Progress.Spend;

namespace Mingzhang.Progress;

/// <summary>Merchants are grouped by what is known of them, best first; a wrong table names its fault.</summary>
public sealed class MerchantTypeTests
{
    [Theory]
    [InlineData("5411", "任何名字", "travel", "groceries")] // the shop's own code counts first
    [InlineData(null, "瑞幸咖啡（西湖店）", "travel", "dining")] // then a known name
    [InlineData(null, "没听过的店", "travel", "travel")] // then the scene
    [InlineData(null, "没听过的店", "没听过的场景", "other")]
    [InlineData("0001", "没听过的店", "health", "health")] // a code in no group says nothing
    [InlineData("541", "没听过的店", "health", "health")]
    public void The_best_known_fact_decides(string? mcc, string merchant, string scene, string type) =>
        Assert.Equal(type, MerchantTypes.Shipped.Of(mcc, merchant, scene).Code);

    [Theory]
    [InlineData("""{"types":[{"code":"a","zh":"","en":"","icon":"","mcc":[],"scenes":[]}],"merchants":[]}""", "no type other")]
    [InlineData("""{"types":[{"code":"other","zh":"","en":"","icon":"","mcc":["54x1"],"scenes":[]}],"merchants":[]}""", "54x1")]
    [InlineData("""{"types":[{"code":"other","zh":"","en":"","icon":"","mcc":["5500-5400"],"scenes":[]}],"merchants":[]}""", "ends before")]
    [InlineData("""{"types":[{"code":"other","zh":"","en":"","icon":"","mcc":[],"scenes":["s","s"]}],"merchants":[]}""", "two types")]
    public void A_wrong_table_names_its_fault(string json, string fault) =>
        Assert.Contains(fault, Assert.Throws<InvalidOperationException>(() => MerchantTypes.Read(json)).Message, StringComparison.Ordinal);
}
