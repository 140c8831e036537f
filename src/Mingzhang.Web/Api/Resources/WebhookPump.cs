using Mingzhang.Engine;
using Mingzhang.Engine.Followers;
using Mingzhang.Web.Hosting;

namespace Mingzhang.Web.Api.Resources;

/// <summary>Delivers the outbox while the host runs; what is left when it stops is delivered after the next start.</summary>
internal sealed class WebhookPump(CreditHouse house, TimeProvider time, ILogger<WebhookPump> logger) : Pump(house, time)
{
    private readonly WebhookDeliverer _deliverer = new(house, new WebhookOptions { Time = time });

    /// <inheritdoc/>
    public override void Dispose()
    {
        _deliverer.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override Task<int> WorkAsync(CancellationToken cancel) => _deliverer.DeliverAsync(cancel);

    /// <inheritdoc/>
    protected override void Stuck(Exception failure) =>
        logger.LogWarning(failure, "Webhooks could not be delivered; they stay in the outbox.");
}
