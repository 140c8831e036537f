using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Services.Tickets;

namespace Mingzhang.Services.People;

/// <summary>
/// What people say in tickets, under their own key: it ends with the person. Of a customer who is not in the people store it stands plain.
/// </summary>
public sealed class SealedTicketText(CreditHouse house, PersonShelf people) : ITicketText
{
    private const string Column = "ticket_step.text";
    private const string Mark = "sealed:";

    /// <inheritdoc/>
    public string Write(CustomerId customer, string text)
    {
        using var connection = house.OpenReadOnly();
        using var key = people.KeyOf(connection, customer);
        return key is null ? text : Mark + Convert.ToBase64String(key.Seal(Column, text));
    }

    /// <inheritdoc/>
    public string? Read(CustomerId customer, string written)
    {
        if (!written.StartsWith(Mark, StringComparison.Ordinal))
        {
            return written;
        }

        using var connection = house.OpenReadOnly();
        using var key = people.KeyOf(connection, customer);
        return key?.Open(Column, Convert.FromBase64String(written[Mark.Length..]));
    }
}
