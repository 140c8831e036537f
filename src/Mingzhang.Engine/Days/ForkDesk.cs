using System.Data.Common;
using System.Globalization;
using Dapper;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Opening;
using Mingzhang.Domain.Values;
using Mingzhang.Store;

namespace Mingzhang.Engine.Days;

/// <summary>Copies accounts in a sandbox and runs the copies ahead on clocks of their own.</summary>
internal sealed class ForkDesk
{
    private const string TakeNumber = "UPDATE house SET next_fork = next_fork + 1 WHERE id = 1 RETURNING next_fork";
    private const string Clocks = "SELECT partition_id AS Partition, account_id AS Account, business_date AS Date FROM fork_clock";
    private const string AddClock =
        "INSERT INTO fork_clock (partition_id, account_id, origin_id, business_date) VALUES (@partition, @account, @origin, @date)";

    private const string MoveClock =
        "UPDATE fork_clock SET business_date = @date WHERE partition_id = @partition AND account_id = @account AND business_date <= @date";

    private readonly ILedgerStore _store;
    private readonly BusinessClock _clock;
    private readonly CreditHouse _house;

    public ForkDesk(ILedgerStore store, BusinessClock clock, CreditHouse house)
    {
        _store = store;
        _clock = clock;
        _house = house;
        using var connection = store.OpenReadOnly();
        ReadClocks(connection, clock);
    }

    /// <summary>Sets the clocks of all forks as they are stored.</summary>
    public static void ReadClocks(DbConnection connection, BusinessClock clock)
    {
        foreach (var row in connection.Query<(int Partition, long Account, int Date)>(Clocks))
        {
            clock.SetFork(new AccountId(row.Account), StoreDates.FromStored(row.Date));
        }
    }

    /// <summary>Copies an account; the copy's clock starts at the house's date.</summary>
    public async Task<(AccountId? Fork, Refusal? Refusal)> ForkAsync(AccountId origin, string actor)
    {
        if (await _house.CatchUpAsync(origin) is { } parked)
        {
            return (null, parked);
        }

        if (await _house.ReadAsync(origin) is not { Lifecycle: not NotOpened } state)
        {
            return (null, new AccountNotOpen());
        }

        var today = _house.BusinessDateOf(origin);
        var fork = await _store.ChangeHouseAsync((connection, transaction) => Register(connection, transaction, origin, today));
        _clock.SetFork(fork, today);
        var command = new ForkAccount(origin, state with { Id = fork, Version = 0 }) { EffectiveOn = today };
        var key = string.Create(CultureInfo.InvariantCulture, $"fork:{origin}:{state.Version}");
        var result = await _house.SubmitAsync(new CommandEnvelope(fork, key, command, actor));
        return result.Refusal is { } refusal ? (null, refusal) : (fork, null);
    }

    /// <summary>Lets days pass for a fork.</summary>
    public async Task<(AccountState? State, Refusal? Refusal)> AdvanceAsync(AccountId fork, DateOnly day)
    {
        var today = _clock.DateFor(fork);
        if (!BusinessClock.IsFork(fork) || await _house.ReadAsync(fork) is null)
        {
            return (null, new AccountNotOpen());
        }

        if (day < today)
        {
            return (null, new EffectiveDateOutOfRange(today, DateOnly.MaxValue));
        }

        var values = new { date = day.ToStored(), partition = fork.PartitionId, account = fork.Value };
        await _store.ChangeHouseAsync((connection, transaction) => connection.Execute(MoveClock, values, transaction));
        _clock.SetFork(fork, day);
        var parked = await _house.CatchUpAsync(fork);
        return (await _house.ReadAsync(fork), parked);
    }

    private static AccountId Register(DbConnection connection, DbTransaction transaction, AccountId origin, DateOnly today)
    {
        var number = connection.ExecuteScalar<long>(TakeNumber, transaction: transaction);
        var fork = AccountId.Of(new CustomerId(BusinessClock.FirstForkCustomer + number), origin.Slot);
        var values = new { partition = fork.PartitionId, account = fork.Value, origin = origin.Value, date = today.ToStored() };
        connection.Execute(AddClock, values, transaction);
        return fork;
    }
}
