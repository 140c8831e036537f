using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Corrections;
using Mingzhang.Domain.Opening;
using Mingzhang.Domain.Values;
using Mingzhang.Engine.Days;

namespace Mingzhang.Engine;

/// <content>The business day and sandbox forks.</content>
public sealed partial class CreditHouse
{
    /// <summary>
    /// Moves the business date to the next day and lets it pass for every account whose next date has come. Safe to end at any
    /// point: <see cref="ResumeDayAsync"/> does the rest.
    /// </summary>
    public async Task<DayReport> AdvanceDayAsync(IProgress<DayProgress>? progress = null, CancellationToken cancel = default) =>
        await WatchedAsync(BusinessDate.AddDays(1), () => _days.RunAsync(BusinessDate.AddDays(1), progress, cancel));

    /// <summary>
    /// Lets the present business date pass for accounts that an interrupted day end left out. Doing it twice is doing it once.
    /// </summary>
    public async Task<DayReport> ResumeDayAsync(IProgress<DayProgress>? progress = null, CancellationToken cancel = default) =>
        await WatchedAsync(BusinessDate, () => _days.RunAsync(BusinessDate, progress, cancel));

    /// <summary>
    /// Sandbox only: moves the business date as far as asked, day by day where something is due. Returns the refusal when this is
    /// no sandbox, or the day lies behind.
    /// </summary>
    public async Task<(DayReport? Report, Refusal? Refusal)> AdvanceToAsync(
        DateOnly day, IProgress<DayProgress>? progress = null, CancellationToken cancel = default) => this switch
        {
            { IsSandbox: false } => (null, new SandboxOnly("move-clock")),
            _ when day < BusinessDate => (null, new EffectiveDateOutOfRange(BusinessDate, DateOnly.MaxValue)),
            _ => (await WatchedAsync(day, () => _days.RunToAsync(day, progress, cancel)), null),
        };

    /// <summary>Sandbox only: copies an account under a new id with a clock of its own. The origin is not touched.</summary>
    /// <param name="origin">An open account.</param>
    /// <param name="actor">Who asks.</param>
    public async Task<(AccountId? Fork, Refusal? Refusal)> ForkAsync(AccountId origin, string actor) =>
        IsSandbox ? await _forks.ForkAsync(origin, actor) : (null, new SandboxOnly("fork-account"));

    /// <summary>Runs a fork ahead to a day; its other dates do not move. Returns the state then, or why not.</summary>
    public async Task<(AccountState? State, Refusal? Refusal)> AdvanceForkAsync(AccountId fork, DateOnly day) =>
        IsSandbox ? await _forks.AdvanceAsync(fork, day) : (null, new SandboxOnly("move-clock"));

    internal Task<Refusal?> CatchUpAsync(AccountId account)
    {
        var source = new TaskCompletionSource<Refusal?>(TaskCreationOptions.RunContinuationsAsynchronously);
        LaneOf(account).Add(new Lanes.CatchUpWork(account, (parked, why) =>
        {
            if (why is null)
            {
                source.TrySetResult(parked);
            }
            else
            {
                source.TrySetException(why);
            }
        }));
        return source.Task;
    }
}
