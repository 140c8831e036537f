using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Products;

namespace Mingzhang.Services.Wording;

/// <summary>A field that breaks a rule, in the words of the form: what it is called there, the rule, and what to do.</summary>
public static class FaultWords
{
    private const string Built = ":*";

    private static readonly Dictionary<string, LocalText> Labels = new(StringComparer.Ordinal)
    {
        ["account"] = new("账户", "Account"),
        ["actor"] = new("操作人", "Who asks"),
        ["amount"] = new("金额", "Amount"),
        ["billIssuedOn"] = new("账单或消费", "Bill or purchase"),
        ["capMinor"] = new("上限（元）", "Cap (yuan)"),
        ["command"] = new("操作", "What is asked"),
        ["consent"] = new("同意文本", "Consent text"),
        ["consentId"] = new("同意编号", "Number of the consent"),
        ["contractPpm"] = new("合同价格", "Contract price"),
        ["disputeId"] = new("争议编号", "Number of the dispute"),
        ["evidence"] = new("依据", "Evidence"),
        ["institutions"] = new("未结清机构数", "How many lenders"),
        ["key"] = new("表单标识", "The form's own mark"),
        ["loanId"] = new("借款编号", "Number of the loan"),
        ["login"] = new("登录名", "Log-in name"),
        ["monthly"] = new("每月还款", "They take a month"),
        ["monthlyIncome"] = new("月收入", "Income a month"),
        ["noticeId"] = new("通知编号", "Number of the notice"),
        ["number"] = new("申请编号", "Number of the proposal"),
        ["owed"] = new("其他机构欠款合计", "Owed to others in all"),
        ["parts"] = new("减免明细", "Parts of the waiver"),
        ["payoutId"] = new("退款编号", "Number of the payout"),
        ["permissions"] = new("限制的权限", "What is taken away"),
        ["planId"] = new("分期编号", "Number of the plan"),
        ["product"] = new("产品", "Product"),
        ["purchaseId"] = new("消费编号", "Number of the purchase"),
        ["reason"] = new("原因", "Reason"),
        ["refundId"] = new("退货编号", "Number of the refund"),
        ["reliefId"] = new("纾困编号", "Number of the relief"),
        ["repaymentId"] = new("还款编号", "Number of the repayment"),
        ["restrictionId"] = new("限制编号", "Number of the restriction"),
        ["roles"] = new("角色", "Roles"),
        ["service"] = new("关联服务", "Linked service"),
        ["sources"] = new("资金来源", "Where the money comes from"),
        ["temporaryLimitId"] = new("临时额度编号", "Number of the temporary limit"),
        ["terms"] = new("产品条款", "Product terms"),
        ["totalMinor"] = new("希望的总额度（元）", "Total limit you would like (yuan)"),
        ["until"] = new("截止日期", "Until"),
        ["waiverId"] = new("减免编号", "Number of the waiver"),
    };

