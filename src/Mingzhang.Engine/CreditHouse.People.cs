using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Disclosure;
using Mingzhang.Domain.Values;

namespace Mingzhang.Engine;

/// <summary>What a person has over all accounts.</summary>
public sealed partial class CreditHouse
{
    /// <summary>
    /// The owner's other accounts as they stand, for explanations and trials. A decision gathers its own inside the lane, where nothing
    /// can come between.
    /// </summary>
    public async Task<PersonExposure> PersonAsync(AccountState own)
    {
        var others = new List<AccountState>();
        foreach (var slot in _terms.Slots.Where(slot => slot != own.Id.Slot))
        {
            if (await ReadAsync(AccountId.Of(own.Id.Customer, slot)) is { } other)
            {
                others.Add(other);
            }
        }

        return PersonExposure.Of(own, others, _terms.Kept, BusinessDateOf(own.Id));
    }
}
