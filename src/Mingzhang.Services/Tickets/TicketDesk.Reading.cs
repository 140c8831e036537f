using Mingzhang.Domain.Values;
using Mingzhang.Services.Tickets.Clocks;

namespace Mingzhang.Services.Tickets;

/// <content>What is read of tickets.</content>
public sealed partial class TicketDesk
{
    /// <summary>One, or null.</summary>
    public Ticket? Find(TicketNumber number)
    {
        using var connection = house.OpenReadOnly();
        return TicketShelf.Find(connection, number);
    }

    /// <summary>A customer's own; null for somebody else's, as for one that is not there.</summary>
    public Ticket? Find(string? number, CustomerId customer) =>
        TicketNumber.TryParse(number, out var known) && Find(known) is { } ticket && ticket.Customer == customer ? ticket : null;

    /// <summary>The open ticket of a customer and kind about something, or null.</summary>
    public Ticket? FindOpen(CustomerId customer, TicketKind kind, string subject)
    {
        using var connection = house.OpenReadOnly();
        return TicketShelf.Open(connection, customer, kind, subject);
    }

    /// <summary>A customer's, latest first.</summary>
    /// <param name="customer">Whose.</param>
    /// <param name="before">Below this place; 0 = from the latest on.</param>
    /// <param name="most">At most so many.</param>
    public IReadOnlyList<Ticket> Of(CustomerId customer, long before = 0, int most = 50)
    {
        using var connection = house.OpenReadOnly();
        return TicketShelf.Of(connection, customer, before, most);
    }

    /// <summary>A page of the house's, latest first.</summary>
    public IReadOnlyList<Ticket> List(TicketQuery query)
    {
        using var connection = house.OpenReadOnly();
        return TicketShelf.List(connection, query);
    }

    /// <summary>What happened to one, in order.</summary>
    public IReadOnlyList<TicketStep> Steps(Ticket ticket)
    {
        using var connection = house.OpenReadOnly();
        using var pen = texts.Of(connection, ticket.Customer);
        return TicketStepShelf.Of(connection, ticket.Number, pen);
    }

    /// <summary>Its clocks as they stand now, in the order they started.</summary>
    public IReadOnlyList<ClockReading> Clocks(Ticket ticket)
    {
        using var connection = house.OpenReadOnly();
        var now = _clock.Now;
        return [.. ClockShelf.Of(connection, ticket.Number).Select(clock => clock.Read(now, calendar))];
    }

    /// <summary>The clock that presses most: overdue, then by what is left; null when none runs.</summary>
    public static ClockReading? Pressing(IEnumerable<ClockReading> clocks) => clocks.Where(one => !one.IsOver)
        .OrderBy(one => one.Left ?? TimeSpan.MaxValue).FirstOrDefault();
}
