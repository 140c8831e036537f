using Mingzhang.Engine;
using Mingzhang.Engine.Followers;

namespace Mingzhang.Web.Api.Resources;

/// <summary>Delivers the outbox while the host runs; what is left when it stops is delivered after the next start.</summary>
internal sealed class WebhookPump(CreditHouse house, TimeProvider time, ILogger<WebhookPump> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var deliverer = new WebhookDeliverer(house, new WebhookOptions { Time = time });
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!house.Leads || await deliverer.DeliverAsync(stoppingToken) == 0)
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
                logger.LogWarning(failure, "Webhooks could not be delivered; they stay in the outbox.");
                await Task.Delay(Pause, time, stoppingToken);
            }
        }
    }
}
