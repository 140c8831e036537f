using Mingzhang.Domain.Values;
using Mingzhang.Domain.Versions;
using Mingzhang.Services.Versions;

namespace Mingzhang.Cli.Products;

/// <summary>An account of a shadow run as it is written to files and JSON.</summary>
internal sealed record ShadowShown(
    string Account, int KeptVersion, Money KeptCost, Money? ProposedCost, Money Difference, Money KeptMinimum, Money? ProposedMinimum,
    Money? KeptContracts, Money? ProposedContracts, IReadOnlyList<ShadowReason> Reasons, string? Misfit)
{
    /// <summary>Of a line.</summary>
    public static ShadowShown Of(ShadowLine line)
    {
        var (kept, proposed) = (line.Answer.Kept, line.Answer.Proposed);
        return new(
            line.Account.ToString(), line.KeptVersion, kept.Cost, proposed?.Cost, line.Answer.Difference, kept.FirstMinimum,
            proposed?.FirstMinimum, kept.NewContracts, proposed?.NewContracts, line.Answer.Reasons, line.Answer.Misfit?.Code.Name);
    }
}
