namespace Mingzhang.Domain.Disclosure;

/// <summary>A dated rule on lending together with others.</summary>
/// <param name="Validity">When it holds.</param>
/// <param name="PartnerMinPpm">Beside the platform's own lender the others hold at least this share of each loan.</param>
/// <param name="OnePartnerMaxPpm">The most that goes to one partner, as a part of tier-1 net capital.</param>
/// <param name="JointMaxPpm">The most that joint loans may be of all loans.</param>
/// <param name="Clause">Where it comes from.</param>
public sealed record CooperationRow(Validity Validity, long PartnerMinPpm, long OnePartnerMaxPpm, long JointMaxPpm, Clause Clause);
