namespace Mingzhang.Domain.Schedules;

/// <summary>Why terms make no schedule. The numbers are stable and never used again; the first that holds is told.</summary>
public enum ScheduleFault
{
    /// <summary>The amount is not above zero, or absurdly large.</summary>
    Amount = 1,

    /// <summary>The number of rows.</summary>
    Rows = 2,

    /// <summary>The length of a period.</summary>
    Period = 3,

    /// <summary>A rate below zero or above the limit.</summary>
    Rate = 4,

    /// <summary>Due days that do not rise, or lie before paying out.</summary>
    DayOrder = 5,

    /// <summary>Days beyond the calendar.</summary>
    DayRange = 6,

    /// <summary>Grace that leaves no row to pay.</summary>
    Grace = 7,

    /// <summary>A down payment that is below zero or leaves nothing.</summary>
    DownPayment = 8,

    /// <summary>The multiple instalments are rounded to.</summary>
    Multiple = 9,

    /// <summary>Principal by row: the number of rows, their signs or their sum.</summary>
    PrincipalRows = 10,

    /// <summary>An instalment that is below zero or does not cover the interest.</summary>
    Instalment = 11,

    /// <summary>Several payments out with terms that take one.</summary>
    Disbursements = 12,

    /// <summary>A fact of a loan that cannot be: its amount, its day, or what it names.</summary>
    Fact = 13,
}

/// <summary>A reason in words: what holds and what to do.</summary>
public sealed record ScheduleFaultText(string Rule, string Fix, string RuleZh, string FixZh)
{
    /// <summary>The words for a reason.</summary>
    public static ScheduleFaultText Of(ScheduleFault fault) => fault switch
    {
        ScheduleFault.Amount => new(
            "The amount is above zero and at most 1,000,000,000,000,000 minor units", "Give an amount in that range.",
            "金额须大于零且不超过一千万亿个最小货币单位", "请填写该范围内的金额。"),
        ScheduleFault.Rows => new(
            "A schedule has 1 to 600 rows, a bullet loan exactly 1", "Change the number of rows.",
            "还款期数为 1 至 600 期，到期一次还本付息只有 1 期", "请修改期数。"),
        ScheduleFault.Period => new(
            "A period is 1 to 3,660 units and at most 40,000 days long", "Give a length in that range.",
            "每期长度为 1 至 3660 个单位且不超过 40000 天", "请修改每期长度。"),
        ScheduleFault.Rate => new(
            "A rate is 0 to 100,000,000 ppm, 30E/360 names a year of 360 days, and the interest of the whole term stays countable",
            "Give a lower rate or the right year.",
            "利率为百万分之 0 至 100,000,000，30E/360 须为 360 天，且全期利息不得超出可计范围", "请修改利率。"),
        ScheduleFault.DayOrder => new(
            "Due days rise, and none is before the day of paying out; a single one is after it", "Put the days in order.",
            "还款日须依次递增且不早于放款日；仅一期时须晚于放款日", "请按先后顺序填写日期。"),
        ScheduleFault.DayRange => new(
            "All days lie between the years 1900 and 2999", "Use earlier days or fewer rows.", "日期须在 1900 年至 2999 年之间", "请修改日期或期数。"),
        ScheduleFault.Grace => new(
            "Grace rows are not below zero and leave at least one paying row", "Give fewer grace rows.",
            "宽限期数不得为负，且至少留有一期还款", "请减少宽限期数。"),
        ScheduleFault.DownPayment => new(
            "A down payment is 0 to 999,999 ppm and leaves something to pay", "Give a smaller part.",
            "首付比例为百万分之 0 至 999,999，且须留有余额", "请降低首付比例。"),
        ScheduleFault.Multiple => new(
            "The multiple is 1 minor unit or more and not above the amount", "Give a smaller multiple.",
            "取整单位至少为 1 个最小货币单位，且不超过本金", "请修改取整单位。"),
        ScheduleFault.PrincipalRows => new(
            "Principal by row has one amount for each row, none below zero, and sums to the principal", "Correct the amounts.",
            "逐期本金须每期一个金额、不为负且合计等于本金", "请更正各期本金。"),
        ScheduleFault.Instalment => new(
            "A stated instalment is above zero and pays at least the interest of every row", "Give a larger instalment.",
            "约定的每期还款额须大于零且不低于当期利息", "请提高每期还款额。"),
        ScheduleFault.Disbursements => new(
            "Rows by share of the total need equal principal without a price; a stated instalment or one with a price of its own takes one "
                + "payment out",
            "Spread further payments over the rows to come, or use one payment out.",
            "按累计放款比例还款仅支持无息等额本金；约定每期还款额或另定计算利率的，仅可一次放款", "请改为在剩余期次中分摊，或改为一次放款。"),
        ScheduleFault.Fact => new(
            "A loan's facts have amounts above zero and days from the first payment out on", "Correct the fact.",
            "借款事实的金额须大于零，日期不得早于首次放款日", "请更正该事实。"),
    };
}
