using System.Data.Common;
using Dapper;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Store;

namespace Mingzhang.Services.Notifications;

/// <summary>May this person be contacted now?</summary>
/// <param name="Customer">About whom.</param>
/// <param name="Purpose">Why.</param>
/// <param name="Channel">email, sms, or how staff would: phone, visit, letter.</param>
/// <param name="Subject">Which message or call; trying the same again on one day is one contact.</param>
/// <param name="By">Who asks, for audit.</param>
/// <param name="ToThirdParty">Whether somebody else would be reached.</param>
public sealed record ContactAsk(
    CustomerId Customer, NoticeClass Purpose, string Channel, string Subject, string By, bool ToThirdParty = false);

/// <summary>An ask that was kept.</summary>
public sealed record ContactKept(
    DateTimeOffset At, NoticeClass Purpose, string Channel, string Subject, string By, bool ToThirdParty, ContactReason Reason,
    DateTimeOffset? NextAt);

/// <summary>
/// Asked before every message and call. Tries are counted per person, over all channels; those for an overdue debt apart from the rest.
/// Ask and count are one transaction, and the count is one statement, so that two who ask at once are not both the sixth.
/// </summary>
public sealed class ContactGovernor(CreditHouse house, ContactRules rules, TimeProvider time)
{
    private const string CountOne =
        "INSERT INTO contact_day (partition_id, customer_id, day, purpose, tries) VALUES (@partition, @customer, @day, @purpose, 1) "
        + "ON CONFLICT (partition_id, customer_id, day, purpose) DO UPDATE SET tries = contact_day.tries + 1 "
        + "WHERE contact_day.tries < @most";

    private const string Same =
        "SELECT count(*) FROM contact_ask WHERE partition_id = @partition AND customer_id = @customer AND subject = @subject "
        + "AND day = @day AND reason IN ('Allowed', 'SameMessage')";

    private const string Keep =
        "INSERT INTO contact_ask (partition_id, customer_id, number, asked_at, subject, day, purpose, channel, asked_by, third_party, "
        + "reason, next_at) SELECT @partition, @customer, coalesce(max(number), 0) + 1, @at, @subject, @day, @purpose, @channel, @by, "
        + "@third, @reason, @next FROM contact_ask WHERE partition_id = @partition AND customer_id = @customer";

    private const string Latest =
        "SELECT asked_at AS At, purpose AS Purpose, channel AS Channel, subject AS Subject, asked_by AS AskedBy, third_party AS Third, "
        + "reason AS Reason, next_at AS NextAt FROM contact_ask WHERE partition_id = @partition AND customer_id = @customer "
        + "ORDER BY number DESC LIMIT @most";

    /// <summary>The rules asked.</summary>
    public ContactRules Rules => rules;

    /// <summary>Asks, counts and keeps the ask.</summary>
    public Task<ContactAnswer> AskAsync(ContactAsk ask) =>
        house.WriteAsync((connection, transaction) => Ask(connection, transaction, ask));

    /// <summary>As <see cref="AskAsync"/>, in a transaction of the caller's.</summary>
    public ContactAnswer Ask(DbConnection connection, DbTransaction transaction, ContactAsk ask)
    {
        var at = time.GetUtcNow();
        var wishes = WishShelf.Of(connection, ask.Customer, transaction);
        var answer = rules.Refuse(
            ask.Purpose, ask.ToThirdParty, at, wishes.AgreesToNight, wishes.AgreesToMarketing(ask.Channel))
            ?? Count(connection, transaction, ask, at);
        connection.Execute(
            Keep,
            new
            {
                partition = ask.Customer.PartitionId, customer = ask.Customer.Value, at = Micros(at), subject = ask.Subject,
                day = rules.DayOf(at).ToStored(), purpose = ask.Purpose.ToString(), channel = ask.Channel, by = ask.By,
                third = ask.ToThirdParty ? 1 : 0, reason = answer.Reason.ToString(),
                next = answer.NextAt is { } next ? Micros(next) : 0,
            },
            transaction);
        return answer;
    }

    /// <summary>What was asked about a person, latest first.</summary>
    public IReadOnlyList<ContactKept> Of(CustomerId customer, int most)
    {
        using var connection = house.OpenReadOnly();
        return
        [
            .. connection.Query<Row>(Latest, new { partition = customer.PartitionId, customer = customer.Value, most })
                .Select(row => new ContactKept(
                    Instant(row.At), Enum.Parse<NoticeClass>(row.Purpose), row.Channel, row.Subject, row.AskedBy, row.Third == 1,
                    Enum.Parse<ContactReason>(row.Reason), row.NextAt == 0 ? null : Instant(row.NextAt))),
        ];
    }

    private ContactAnswer Count(DbConnection connection, DbTransaction transaction, ContactAsk ask, DateTimeOffset at)
    {
        var values = new
        {
            partition = ask.Customer.PartitionId, customer = ask.Customer.Value, day = rules.DayOf(at).ToStored(),
            purpose = ask.Purpose.ToString(), most = rules.MostOf(ask.Purpose) ?? 0, subject = ask.Subject,
        };
        if (rules.MostOf(ask.Purpose) is null)
        {
            return rules.Allow(ask.Purpose, again: false);
        }

        return connection.ExecuteScalar<long>(Same, values, transaction) > 0 ? rules.Allow(ask.Purpose, again: true)
            : connection.Execute(CountOne, values, transaction) == 1 ? rules.Allow(ask.Purpose, again: false)
            : rules.Spent(ask.Purpose, at);
    }

    private static long Micros(DateTimeOffset at) => at.ToUnixTimeMilliseconds() * 1000;

    private static DateTimeOffset Instant(long micros) => DateTimeOffset.FromUnixTimeMilliseconds(micros / 1000);

    private sealed record Row
    {
        public long At { get; init; }
        public string Purpose { get; init; } = "";
        public string Channel { get; init; } = "";
        public string Subject { get; init; } = "";
        public string AskedBy { get; init; } = "";
        public long Third { get; init; }
        public string Reason { get; init; } = "";
        public long NextAt { get; init; }
    }
}
