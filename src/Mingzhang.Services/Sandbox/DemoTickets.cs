using Mingzhang.Domain.Values;
using Mingzhang.Services.Tickets;

namespace Mingzhang.Services.Sandbox;

/// <summary>A few tickets of the demo customers, so that staff have something to answer; fictional.</summary>
public static class DemoTickets
{
    private const int Slot = 1;

    private static readonly (long Customer, TicketKind Kind, string Subject, TicketChannel Channel, string Text)[] Asked =
    [
        (1_000_004, TicketKind.TechnicalFault, "use", TicketChannel.App, "上个月已经全部还清了，为什么还是不能用？"),
        (1_000_002, TicketKind.Question, "statement:2026-07-01", TicketChannel.App, "还了最低还款额，利息是怎么算的？"),
        (1_000_008, TicketKind.Complaint, "account", TicketChannel.Phone, "催收电话一天打了很多次，要求处理。"),
        (1_000_006, TicketKind.BureauObjection, "bureau-record", TicketChannel.Letter, "六月的征信记录与更正后的账单不一致，请核查。"),
        (1_000_005, TicketKind.PrivacyRequest, "person", TicketChannel.App, "关闭账户后，请提供我全部个人信息的副本。"),
    ];

    /// <summary>Opens them; doing it twice is doing it once. One is answered.</summary>
    public static async Task SeedAsync(TicketDesk tickets)
    {
        foreach (var (customer, kind, subject, channel, text) in Asked)
        {
            var id = new CustomerId(customer);
            var by = channel == TicketChannel.App ? $"customer:{id}" : "staff:" + DemoCustomer.StaffLogin;
            var opened = await tickets.OpenAsync(
                new OpenTicket(id, AccountId.Of(id, Slot), kind, subject, channel, text, by) { Key = "demo" });
            if (kind == TicketKind.Question && opened.Ticket is { } ticket)
            {
                var staff = "staff:" + DemoCustomer.StaffLogin;
                await tickets.TakeAsync(ticket.Number, staff, "demo-take");
                await tickets.SpeakAsync(
                    ticket.Number, staff, StaffWord.Answer, "未还部分自入账日起按日计息，账单页的“为什么”逐项列出了算式。", "demo-answer");
            }
        }
    }
}
