using Mingzhang.Services.Diagnosis;

namespace Mingzhang.Services.Tickets;

/// <summary>A diagnosis that found no cause is handed over: the house opens a ticket for it, one while it is open.</summary>
public static class UnlocatedCause
{
    /// <summary>The cause that says that none was found.</summary>
    public const string Code = "D99_UNKNOWN";

    /// <summary>What the ticket is about.</summary>
    public const string Subject = "use";

    /// <summary>The ticket of a diagnosis that has that cause, opened when there is none; null for any other.</summary>
    public static async Task<Ticket?> HandOverAsync(TicketDesk tickets, UseDiagnosis diagnosis) =>
        diagnosis.Causes.FirstOrDefault(one => one.Code == Code) is { } cause
            ? (await tickets.OpenAsync(new OpenTicket(
                diagnosis.Account.Customer, diagnosis.Account, TicketKind.TechnicalFault, Subject, TicketChannel.House,
                $"{cause.Code}: {cause.Evidence}", "house:diagnosis"))).Ticket
            : null;
}
