using Dapper;
using Mingzhang.Domain.Tickets;
using Mingzhang.Engine;
using Mingzhang.Services.Tickets.Clocks;
using Mingzhang.Store;

namespace Mingzhang.Services.Tickets.Playbooks;

/// <summary>Somebody has read a version of a playbook.</summary>
public sealed record PlaybookReading(string Staff, string Playbook, int Version, DateTimeOffset At);

/// <summary>The table of who has read what.</summary>
public static class PlaybookMigrations
{
    /// <summary>In order of version.</summary>
    public static IReadOnlyList<Migration> All { get; } =
    [
        new("playbooks", 1, """
            CREATE TABLE playbook_read (
                staff    TEXT    NOT NULL,
                playbook TEXT    NOT NULL,
                version  INTEGER NOT NULL,
                at       INTEGER NOT NULL,      -- microseconds since 1970 UTC by the clock of the house
                PRIMARY KEY (staff, playbook, version)
            ) WITHOUT ROWID;
            """),
    ];
}

/// <summary>Playbooks beside tickets: which steps are done, and who has learned which version.</summary>
public sealed class PlaybookDesk(CreditHouse house, TicketDesk tickets, PlaybookBook book)
{
    private const string Keep =
        "INSERT INTO playbook_read (staff, playbook, version, at) VALUES (@staff, @playbook, @version, @at) ON CONFLICT DO NOTHING";

    private const string Readings =
        "SELECT staff AS Staff, playbook AS Playbook, version AS Version, at AS At FROM playbook_read "
        + "ORDER BY playbook, version DESC, staff";

    /// <summary>All playbooks.</summary>
    public PlaybookBook Book => book;

    /// <summary>Puts another playbook beside a ticket; refused (814) for one that does not exist.</summary>
    public Task<TicketAnswer> ChooseAsync(TicketNumber number, string staff, string code, string key) => book.Find(code) is null
        ? Task.FromResult(new TicketAnswer(null, new PlaybookStepUnknown(code)))
        : tickets.ChooseAsync(number, staff, code, key);

    /// <summary>Checks a step of the ticket's playbook off, under the agent's name; refused (814) for a step it does not have.</summary>
    public async Task<TicketAnswer> CheckAsync(Ticket ticket, string staff, string step, string key)
    {
        var playbook = book.Of(ticket);
        return playbook?.Steps.Find(one => one.Code == step) is { } known
            ? await tickets.NoteAsync(ticket.Number, staff, "step", playbook.Mark(known), "", key)
            : new TicketAnswer(ticket, new PlaybookStepUnknown(step));
    }

    /// <summary>Who checked each step of a playbook in a ticket, the first time, by the step's mark.</summary>
    public static IReadOnlyDictionary<string, TicketStep> Done(IEnumerable<TicketStep> steps) =>
        steps.Where(step => step.What == "step").GroupBy(step => step.Detail).ToDictionary(group => group.Key, group => group.First());

    /// <summary>Notes that somebody has read the present version; false for a playbook that does not exist.</summary>
    public async Task<bool> ReadAsync(string staff, string code)
    {
        if (book.Find(code) is not { } playbook)
        {
            return false;
        }

        var row = new { staff, playbook = code, version = playbook.Version, at = HouseTime.Micros(tickets.Now) };
        await house.WriteAsync((connection, transaction) => connection.Execute(Keep, row, transaction));
        return true;
    }

    /// <summary>Who has read what.</summary>
    public IReadOnlyList<PlaybookReading> Readers()
    {
        using var connection = house.OpenReadOnly();
        return
        [
            .. connection.Query<(string Staff, string Playbook, long Version, long At)>(Readings)
                .Select(row => new PlaybookReading(row.Staff, row.Playbook, (int)row.Version, HouseTime.Of(row.At))),
        ];
    }
}
