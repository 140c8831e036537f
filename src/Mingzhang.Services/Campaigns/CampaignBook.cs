using System.Text.Json;
using System.Text.Json.Serialization;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Billing;
using Mingzhang.Services.Help;
using Mingzhang.Services.Reading;

namespace Mingzhang.Services.Campaigns;

/// <summary>What the segment of an invitation looks at.</summary>
/// <param name="ClosedDays">Days that progress management has been closed without a break.</param>
/// <param name="Due">Bills and rows that fell due since then.</param>
/// <param name="Short">Of these: not paid in full by their day.</param>
/// <param name="LimitMinor">Total limit, minor units.</param>
/// <param name="UsualMinor">Usually bought in 30 days, minor units.</param>
public sealed record WinBackFacts(int ClosedDays, int Due, int Short, long LimitMinor, long UsualMinor);

/// <summary>A version of the rule who is invited to open progress management again (R028). Its figures are sample parameters.</summary>
/// <param name="Version">1, 2, 3 …</param>
/// <param name="From">First day it holds.</param>
/// <param name="Sample">Whether its figures are an example and no known rule.</param>
/// <param name="ClosedDays">Closed for at least so long.</param>
/// <param name="Due">At least so many bills or rows fell due since then, every one paid in full.</param>
/// <param name="LimitMinor">Wealthy: a total limit of at least this …</param>
/// <param name="UsualMinor">… or usual purchases in 30 days of at least this; minor units.</param>
/// <param name="PauseDays">A person is invited once in so many days at most.</param>
/// <param name="Zh">The rule as people read it, in Chinese.</param>
/// <param name="En">In English.</param>
public sealed record WinBackRule(
    int Version, DateOnly From, bool Sample, int ClosedDays, int Due, long LimitMinor, long UsualMinor, int PauseDays, string Zh, string En)
{
    /// <summary>Whether somebody is in the segment.</summary>
    public bool Fits(WinBackFacts facts) => facts.ClosedDays >= ClosedDays && facts.Due >= Due && facts.Short == 0
        && (facts.LimitMinor >= LimitMinor || facts.UsualMinor >= UsualMinor);
}

/// <summary>Whom a piece of education is for; asked of an account as it stands, never of its history.</summary>
public enum LessonSegment
{
    /// <summary>Everybody.</summary>
    Everybody,

    /// <summary>Lines opened within so many days.</summary>
    Newcomers,

    /// <summary>Who pays a bill in part and lets the rest bear interest.</summary>
    Revolving,

    /// <summary>Who is overdue.</summary>
    Overdue,

    /// <summary>Who has a loan or plan running.</summary>
    Borrowers,
}

/// <summary>A piece of education that is shown to a segment for a time (R102).</summary>
/// <param name="Code">Stable name, in addresses.</param>
/// <param name="Sample">Whether it is an example.</param>
/// <param name="Article">The article of the help centre it consists of.</param>
/// <param name="From">First day.</param>
/// <param name="Until">Last day.</param>
/// <param name="Segment">For whom.</param>
/// <param name="Days">Of newcomers: so many days since opening.</param>
/// <param name="Tell">Whether a message is sent, or it only stands in the help centre.</param>
public sealed record Lesson(
    string Code, bool Sample, string Article, DateOnly From, DateOnly Until, LessonSegment Segment, int Days, bool Tell)
{
    /// <summary>Whether it runs on a day.</summary>
    public bool RunsOn(DateOnly day) => From <= day && day <= Until;

    /// <summary>Whether it is for an account.</summary>
    /// <param name="state">The account today.</param>
    /// <param name="today">Its business day.</param>
    public bool IsFor(AccountState state, DateOnly today) => Segment switch
    {
        LessonSegment.Everybody => true,
        LessonSegment.Newcomers => state.OpenedOn.AddDays(Days) > today,
        LessonSegment.Revolving => state.Bills.Any(static bill => bill.Stage == BillStage.Revolving),
        LessonSegment.Overdue => state.DaysPastDue(today) > 0,
        LessonSegment.Borrowers => state.Loans.Count > 0,
        _ => throw new InvalidOperationException("A sixth segment."),
    };
}

