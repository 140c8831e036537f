namespace Mingzhang.Domain.Accounts;

/// <summary>Where a purchase is.</summary>
public enum PurchaseStage
{
    /// <summary>Authorised; the whole amount is held.</summary>
    Authorised,

    /// <summary>Captured, waiting for receipt; the captured amount is held.</summary>
    AwaitingReceipt,

    /// <summary>Posted: a due item.</summary>
    Posted,

    /// <summary>Released, expired or refunded before posting.</summary>
    Gone,
}

/// <summary>A purchase while it holds limit, owes, or can be refunded.</summary>
/// <param name="Id">Caller's id.</param>
/// <param name="Scene">Scene code.</param>
/// <param name="Merchant">Merchant's name or id as given.</param>
/// <param name="Pool">Limit pool it uses.</param>
/// <param name="AuthorisedOn">When authorised, or posted if offline.</param>
/// <param name="Authorised">Authorised amount.</param>
/// <param name="Held">Held now.</param>
/// <param name="Captured">Captured so far.</param>
/// <param name="Posted">Posted so far.</param>
/// <param name="Refunded">Refunded so far.</param>
/// <param name="Stage">Where it is.</param>
/// <param name="StageEndsOn">First day on which the hold expires, or receipt counts as confirmed.</param>
/// <param name="PostedOn">When it posted.</param>
/// <param name="Forced">Posted without or above an authorisation.</param>
public sealed record Purchase(
    string Id, string Scene, string Merchant, string? Pool, DateOnly AuthorisedOn, Money Authorised, Money Held, Money Captured,
    Money Posted, Money Refunded, PurchaseStage Stage, DateOnly? StageEndsOn, DateOnly? PostedOn, bool Forced)
{
    /// <summary>Instalments chosen at checkout, or null.</summary>
    public CheckoutPlan? Plan { get; init; }
}
