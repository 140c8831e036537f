using Mingzhang.Engine;

namespace Mingzhang.Web.Hosting;

/// <summary>
/// Works off what waits, on the node that leads, as long as the host runs: again at once while there is something, else after a pause. What
/// fails is logged and tried again; what is left when the host stops is done after the next start.
/// </summary>
internal abstract class Pump(CreditHouse house, TimeProvider time) : BackgroundService
{
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
                if (!house.Leads || await WorkAsync(stoppingToken) == 0)
                {
                    await Task.Delay(Pause, time, stoppingToken);
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
