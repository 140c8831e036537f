using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Values;

namespace Mingzhang.Services.Privacy;

/// <summary>Which right is used. To see what is held takes no request; it is a page.</summary>
public enum PrivacyKind
{
    /// <summary>A copy in a machine format, also to take elsewhere (个人信息保护法 art. 45).</summary>
    Copy,

    /// <summary>Something is wrong or missing (art. 46).</summary>
    Correct,

    /// <summary>Stop every processing but storage and protection (arts. 44, 47).</summary>
    Restrict,

    /// <summary>Take that back.</summary>
    Lift,

    /// <summary>Delete (art. 47).</summary>
    Erase,
}

/// <summary>How a request came in.</summary>
public enum PrivacyRoute
{
    /// <summary>The person, logged in.</summary>
    App,

    /// <summary>A call that staff wrote down.</summary>
    Phone,

    /// <summary>A letter that staff wrote down.</summary>
    Letter,

    /// <summary>The API.</summary>
    Api,
}

/// <summary>How far a request is.</summary>
public enum PrivacyState
{
    /// <summary>People have to act.</summary>
    Open,

    /// <summary>A law wants the records kept: everything but storage and protection has stopped until then.</summary>
    Held,

    /// <summary>Done.</summary>
    Done,

    /// <summary>Refused, with a reason.</summary>
    Refused,

    /// <summary>Taken back.</summary>
    Withdrawn,
}

/// <summary>A request about one's personal data.</summary>
public sealed record PrivacyRequest
{
    /// <summary>Whose.</summary>
    public required CustomerId Customer { get; init; }

    /// <summary>1, 2, 3 … of the person.</summary>
    public long Number { get; init; }

    /// <summary>By which anybody who was given it may ask what became of it.</summary>
    public string Receipt { get; init; } = "";

    /// <summary>Which right.</summary>
    public PrivacyKind Kind { get; init; }

    /// <summary>How it came in.</summary>
    public PrivacyRoute Route { get; init; }

    /// <summary>How far it is.</summary>
    public PrivacyState State { get; init; }

    /// <summary>The number of the ticket it is talked about in; empty = it was answered at once.</summary>
    public string Ticket { get; init; } = "";

    /// <summary>Why so: a word, such as the name of a refusal.</summary>
    public string Outcome { get; init; } = "";

    /// <summary>The last day a law wants the records kept; null = none does.</summary>
    public DateOnly? HoldUntil { get; init; }

    /// <summary>When it was asked, microseconds since 1970 UTC.</summary>
    public long AskedAt { get; init; }

    /// <summary>When it was decided; 0 = not yet.</summary>
    public long DecidedAt { get; init; }

    /// <summary>Who decided.</summary>
    public string DecidedBy { get; init; } = "";

    /// <summary>Whether somebody still has to act.</summary>
    public bool IsOpen => State is PrivacyState.Open or PrivacyState.Held;
}

/// <summary>A request, or why there is none.</summary>
/// <param name="Request">As it stands.</param>
/// <param name="Refusal">Why not; a refused erasure has both.</param>
public sealed record PrivacyAnswer(PrivacyRequest? Request, Refusal? Refusal);

/// <summary>What privacy goes by; every number a parameter.</summary>
/// <param name="YearsKept">Years that records of a relation are kept after it ended: 10 (反洗钱法 art. 34).</param>
public sealed record PrivacyRules(int YearsKept)
{
    /// <summary>Years an adverse record is shown after it ended: 5 (征信业管理条例 art. 16).</summary>
    public int YearsOfAdverse { get; init; } = 5;

    /// <summary>Years records of collection are kept: 5 (消费金融公司管理办法).</summary>
    public int YearsOfCollection { get; init; } = 5;

    /// <summary>Days a log-in and its device stay in the list.</summary>
    public int DaysOfLogins { get; init; } = 180;

    /// <summary>
    /// Only people known since this day may ask online, others in writing; null = everybody may. The rule of 2022 that a product had; as a
    /// condition on a right it would be unreasonable (网络数据安全管理条例 art. 23), so it is off.
    /// </summary>
    public DateOnly? OnlineSince { get; init; }
}
