using Mingzhang.Domain.Values;

namespace Mingzhang.Services.Tickets.Identity;

/// <summary>What an agent's check compares with.</summary>
/// <param name="Customer">Who.</param>
/// <param name="LastFours">Last four signs of the identity number and of bound cards, as far as the house knows them.</param>
public sealed record KnownPerson(CustomerId Customer, IReadOnlyList<string> LastFours);

/// <summary>Finds who a bound phone belongs to.</summary>
public interface IKnownPeople
{
    /// <summary>The person of a bound phone; null when there is none.</summary>
    Task<KnownPerson?> ByPhoneAsync(string phone);
}
