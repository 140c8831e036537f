using Mingzhang.Domain.Values;

namespace Mingzhang.Services.Tickets;

/// <summary>How what people say in tickets is written down: it belongs to the person.</summary>
public interface ITicketText
{
    /// <summary>The written form of a text.</summary>
    string Write(CustomerId customer, string text);

    /// <summary>The text of a written form; null when the person was erased.</summary>
    string? Read(CustomerId customer, string written);
}

/// <summary>As it is, for a house that keeps no keys of people.</summary>
public sealed class PlainTicketText : ITicketText
{
    /// <inheritdoc/>
    public string Write(CustomerId customer, string text) => text;

    /// <inheritdoc/>
    public string? Read(CustomerId customer, string written) => written;
}
