namespace Mingzhang.Channel;

/// <summary>
/// A way to move money. Every answer is null when the outcome is unknown: a time-out, a broken connection, an answer that makes no sense.
/// Then the money may have moved; ask again with <see cref="QueryAsync"/>, never with another id.
/// </summary>
public interface IPaymentChannel
{
    /// <summary>Whether there is a bank at all, reachable or not.</summary>
    bool IsSetUp { get; }

    /// <summary>Asks for a transfer. Sending the same order twice moves the money once.</summary>
    Task<TransferAnswer?> SendAsync(TransferOrder order, CancellationToken cancel);

    /// <summary>How a transfer stands.</summary>
    Task<TransferAnswer?> QueryAsync(string id, CancellationToken cancel);

    /// <summary>
    /// Makes sure that a transfer the bank does not know is never done, even when the order arrives later: answers
    /// <see cref="TransferStatus.Failed"/>, or how it stands when the bank does know it.
    /// </summary>
    Task<TransferAnswer?> VoidAsync(string id, CancellationToken cancel);

    /// <summary>Tells the bank of a mandate, or that it ended; null when it gives no answer, false when it does not take it.</summary>
    Task<bool?> MandateAsync(MandateOrder mandate, CancellationToken cancel);

    /// <summary>What the bank settled on a day; null when there is no file (yet).</summary>
    Task<Settlement?> SettlementAsync(DateOnly day, CancellationToken cancel);
}
