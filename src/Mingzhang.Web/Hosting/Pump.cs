using Mingzhang.Engine;

namespace Mingzhang.Web.Hosting;

/// <summary>
/// Works off what waits, on the node that leads, as long as the host runs: again at once while there is something, else after a pause.
/// While customers use the house it takes a quarter of the time at most, because it writes where their commands are written. What fails is
/// logged and tried again; what is left when the host stops is done after the next start.
/// </summary>
internal abstract class Pump(CreditHouse house, TimeProvider time) : BackgroundService
{
    private const int RestForEachTurn = 3;

    private static readonly TimeSpan LongestRest = TimeSpan.FromMilliseconds(500);

    /// <summary>The house it works for.</summary>
    protected CreditHouse House => house;

    /// <summary>Its clock.</summary>
    protected TimeProvider Time => time;

    /// <summary>How long it waits when there was nothing.</summary>
    protected virtual TimeSpan Pause => TimeSpan.FromSeconds(1);

    /// <summary>How long it waits after a turn that failed.</summary>
    protected virtual TimeSpan AfterFailure => Pause;

    /// <summary>Whether there is anything to pump at all in this host.</summary>
    protected virtual bool IsWanted => true;

    /// <summary>One turn; how much was done.</summary>
    protected abstract Task<int> WorkAsync(CancellationToken cancel);

    /// <summary>Says that a turn failed.</summary>
    protected abstract void Stuck(Exception failure);

    /// <inheritdoc/>
    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (IsWanted && !stoppingToken.IsCancellationRequested)
        {
            try
            {
                var began = time.GetTimestamp();
                var rest = !house.Leads || await WorkAsync(stoppingToken) == 0 ? Pause
                    : house.IsInUse ? time.GetElapsedTime(began) * RestForEachTurn : TimeSpan.Zero;
                if (rest > TimeSpan.Zero)
                {
                    await Task.Delay(rest < LongestRest ? rest : LongestRest, time, stoppingToken);
                }
            }
            catch (HouseStoppedException)
            {
                return;
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                Stuck(failure);
                await Task.Delay(AfterFailure, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
