namespace Mingzhang.Services.Sandbox;

/// <summary>Everyday merchants and the scene each belongs to.</summary>
internal static class DemoMerchants
{
    private static readonly Dictionary<string, string> Scenes = new(StringComparer.Ordinal)
    {
        ["盒马鲜生"] = "groceries",
        ["永辉超市"] = "groceries",
        ["瑞幸咖啡"] = "dining",
        ["美团外卖"] = "dining",
        ["外婆家餐厅"] = "dining",
        ["海底捞火锅"] = "dining",
        ["滴滴出行"] = "travel",
        ["杭州地铁"] = "travel",
        ["携程旅行"] = "travel",
        ["南方航空"] = "travel",
        ["飞猪酒店"] = "travel",
        ["中国移动"] = "utilities",
        ["国网浙江电力"] = "utilities",
        ["链家租房"] = "utilities",
        ["老百姓大药房"] = "health",
        ["淘票票"] = "entertainment",
        ["视频会员"] = "entertainment",
        ["星跃健身"] = "entertainment",
        ["优衣库"] = "offline",
        ["迪卡侬"] = "offline",
        ["名创优品"] = "offline",
    };

    /// <summary>The scene of a merchant; web shops where nothing else is known.</summary>
    public static string SceneOf(string merchant) => Scenes.GetValueOrDefault(merchant, "online-shop");
}
