namespace Mingzhang.Domain.Accounts;

/// <summary>The prices an account runs under, kept in its state so that interest needs no look-up.</summary>
/// <param name="Version">The terms' version.</param>
/// <param name="Revolving">Price of revolving principal.</param>
/// <param name="Overdue">Price of overdue principal.</param>
public sealed record KeptTerms(int Version, Rate Revolving, Rate Overdue);
