namespace Mingzhang.Web.Identity.Roles;

/// <summary>A role: what it is called in data, and what it lets do.</summary>
/// <param name="Code">Stable, such as <c>clerk</c>.</param>
/// <param name="May">What it lets do, besides looking after the own log-in.</param>
public sealed record StaffRole(string Code, IReadOnlySet<Can> May)
{
    /// <summary>All roles. A person may have several; no two of them make one person into two (docs/decisions/0015).</summary>
    public static IReadOnlyList<StaffRole> All { get; } =
    [
        Of("clerk", Can.SeeAccounts, Can.Serve, Can.SeeProducts, Can.Restrict, Can.BookMoney, Can.CheckIdentity, Can.SeeProposals,
            Can.Propose),
        Of("phone-agent", Can.SeeAccounts, Can.Serve, Can.CheckIdentity),
        Of("collections", Can.SeeAccounts, Can.Serve, Can.Relieve, Can.SeeProposals, Can.Propose),
        Of("finance", Can.SeeAccounts, Can.Serve, Can.SeeBooks, Can.Settle, Can.BookMoney, Can.Correct, Can.SeeProposals, Can.Propose),
        Of("risk", Can.SeeAccounts, Can.Serve, Can.Restrict, Can.SetRisk, Can.SeeProducts, Can.SeeProposals, Can.Propose),
        Of("product", Can.SeeProducts, Can.ProposeProducts, Can.SeeProposals, Can.Propose),
        Of("approver", Can.SeeAccounts, Can.SeeProducts, Can.SeeProposals, Can.Decide, Can.Approve),
        Of("auditor", Can.SeeAccounts, Can.SeeProposals, Can.SeeBooks, Can.SeeProducts, Can.SeeHouse, Can.SeeStaff),
        Of("administrator", Can.SeeHouse, Can.RunHouse, Can.SeeStaff, Can.ManageStaff, Can.SeeProposals, Can.Propose, Can.Decide),
    ];

    /// <summary>The codes of all roles, separated by spaces.</summary>
    public static string Every => string.Join(' ', All.Select(role => role.Code));

    /// <summary>What a list of codes lets do.</summary>
    /// <param name="codes">Separated by spaces; an unknown one lets nothing.</param>
    public static IReadOnlySet<Can> Together(string codes) => codes.Split(' ')
        .SelectMany(code => All.FirstOrDefault(role => role.Code == code)?.May ?? Enumerable.Empty<Can>())
        .Append(Can.UseOwnLogin).ToHashSet();

    private static StaffRole Of(string code, params Can[] may) => new(code, may.ToHashSet());
}
