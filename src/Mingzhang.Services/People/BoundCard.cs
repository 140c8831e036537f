using Mingzhang.Domain.Values;

namespace Mingzhang.Services.People;

/// <summary>A bank card of a person as the house keeps it: never its number.</summary>
/// <param name="Id">The house's name of it, sixteen hexadecimal digits.</param>
/// <param name="Token">The bank's name of it.</param>
/// <param name="LastFour">The last four digits.</param>
/// <param name="Bank">Code of the issuer, such as ICBC; empty when unknown.</param>
/// <param name="Kind">debit, credit, semi-credit or prepaid; empty when unknown.</param>
/// <param name="IsDefault">Whether repayments and loans use it.</param>
/// <param name="AddedAt">Microseconds since 1970 UTC.</param>
public sealed record BoundCard(string Id, string Token, string LastFour, string Bank, string Kind, bool IsDefault, long AddedAt);

/// <summary>What came of binding or removing a card.</summary>
/// <param name="Card">It, when it was done.</param>
/// <param name="Refusal">Why not.</param>
public sealed record CardAnswer(BoundCard? Card, Domain.Accounts.Refusal? Refusal);
