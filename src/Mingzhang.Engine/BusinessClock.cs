using System.Collections.Concurrent;
using Mingzhang.Domain.Values;

namespace Mingzhang.Engine;

/// <summary>The business date in memory: a copy of what is stored, moved only after the store has it.</summary>
internal sealed class BusinessClock(DateOnly today)
{
    /// <summary>Customers from here on are forks of the sandbox, each account with a clock of its own.</summary>
    public const long FirstForkCustomer = 60_000_000_000_000_000;

    private readonly ConcurrentDictionary<AccountId, DateOnly> _forks = [];
    private int _day = today.DayNumber;

    /// <summary>The house's business date.</summary>
    public DateOnly Today => DateOnly.FromDayNumber(Volatile.Read(ref _day));

    /// <summary>The smallest account number a fork can have.</summary>
    public static AccountId FirstFork { get; } = AccountId.Of(new CustomerId(FirstForkCustomer), 0);

    /// <summary>Whether an account is a fork.</summary>
    public static bool IsFork(AccountId account) => account.Value >= FirstFork.Value;

    /// <summary>The booked date of a command on an account now.</summary>
    public DateOnly DateFor(AccountId account) => IsFork(account) && _forks.TryGetValue(account, out var day) ? day : Today;

    /// <summary>Moves the house; never back.</summary>
    public void MoveTo(DateOnly day)
    {
        for (var now = Volatile.Read(ref _day); now < day.DayNumber; now = Volatile.Read(ref _day))
        {
            Interlocked.CompareExchange(ref _day, day.DayNumber, now);
        }
    }

    /// <summary>Sets a fork's own date.</summary>
    public void SetFork(AccountId account, DateOnly day) => _forks[account] = day;
}
