namespace Mingzhang.Domain.Explaining;

/// <summary>The four answers to "I have repaid, why can't I use it?" (R150).</summary>
public enum UseVerdict
{
    /// <summary>未全部还清: something is still owed; the residue is named.</summary>
    NotFullyRepaid,

    /// <summary>已还清但显示或权限异常.</summary>
    RepaidButPermissionWrong,

    /// <summary>已还清但规则限制.</summary>
    RepaidButRuleLimits,

    /// <summary>正常.</summary>
    Normal,
}

/// <summary>One reason with its evidence; codes are those of the domain rules, section 5.1.</summary>
/// <param name="Code">Such as <c>P01_RESIDUE</c>.</param>
/// <param name="Zh">Text in Chinese with its facts filled in.</param>
/// <param name="En">Text in English.</param>
/// <param name="Amount">The money in question.</param>
/// <param name="Until">When it ends by itself.</param>
/// <param name="Evidence">Ids, dates and figures it rests on.</param>
/// <param name="NextAction">What to do: a stable action name such as <c>pay</c>, <c>wait</c>, <c>verify</c>, <c>contact</c>.</param>
public sealed record UseReason(string Code, string Zh, string En, Money? Amount, DateOnly? Until, string Evidence, string NextAction);

/// <summary>May the line be used, and if not, why: all reasons, first the one to solve first (P → A → B → C → D).</summary>
/// <param name="AsOf">The day.</param>
/// <param name="Verdict">One of four.</param>
/// <param name="Usable">Whether a purchase of the asked amount and scene would be accepted.</param>
/// <param name="Reasons">Ranked.</param>
/// <param name="TotalDebt">Everything owed, accrued interest included.</param>
/// <param name="Available">Available limit of the pool asked for.</param>
public sealed record UseExplanation(DateOnly AsOf, UseVerdict Verdict, bool Usable, ValueList<UseReason> Reasons, Money TotalDebt,
    Money Available);
