using System.Globalization;

namespace Mingzhang.Domain.Products;

/// <summary>The sentences about rules over several fields.</summary>
internal static class ProductRuleSentences
{
    public static BrokenRule DueOnStatementDay { get; } = new(
        "a due day differs from its statement day", "Choose a due day after the statement day.", "还款日不能与出账日相同", "请选择出账日之后的还款日。");

    public static BrokenRule NeedsCycle { get; } = new(
        "a line without loans has at least one statement day", "Add a cycle, or loans.", "不含借款的产品至少要有一个出账日", "请补充 cycles，或补充 loan。");

    public static BrokenRule BulletTerm { get; } = new(
        "a loan whose principal is repaid at the end runs for one year at most (CBIRC Order 9 of 2020, art. 6)",
        "Lower the counts or choose a method with instalments.", "到期一次还本的贷款期限不超过一年（银保监会令2020年第9号第六条）",
        "请减少期数，或选择分期还本的方式。");

    public static BrokenRule LongestTerm { get; } = new(
        "a consumer loan runs for seven years at most (notice on consumer finance of 2025-03)", "Lower the counts.",
        "消费贷款期限不超过七年（2025年3月通知）", "请减少期数。");

    public static BrokenRule SharesSum { get; } = new(
        "the lenders' shares sum to 1,000,000", "Correct the shares.", "各出资方份额合计须为 1,000,000", "请改正份额。");

    public static BrokenRule PartnerShare { get; } = new(
        "beside a platform lender the others hold at least 30 % of each loan (CBIRC [2021] 24)",
        "Raise the partners' shares to 300,000 or more in all.", "合作机构对每笔贷款的出资比例不低于 30%（银保监办发〔2021〕24号）",
        "请将合作机构份额合计调到 300,000 或以上。");

    public static BrokenRule WholePenalty { get; } = new(
        "the daily price times the penalty percentage is a whole number of ppm", "Choose a price or percentage without a fraction.",
        "日利率乘以罚息比例须为整数 ppm", "请调整日利率或罚息比例。");

    public static BrokenRule ReliefBounds { get; } = new(
        "a deferral has 1 or more mostMonths and no mostRows, a re-amortisation neither, the others 1 or more mostRows and no mostMonths",
        "Correct mostMonths or mostRows.", "延期须有 mostMonths 而无 mostRows，摊入剩余期次两者皆无，其他方式须有 mostRows 而无 mostMonths",
        "请改正 mostMonths 或 mostRows。");

    public static BrokenRule AutoConfirm { get; } = new(
        "a scene that posts at receipt has 1 to 365 auto-confirm days, one that posts at payment has 0",
        "Change autoConfirmDays or postsAt.", "确认收货入账的场景须有 1 到 365 天自动确认期，付款入账的场景须为 0", "请修改 autoConfirmDays 或 postsAt。");

    public static BrokenRule BucketTwice { get; } = new(
        "each bucket occurs once", "Remove the second one.", "每个清偿顺序项只能出现一次", "请删除重复的一项。");

    public static BrokenRule UntilAfterFrom { get; } = new(
        "a cap ends after it begins", "Correct until, or write null.", "上限的截止日须晚于起始日", "请改正 until，或填 null。");

    public static BrokenRule StatementDayTwice(int day) => Say(
        $"statement day {day} occurs twice", $"Put all its due days into one cycle.", $"出账日 {day} 出现两次", $"请把它的还款日合并到同一项。");

    public static BrokenRule DueDayTwice(int day) => Say(
        $"due day {day} occurs twice, so its statement day would be unclear", $"Keep it in one cycle.",
        $"还款日 {day} 出现两次，无法确定对应的出账日", $"请只保留一处。");

    public static BrokenRule CodeTwice(string code) =>
        Say($"{code} occurs twice", $"Remove or rename one.", $"{code} 出现两次", $"请删除或改名其一。");

    public static BrokenRule AtMost(string other, Money bound) => Say(
        $"is at most {other} ({bound.MinorUnits} minor units)", $"Lower it, or raise {other}.",
        $"不能超过 {other}（{bound.MinorUnits} 最小货币单位）", $"请调低，或调高 {other}。");

    public static BrokenRule AbovePersonCap(ExposureRow row) => Say(
        $"is at most what one person of any class may owe ({row.PersonCapMinor} minor units; {row.CapClause.En})", $"Lower it.",
        $"不能超过任何客户类别的个人合计上限（{row.PersonCapMinor} 最小货币单位；{row.CapClause.Zh}）", $"请调低。");

    public static BrokenRule BucketsMissing(string[] missing)
    {
        var all = string.Join(", ", missing);
        return Say($"every bucket has a place; missing: {all}", $"Add them where they belong.", $"每一项都须排定顺序；缺少：{all}", $"请补在应有的位置。");
    }

    public static BrokenRule CapsOverlap(string licence) => Say(
        $"two caps of the licence {licence} hold on the same day", $"Let one end on the day the next begins.",
        $"牌照 {licence} 在同一天有两个上限", $"请让前一个在后一个开始之日结束。");

