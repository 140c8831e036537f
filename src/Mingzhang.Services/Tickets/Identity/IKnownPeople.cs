using Mingzhang.Domain.Values;

namespace Mingzhang.Services.Tickets.Identity;

/// <summary>What an agent's check compares with.</summary>
/// <param name="Customer">Who.</param>
/// <param name="IdTail">The last four signs of the identity number; empty = the house has none, and nothing fits.</param>
public sealed record KnownPerson(CustomerId Customer, string IdTail);

/// <summary>Finds who a bound phone belongs to.</summary>
public interface IKnownPeople
{
    /// <summary>The person of a bound phone; null when there is none.</summary>
    Task<KnownPerson?> ByPhoneAsync(string phone);
}
