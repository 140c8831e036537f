using Mingzhang.Domain.Values;
using Mingzhang.Engine;

namespace Mingzhang.Services.Notifications;

/// <summary>Reads and writes what people want to hear.</summary>
public sealed class WishDesk(CreditHouse house, NoticeBook book, TimeProvider time)
{
    /// <summary>What holds for a person now.</summary>
    public Wishes Of(CustomerId customer)
    {
        using var connection = house.OpenReadOnly();
        return WishShelf.Of(connection, customer);
    }

    /// <summary>
    /// Takes the whole of a person's wishes; only what differs is kept. Turning off what cannot be turned off keeps nothing at all and
    /// returns that kind, whose <see cref="NoticeKind.Locked"/> says why.
    /// </summary>
    /// <param name="customer">Whose.</param>
    /// <param name="wanted">Whether a kind shall go over a channel.</param>
    /// <param name="night">Whether messages may come at night.</param>
    /// <param name="english">Whether they are in English.</param>
    public Task<NoticeKind?> TakeAsync(CustomerId customer, Func<NoticeKind, string, bool> wanted, bool night, bool english)
    {
        foreach (var kind in book.Kinds)
        {
            if (Wishes.Channels.Any(channel => Wishes.RuleOf(kind, channel) == ChannelRule.Always && !wanted(kind, channel)))
            {
                return Task.FromResult<NoticeKind?>(kind);
            }
        }

        return house.WriteAsync((connection, transaction) =>
        {
            var now = WishShelf.Of(connection, customer, transaction);
            List<Wish> changed =
            [
                .. from kind in book.Kinds.Where(kind => kind.Wish == kind.Code)
                   from channel in Wishes.Channels
                   where now.Wants(kind, channel) != wanted(kind, channel)
                   select new Wish(kind.Code, channel, wanted(kind, channel)),
            ];
            if (now.AgreesToNight != night)
            {
                changed.Add(Wishes.Night with { Wanted = night });
            }

            if (now.WantsEnglish != english)
            {
                changed.Add(Wishes.English with { Wanted = english });
            }

            foreach (var wish in changed)
            {
                WishShelf.Add(connection, transaction, customer, wish, time.GetUtcNow().ToUnixTimeMilliseconds() * 1000);
            }

            return (NoticeKind?)null;
        });
    }

    /// <summary>Keeps wishes that are about no notice, such as how pages look; only what differs from what holds.</summary>
    public Task KeepAsync(CustomerId customer, IReadOnlyList<Wish> wishes) => house.WriteAsync((connection, transaction) =>
    {
        var now = WishShelf.Of(connection, customer, transaction);
        foreach (var wish in wishes.Where(wish => now.Has(wish) != wish.Wanted))
        {
            WishShelf.Add(connection, transaction, customer, wish, time.GetUtcNow().ToUnixTimeMilliseconds() * 1000);
        }

        return true;
    });
}
