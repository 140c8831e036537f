using System.Data.Common;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;

namespace Mingzhang.Services.Notifications;

/// <summary>Tells people, and reads what they were told.</summary>
public sealed class NoticeDesk(CreditHouse house, NoticeBook book, TimeProvider time)
{
    /// <summary>Unread notices are counted up to this many.</summary>
    public const int MostUnread = 100;

    /// <summary>The kinds and texts.</summary>
    public NoticeBook Book => book;

    /// <summary>
    /// Tells something that no event of the ledger says, such as an answered ticket. The same kind and subject are told once, however
    /// often this is called. Throws <see cref="ArgumentException"/> for a kind or fields the book does not know, which is a bug.
    /// </summary>
    /// <param name="customer">Who is told.</param>
    /// <param name="account">Which account it is about; null for the person.</param>
    /// <param name="kind">Code of a kind.</param>
    /// <param name="subject">What it is about, such as the number of the answer; at most 100 characters.</param>
    /// <param name="fields">Every field the kind has.</param>
    public async Task<bool> TellAsync(
        CustomerId customer, AccountId? account, string kind, string subject, IReadOnlyDictionary<string, string> fields)
    {
        var notice = Make(customer, account, kind, subject, fields);
        return await house.WriteAsync((connection, transaction) => NoticeShelf.Add(connection, transaction, notice));
    }

    /// <summary>As <see cref="TellAsync"/>, in a transaction of the caller's, so that both happen or neither.</summary>
    public void Tell(
        DbConnection connection, DbTransaction transaction, CustomerId customer, AccountId? account, string kind, string subject,
        IReadOnlyDictionary<string, string> fields) =>
        _ = NoticeShelf.Add(connection, transaction, Make(customer, account, kind, subject, fields));

    /// <summary>A person's notices, latest first.</summary>
    public IReadOnlyList<Notice> Of(CustomerId customer, NoticeQuery asked)
    {
        using var connection = house.OpenReadOnly();
        return NoticeShelf.Of(connection, customer, asked);
    }

    /// <summary>One of a person, or null.</summary>
    public Notice? Find(CustomerId customer, string id)
    {
        using var connection = house.OpenReadOnly();
        return NoticeShelf.Find(connection, customer, id);
    }

    /// <summary>Unread ones, at most <see cref="MostUnread"/>.</summary>
    public int UnreadOf(CustomerId customer)
    {
        using var connection = house.OpenReadOnly();
        return NoticeShelf.UnreadOf(connection, customer, MostUnread);
    }

    /// <summary>Marks one as read.</summary>
    public Task MarkAsync(CustomerId customer, string id) => house.WriteAsync((connection, transaction) =>
        NoticeShelf.Mark(connection, transaction, customer, id, Now()));

    /// <summary>Marks all as read that stood on the page, not those that came since.</summary>
    public Task MarkAllAsync(CustomerId customer, long until) => house.WriteAsync((connection, transaction) =>
        NoticeShelf.MarkAllOf(connection, transaction, customer, until, Now()));

    /// <summary>The name of an account's product; empty for a notice about the person.</summary>
    public string ProductOf(Notice notice, bool chinese) => notice.Account is { } account
        && house.Terms.All.LastOrDefault(terms => terms.Slot == account.Slot) is { } terms
            ? chinese ? terms.Name.Zh : terms.Name.En : "";

    private Notice Make(
        CustomerId customer, AccountId? account, string kind, string subject, IReadOnlyDictionary<string, string> fields)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(subject.Length, 100, nameof(subject));
        var known = book.Find(kind) ?? throw new ArgumentException($"There is no kind {kind}.", nameof(kind));
        return known.Fields.FirstOrDefault(field => !fields.ContainsKey(field.Name)) is { } missing
            ? throw new ArgumentException($"{kind} needs {missing.Name}.", nameof(fields))
            : new Notice
            {
                Id = $"{kind}-{subject}", Customer = customer, Account = account, Kind = kind,
                HappenedOn = account is { } one ? house.BusinessDateOf(one) : house.BusinessDate, Place = house.LastPosition,
                MadeAt = Now(), Fields = fields,
            };
    }

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds() * 1000;
}
