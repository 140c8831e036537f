using System.Data.Common;
using Dapper;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Services.Help;
using Mingzhang.Services.Notifications;
using Mingzhang.Services.Reading;

namespace Mingzhang.Services.Campaigns;

/// <summary>How far a lesson got: people, each counted once.</summary>
/// <param name="Lesson">Which.</param>
/// <param name="Told">Got a message.</param>
/// <param name="Shown">Opened it.</param>
/// <param name="Read">Said at its end that they read it.</param>
public sealed record LessonReach(Lesson Lesson, long Told, long Shown, long Read);

/// <summary>
/// Pieces of education (R102): told to a segment, shown in the help centre, and counted. While a lesson runs a mark without a time keeps a
/// person from being counted twice; when it is over the marks go and only the counts stay.
/// </summary>
public sealed class LessonDesk(CreditHouse house, AccountReader reader, NoticeDesk notices, CampaignBook book, CampaignStops stops)
{
    /// <summary>The kind of its message.</summary>
    public const string Kind = "lesson";

    private const int Page = 200;

    private const string Active =
        "SELECT account_id FROM account WHERE partition_id BETWEEN 0 AND 1023 AND status = 'active' "
        + "AND (partition_id, account_id) > (@partition, @account) ORDER BY partition_id, account_id LIMIT @most";

    private const string Mark =
        "INSERT INTO lesson_mark (partition_id, customer_id, lesson, what) VALUES (@partition, @customer, @lesson, @what) "
        + "ON CONFLICT DO NOTHING";

    private const string Count =
        "INSERT INTO lesson_tally (partition_id, lesson, what, people) VALUES (@partition, @lesson, @what, 1) "
        + "ON CONFLICT (partition_id, lesson, what) DO UPDATE SET people = lesson_tally.people + 1";

    private const string Marks =
        "SELECT lesson || ' ' || what FROM lesson_mark WHERE partition_id = @partition AND customer_id = @customer";

    private const string Tallies =
        "SELECT lesson AS Lesson, what AS What, CAST(sum(people) AS BIGINT) AS People FROM lesson_tally "
        + "WHERE partition_id BETWEEN 0 AND 1023 GROUP BY lesson, what";

    private const string Clean = "DELETE FROM lesson_mark WHERE partition_id BETWEEN 0 AND 1023 AND lesson = @lesson";

    private DateOnly _done;

    /// <summary>Tells once a business day who has not been told; cleans up after lessons that are over. How many were told.</summary>
    public async Task<int> GoOnAsync(CancellationToken cancel)
    {
        var today = house.BusinessDate;
        if (today == _done)
        {
            return 0;
        }

        foreach (var over in book.Lessons.Where(one => one.Until < today))
        {
            await house.WriteAsync((connection, transaction) => connection.Execute(Clean, new { lesson = over.Code }, transaction));
        }

        var told = 0;
        var lessons = Running(today).Where(one => one.Tell).ToList();
        for (AccountId? after = null; lessons.Count > 0;)
        {
            var page = Next(after);
            foreach (var account in page)
            {
                cancel.ThrowIfCancellationRequested();
                told += await TellAsync(account, lessons);
            }

            if (page.Count < Page)
            {
                break;
            }

            after = page[^1];
        }

        _done = today;
        return told;
    }

    /// <summary>Lessons for an account today, with whether its owner said that they read them.</summary>
    public IReadOnlyList<(Lesson Lesson, bool Read)> For(AccountView view)
    {
        using var connection = house.OpenReadOnly();
        var customer = view.State.Id.Customer;
        var marks = connection.Query<string>(Marks, new { partition = customer.PartitionId, customer = customer.Value })
            .ToHashSet(StringComparer.Ordinal);
        return
        [
            .. Running(view.Today).Where(one => marks.Contains($"{one.Code} told") || one.IsFor(view.State, view.Today))
                .Select(one => (one, marks.Contains($"{one.Code} read"))),
        ];
    }

    /// <summary>Counts that a person opened it; once.</summary>
    public Task<bool> ShowAsync(CustomerId customer, Lesson lesson) => MarkAsync(customer, lesson, "shown");

    /// <summary>Counts that a person read it to its end and says so; once. Who says so has been shown it.</summary>
    public async Task<bool> ReadAsync(CustomerId customer, Lesson lesson)
    {
        await ShowAsync(customer, lesson);
        return await MarkAsync(customer, lesson, "read");
    }

    /// <summary>How far each lesson got, those that are over too.</summary>
    public IReadOnlyList<LessonReach> Reach()
    {
        using var connection = house.OpenReadOnly();
        var counts = connection.Query<Tally>(Tallies).ToDictionary(row => (row.Lesson, row.What), row => row.People);
        return
        [
            .. book.Lessons.Select(one => new LessonReach(
                one, counts.GetValueOrDefault((one.Code, "told")), counts.GetValueOrDefault((one.Code, "shown")),
                counts.GetValueOrDefault((one.Code, "read")))),
        ];
    }

    private IEnumerable<Lesson> Running(DateOnly today)
    {
        var stopped = stops.Stopped().Select(one => one.Campaign).ToHashSet(StringComparer.Ordinal);
        return book.Lessons.Where(one => one.RunsOn(today) && !stopped.Contains(one.Code));
    }

    private async Task<int> TellAsync(AccountId account, List<Lesson> lessons)
    {
        if (await reader.GlanceAsync(account) is not { } view)
        {
            return 0;
        }

        var told = 0;
        foreach (var lesson in lessons.Where(one => one.IsFor(view.State, view.Today)))
        {
            var article = HelpBook.Shipped.Articles.First(one => one.Id == lesson.Article);
            told += await house.WriteAsync((connection, transaction) =>
            {
                if (!Add(connection, transaction, account.Customer, lesson.Code, "told"))
                {
                    return 0;
                }

                notices.Tell(connection, transaction, account.Customer, account, Kind, lesson.Code, new Dictionary<string, string>
                {
                    ["lesson"] = lesson.Code, ["zh"] = article.Zh.Title, ["en"] = article.En.Title,
                });
                return 1;
            });
        }

        return told;
    }

    private Task<bool> MarkAsync(CustomerId customer, Lesson lesson, string what) => house.WriteAsync((connection, transaction) =>
        Add(connection, transaction, customer, lesson.Code, what));

    private static bool Add(DbConnection connection, DbTransaction transaction, CustomerId customer, string lesson, string what)
    {
        var values = new { partition = customer.PartitionId, customer = customer.Value, lesson, what };
        return connection.Execute(Mark, values, transaction) == 1 && connection.Execute(Count, values, transaction) == 1;
    }

    private List<AccountId> Next(AccountId? after)
    {
        using var connection = house.OpenReadOnly();
        return
        [
            .. connection.Query<long>(Active, new { partition = after?.PartitionId ?? -1, account = after?.Value ?? 0, most = Page })
                .Select(id => new AccountId(id)),
        ];
    }

    private sealed record Tally
    {
        public string Lesson { get; init; } = "";
        public string What { get; init; } = "";
        public long People { get; init; }
    }
}
