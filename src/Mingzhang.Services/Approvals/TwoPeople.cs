using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Closing;
using Mingzhang.Domain.Corrections;
using Mingzhang.Domain.Delinquency;
using Mingzhang.Domain.Prices;
using Mingzhang.Domain.Relief;

namespace Mingzhang.Services.Approvals;

/// <summary>Which commands take two people.</summary>
public static class TwoPeople
{
    /// <summary>Whether nobody may do it alone, except a key that says so: what takes booked facts back or replaces them, what changes a
    /// price, and what gives debt up.</summary>
    public static bool Needs(AccountCommand command) => command is ReverseFact or AmendFact or SetPrice or WriteOffDebt or WaiveDebt;

    /// <summary>Whether staff may not do it alone: also what staff report late, for it changes what was billed,
    /// what they offer to a customer in difficulty, and a closing by the house.</summary>
    /// <param name="command">What staff want.</param>
    /// <param name="today">The account's business date.</param>
    public static bool NeedsFromStaff(AccountCommand command, DateOnly today) =>
        Needs(command) || command is OfferRelief or ForceClosing || command.EffectiveOn < today;
}
