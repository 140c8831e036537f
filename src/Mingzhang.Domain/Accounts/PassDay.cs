namespace Mingzhang.Domain.Accounts;

/// <summary>A day began: everything that falls due on it happens. <c>EffectiveOn</c> is that day.</summary>
public sealed record PassDay : AccountCommand;
