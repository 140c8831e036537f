using System.CommandLine;
using System.Globalization;
using Mingzhang.Cli.House;
using Mingzhang.Cli.Output;
using Mingzhang.Services.Reading;
using Mingzhang.Services.Tickets;
using Mingzhang.Services.Tickets.Clocks;
using Mingzhang.Services.Tickets.Rules;

namespace Mingzhang.Cli.Tickets;

/// <summary><c>mz tickets</c>: what waits and until when. Reads; a ticket is answered under a name, in the console.</summary>
internal static class TicketsCommand
{
    private const int Most = 200;

    public static Command Make(CommonOptions common) =>
        new("tickets", "Tickets and their clocks (工单与时限)") { List(common), Show(common), Clock(common) };

    private static Command List(CommonOptions common)
    {
        var queue = new Option<string?>("--queue") { Description = "Only this queue (队列)", HelpName = "CODE" };
        var all = new Option<bool>("--all") { Description = "Answered and closed ones, too (全部)" };
        var command = new Command("list", "What waits, latest first (待办工单)") { queue, all, common.Database, common.Products };
        command.SetAction(parsed =>
        {
            var screen = common.ScreenOf(parsed);
            using var open = OpenHouse.Of(common, parsed);
            var desk = Desk(open, parsed.GetValue(common.Products)!);
            var asked = parsed.GetValue(queue) ?? "";
            if (asked.Length > 0 && desk.Rules.Queue(asked) is null)
            {
                throw OpenHouse.No(new Domain.Tickets.QueueUnknown(asked));
            }

            var tickets = desk.List(new TicketQuery { Queue = asked, OpenOnly = !parsed.GetValue(all), Limit = Most })
                .Select(ticket => (Ticket: ticket, Pressing: TicketDesk.Pressing(desk.Clocks(ticket)))).ToList();
            var table = Shown.Table("ticket", "kind", "about", "queue", "state", "clock", "due");
            foreach (var (ticket, pressing) in tickets)
            {
                table.Row(
                    ticket.Number.ToString(), TicketWords.Of(ticket.Kind), ticket.Subject, ticket.Queue, TicketWords.Of(ticket.State),
                    pressing is null ? "–" : $"{pressing.Clock.Code} {TicketWords.Of(pressing.Status)}",
                    pressing is null ? "–" : Due(pressing.Due));
            }

            screen.Line($"{Shown.Whole(tickets.Count)} tickets at {At(desk.Now)}. 工单");
            screen.Human.Write(table);
            screen.Json(new { now = desk.Now, tickets = tickets.Select(one => Line(one.Ticket, one.Pressing)) });
            return (int)ExitCode.Done;
        });
        return command;
    }

    private static Command Show(CommonOptions common)
    {
        var number = new Argument<string>("NUMBER") { Description = "Such as T0577-00001-3 (工单编号)" };
        var command = new Command("show", "One ticket with its clocks and steps (工单详情)") { number, common.Database, common.Products };
        command.SetAction(parsed =>
        {
            var screen = common.ScreenOf(parsed);
            var text = parsed.GetValue(number)!;
            using var open = OpenHouse.Of(common, parsed);
            var desk = Desk(open, parsed.GetValue(common.Products)!);
            var ticket = TicketNumber.TryParse(text, out var known) && desk.Find(known) is { } found
                ? found : throw OpenHouse.No(new Domain.Tickets.TicketUnknown(text));
            var (clocks, steps) = (desk.Clocks(ticket), desk.Steps(ticket));
            screen.Line(
                $"{ticket.Number} {TicketWords.Of(ticket.Kind)} {ticket.Subject}: {TicketWords.Of(ticket.State)}, "
                + $"{ticket.Queue} ({ticket.Route})");
            var table = Shown.Table("clock", "from", "due", "status", "left");
            foreach (var clock in clocks)
            {
                table.Row(
                    clock.Clock.Code, At(clock.Clock.StartedAt), Due(clock.Due), TicketWords.Of(clock.Status),
                    clock.Left is { } left ? $"{(int)left.TotalHours} h" : "–");
            }

            screen.Human.Write(table);
            // Texts belong to the person and stay on the pages that log who reads them.
            var happened = Shown.Table("#", "at", "actor", "what", "detail");
            foreach (var step in steps)
            {
                happened.Row(step.Number.ToString(CultureInfo.InvariantCulture), At(step.At), step.Actor, step.What, step.Detail);
            }

            screen.Human.Write(happened);
            screen.Json(new
            {
                ticket = Line(ticket, TicketDesk.Pressing(clocks)), clocks = clocks.Select(Clock),
                steps = steps.Select(step => new { step.Number, step.At, step.Actor, step.What, step.Detail }),
            });
            return (int)ExitCode.Done;
        });
        return command;
    }

