namespace Mingzhang.Domain.Accounts;

/// <summary>A day began: everything that falls due on it happens. <c>EffectiveOn</c> is that day.</summary>
public sealed record PassDay : AccountCommand;

/// <summary>A day was looked at and nothing fell due.</summary>
public sealed record DayPassed : AccountEvent;
