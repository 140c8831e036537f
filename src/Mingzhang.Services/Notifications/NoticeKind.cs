using Mingzhang.Domain.Products;

namespace Mingzhang.Services.Notifications;

/// <summary>What a message is to the rules about contacting people.</summary>
public enum NoticeClass
{
    /// <summary>The law or the contract demands it.</summary>
    Legal,

    /// <summary>About the person's own account.</summary>
    Service,

    /// <summary>Asks for an overdue debt.</summary>
    Collection,

    /// <summary>Warns the person of somebody else.</summary>
    Security,

    /// <summary>Wants to sell; only with consent.</summary>
    Marketing,
}

/// <summary>Whether a kind goes over a channel when the person has said nothing.</summary>
public enum ChannelRule
{
    /// <summary>No, but may be turned on.</summary>
    Off,

    /// <summary>Yes, but may be turned off.</summary>
    On,

    /// <summary>Yes, and cannot be turned off.</summary>
    Always,

    /// <summary>Only once the person consents.</summary>
    Consent,
}

/// <summary>What a field of a text holds.</summary>
public enum FieldForm
{
    /// <summary>An amount.</summary>
    Money,

    /// <summary>A day.</summary>
    Day,

    /// <summary>A month.</summary>
    Month,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>A daily price in parts per million.</summary>
    Price,

    /// <summary>One of the words of a family.</summary>
    Word,

    /// <summary>As it is.</summary>
    Text,
}

/// <summary>One field of a kind's text.</summary>
/// <param name="Name">As it stands between braces.</param>
/// <param name="Form">What it holds.</param>
/// <param name="Family">The words' family; empty for other forms.</param>
public sealed record NoticeField(string Name, FieldForm Form, string Family);

/// <summary>A kind of message, from <c>data/notices/kinds.json</c>.</summary>
/// <param name="Code">Stable name.</param>
/// <param name="Group">Where it stands among the preferences.</param>
/// <param name="Class">Which rules of contact hold.</param>
/// <param name="Email">Over e-mail.</param>
/// <param name="Sms">Over SMS.</param>
/// <param name="StaleAfterDays">Business days after which it goes no further than the inbox.</param>
/// <param name="Fields">What its text needs.</param>
/// <param name="Link">The page that explains it, with fields in braces.</param>
/// <param name="Locked">The rule why it cannot be turned off; null when it can.</param>
public sealed record NoticeKind(
    string Code, string Group, NoticeClass Class, ChannelRule Email, ChannelRule Sms, int StaleAfterDays,
    IReadOnlyList<NoticeField> Fields, string Link, LocalText? Locked)
{
    /// <summary>Whether the inbox may be turned off: marketing only comes with consent, and what no rule demands may go.</summary>
    public ChannelRule Inbox => Class == NoticeClass.Marketing ? ChannelRule.Consent : Locked is null ? ChannelRule.On : ChannelRule.Always;

    /// <summary>The kind under which the person's wish is kept: one consent, and one refusal, for everything that wants to sell.</summary>
    public string Wish => Class == NoticeClass.Marketing ? Wishes.Offers : Code;
}

/// <summary>A look at a due day, so many days before (below zero) or after it.</summary>
/// <param name="Kind">What is told when something is still unpaid.</param>
/// <param name="Days">Days after the due day.</param>
public sealed record ReminderRule(string Kind, int Days);

/// <summary>A kind's text in one language; fields stand in braces.</summary>
/// <param name="Title">One line.</param>
/// <param name="Body">The inbox and e-mail.</param>
/// <param name="Sms">Short; null = never by SMS.</param>
public sealed record NoticeText(string Title, string Body, string? Sms);
