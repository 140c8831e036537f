using System.Data.Common;
using Dapper;
using Mingzhang.Domain.Values;

namespace Mingzhang.Services.Notifications;

/// <summary>A wish about one kind and channel, as it was given.</summary>
public sealed record Wish(string Kind, string Channel, bool Wanted);

/// <summary>What a person wants to hear, and how.</summary>
public sealed class Wishes(IReadOnlyDictionary<(string Kind, string Channel), bool> said)
{
    /// <summary>The channels of a person.</summary>
    public static readonly IReadOnlyList<string> Channels = ["inbox", "email", "sms"];

    /// <summary>The kind under which everything that wants to sell is agreed to, and refused.</summary>
    public const string Offers = "offer";

    /// <summary>Wish about messages at night.</summary>
    public static readonly Wish Night = new("night", "any", true);

    /// <summary>Wish about English.</summary>
    public static readonly Wish English = new("language", "en", true);

    /// <summary>Wish about colours that are always dark.</summary>
    public static readonly Wish Dark = new("look", "dark", true);

    /// <summary>Wish about colours that are always light.</summary>
    public static readonly Wish Light = new("look", "light", true);

    /// <summary>Wish about large text.</summary>
    public static readonly Wish Large = new("look", "large", true);

    /// <summary>That the tour of the app was seen.</summary>
    public static readonly Wish Toured = new("tour", "app", true);

    /// <summary>Whether a wish was said, and not taken back since.</summary>
    public bool Has(Wish wish) => said.GetValueOrDefault((wish.Kind, wish.Channel));

    /// <summary>Whether the person agreed to be contacted at night.</summary>
    public bool AgreesToNight => Has(Night);

    /// <summary>Whether messages are written in English.</summary>
    public bool WantsEnglish => Has(English);

    /// <summary>Whether the person agreed to marketing over a channel.</summary>
    public bool AgreesToMarketing(string channel) => said.GetValueOrDefault((Offers, channel));

    /// <summary>Whether a kind goes over a channel: what is always told is, whatever was said.</summary>
    public bool Wants(NoticeKind kind, string channel) => RuleOf(kind, channel) switch
    {
        ChannelRule.Always => true,
        ChannelRule.On => said.GetValueOrDefault((kind.Wish, channel), true),
        ChannelRule.Off or ChannelRule.Consent => said.GetValueOrDefault((kind.Wish, channel)),
        _ => throw new InvalidOperationException("A fifth rule of a channel."),
    };

    /// <summary>The rule of a kind over a channel.</summary>
    public static ChannelRule RuleOf(NoticeKind kind, string channel) => channel switch
    {
        "inbox" => kind.Inbox,
        "email" => kind.Email,
        "sms" => kind.Sms,
        _ => throw new ArgumentOutOfRangeException(nameof(channel), channel, "A channel is inbox, email or sms."),
    };
}

/// <summary>The rows of wishes: appended, never changed, so that a consent and its withdrawal stay provable.</summary>
public static class WishShelf
{
    private const string All =
        "SELECT kind AS Kind, channel AS Channel, wanted AS Wanted FROM notice_wish WHERE partition_id = @partition "
        + "AND customer_id = @customer ORDER BY number";

    private const string Append =
        "INSERT INTO notice_wish (partition_id, customer_id, number, kind, channel, wanted, said_at) SELECT @partition, @customer, "
        + "coalesce(max(number), 0) + 1, @kind, @channel, @wanted, @at FROM notice_wish WHERE partition_id = @partition "
        + "AND customer_id = @customer";

    /// <summary>What holds now.</summary>
    public static Wishes Of(DbConnection connection, CustomerId customer, DbTransaction? transaction = null)
    {
        var said = new Dictionary<(string, string), bool>();
        foreach (var row in connection.Query<Row>(
            All, new { partition = customer.PartitionId, customer = customer.Value }, transaction))
        {
            said[(row.Kind, row.Channel)] = row.Wanted == 1;
        }

        return new Wishes(said);
    }

    /// <summary>Everything a person ever said, the oldest first.</summary>
    public static IReadOnlyList<Wish> AllOf(DbConnection connection, CustomerId customer) =>
        [.. connection.Query<Row>(All, new { partition = customer.PartitionId, customer = customer.Value })
            .Select(row => new Wish(row.Kind, row.Channel, row.Wanted == 1))];

    /// <summary>Keeps a wish.</summary>
    public static void Add(DbConnection connection, DbTransaction transaction, CustomerId customer, Wish wish, long at) =>
        connection.Execute(
            Append,
            new
            {
                partition = customer.PartitionId, customer = customer.Value, kind = wish.Kind, channel = wish.Channel,
                wanted = wish.Wanted ? 1 : 0, at,
            },
            transaction);

    private sealed record Row
    {
        public string Kind { get; init; } = "";
        public string Channel { get; init; } = "";
        public long Wanted { get; init; }
    }
}