    public static BrokenRule CostAboveCap(AnnualCost.AnnualRates rates, CapRow cap) => Say(
        $"the cost a year is {rates.SimplePpm} ppm (IRR × 12; compound {rates.CompoundPpm}), above {cap.AnnualPpm} ({cap.Clause.En})",
        $"Lower the price or the fee.",
        $"该方案综合融资成本为 {rates.SimplePpm} ppm（IRR×12；复利 {rates.CompoundPpm}），高于上限 {cap.AnnualPpm}（{cap.Clause.Zh}）",
        $"请调低利率或费率。");

    public static BrokenRule CostItemMissing(string item, Clause clause) => Say(
        $"every cost the product may charge is named, and {item} is not: what is not in the cost table can never be charged ({clause.En})",
        $"Add {item} to costItems, or take the price away.",
        $"产品可能收取的每一项成本都须列明，缺少 {item}：未列入明示表的费用不得收取（{clause.Zh}）", $"请在 costItems 中补充 {item}，或取消该项价格。");

    public static BrokenRule NoSchedule(string why) => Say(
        $"the offer makes a schedule; it does not: {why}", $"Correct the offer.", $"该方案无法生成还款计划：{why}", $"请改正方案。");

    public static BrokenRule NoSuchField(string path) => Say(
        $"{path} is no field of this file",
        $"Name a field by its path, such as overdue.dailyPpm; lists by their name, such as scenes.holdDays.",
        $"本文件没有字段 {path}", $"请写字段路径，例如 overdue.dailyPpm；列表写名称，例如 scenes.holdDays。");

    public static BrokenRule NoCap(string licence, DateOnly on) => Say(
        $"no cap of the yearly cost is dated for the licence {licence} on {on:yyyy-MM-dd}, so no price can be shown to be lawful",
        $"Add the cap that holds on that day with its source, or correct licence or effectiveFrom.",
        $"牌照 {licence} 在 {on:yyyy-MM-dd} 没有生效的综合成本上限，无法证明价格合规",
        $"请补充当日生效的上限及其来源，或改正 licence、effectiveFrom。");

    public static BrokenRule OverdueTooDear(long ceiling) => Say(
        $"the overdue price is at most 1.5 × the revolving price: {ceiling} ppm a day (Yinfa [2003] 251)",
        $"Lower it to {ceiling} or less.",
        $"逾期价格不超过循环价格的 1.5 倍：每日百万分之 {ceiling}（银发〔2003〕251号）", $"请调到 {ceiling} 或以下。");

    public static BrokenRule AboveCap(long annualPpm, CostCap cap)
    {
        var highest = cap.AnnualPpm / cap.DaysInYear;
        return Say(
            $"{Percent(annualPpm)} a year is above {cap.Licence}'s cap of {Percent(cap.AnnualPpm)} ({cap.From:yyyy-MM-dd}, {cap.Source})",
            $"Lower it to {highest} ppm a day or less.",
            $"年化 {Percent(annualPpm)} 超过 {cap.Licence} 自 {cap.From:yyyy-MM-dd} 起的上限 {Percent(cap.AnnualPpm)}（{cap.Source}）",
            $"请调到每日百万分之 {highest} 或以下。");
    }

    public static BrokenRule VersionTwice(string code, int version, string other) => Say(
        $"{code} version {version} is also in {other}", $"A live version is never edited: give the change a new version number.",
        $"{code} 第 {version} 版也在 {other} 中", $"已生效的版本不可修改：请用新的版本号。");

    public static BrokenRule SlotClash(int slot, string code, string other) => Say(
        $"slot {slot} belongs to {code} ({other})", $"Give this product a slot of its own; account numbers carry it.",
        $"编号位 {slot} 已属于 {code}（{other}）", $"请为该产品使用独立的编号位；账号中含有它。");

    public static BrokenRule Changed(string field, string other) => Say(
        $"{field} is the same in all versions of a product, and {other} has another", $"Use the same, or give the product a new code.",
        $"同一产品各版本的 {field} 必须相同，而 {other} 不同", $"请使用相同的值，或换用新的产品代码。");

    public static BrokenRule NotLater(int version, DateOnly from, string other) => Say(
        $"a later version begins later than version {version} ({from:yyyy-MM-dd}, {other})", $"Choose a day after {from:yyyy-MM-dd}.",
        $"后一版的生效日须晚于第 {version} 版（{from:yyyy-MM-dd}，{other}）", $"请选择 {from:yyyy-MM-dd} 之后的日期。");

    public static BrokenRule NotEarlier(int version, DateOnly from, string other) => Say(
        $"an earlier version begins earlier than version {version} ({from:yyyy-MM-dd}, {other})", $"Choose a day before {from:yyyy-MM-dd}.",
        $"前一版的生效日须早于第 {version} 版（{from:yyyy-MM-dd}，{other}）", $"请选择 {from:yyyy-MM-dd} 之前的日期。");

    private static BrokenRule Say(FormattableString rule, FormattableString fix, FormattableString ruleZh, FormattableString fixZh) => new(
        rule.ToString(CultureInfo.InvariantCulture), fix.ToString(CultureInfo.InvariantCulture),
        ruleZh.ToString(CultureInfo.InvariantCulture), fixZh.ToString(CultureInfo.InvariantCulture));

    // 182,500 ppm → 18.25 %, whole digits only.
    private static string Percent(long ppm) =>
        string.Create(CultureInfo.InvariantCulture, $"{ppm / 10_000}.{ppm % 10_000 / 100:00} %");
}
