using Mingzhang.Domain.Values;
using Mingzhang.Services.Reading;

namespace Mingzhang.Services.Leaving;

/// <summary>Something the house offers the owner of an account today, which ends with the account.</summary>
/// <param name="Kind">temporary-limit or win-back.</param>
/// <param name="Amount">How much; null where it is no amount.</param>
public sealed record OpenOffer(string Kind, Money? Amount);

/// <summary>A desk that makes offers.</summary>
public interface IOpenOffers
{
    /// <summary>What is open for an account today; empty when nothing is.</summary>
    IReadOnlyList<OpenOffer> OpenFor(AccountView view);
}
