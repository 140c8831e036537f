namespace Mingzhang.Domain.Accounts;

/// <summary>What people are told about a refusal.</summary>
/// <param name="Code">The stable code.</param>
/// <param name="RetryCanHelp">Whether the same command may succeed later or after a fix.</param>
/// <param name="Zh">Text for the customer in Chinese; braces name facts of the refusal.</param>
/// <param name="En">The same in English.</param>
public sealed record RefusalInfo(ReasonCode Code, bool RetryCanHelp, string Zh, string En);

/// <summary>All refusals with their texts; <c>docs/refusals.md</c> is made from it.</summary>
public static class RefusalCatalogue
{
    /// <summary>In order of precedence.</summary>
    public static IReadOnlyList<RefusalInfo> All { get; } =
    [
        new(Reasons.InvalidCommand, false, "请求内容有误：{Field}", "The request is not valid: {Field}"),
        new(Reasons.AmountNotPositive, false, "金额必须大于零", "The amount must be above zero"),
        new(Reasons.CurrencyMismatch, false, "币种与账户不一致", "The currency differs from the account's"),
        new(Reasons.AmountTooLarge, false, "金额过大，最多 {Most}", "The amount is too large; at most {Most}"),
        new(Reasons.EffectiveDateOutOfRange, false, "日期不在允许范围内", "The date is outside the allowed range"),
        new(Reasons.AccountNotOpen, false, "账户尚未开通", "The account is not open"),
        new(Reasons.AccountAlreadyOpen, false, "您已开通该产品", "This product is already open"),
        new(Reasons.AccountIsClosed, false, "服务已关闭", "The account is closed"),
        new(Reasons.ClosingInProgress, false, "账户正在关闭，不能再使用", "Closing is in progress; the line can no longer be used"),
        new(Reasons.TermsNotEffective, false, "产品版本未生效", "This version of the terms is not in force"),
        new(Reasons.ConsentMissing, true, "缺少必要授权：{Consent}", "A required consent is missing: {Consent}"),
        new(Reasons.BankCardMissing, true, "请先绑定银行卡", "Bind a bank card first"),
        new(Reasons.AssessmentDeclined, true, "暂未通过评估：{Condition}", "The assessment was not passed: {Condition}"),
        new(Reasons.LimitOutOfBounds, false, "额度超出产品范围", "The limit is outside the product's bounds"),
        new(Reasons.DueDayNotOffered, false, "不支持该还款日", "This due day is not offered"),
        new(Reasons.DueDayChangedRecently, true, "还款日每年可调整一次，{NextOn} 后可再次调整", "The due day can be changed again on {NextOn}"),
        new(Reasons.ReopeningNotAllowed, false, "该账户不能重新开通", "This account cannot be reopened"),
        new(Reasons.ReopeningTooEarly, true, "{PossibleOn} 起可重新申请开通", "Reopening is possible from {PossibleOn}"),
        new(Reasons.PermissionAway, true, "当前不能使用：{Reason}", "Use is not possible now: {Reason}"),
        new(Reasons.SceneNotEligible, false, "该商户或场景不支持", "This merchant or scene is not eligible"),
        new(Reasons.AboveSinglePurchaseCap, false, "超过单笔限额", "Above the cap for one purchase"),
        new(Reasons.AboveDailyCap, true, "超过单日限额", "Above today's cap"),
        new(Reasons.LimitExceeded, true, "可用额度不足", "Not enough available limit"),
        new(Reasons.PurchaseExists, false, "交易号重复", "This purchase id was used before"),
        new(Reasons.PurchaseUnknown, false, "未找到该交易", "No such purchase"),
        new(Reasons.PurchaseInOtherStage, false, "交易当前状态不支持此操作", "The purchase is not in the right stage"),
        new(Reasons.CaptureAboveHold, false, "扣款超过授权金额", "The capture is above the hold"),
        new(Reasons.RefundAbovePurchase, false, "退款超过交易金额", "The refund is above what is left of the purchase"),
        new(Reasons.RefundExists, false, "退款号重复", "This refund id was used before"),
        new(Reasons.BorrowerMayOnlyLower, false, "您可以调低额度；提额需要评估", "You can lower your limit; raising it needs an assessment"),
        new(Reasons.WindowInvalid, false, "有效期不正确", "The window is not valid"),
        new(Reasons.TemporaryLimitExists, false, "临时额度编号重复", "This temporary limit id was used before"),
        new(Reasons.RestrictionExists, false, "限制编号重复", "This restriction id is in use"),
        new(Reasons.RestrictionUnknown, false, "未找到该限制", "No such restriction"),
        new(Reasons.RestrictionNotYours, false, "该限制需由机构解除", "Only the house can lift this restriction"),
        new(Reasons.LoansNotOffered, false, "该产品不提供此类借款或分期", "The product does not offer such loans or instalments"),
        new(Reasons.OfferUnknown, false, "没有该期数的方案：{Count} 期", "No such offer with {Count} rows"),
        new(Reasons.LoanAmountNotOffered, false, "金额应在 {Smallest} 至 {Largest} 之间，且为 {Multiple} 的整数倍",
            "The amount must lie between {Smallest} and {Largest}, in multiples of {Multiple}"),
        new(Reasons.LoanExists, false, "借款编号重复", "This loan id was used before"),
        new(Reasons.LoanUnknown, false, "未找到该借款", "No such loan"),
        new(Reasons.TooManyLoans, true, "已达借款笔数上限（{Most} 笔）", "The most loans, {Most}, is reached"),
        new(Reasons.DisclosureMissing, true, "请先阅读并确认综合融资成本明示表（依据：{Rule}）", "Read and confirm the cost table first (rule: {Rule})"),
        new(Reasons.DisclosureOutdated, true, "成本明示表已更新，请重新确认（依据：{Rule}）",
            "The cost table changed; confirm it again (rule: {Rule})"),
        new(Reasons.ReadTooFast, true, "请完整阅读成本明示表（至少 {Seconds} 秒；依据：{Rule}）",
            "Read the cost table for at least {Seconds} seconds (rule: {Rule})"),
        new(Reasons.AboveCostCap, false, "综合融资成本年化 {AnnualPpm}（单利）、{CompoundPpm}（复利），超过上限 {CapPpm}（{Rule}）",
            "The yearly cost of {AnnualPpm} (simple), {CompoundPpm} (compound) is above the cap of {CapPpm} ({Rule})"),
        new(Reasons.BillNotConvertible, true, "该账单现在不能分期", "This bill cannot be turned into instalments now"),
        new(Reasons.EarlyPartNotOffered, true, "提前还款须一次结清 {Settlement}", "Early repayment must settle all of {Settlement}"),
        new(Reasons.DisclosureLapsed, true, "成本明示表的确认已过期，请重新阅读并确认（依据：{Rule}）",
            "The confirmation of the cost table has lapsed; read and confirm it again (rule: {Rule})"),
        new(Reasons.TwoPeopleNeeded, false, "该操作须由两人办理：请先提交，再由他人复核",
            "This takes two people: propose it, and somebody else approves"),
        new(Reasons.ProposalUnknown, false, "未找到该待复核事项", "No such proposal"),
        new(Reasons.ProposalDecided, false, "该事项已办结（{Status}）", "This proposal was decided before ({Status})"),
        new(Reasons.ProposalExpired, true, "该事项已于 {LastOn} 后失效，可重新提交",
            "The proposal could be approved until {LastOn}; renew it"),
        new(Reasons.OwnProposal, false, "不能复核本人提交的事项", "Whoever proposed it cannot approve it"),
        new(Reasons.SignerUnnamed, false, "该密钥未登记使用人，不能复核", "This key has no named owner, so it cannot approve"),
        new(Reasons.ChangedSince, true, "提交后情况已变化，请查看最新预览并重新提交",
            "Things changed since it was proposed; look at the new preview and renew it"),
        new(Reasons.RepaymentExists, false, "还款号重复", "This repayment id was used before"),
        new(Reasons.RepaymentAboveDebt, false, "还款金额超过全部欠款", "The payment is above the total debt"),
        new(Reasons.DebtUnknown, false, "未找到指定的欠款", "No such debt"),
        new(Reasons.RepaymentUnknown, false, "未找到该还款", "No such repayment"),
        new(Reasons.CreditBalanceTooSmall, false, "溢缴款不足", "The credit balance is smaller"),
        new(Reasons.ClosingBlocked, true, "暂时无法关闭", "The account cannot be closed yet"),
        new(Reasons.NoticeOutdated, true, "请先阅读最新的关闭须知", "Read the current closing notice first"),
        new(Reasons.NotClosing, false, "没有进行中的关闭申请", "No closing is in progress"),
        new(Reasons.VerificationFailed, true, "身份验证未通过", "Verification failed"),
        new(Reasons.VideoInterviewRequired, true, "需要视频面审", "A video interview is required"),
        new(Reasons.ClosingAlreadyConfirmed, false, "关闭申请已确认", "Closing was confirmed already"),
        new(Reasons.ForcedClosingCannotBeCancelled, false, "机构发起的关闭不能自行撤销", "A closing by the house cannot be called off by the customer"),
        new(Reasons.NothingToDispute, false, "没有可争议的欠款", "There is nothing to dispute"),
        new(Reasons.DisputeExists, false, "争议编号重复", "This dispute id was used before"),
        new(Reasons.DisputeUnknown, false, "未找到该争议", "No such dispute"),
        new(Reasons.NothingToWriteOff, false, "没有可核销的欠款", "There is nothing to write off"),
        new(Reasons.FactUnknown, false, "未找到该入账事实", "No such fact"),
        new(Reasons.FactNotReversible, false, "该类事实不能撤销", "A fact of this kind cannot be reversed"),
        new(Reasons.FactAlreadyReversed, false, "该事实已撤销", "This fact was already reversed"),
        new(Reasons.LateFactNotAccepted, false, "该类操作不能补记", "A command of this kind cannot be back-dated"),
        new(Reasons.KeyReusedWithOtherContent, false, "幂等键已用于其他请求", "The idempotency key was used for another request"),
        new(Reasons.SandboxOnly, false, "仅沙箱可用", "Only a sandbox can do this"),
    ];

    /// <summary>The entry of a code; throws for a code that does not exist.</summary>
    public static RefusalInfo Of(ReasonCode code) => ByNumber[code.Number];

    private static Dictionary<int, RefusalInfo> ByNumber { get; } = All.ToDictionary(info => info.Code.Number);
}
