using System.Text.Json.Serialization;
using Mingzhang.Domain.Explaining;
using Mingzhang.Domain.Values;

namespace Mingzhang.Services.Diagnosis;

/// <summary>One cause with its evidence. The code is one of the 32 of the domain rules, section 5.1.</summary>
/// <param name="Code">Such as <c>A02_PERMISSION_LAG</c>.</param>
/// <param name="Zh">In Chinese, with its facts.</param>
/// <param name="En">In English.</param>
/// <param name="NextAction">A stable action name: pay, wait, refresh, verify, contact, ticket …</param>
/// <param name="Evidence">Ids, dates and figures it rests on; nothing about how risk is judged.</param>
public sealed record UseCause(string Code, string Zh, string En, string NextAction, string Evidence)
{
    /// <summary>The money in question.</summary>
    public Money? Amount { get; init; }

    /// <summary>The day on which it ends by itself.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>When it is expected to be over.</summary>
    public DateTimeOffset? ExpectedAt { get; init; }

    /// <summary>What it is about, for a link: a transfer, an incident, an account, a ticket.</summary>
    public string? Subject { get; init; }

    /// <summary>The order within all: group P, A, B, C, D, then what is most particular.</summary>
    [JsonIgnore]
    public int Rank => Code[..3] switch
    {
        "P03" => 0, "P04" => 1, "P05" => 2, "P02" => 3, "P01" => 4,
        var code => ("PABCD".IndexOf(code[0], StringComparison.Ordinal) * 100) + int.Parse(
            code.AsSpan(1), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture),
    };
}

/// <summary>The stages between a payment and the screen (R137).</summary>
public enum UseStep
{
    /// <summary>The money moved.</summary>
    Repayment,

    /// <summary>The ledger has it.</summary>
    Ledger,

    /// <summary>The limit is back.</summary>
    Limit,

    /// <summary>The permission store knows.</summary>
    Permission,

    /// <summary>The screen shows it.</summary>
    Screen,
}

/// <summary>How far a stage is.</summary>
/// <param name="Step">Which.</param>
/// <param name="At">When it was reached; null = not yet.</param>
/// <param name="Sequence">The journal sequence it stands at, or null.</param>
/// <param name="Zh">What it rests on, in Chinese.</param>
/// <param name="En">In English.</param>
public sealed record UseStage(UseStep Step, DateTimeOffset? At, long? Sequence, string Zh, string En);

/// <summary>What somebody had on the screen.</summary>
/// <param name="Sequence">The journal sequence the page was made from.</param>
/// <param name="At">When.</param>
public sealed record Shown(long Sequence, DateTimeOffset At);

/// <summary>The answer to "I have repaid, why can't I use it?" (R134 to R153).</summary>
/// <param name="Account">Whose.</param>
/// <param name="AsOf">The business day.</param>
/// <param name="At">The instant.</param>
/// <param name="Verdict">One of four (R150).</param>
/// <param name="Usable">Whether ledger, permission store and service would all let it be used.</param>
/// <param name="Causes">Ranked; the first is to be solved first.</param>
/// <param name="Stages">Five, with their times.</param>
/// <param name="Owed">Everything owed, accrued interest included.</param>
/// <param name="Available">Available limit by the ledger.</param>
/// <param name="Rules">The access rules it was judged by.</param>
/// <param name="Version">The journal sequence it was answered at.</param>
public sealed record UseDiagnosis(
    AccountId Account, DateOnly AsOf, DateTimeOffset At, UseVerdict Verdict, bool Usable, IReadOnlyList<UseCause> Causes,
    IReadOnlyList<UseStage> Stages, Money Owed, Money Available, string Rules, long Version);
