namespace Mingzhang.Domain.Purchases;

/// <summary>Asks to pay a merchant: places a hold.</summary>
public sealed record AuthorisePurchase(string PurchaseId, Money Amount, string Scene, string Merchant) : AccountCommand
{
    /// <summary>Instalments chosen at checkout, or null.</summary>
    public CheckoutPlan? Plan { get; init; }
}

/// <summary>The merchant takes the money, wholly or partly; the rest of the hold is released when <paramref name="Final"/>.</summary>
public sealed record CapturePurchase(string PurchaseId, Money Amount, bool Final) : AccountCommand;

/// <summary>The buyer confirmed receipt: what was captured posts.</summary>
public sealed record ConfirmReceipt(string PurchaseId) : AccountCommand;

/// <summary>The merchant or buyer gave the authorisation up.</summary>
public sealed record ReleaseHold(string PurchaseId) : AccountCommand;

/// <summary>
/// A purchase that happened without an authorisation (offline terminal). It posts even above the limit, and is flagged. Refused with 201
/// under terms without scenes.
/// </summary>
public sealed record PostOfflinePurchase(string PurchaseId, Money Amount, string Scene, string Merchant) : AccountCommand;

/// <summary>A refund was announced and is under way (K07).</summary>
public sealed record AnnounceRefund(string RefundId, string? PurchaseId, Money Amount) : AccountCommand;

/// <summary>A refund arrived, of a purchase or (null) as a merchant's credit without one.</summary>
public sealed record ReceiveRefund(string RefundId, string? PurchaseId, Money Amount) : AccountCommand
{
    /// <summary>What a refund into an instalment plan does to its rows.</summary>
    public EarlyMode Mode { get; init; }
}

/// <summary>A hold was placed on a limit pool.</summary>
/// <param name="Fact">The command.</param>
/// <param name="Pool">Scene of a scene-bound limit, or null for the general one.</param>
/// <param name="PostsAt">When it will post.</param>
/// <param name="ExpiresOn">First day on which it is released by itself.</param>
public sealed record PurchaseAuthorised(AuthorisePurchase Fact, string? Pool, Products.PostingMoment PostsAt, DateOnly ExpiresOn)
    : AccountEvent
{
    /// <inheritdoc/>
    public override AccountCommand Recorded => Fact;
}

/// <summary>A capture was taken from a hold.</summary>
/// <param name="Fact">The command.</param>
/// <param name="Released">Part of the hold given back.</param>
/// <param name="AutoConfirmOn">When receipt counts as confirmed; null when it posted at once.</param>
public sealed record PurchaseCaptured(CapturePurchase Fact, Money Released, DateOnly? AutoConfirmOn) : AccountEvent
{
    /// <inheritdoc/>
    public override AccountCommand Recorded => Fact;
}

/// <summary>Receipt was confirmed by the buyer.</summary>
public sealed record ReceiptConfirmed(ConfirmReceipt Fact) : AccountEvent
{
    /// <inheritdoc/>
    public override AccountCommand Recorded => Fact;
}

/// <summary>An offline purchase was taken in.</summary>
public sealed record OfflinePurchaseTaken(PostOfflinePurchase Fact) : AccountEvent
{
    /// <inheritdoc/>
    public override AccountCommand Recorded => Fact;
}

/// <summary>A purchase became debt.</summary>
/// <param name="PurchaseId">Which.</param>
/// <param name="ItemId">Its due item.</param>
/// <param name="Amount">How much.</param>
/// <param name="Pool">Limit pool it occupies.</param>
/// <param name="FromHold">The part that was held until now; zero for offline purchases.</param>
/// <param name="Forced">Posted without or above an authorisation.</param>
public sealed record PurchasePosted(string PurchaseId, int ItemId, Money Amount, string? Pool, Money FromHold, bool Forced) : AccountEvent;

/// <summary>An authorisation was given up.</summary>
public sealed record HoldReleased(ReleaseHold Fact, Money Amount) : AccountEvent
{
    /// <inheritdoc/>
    public override AccountCommand Recorded => Fact;
}

/// <summary>An authorisation ran out.</summary>
public sealed record HoldExpired(string PurchaseId, Money Amount) : AccountEvent;

/// <summary>A refund is on its way.</summary>
public sealed record RefundAnnounced(AnnounceRefund Fact) : AccountEvent
{
    /// <inheritdoc/>
    public override AccountCommand Recorded => Fact;
}

/// <summary>A refund was applied: to the hold, then to debt, the rest to the credit balance.</summary>
public sealed record RefundReceived(ReceiveRefund Fact, Money FromHold, ValueList<Repayment.Allocation> Allocations, Money ToCredit)
    : AccountEvent
{
    /// <inheritdoc/>
    public override AccountCommand Recorded => Fact;
}