    // By the rule as the books write it; "field:*" where a rule is put together with figures.
    private static readonly Dictionary<string, (LocalText Rule, LocalText Fix)> Rules = new(StringComparer.Ordinal)
    {
        ["1 to 64 visible ASCII characters"] = (
            new("1 至 64 个英文字母、数字或符号，不含空格", "1 to 64 letters, digits or signs without spaces"),
            new("请重新打开页面，或填写如 ord-20260701-0001", "Open the page again, or write such as ord-20260701-0001")),
        ["not empty"] = (new("不能为空", "not empty"), new("请填写", "Write it")),
        ["an amount that is not below zero"] = (
            new("不小于零的金额", "an amount that is not below zero"), new("没有则填 0", "Write 0 when there is none")),
        ["0 to 1,000, and at least 1 when anything is owed"] = (
            new("0 至 1,000；有欠款时至少为 1", "0 to 1,000, and at least 1 when anything is owed"),
            new("请填写有欠款的机构数量", "Count the lenders that are owed")),
        ["a bill or a purchase, not both"] = (
            new("只能选账单或消费之一", "a bill or a purchase, not both"), new("请只选一项", "Choose one of them")),
        ["the slot of the product"] = (
            new("账户须属于该产品", "the account belongs to the product"), new("请使用该产品的账户", "Use the product's account")),
        ["at least one permission"] = (
            new("至少一项", "at least one"), new("请选择要限制的权限", "Choose what is taken away, such as purchases")),
        ["a borrower stops use for own reasons only"] = (
            new("本人只能以自行停用或冷静期为由", "a borrower stops use for own reasons only"),
            new("请在设置页选择自行停用或冷静期", "Choose a pause or a cooling-off in the settings")),
        ["1 to 10 sources"] = (
            new("1 至 10 个资金来源", "1 to 10 sources"), new("请按扣款顺序列出", "Name them in the order to debit")),
        ["1 to 20 sources"] = (
            new("1 至 20 个资金来源", "1 to 20 sources"), new("请逐项列出金额", "Name each with its amount")),
        ["more than zero, in the account's currency"] = (
            new("大于零，币种与账户一致", "more than zero, in the account's currency"),
            new("请填写金额；不需要上限时请取消上限", "Write an amount, or take the cap away")),
        ["there is no cap to take away"] = (
            new("当前没有可取消的上限", "there is no cap to take away"), new("需要时请填写上限金额", "Write an amount if you want a cap")),
        ["a price is not negative"] = (
            new("价格不能为负", "a price is not negative"), new("请填写本金的百万分比", "Write parts per million of the principal")),
        ["a price by the day: of a cash loan, or of what revolves on statements"] = (
            new("只能调整按日计价的现金借款或账单循环余额", "a price by the day: of a cash loan, or of what revolves on statements"),
            new("请选择现金借款；分期的收费请更正其起始交易", "Name the cash loan; a plan's charge is put right by replacing what began it")),
        ["a price at which the rows can be worked out"] = (
            new("须能据此算出各期金额", "a price at which the rows can be worked out"),
            new("请填写该产品可能的价格", "Write a price the product could have")),
        ["1 to 500 characters"] = (new("1 至 500 个字", "1 to 500 characters"), new("请用一句话说明", "Say why in a sentence")),
        ["1 to 4 parts, each component once"] = (
            new("1 至 4 项，每项只出现一次", "1 to 4 parts, each component once"), new("请逐项列出金额", "Name each with its amount")),
        ["what the account keeps of the version"] = (
            new("须与产品手册中的版本一致", "what the account keeps of the version"), new("请取自产品手册", "Take it from the version in the book")),
        ["a proposal is taken back by who made it"] = (
            new("只有提出人可以撤回", "a proposal is taken back by who made it"), new("请改为驳回", "Reject it instead")),
        ["an account number is positive"] = (
            new("账户号为正整数", "an account number is positive"), new("请使用开户时给出的账户号", "Use the number given at opening")),
        ["a key has 1 to 200 characters"] = (
            new("1 至 200 个字符", "1 to 200 characters"), new("请重新打开页面再提交", "Open the page again and send it once more")),
        ["an actor has 1 to 100 characters"] = (new("1 至 100 个字符", "1 to 100 characters"), new("请说明由谁操作", "Say who asks")),
        ["days pass by the business clock"] = (
            new("日期由营业日推进", "days pass by the business clock"), new("请改为推进营业日", "Advance the day instead")),
        ["keys starting with day: belong to the business clock"] = (
            new("以 day: 开头的标识由营业日使用", "marks that begin with day: belong to the business clock"), new("请使用其他标识", "Use another one")),
        ["the figures would not fit into 64 bits"] = (
            new("金额过大，无法入账", "the figures would become too large to book"), new("请减小金额", "Write a smaller amount")),
        ["the command names another account"] = (
            new("操作对应的是另一个账户", "what is asked names another account"), new("请在对应的账户上操作", "Do it on the account it names")),
        ["the account's slot belongs to another product"] = (
            new("账户属于另一产品", "the account belongs to another product"), new("请使用该产品的账户", "Use the product's account")),
        ["a fork fills a fresh account"] = (
            new("只能由系统建立副本账户", "only the house fills a forked account"), new("请由系统建立", "Let the house fork it")),
        ["one of the products that are offered"] = (
            new("须为在售产品", "one of the products that are offered"), new("请从列表中选择", "Choose from the list")),
        ["more than the present limit"] = (
            new("须高于当前额度", "more than the present limit"),
            new("请填写更高的额度；要降低额度请到设置页", "Ask for more; to lower it go to the settings")),
        ["a staff name is 2 to 32 small letters, digits, dots and hyphens"] = (
            new("2 至 32 位小写字母、数字、点或连字符", "2 to 32 small letters, digits, dots and hyphens"), new("请按此填写", "Write it so")),
        ["a member of staff has at least one role, and only known ones"] = (
            new("至少一个角色，且须为已有角色", "at least one, and only known ones"), new("请从列表中选择", "Choose from the list")),
        ["this is how it stands already"] = (new("与现状相同", "this is how it stands already"), new("请作出更改", "Change something")),
        ["there is a member of staff of this name"] = (
            new("该登录名已有人使用", "there is a member of staff of this name"),
            new("请为其重置登录码：mz staff reset", "Make a code for them: mz staff reset")),
        ["until" + Built] = (
            new("在允许的天数之内", "a borrower's own, within the days allowed"), new("请从列表中选择天数", "Choose the days from the list")),
        ["account" + Built] = (
            new("有一天的数字过大，账户停在该日之前", "its figures became too large on a day, so that day has not passed"),
            new("请联系客服：需由操作人员处理", "Ask the service: an operator has to put it right")),
        [Built] = (new("不符合该项规则", "it breaks the rule of this field"), new("请更正后再提交", "Put it right and send it again")),
    };

    /// <summary>A whole sentence: the field by its label, the rule, the fix.</summary>
    public static string Of(InvalidCommand fault, bool chinese)
    {
        var (label, (rule, fix)) = (Label(fault), Of(fault));
        return chinese ? $"“{label.Zh}”：{rule.Zh}。{fix.Zh}。" : $"“{label.En}”: {rule.En}. {fix.En}.";
    }

    /// <summary>The rule and the fix in both languages.</summary>
    public static (LocalText Rule, LocalText Fix) Of(InvalidCommand fault) =>
        Rules.TryGetValue(fault.Rule, out var exact) ? exact
            : Rules.TryGetValue(fault.Field + Built, out var built) ? built : Rules[Built];

    /// <summary>What a form calls the field.</summary>
    public static LocalText Label(InvalidCommand fault) =>
        Labels.TryGetValue(fault.Field, out var label) ? label
            : fault.Field.StartsWith("terms.", StringComparison.Ordinal) ? Labels["terms"] : new LocalText("填写内容", "What was sent");

    /// <summary>Whether the field has a label and the rule has words of its own.</summary>
    public static bool Knows(string field, string rule) =>
        Labels.ContainsKey(field) && (Rules.ContainsKey(rule) || Rules.ContainsKey(field + Built));
}
