using System.Data.Common;
using System.Security.Cryptography;
using Dapper;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.People;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Services.People;
using Mingzhang.Services.Tickets;

namespace Mingzhang.Services.Privacy;

/// <summary>A request as it comes in.</summary>
/// <param name="Customer">Whose.</param>
/// <param name="Kind">Which right.</param>
/// <param name="Route">How it came in.</param>
/// <param name="Text">What is said; needed to correct, else it may be empty.</param>
/// <param name="By">Who asks or wrote it down.</param>
/// <param name="Key">Sent twice is asked once.</param>
public sealed record AskPrivacy(CustomerId Customer, PrivacyKind Kind, PrivacyRoute Route, string Text, string By, string Key);

/// <summary>
/// Requests about personal data. What needs nobody is done at once; correcting and erasing are talked about in a ticket with the clocks of
/// 15 and 30 working days. While a law wants records kept, erasing becomes keeping and protecting only (art. 47), until the day it names.
/// </summary>
public sealed class PrivacyDesk(
    CreditHouse house, ErasureDesk erasure, TicketDesk tickets, PersonShelf people, PrivacyRules rules, TimeProvider time)
{
    private const string Signs = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
    private const int Length = 16;
    private const string KnownSince = "SELECT added_at FROM person WHERE partition_id = @partition AND customer_id = @customer";

    /// <summary>The parameters.</summary>
    public PrivacyRules Rules => rules;

    /// <summary>Whether a person may ask online (C6).</summary>
    public bool MayAskOnline(CustomerId customer)
    {
        if (rules.OnlineSince is not { } since)
        {
            return true;
        }

        using var connection = house.OpenReadOnly();
        var added = connection.ExecuteScalar<long?>(KnownSince, new { partition = customer.PartitionId, customer = customer.Value });
        return added is { } at && Tickets.Clocks.Deadlines.DayOf(Tickets.Clocks.HouseTime.Of(at)) >= since;
    }

    /// <summary>The requests of a person, latest first.</summary>
    public IReadOnlyList<PrivacyRequest> Of(CustomerId customer)
    {
        using var connection = house.OpenReadOnly();
        return PrivacyShelf.Of(connection, customer);
    }

    /// <summary>Requests of the house in a state, the oldest first.</summary>
    public IReadOnlyList<PrivacyRequest> All(PrivacyState state, int most)
    {
        using var connection = house.OpenReadOnly();
        return PrivacyShelf.All(connection, state, most);
    }

    /// <summary>What became of a receipt; null when there is none. It names nobody.</summary>
    public PrivacyRequest? Find(string receipt)
    {
        var normal = string.Concat(receipt.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
        if (normal.Length != Length)
        {
            return null;
        }

        using var connection = house.OpenReadOnly();
        return PrivacyShelf.Find(connection, Shown(normal));
    }

    /// <summary>The restriction of a person; null when there is none.</summary>
    public DataRestriction? RestrictionOf(CustomerId customer)
    {
        using var connection = house.OpenReadOnly();
        return DataRestrictionShelf.Of(connection, customer);
    }

    /// <summary>
    /// Takes a request. Refused: nobody of that number (915), online only in writing (932), 803 without the words a correction needs; an
    /// erasure that an open account (916) or a debt (917) forbids is kept as refused. One of the same kind that waits is returned.
    /// </summary>
    public async Task<PrivacyAnswer> AskAsync(AskPrivacy asked)
    {
        if (people.Find(asked.Customer) is null)
        {
            return new PrivacyAnswer(null, new PersonUnknown());
        }

        if (asked.Route == PrivacyRoute.App && !MayAskOnline(asked.Customer))
        {
            return new PrivacyAnswer(null, new WrittenRouteOnly(rules.OnlineSince!.Value));
        }

        if (Of(asked.Customer).FirstOrDefault(one => one.Kind == asked.Kind && one.IsOpen) is { } waiting)
        {
            return new PrivacyAnswer(waiting, null);
        }

        return asked.Kind switch
        {
            PrivacyKind.Copy => await KeepAsync(asked, Done(asked), null),
            PrivacyKind.Restrict => await KeepAsync(asked, Done(asked), (connection, transaction) => DataRestrictionShelf.Put(
                connection, transaction, asked.Customer, new DataRestriction(Now(), null, DataRestriction.Asked))),
            PrivacyKind.Lift => await LiftAsync(asked),
            PrivacyKind.Erase => await EraseAsync(asked),
            PrivacyKind.Correct => await TalkAsync(asked),
            _ => throw new ArgumentOutOfRangeException(nameof(asked)),
        };
    }

    /// <summary>Staff decide a request that waits; the ticket is answered with the same words. Refused: 933, 934, 803.</summary>
    /// <param name="customer">Whose.</param>
    /// <param name="number">Which.</param>
    /// <param name="done">Done, or refused with a reason.</param>
    /// <param name="said">To the person.</param>
    /// <param name="by">Who decides.</param>
    /// <param name="key">Sent twice is done once.</param>
    public async Task<PrivacyAnswer> DecideAsync(CustomerId customer, long number, bool done, string said, string by, string key)
    {
        if (Of(customer).FirstOrDefault(one => one.Number == number) is not { } request)
        {
            return new PrivacyAnswer(null, new PrivacyRequestUnknown());
        }

        // An erasure is done by erasing, which two people do; it is not said to be done.
        if (!request.IsOpen || (done && request.Kind == PrivacyKind.Erase))
        {
            return new PrivacyAnswer(request, new PrivacyRequestDecided());
        }

        if (TicketNumber.TryParse(request.Ticket, out var ticket)
            && (await tickets.SpeakAsync(ticket, by, StaffWord.Answer, said, key)).Refusal is { } refusal)
        {
            return new PrivacyAnswer(request, refusal);
        }

        return await PutAsync(request with
        {
            State = done ? PrivacyState.Done : PrivacyState.Refused, Outcome = done ? "done" : "refused", DecidedAt = Now(), DecidedBy = by,
        });
    }

    /// <summary>Its owner takes a request back; a restriction that came with it ends. Refused: 933, 934.</summary>
    public async Task<PrivacyAnswer> WithdrawAsync(CustomerId customer, long number, string by, string key)
    {
        if (Of(customer).FirstOrDefault(one => one.Number == number) is not { } request)
        {
            return new PrivacyAnswer(null, new PrivacyRequestUnknown());
        }

        if (!request.IsOpen)
        {
            return new PrivacyAnswer(request, new PrivacyRequestDecided());
        }

        if (TicketNumber.TryParse(request.Ticket, out var ticket))
        {
            _ = await tickets.CloseAsync(ticket, by, key);
        }

        return await PutAsync(
            request with { State = PrivacyState.Withdrawn, Outcome = "withdrawn", DecidedAt = Now(), DecidedBy = by },
            (connection, transaction) =>
            {
                if (DataRestrictionShelf.Of(connection, customer, transaction) is { Why: DataRestriction.LegalHold })
                {
                    _ = DataRestrictionShelf.Drop(connection, transaction, customer);
                }
            });
    }

    private async Task<PrivacyAnswer> LiftAsync(AskPrivacy asked) => RestrictionOf(asked.Customer) is { Why: DataRestriction.Asked }
        ? await KeepAsync(
            asked, Done(asked), (connection, transaction) => DataRestrictionShelf.Drop(connection, transaction, asked.Customer))
        : new PrivacyAnswer(null, new PrivacyRequestUnknown());

    private async Task<PrivacyAnswer> EraseAsync(AskPrivacy asked) => await erasure.CheckAsync(asked.Customer) switch
    {
        null => await TalkAsync(asked),
        RecordsKept kept => await KeepAsync(
            asked, Fresh(asked) with { State = PrivacyState.Held, Outcome = kept.Code.Name, HoldUntil = kept.Until },
            (connection, transaction) => DataRestrictionShelf.Put(
                connection, transaction, asked.Customer, new DataRestriction(Now(), kept.Until, DataRestriction.LegalHold))),
        var no => (await KeepAsync(
            asked,
            Fresh(asked) with { State = PrivacyState.Refused, Outcome = no.Code.Name, DecidedAt = Now(), DecidedBy = "house" }, null))
            with { Refusal = no },
    };

    private async Task<PrivacyAnswer> TalkAsync(AskPrivacy asked)
    {
        var text = asked.Text.Trim().Length > 0 || asked.Kind == PrivacyKind.Correct ? asked.Text : "—";
        var answer = await tickets.OpenAsync(new OpenTicket(
            asked.Customer, null, TicketKind.PrivacyRequest, "privacy:" + TicketWords.Of(asked.Kind), ChannelOf(asked.Route), text,
            asked.By)
        {
            Key = asked.Key,
        });
        return answer.Refusal is { } refusal ? new PrivacyAnswer(null, refusal)
            : await KeepAsync(asked, Fresh(asked) with { Ticket = answer.Ticket!.Number.ToString() }, null);
    }

    private Task<PrivacyAnswer> KeepAsync(AskPrivacy asked, PrivacyRequest request, Action<DbConnection, DbTransaction>? also) =>
        house.WriteAsync((connection, transaction) =>
        {
            if (PrivacyShelf.Of(connection, transaction, asked.Customer, asked.Key) is { } before)
            {
                return new PrivacyAnswer(before, null);
            }

            also?.Invoke(connection, transaction);
            PrivacyShelf.Add(connection, transaction, request, asked.Key);
            return new PrivacyAnswer(PrivacyShelf.Of(connection, asked.Customer, transaction)[0], null);
        });

    private Task<PrivacyAnswer> PutAsync(PrivacyRequest request, Action<DbConnection, DbTransaction>? also = null) =>
        house.WriteAsync((connection, transaction) =>
        {
            if (!PrivacyShelf.Put(connection, transaction, request))
            {
                return new PrivacyAnswer(request, new PrivacyRequestDecided());
            }

            also?.Invoke(connection, transaction);
            return new PrivacyAnswer(request, null);
        });

    private PrivacyRequest Done(AskPrivacy asked) =>
        Fresh(asked) with { State = PrivacyState.Done, Outcome = "done", DecidedAt = Now(), DecidedBy = "house" };

    private PrivacyRequest Fresh(AskPrivacy asked) => new()
    {
        Customer = asked.Customer, Kind = asked.Kind, Route = asked.Route, Receipt = Shown(RandomNumberGenerator.GetString(Signs, Length)),
        AskedAt = Now(),
    };

    private static string Shown(string signs) => string.Join('-', signs.Chunk(4).Select(part => new string(part)));

    private static TicketChannel ChannelOf(PrivacyRoute route) => route switch
    {
        PrivacyRoute.App or PrivacyRoute.Api => TicketChannel.App,
        PrivacyRoute.Phone => TicketChannel.Phone,
        PrivacyRoute.Letter => TicketChannel.Letter,
        _ => throw new ArgumentOutOfRangeException(nameof(route)),
    };

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds() * 1000;
}
