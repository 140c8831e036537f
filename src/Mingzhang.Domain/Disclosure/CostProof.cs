namespace Mingzhang.Domain.Disclosure;

/// <summary>What a loan's cost was decided by, kept with the fact: a change of the rules never decides it again.</summary>
/// <param name="RulesVersion">Version of the cost rules; 0 = the product file's own caps alone.</param>
/// <param name="SimplePpm">IRR × 12, which the cap is compared with.</param>
/// <param name="CompoundPpm">(1 + IRR)^12 − 1.</param>
/// <param name="CapPpm">The cap of the day.</param>
/// <param name="Clause">Its name in Chinese.</param>
public sealed record CostProof(int RulesVersion, long SimplePpm, long CompoundPpm, long CapPpm, string Clause)
{
    /// <summary>What a quote was decided by; null when it has no table.</summary>
    internal static CostProof? Of(LoanQuote quote, ProductTerms terms) => quote.Table is CostTableMade { Table: var table }
        ? new CostProof(
            terms.Costs?.Version ?? 0, table.Rates.SimplePpm, table.Rates.CompoundPpm, table.Cap.AnnualPpm, table.Cap.Clause.Zh)
        : null;
}