/// <summary>
/// What the house says to people on its own account: <c>campaigns.json</c> of the products folder. What is marked a sample runs in
/// sandboxes only; a live house without a file says nothing.
/// </summary>
/// <param name="WinBack">Versions of the rule for invitations.</param>
/// <param name="Lessons">Pieces of education.</param>
public sealed record CampaignBook(IReadOnlyList<WinBackRule> WinBack, IReadOnlyList<Lesson> Lessons)
{
    /// <summary>The file's name.</summary>
    public const string FileName = "campaigns.json";

    /// <summary>The name under which invitations are stopped.</summary>
    public const string WinBackCode = "win-back";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };

    /// <summary>Nothing.</summary>
    public static CampaignBook None { get; } = new([], []);

    /// <summary>The rule that holds on a day; null = nobody is invited.</summary>
    public WinBackRule? RuleOn(DateOnly day) => WinBack.Where(one => one.From <= day).MaxBy(one => (one.From, one.Version));

    /// <summary>That of a folder; throws <see cref="ProductsException"/> with every broken rule.</summary>
    public static CampaignBook Read(string folder, bool isSandbox)
    {
        var path = Path.Combine(folder, FileName);
        var read = File.Exists(path) ? Parse(File.ReadAllText(path)) : None;
        return isSandbox ? read
            : new CampaignBook([.. read.WinBack.Where(one => !one.Sample)], [.. read.Lessons.Where(one => !one.Sample)]);
    }

    /// <summary>That of a text; throws <see cref="ProductsException"/> with every broken rule.</summary>
    public static CampaignBook Parse(string text)
    {
        try
        {
            var file = JsonSerializer.Deserialize<Written>(text, Json)!;
            List<string> errors = [.. file.WinBack.SelectMany(Errors), .. file.Lessons.SelectMany(one => Errors(one, file.Lessons))];
            return errors.Count == 0 ? new CampaignBook(file.WinBack, file.Lessons) : throw new ProductsException(
                $"{FileName} breaks rules:" + Environment.NewLine + string.Join(Environment.NewLine, errors));
        }
        catch (JsonException wrong)
        {
            throw new ProductsException($"{FileName}, {wrong.Path}: {wrong.Message}");
        }
    }

    private static IEnumerable<string> Errors(WinBackRule rule)
    {
        if (rule is { ClosedDays: < 1 } or { Due: < 1 } or { LimitMinor: < 1 } or { UsualMinor: < 1 } or { PauseDays: < 30 })
        {
            yield return $"winBack version {rule.Version}: closedDays, due, limitMinor, usualMinor at least 1, pauseDays at least 30";
        }
    }

    private static IEnumerable<string> Errors(Lesson lesson, IReadOnlyList<Lesson> all)
    {
        if (lesson.Code.Length is 0 or > 40
            || !lesson.Code.All(sign => char.IsAsciiLetterLower(sign) || char.IsAsciiDigit(sign) || sign == '-'))
        {
            yield return $"lesson {lesson.Code}: code of 1 to 40 small letters, digits and hyphens";
        }

        if (lesson.Code == WinBackCode || all.Count(one => one.Code == lesson.Code) > 1)
        {
            yield return $"lesson {lesson.Code}: each code once, and not {WinBackCode}";
        }

        if (HelpBook.Shipped.Articles.All(one => one.Id != lesson.Article))
        {
            yield return $"lesson {lesson.Code}: there is no article {lesson.Article}";
        }

        if (lesson.Until < lesson.From || (lesson.Segment == LessonSegment.Newcomers && lesson.Days is < 1 or > 365))
        {
            yield return $"lesson {lesson.Code}: until not before from; newcomers with days 1 to 365";
        }
    }

    private sealed record Written(string Note, IReadOnlyList<WinBackRule> WinBack, IReadOnlyList<Lesson> Lessons);
}