    private static Command Clock(CommonOptions common)
    {
        var code = new Argument<string>("CLOCK") { Description = "Such as complaint or privacy-limit (时限)" };
        var from = new Argument<string>("FROM") { Description = "Day it came in (收到日)" };
        var command = new Command("clock", "Until when, from a day on; reads the rules only (时限试算)") { code, from, common.Products };
        command.SetAction(parsed =>
        {
            var screen = common.ScreenOf(parsed);
            var rules = TicketRulesFile.Read(parsed.GetValue(common.Products)!);
            var asked = parsed.GetValue(code)!;
            var rule = rules.Clock(asked) ?? throw new ProblemException(ExitCode.Usage, Problem.Of(
                "CLOCK", $"there is no clock {asked}", "One of: " + string.Join(", ", rules.Clocks.Select(one => one.Code)) + ".",
                $"没有时限 {asked}", "可选：" + string.Join("、", rules.Clocks.Select(one => one.Code)) + "。"));
            var start = Deadlines.EndOf(OpenHouse.Day("FROM", parsed.GetValue(from)!).AddDays(-1));
            var due = Deadlines.Of(start, rule.Amount, rule.Unit, default, ShippedCalendar.Read());
            screen.Line($"{rule.Title.Zh} {rule.Title.En}: {Due(due)}");
            screen.Line($"{rule.Source.Zh} / {rule.Source.En}");
            screen.Json(new { rule.Code, rule.Amount, unit = rule.Unit, due = Deadline(due) });
            return (int)ExitCode.Done;
        });
        return command;
    }

    private static TicketDesk Desk(OpenHouse open, string products) => new(
        open.House, new AccountReader(open.House), TicketRulesFile.Read(products), new PlainTicketText(), ShippedCalendar.Read(),
        TimeProvider.System);

    private static object Line(Ticket ticket, ClockReading? pressing) => new
    {
        number = ticket.Number.ToString(), kind = ticket.Kind, ticket.Subject, ticket.Queue, ticket.Route, state = ticket.State,
        ticket.Escalated, ticket.OpenedAt, pressing = pressing is null ? null : Clock(pressing),
    };

    private static object Clock(ClockReading one) => new
    {
        one.Clock.Code, one.Clock.StartedAt, status = one.Status, due = Deadline(one.Due),
        leftSeconds = one.Left is { } left ? (long?)left.TotalSeconds : null,
    };

    private static object Deadline(Deadline due) => due switch
    {
        KnownDeadline known => new { at = known.At, lastOn = known.LastOn },
        UnknownDeadline unknown => new { unknownYear = unknown.Year, earliestOn = unknown.Earliest, latestOn = unknown.Latest },
        _ => throw new InvalidOperationException("A third kind of deadline."),
    };

    private static string Due(Deadline due) => due switch
    {
        KnownDeadline known => $"{At(known.At)} (last day {Shown.Day(known.LastOn)})",
        UnknownDeadline unknown => $"unknown: {unknown.Year} is not announced; {Shown.Day(unknown.Earliest)} … {Shown.Day(unknown.Latest)}",
        _ => "–",
    };

    private static string At(DateTimeOffset moment) =>
        moment.ToOffset(Deadlines.Beijing).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
