using Dapper;
using Mingzhang.Engine;
using Mingzhang.Services.Tickets.Clocks;
using Mingzhang.Store;

namespace Mingzhang.Services.Tickets.Board;

/// <summary>What waits in a queue, by how its clocks stand.</summary>
public sealed record QueueLine(string Queue, int Tickets, int DueToday, int Overdue, int Unknown, int Paused, int Escalated);

/// <summary>How long answers took: the middle and the ninth of ten, and how many were in time.</summary>
/// <param name="Name">Of the group.</param>
/// <param name="Answered">How many.</param>
/// <param name="Median">Half were answered within.</param>
/// <param name="Ninety">Nine of ten were answered within.</param>
public sealed record AnswerLine(string Name, int Answered, TimeSpan Median, TimeSpan Ninety);

/// <summary>What staff see of deadlines kept and missed.</summary>
public sealed record BoardSheet
{
    /// <summary>When it was looked at, by the clock of the house.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>By queue; those with something waiting.</summary>
    public IReadOnlyList<QueueLine> Queues { get; init; } = [];

    /// <summary>Tickets with an overdue clock, latest first.</summary>
    public IReadOnlyList<(Ticket Ticket, ClockReading Clock)> Late { get; init; } = [];

    /// <summary>Answers of the last 30 days by kind of ticket.</summary>
    public IReadOnlyList<AnswerLine> Kinds { get; init; } = [];

    /// <summary>The same by how active the account was: an observation, not an aim; every customer has the same promise.</summary>
    public IReadOnlyList<AnswerLine> Activity { get; init; } = [];

    /// <summary>Clocks that ended in the last 30 days: in time.</summary>
    public int Met { get; init; }

    /// <summary>Too late.</summary>
    public int Missed { get; init; }

    /// <summary>From taken to answered, in the middle; null when nothing was.</summary>
    public TimeSpan? Handling { get; init; }

    /// <summary>Faults answered, and of those not opened again.</summary>
    public (int Answered, int Solved) Faults { get; init; }

    /// <summary>Whether more clocks run than were looked at.</summary>
    public bool IsCut { get; init; }
}

/// <summary>Reads the board.</summary>
public sealed class TicketBoard(CreditHouse house, TicketDesk desk, Domain.Calendar.WorkingCalendar calendar)
{
    private const int MostClocks = 5000;
    private const int MostAnswers = 2000;
    private const int MostLooked = 300;
    private const int Days = 30;

    private const string Answers =
        "SELECT t.partition_id AS Partition, t.account_id AS Account, t.kind AS Kind, t.opened_at AS OpenedAt, "
        + "coalesce(min(CASE WHEN s.what = 'answered' THEN s.at END), 0) AS AnsweredAt, "
        + "coalesce(min(CASE WHEN s.what = 'taken' THEN s.at END), 0) AS TakenAt, "
        + "sum(CASE WHEN s.what = 'reopened' THEN 1 ELSE 0 END) AS Reopened "
        + "FROM ticket t JOIN ticket_step s ON s.partition_id = t.partition_id AND s.sequence = t.sequence "
        + "WHERE t.partition_id BETWEEN 0 AND 1023 AND t.answered_at >= @since "
        + "GROUP BY t.partition_id, t.sequence, t.account_id, t.kind, t.opened_at, t.answered_at ORDER BY t.answered_at DESC LIMIT @most";

    private const string Entries =
        "SELECT count(*) FROM journal WHERE partition_id = @partition AND account_id = @account AND booked_on >= @since";

