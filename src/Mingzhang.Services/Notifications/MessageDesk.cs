using System.Data.Common;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Services.Privacy;

namespace Mingzhang.Services.Notifications;

/// <summary>
/// Makes messages of notices by the person's wishes, and sends them: the governor is asked before each try, the text and the address
/// are found at that moment, and a message is at least once with the channel under one id, whatever stops in between.
/// </summary>
public sealed class MessageDesk(
    CreditHouse house, NoticeBook book, ContactGovernor governor, IAddressBook addresses, IEnumerable<IMessageChannel> channels,
    MessageOptions options, TimeProvider time)
{
    private const int Page = 200;
    private const int LongestReason = 200;

    private readonly Dictionary<string, IMessageChannel> _channels = channels.ToDictionary(channel => channel.Name, StringComparer.Ordinal);

    /// <summary>Makes the messages of the next notices; how many were looked at.</summary>
    public async Task<int> SpreadAsync()
    {
        List<Spread> fresh;
        using (var connection = house.OpenReadOnly())
        {
            var known = new Dictionary<CustomerId, (Wishes Wishes, Recipient? Recipient)>();
            fresh = [.. NoticeShelf.FreshOnes(connection, Page).Select(notice => Look(connection, notice, known))];
        }

        return fresh.Count == 0 ? 0 : await house.WriteAsync((connection, transaction) =>
        {
            NoticeShelf.MarkSpread(connection, transaction, fresh.Select(one => (one.Notice, one.Hidden)));
            MessageShelf.Add(connection, transaction, fresh.SelectMany(one => one.Messages));
            return fresh.Count;
        });
    }

    /// <summary>Goes on with the messages whose time has come; how many.</summary>
    public async Task<int> GoOnAsync(CancellationToken cancel)
    {
        IReadOnlyList<OutMessage> due;
        using (var connection = house.OpenReadOnly())
        {
            due = MessageShelf.Due(connection, Now(), Page);
        }

        foreach (var message in due)
        {
            await GoOnAsync(message, cancel);
        }

        return due.Count;
    }

    /// <summary>The latest messages, of one state or all.</summary>
    public IReadOnlyList<OutMessage> All(MessageState? state, int most)
    {
        using var connection = house.OpenReadOnly();
        return MessageShelf.All(connection, state, most);
    }

    /// <summary>The latest messages to a person.</summary>
    public IReadOnlyList<OutMessage> Of(CustomerId customer, int most)
    {
        using var connection = house.OpenReadOnly();
        return MessageShelf.Of(connection, customer, most);
    }

    /// <summary>How many stand in each state.</summary>
    public IReadOnlyDictionary<MessageState, long> Counts()
    {
        using var connection = house.OpenReadOnly();
        return MessageShelf.CountsOf(connection);
    }

    /// <summary>Sends a dead message again; false when it is not dead.</summary>
    public async Task<bool> SendAgainAsync(CustomerId customer, string id)
    {
        OutMessage? message;
        using (var connection = house.OpenReadOnly())
        {
            message = MessageShelf.Find(connection, customer, id);
        }

        return message is { State: MessageState.Dead }
            && await PutAsync(message with { State = MessageState.Waiting, Attempts = 0, NextAt = Now() });
    }

    /// <summary>A message as it reads, with the name masked; null when its notice is gone.</summary>
    public async Task<Letter?> ShowAsync(OutMessage message)
    {
        Notice? notice;
        Wishes wishes;
        using (var connection = house.OpenReadOnly())
        {
            notice = NoticeShelf.Find(connection, message.Customer, message.NoticeId);
            wishes = WishShelf.Of(connection, message.Customer);
        }

        return notice is null ? null : await WriteAsync(message, notice, addresses.Find(message.Customer), !wishes.WantsEnglish);
    }

    /// <summary>What a notice becomes. Whether it is still wanted is asked again when it is sent.</summary>
    private Spread Look(DbConnection connection, Notice notice, Dictionary<CustomerId, (Wishes Wishes, Recipient? Recipient)> known)
    {
        if (!known.TryGetValue(notice.Customer, out var person))
        {
            known[notice.Customer] = person = (WishShelf.Of(connection, notice.Customer), addresses.Find(notice.Customer));
        }

        return book.Find(notice.Kind) is not { } kind
            ? new Spread(notice, false, [])
            : new Spread(notice, !person.Wishes.Wants(kind, "inbox"), IsStale(kind, notice) || person.Recipient is not { } to
                ? [] : [.. Messages(kind, notice, person.Wishes, to)]);
    }

    private IEnumerable<OutMessage> Messages(NoticeKind kind, Notice notice, Wishes wishes, Recipient to) =>
        from channel in _channels.Values
        where channel.IsSetUp && wishes.Wants(kind, channel.Name) && AddressOf(to, channel.Name).Length > 0
            && (channel.Name != "sms" || book.Text(kind.Code, true).Sms is not null)
        select new OutMessage
        {
            Id = $"{notice.Customer}.{notice.Id}.{channel.Name}", Customer = notice.Customer, NoticeId = notice.Id, Kind = notice.Kind,
            Channel = channel.Name, NextAt = Now(), MadeAt = Now(),
        };

    private async Task GoOnAsync(OutMessage message, CancellationToken cancel)
    {
        Notice? notice;
        Wishes wishes;
        DataRestriction? restriction;
        using (var connection = house.OpenReadOnly())
        {
            notice = NoticeShelf.Find(connection, message.Customer, message.NoticeId);
            wishes = WishShelf.Of(connection, message.Customer);
            restriction = DataRestrictionShelf.Of(connection, message.Customer);
        }

        if (Obstacle(message, notice, wishes, restriction) is { } obstacle)
        {
            await PutAsync(message with { State = MessageState.Dropped, NextAt = 0, Reason = obstacle });
            return;
        }

        var answer = await governor.AskAsync(new ContactAsk(
            message.Customer, book.Find(message.Kind)!.Class, message.Channel, message.Id, "house"));
        if (!answer.IsAllowed)
        {
            await PutAsync(message with
            {
                State = answer.NextAt is null ? MessageState.Dropped : MessageState.Waiting, Reason = answer.Reason.ToString(),
                NextAt = answer.NextAt is { } next ? next.ToUnixTimeMilliseconds() * 1000 : 0,
            });
            return;
        }

        await SendAsync(message, notice!, !wishes.WantsEnglish, cancel);
    }

    private async Task SendAsync(OutMessage message, Notice notice, bool chinese, CancellationToken cancel)
    {
        var letter = await WriteAsync(message, notice, addresses.Find(message.Customer), chinese);
        var answer = await _channels[message.Channel].SendAsync(letter, cancel);
        var attempts = message.Attempts + 1;
        var reason = answer.Reason.Length > LongestReason ? answer.Reason[..LongestReason] : answer.Reason;
        await PutAsync(answer.Taken
            ? message with { State = MessageState.Sent, Attempts = attempts, NextAt = 0, SentAt = Now(), Reason = "" }
            : answer.Final || attempts >= options.MostAttempts
                ? message with { State = MessageState.Dead, Attempts = attempts, NextAt = 0, Reason = reason }
                : message with { Attempts = attempts, NextAt = Now() + WaitAfter(attempts), Reason = reason });
    }

    private string? Obstacle(OutMessage message, Notice? notice, Wishes wishes, DataRestriction? restriction) =>
        notice is null || book.Find(message.Kind) is not { } kind ? "gone"
        : restriction is not null && kind.Class is not (NoticeClass.Legal or NoticeClass.Security) ? "restricted"
        : IsStale(kind, notice) ? "too-late"
        : !wishes.Wants(kind, message.Channel) ? "turned-off"
        : !_channels.TryGetValue(message.Channel, out var channel) || !channel.IsSetUp ? "no-channel"
        : addresses.Find(message.Customer) is not { } known || AddressOf(known, message.Channel).Length == 0 ? "no-address" : null;

    private bool IsStale(NoticeKind kind, Notice notice) =>
        house.BusinessDate.DayNumber - notice.HappenedOn.DayNumber > kind.StaleAfterDays;

    private async Task<Letter> WriteAsync(OutMessage message, Notice notice, Recipient? known, bool chinese)
    {
        var product = notice.Account is { } account
            && house.Terms.All.LastOrDefault(terms => terms.Slot == account.Slot) is { } terms
                ? chinese ? terms.Name.Zh : terms.Name.En : book.Frame("brand", chinese);
        var tail = notice.Account is { } one && await house.ReadAsync(one) is { Card: { } card } ? card.LastFour : "****";
        var names = new NoticeNames(product, tail, known?.MaskedName ?? "");
        var said = NoticeWords.Say(book, notice, names, chinese);
        var to = known is null ? "" : AddressOf(known, message.Channel);
        return message.Channel == "sms"
            ? new Letter(message.Id, to, said.Title, $"【{book.Frame("brand", chinese)}】{said.Sms}")
            : new Letter(message.Id, to, said.Title, string.Join(
                "\n\n",
                book.Frame("greeting", chinese).Replace("{name}", names.Name, StringComparison.Ordinal), said.Body,
                book.Frame("footer", chinese), book.Frame("brand", chinese)));
    }

    private static string AddressOf(Recipient known, string channel) => channel == "sms" ? known.Phone : known.Email;

    private long WaitAfter(int attempts) =>
        (long)Math.Min(options.LongestWait.TotalMilliseconds, options.FirstWait.TotalMilliseconds * Math.Pow(2, attempts - 1)) * 1000;

    private Task<bool> PutAsync(OutMessage message) =>
        house.WriteAsync((connection, transaction) => MessageShelf.Put(connection, transaction, message));

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds() * 1000;

    private sealed record Spread(Notice Notice, bool Hidden, IReadOnlyList<OutMessage> Messages);
}
