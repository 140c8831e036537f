namespace Mingzhang.Channel;

/// <summary>A bank that keeps card numbers, so that nobody else has to.</summary>
public interface ICardIssuer
{
    /// <summary>
    /// The bank's token of a card, the same for the same card; null when it does not take the card or does not answer. The number goes to
    /// the bank in a signed message and is kept nowhere.
    /// </summary>
    Task<string?> TokenOfAsync(string number, CancellationToken cancel);
}

/// <summary>A card to take.</summary>
/// <param name="Number">12 to 19 digits.</param>
public sealed record CardOrder(string Number)
{
    /// <inheritdoc/>
    public override string ToString() => "a card";
}

/// <summary>The bank's name of a card.</summary>
/// <param name="Token">1 to 64 letters, digits and dashes, from which the number does not follow.</param>
public sealed record CardToken(string Token);