    /// <summary>The board as of now.</summary>
    public BoardSheet Read()
    {
        var now = desk.Now;
        var since = HouseTime.Micros(now - TimeSpan.FromDays(Days));
        using var connection = house.OpenReadOnly();
        var running = ClockShelf.Open(connection, MostClocks);
        var read = running.Select(one => (one.Ticket, Clock: one.Clock.Read(now, calendar))).ToList();
        var tickets = read.Select(one => one.Ticket).Distinct().Select(number => TicketShelf.Find(connection, number)!)
            .ToDictionary(ticket => ticket.Number);
        var answers = connection.Query<Row>(Answers, new { since, most = MostAnswers }).Where(row => row.AnsweredAt > 0).ToList();
        var ended = ClockShelf.Ended(connection, since, MostClocks).Select(clock => clock.Read(now, calendar).Status).ToList();
        var handled = answers.Where(row => row.TakenAt > 0 && row.TakenAt <= row.AnsweredAt)
            .Select(row => HouseTime.Of(row.AnsweredAt) - HouseTime.Of(row.TakenAt)).ToList();
        var faults = answers.Where(row => row.Kind == TicketWords.Of(TicketKind.TechnicalFault)).ToList();
        return new BoardSheet
        {
            At = now,
            Queues = [.. desk.Rules.Queues.Select(queue => Queue(queue.Code, tickets, read)).Where(line => line.Tickets > 0)],
            Late =
            [
                .. read.Where(one => one.Clock.IsOverdue).OrderBy(one => one.Clock.Left ?? TimeSpan.MinValue).Take(50)
                    .Select(one => (tickets[one.Ticket], one.Clock)),
            ],
            Kinds = [.. answers.GroupBy(row => row.Kind).OrderBy(group => group.Key).Select(group => Line(group.Key, group))],
            Activity =
            [
                .. answers.Take(MostLooked).GroupBy(row => Level(connection, row, Deadlines.DayOf(now).AddDays(-Days)))
                    .OrderBy(group => group.Key).Select(group => Line(group.Key, group)),
            ],
            Met = ended.Count(status => status == ClockStatus.Met),
            Missed = ended.Count(status => status == ClockStatus.Missed),
            Handling = handled.Count == 0 ? null : Ranked(handled, 5),
            Faults = (faults.Count, faults.Count(row => row.Reopened == 0)),
            IsCut = running.Count == MostClocks,
        };
    }

    private static QueueLine Queue(
        string queue, Dictionary<TicketNumber, Ticket> tickets, List<(TicketNumber Ticket, ClockReading Clock)> read)
    {
        var here = tickets.Values.Where(ticket => ticket.Queue == queue).ToList();
        return new QueueLine(
            queue, here.Count, Count(ClockStatus.DueToday), Count(ClockStatus.Overdue), Count(ClockStatus.Unknown),
            Count(ClockStatus.Paused), here.Count(ticket => ticket.Escalated > 0));

        int Count(ClockStatus status) => read.Where(one => one.Clock.Status == status && tickets[one.Ticket].Queue == queue)
            .Select(one => one.Ticket).Distinct().Count();
    }

    private static AnswerLine Line(string name, IEnumerable<Row> rows)
    {
        var spans = rows.Select(row => HouseTime.Of(row.AnsweredAt) - HouseTime.Of(row.OpenedAt)).ToList();
        return new AnswerLine(name, spans.Count, Ranked(spans, 5), Ranked(spans, 9));
    }

    /// <summary>The value at so many tenths: the smallest that at least so many lie at or below.</summary>
    internal static TimeSpan Ranked(IEnumerable<TimeSpan> spans, int tenths)
    {
        var sorted = spans.Order().ToList();
        return sorted[Math.Max(0, (((sorted.Count * tenths) + 9) / 10) - 1)];
    }

    // Entries that the account had in the last days, also those that a day end booked.
    private static string Level(System.Data.Common.DbConnection connection, Row row, DateOnly since)
    {
        var entries = row.Account == 0 ? 0 : connection.ExecuteScalar<long>(
            Entries, new { partition = row.Partition, account = row.Account, since = since.ToStored() });
        return entries switch { 0 => "a-none", < 10 => "b-some", _ => "c-many" };
    }

    private sealed record Row
    {
        public long Partition { get; init; }
        public long Account { get; init; }
        public string Kind { get; init; } = "";
        public long OpenedAt { get; init; }
        public long AnsweredAt { get; init; }
        public long TakenAt { get; init; }
        public long Reopened { get; init; }
    }
}
