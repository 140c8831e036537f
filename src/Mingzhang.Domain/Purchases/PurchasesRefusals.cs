namespace Mingzhang.Domain.Purchases;

/// <summary>201 SCENE_NOT_ELIGIBLE: The line pays only where the product says (C06).</summary>
public sealed record SceneNotEligible(string Scene) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.SceneNotEligible;
}

/// <summary>202 ABOVE_SINGLE_PURCHASE_CAP: C11.</summary>
public sealed record AboveSinglePurchaseCap(Money Cap) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.AboveSinglePurchaseCap;
}

/// <summary>203 ABOVE_DAILY_CAP: C11.</summary>
public sealed record AboveDailyCap(Money Cap, Money SpentToday) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.AboveDailyCap;
}

/// <summary>204 LIMIT_EXCEEDED: No accepted debit leaves the available limit below zero.</summary>
public sealed record LimitExceeded(Money Requested, Money Available) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.LimitExceeded;
}

/// <summary>210 PURCHASE_EXISTS: Another purchase has the id.</summary>
public sealed record PurchaseExists(string PurchaseId) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.PurchaseExists;
}

/// <summary>211 PURCHASE_UNKNOWN: Unknown, or older than the refund window.</summary>
public sealed record PurchaseUnknown(string PurchaseId) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.PurchaseUnknown;
}

/// <summary>212 PURCHASE_IN_OTHER_STAGE: For instance a capture of a released hold.</summary>
public sealed record PurchaseInOtherStage(string PurchaseId, PurchaseStage Stage) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.PurchaseInOtherStage;
}

/// <summary>213 CAPTURE_ABOVE_HOLD: A capture takes at most what is held.</summary>
public sealed record CaptureAboveHold(Money Held) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.CaptureAboveHold;
}

/// <summary>214 REFUND_ABOVE_PURCHASE: All refunds together are at most the purchase.</summary>
public sealed record RefundAbovePurchase(Money Refundable) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.RefundAbovePurchase;
}

/// <summary>215 REFUND_EXISTS: Another refund has the id.</summary>
public sealed record RefundExists(string RefundId) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.RefundExists;
}

/// <summary>206 MERCHANT_UNKNOWN: No merchant of that id is registered.</summary>
public sealed record MerchantUnknown(string MerchantId) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.MerchantUnknown;
}

/// <summary>207 MERCHANT_NOT_ELIGIBLE: The merchant, or its category code, may not be paid with credit (C06).</summary>
public sealed record MerchantNotEligible(string MerchantId, string Rule) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.MerchantNotEligible;
}

/// <summary>208 USE_NOT_GRANTED: The permission store says no; the diagnosis of the account names the cause (A02, B05, D03).</summary>
public sealed record UseNotGranted(string Cause) : Refusal
{
    /// <inheritdoc/>
    public override ReasonCode Code => Reasons.UseNotGranted;
}
