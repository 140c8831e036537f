namespace Mingzhang.Channel;

/// <summary>No bank: nothing is sent, and nothing is known.</summary>
public sealed class NoChannel : IPaymentChannel
{
    /// <inheritdoc/>
    public bool IsSetUp => false;

    /// <inheritdoc/>
    public Task<TransferAnswer?> SendAsync(TransferOrder order, CancellationToken cancel) => Task.FromResult<TransferAnswer?>(null);

    /// <inheritdoc/>
    public Task<TransferAnswer?> QueryAsync(string id, CancellationToken cancel) => Task.FromResult<TransferAnswer?>(null);

    /// <inheritdoc/>
    public Task<TransferAnswer?> VoidAsync(string id, CancellationToken cancel) => Task.FromResult<TransferAnswer?>(null);

    /// <inheritdoc/>
    public Task<bool?> MandateAsync(MandateOrder mandate, CancellationToken cancel) => Task.FromResult<bool?>(null);

    /// <inheritdoc/>
    public Task<Settlement?> SettlementAsync(DateOnly day, CancellationToken cancel) => Task.FromResult<Settlement?>(null);
}
