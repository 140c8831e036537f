using Mingzhang.Domain.Values;
using Mingzhang.Services.Notifications;
using Mingzhang.Web.Identity.Roles;
using Mingzhang.Web.Texts;
using Mingzhang.Web.Ui;

namespace Mingzhang.Web.Console;

/// <summary>A message as staff see it: the text with the name masked, never the address.</summary>
public sealed record Shown(OutMessage Message, Letter? Letter);

/// <summary>Messages on their way, those that died, and what the contact governor answered about a person.</summary>
internal static class Outboxes
{
    private const int Most = 100;
    private const int LongestSubject = 100;

    private static readonly string[] StaffChannels = ["phone", "visit", "letter"];

    /// <summary>Maps the pages and their forms.</summary>
    public static void MapOutboxes(this RouteGroupBuilder pages)
    {
        pages.MapGet("/outbox", (StaffDesk desk, MessageDesk messages, HttpContext http) => ShowAsync(desk, messages, http, null))
            .Needs(Can.SeeHouse);
        pages.MapPost("/outbox/again", AgainAsync).Needs(Can.RunHouse);
        pages.MapGet("/contacts/{customer}", (string customer, StaffDesk desk, MessageDesk messages, ContactGovernor governor,
            HttpContext http) => PersonAsync(customer, desk, messages, governor, http, null)).Needs(Can.SeeAccounts);
        pages.MapPost("/contacts/{customer}", AskAsync).Needs(Can.Serve);
    }

    private static async Task<IResult> ShowAsync(StaffDesk desk, MessageDesk messages, HttpContext http, PageNotice? notice)
    {
        MessageState? state = Enum.TryParse<MessageState>(http.Request.Query["state"], out var asked) && Enum.IsDefined(asked)
            ? asked : null;
        return desk.Show<OutboxPage>(
            http,
            new()
            {
                ["Rows"] = await ReadAsync(messages, messages.All(state, Most)), ["State"] = state, ["Counts"] = messages.Counts(),
            },
            notice);
    }

    private static async Task<IResult> AgainAsync(StaffDesk desk, MessageDesk messages, HttpContext http, Speech speech)
    {
        var form = await http.Request.ReadFormAsync();
        return CustomerId.TryParse(form["customer"].ToString(), out var customer)
            && await messages.SendAgainAsync(customer, form["message"].ToString())
                ? Results.Redirect("/console/outbox?done=message-again")
                : await ShowAsync(desk, messages, http, new PageNotice(false, speech["outbox.not-dead"]));
    }

    private static async Task<IResult> PersonAsync(
        string customer, StaffDesk desk, MessageDesk messages, ContactGovernor governor, HttpContext http, PageNotice? notice) =>
        CustomerId.TryParse(customer, out var id)
            ? desk.Show<ContactsPage>(
                http,
                new()
                {
                    ["Customer"] = id, ["Asks"] = governor.Of(id, Most), ["Rules"] = governor.Rules,
                    ["Rows"] = await ReadAsync(messages, messages.Of(id, Most)),
                },
                notice)
            : Results.NotFound();

    /// <summary>Staff ask before they call, visit or write; the answer is kept like that to a message.</summary>
    private static async Task<IResult> AskAsync(
        string customer, StaffDesk desk, MessageDesk messages, ContactGovernor governor, HttpContext http, Speech speech)
    {
        var form = await http.Request.ReadFormAsync();
        var subject = form["subject"].ToString().Trim();
        var channel = form["channel"].ToString();
        if (!CustomerId.TryParse(customer, out var id))
        {
            return Results.NotFound();
        }

        if (subject.Length is 0 or > LongestSubject || !StaffChannels.Contains(channel)
            || !Enum.TryParse<NoticeClass>(form["purpose"], out var purpose) || !Enum.IsDefined(purpose))
        {
            return await PersonAsync(customer, desk, messages, governor, http, new PageNotice(false, speech["contacts.incomplete"]));
        }

        var answer = await governor.AskAsync(new ContactAsk(
            id, purpose, channel, subject, StaffDesk.ActorOf(http), form["third"] == "1"));
        return answer.IsAllowed
            ? Results.Redirect($"/console/contacts/{id}?done=contact-allowed")
            : await PersonAsync(customer, desk, messages, governor, http, new PageNotice(
                false, $"{speech["contacts.reason-" + answer.Reason]} {speech.Pick(answer.Source.Zh, answer.Source.En)}"));
    }

    private static async Task<IReadOnlyList<Shown>> ReadAsync(MessageDesk messages, IReadOnlyList<OutMessage> rows)
    {
        var shown = new List<Shown>(rows.Count);
        foreach (var row in rows)
        {
            shown.Add(new Shown(row, await messages.ShowAsync(row)));
        }

        return shown;
    }
}
