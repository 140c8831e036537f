namespace Mingzhang.Domain.Lenders;

/// <summary>One line of the trial balance by lender.</summary>
/// <param name="Lender">Code of the lender.</param>
/// <param name="Ledger">Ledger account; null = clearing between the lenders and the platform.</param>
/// <param name="Balance">Debit positive.</param>
public sealed record LenderBalance(string Lender, LedgerAccount? Ledger, Money Balance);

/// <summary>Principal that a lender has out in a product.</summary>
/// <param name="Lender">Code of the lender.</param>
/// <param name="Product">Product code.</param>
/// <param name="Principal">Unpaid principal of its shares, written-off debt left out.</param>
/// <param name="OfAllPpm">Part of the house's whole principal, parts per million.</param>
public sealed record LenderHolding(string Lender, string Product, Money Principal, long OfAllPpm);

/// <summary>A rule on lending together, and how the house stands to it.</summary>
/// <param name="Rule">partner-share, one-partner or joint-loans.</param>
/// <param name="Of">The lender it is about, or null.</param>
/// <param name="ValuePpm">Where the house stands; null when it cannot be said (no capital given, no loan open).</param>
/// <param name="LimitPpm">The limit.</param>
/// <param name="Kept">Whether it is kept; null when it cannot be said.</param>
/// <param name="Clause">Where it comes from.</param>
public sealed record CooperationFinding(string Rule, string? Of, long? ValuePpm, long LimitPpm, bool? Kept, Clause Clause);

/// <summary>Trial balance by lender, holdings, and how the rules on lending together are kept.</summary>
/// <param name="On">The day.</param>
/// <param name="Loans">Shared loans and lines looked at, settled ones too.</param>
/// <param name="Balances">By lender and ledger account; every lender's sum to zero.</param>
/// <param name="Rest">What no lender has of each ledger account: the rest of the trial balance.</param>
/// <param name="Holdings">By lender and product.</param>
/// <param name="Findings">The rules.</param>
public sealed record LenderReport(
    DateOnly On, int Loans, ValueList<LenderBalance> Balances, ValueList<LenderBalance> Rest, ValueList<LenderHolding> Holdings,
    ValueList<CooperationFinding> Findings);
