namespace Mingzhang.Domain.Permissions;

/// <summary>What a borrower allows themselves to spend in a calendar month, and what of it is spent.</summary>
/// <param name="Cap">In force until <paramref name="NextFrom"/>; null = none.</param>
/// <param name="Next">In force from then on; null = none.</param>
/// <param name="NextFrom">First day of <paramref name="Next"/>; null = nothing is to change.</param>
/// <param name="Month">First day of the month that <paramref name="Spent"/> counts.</param>
/// <param name="Spent">Authorised in that month. What was released later still counts: the wish was to buy.</param>
public sealed record SpendingCap(Money? Cap, Money? Next, DateOnly? NextFrom, DateOnly Month, Money Spent)
{
    /// <summary>None was ever set.</summary>
    internal static SpendingCap None(Currency currency) => new(null, null, null, DateOnly.MinValue, Money.Zero(currency));

    /// <summary>The cap on a day; null = none.</summary>
    public Money? On(DateOnly day) => NextFrom is { } from && from <= day ? Next : Cap;

    /// <summary>Spent in the month of a day.</summary>
    public Money SpentIn(DateOnly day) => Month == First(day) ? Spent : Money.Zero(Spent.Currency);

    /// <summary>What may still be spent in the month of a day; null = no cap, never below zero.</summary>
    public Money? Left(DateOnly day) => On(day) is not { } cap ? null
        : SpentIn(day) is var spent && cap > spent ? cap - spent : Money.Zero(Spent.Currency);

    /// <summary>When a change asked for on a day takes effect: lower at once, higher or none with the next month.</summary>
    internal DateOnly FromFor(Money? asked, DateOnly day) =>
        On(day) is { } now && (asked is not { } cap || cap > now) ? First(day).AddMonths(1) : day;

    internal SpendingCap With(Money? asked, DateOnly from, DateOnly day) => from <= day
        ? this with { Cap = asked, Next = null, NextFrom = null }
        : this with { Cap = On(day), Next = asked, NextFrom = from };

    internal SpendingCap Spend(Money amount, DateOnly day) => this with { Month = First(day), Spent = SpentIn(day) + amount };

    private static DateOnly First(DateOnly day) => new(day.Year, day.Month, 1);
}
