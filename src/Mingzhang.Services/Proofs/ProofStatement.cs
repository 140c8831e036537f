using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Billing;
using Mingzhang.Domain.Corrections;

namespace Mingzhang.Services.Proofs;

/// <summary>A statement as it was issued; amounts with their currency, in minor units.</summary>
/// <param name="Row">The journal row that issued it, or that replaced the version before.</param>
/// <param name="IssuedOn">Statement day.</param>
/// <param name="Version">1 as first issued; a correction replaces it with the next.</param>
/// <param name="DueOn">Due day.</param>
/// <param name="Opening">The closing before.</param>
/// <param name="Debits">Since then.</param>
/// <param name="Credits">Since then.</param>
/// <param name="Closing">Opening + debits − credits.</param>
/// <param name="CyclableBilled">Principal of which a part is the minimum.</param>
/// <param name="FullBilled">Due in full.</param>
/// <param name="Minimum">The minimum payment.</param>
public sealed record ProofStatement(
    long Row, DateOnly IssuedOn, int Version, DateOnly DueOn, string Opening, string Debits, string Credits, string Closing,
    string CyclableBilled, string FullBilled, string Minimum)
{
    /// <summary>All that were ever issued, by row.</summary>
    public static IReadOnlyList<ProofStatement> Of(IEnumerable<HistoryEntry> history) =>
    [
        .. from entry in history
           from happened in entry.Events
           from bill in happened switch
           {
               StatementIssued issued => [issued.Bill],
               AccountCorrected corrected => corrected.Statements.Select(one => one.After),
               // The rest: issues none.
               _ => Enumerable.Empty<Bill>(),
           }
           select Of(entry.Sequence, bill),
    ];

    /// <summary>One bill as issued by a row.</summary>
    public static ProofStatement Of(long row, Bill bill) => new(
        row, bill.IssuedOn, bill.Version, bill.DueOn, $"{bill.Opening}", $"{bill.Debits}", $"{bill.Credits}", $"{bill.Closing}",
        $"{bill.CyclableBilled}", $"{bill.FullBilled}", $"{bill.Minimum}");
}
