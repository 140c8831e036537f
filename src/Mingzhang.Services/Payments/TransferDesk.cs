using Mingzhang.Channel;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Repayment;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;

namespace Mingzhang.Services.Payments;

/// <summary>
/// Moves money. A transfer is written down before the ledger knows of it, the ledger knows of it before the bank is asked, and that it may
/// have been sent is on disk before it is: so whatever stops in between, what happened can be found out, and nothing is sent a second time
/// under another name (decision 0021).
/// </summary>
public sealed class TransferDesk(CreditHouse house, IPaymentChannel channel, PaymentOptions options, TimeProvider time)
{
    private const int Page = 200;
    private const int MostQuestions = 10;
    private const int SeveralTimes = 3;

    /// <summary>Whether money can be moved here at all.</summary>
    public bool IsSetUp => channel.IsSetUp;

    /// <summary>
    /// Asks for a transfer and goes as far with it as possible at once. Doing it again with the same subject finds the same transfer.
    /// </summary>
    /// <param name="asked">What is to be moved.</param>
    /// <param name="fact">What the ledger is told first: the payment sent, or the loan asked for. It refuses: nothing is sent.</param>
    /// <param name="cancel">Stops waiting; the transfer goes on.</param>
    public async Task<(Transfer Transfer, Refusal? Refusal)> AskAsync(Transfer asked, CommandEnvelope fact, CancellationToken cancel)
    {
        var transfer = asked with { AskedOn = house.BusinessDateOf(asked.Account), AskedAt = Now(), NextAt = In(options.Hold) };
        var known = await house.WriteAsync((connection, transaction) =>
        {
            if (!TransferShelf.Add(connection, transaction, transfer))
            {
                return TransferShelf.Find(connection, transfer.Id, transaction);
            }

            TransferShelf.Step(connection, transaction, transfer, Now(), "asked", "");
            return null;
        });
        if (known is not null && (known.Amount != asked.Amount || known.Token != asked.Token))
        {
            return (known, new KeyReusedWithOtherContent(asked.Subject));
        }

        if (known is { State: TransferState.Refused })
        {
            await ChangeAsync(known.Id, again => again.State == TransferState.Refused
                ? new Change(again with { State = TransferState.Asked, Reason = "", NextAt = In(options.Hold) }, "asked") : null);
        }
        else if (known is { State: not TransferState.Asked })
        {
            return (known, null);
        }

        var answer = await house.SubmitAsync(fact, cancel);
        if (answer.Refusal is { } refusal)
        {
            return (await RefuseAsync(transfer.Id, refusal.Code.Name), refusal);
        }

        return (await SendAsync(transfer.Id, cancel), null);
    }

    /// <summary>Goes on with what waits; returns how many.</summary>
    public async Task<int> GoOnAsync(CancellationToken cancel)
    {
        IReadOnlyList<Transfer> due;
        using (var connection = house.OpenReadOnly())
        {
            due = TransferShelf.Due(connection, Now(), Page);
        }

        await Parallel.ForEachAsync(
            due, new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = cancel },
            async (transfer, token) => await GoOnAsync(transfer, token));
        return due.Count;
    }

    /// <summary>Takes in what the bank says by itself. False: the house has no such transfer.</summary>
    public async Task<bool> HearAsync(TransferAnswer answer)
    {
        if (Find(answer.Id) is null)
        {
            return false;
        }

        await LearnAsync(answer.Id, answer);
        return true;
    }

    /// <summary>Asks the bank about one, whatever was known, a few times if need be; null when it does not answer.</summary>
    public async Task<Transfer?> AskAgainAsync(string id, CancellationToken cancel)
    {
        for (var tried = 0; tried < MostQuestions; tried++)
        {
            if (await channel.QueryAsync(id, cancel) is { } answer)
            {
                return await LearnAsync(id, answer);
            }
        }

        return null;
    }

    /// <summary>How many the bank has been asked about several times without an answer.</summary>
    public long Unanswered()
    {
        using var connection = house.OpenReadOnly();
        return TransferShelf.Unanswered(connection, SeveralTimes);
    }

    /// <summary>One, or null.</summary>
    public Transfer? Find(string id)
    {
        using var connection = house.OpenReadOnly();
        return TransferShelf.Find(connection, id);
    }

    /// <summary>The latest of an account.</summary>
    public IReadOnlyList<Transfer> Of(AccountId account, int most)
    {
        using var connection = house.OpenReadOnly();
        return TransferShelf.Of(connection, account, most);
    }

    /// <summary>What happened to one, in order.</summary>
    public IReadOnlyList<TransferStep> Steps(string id)
    {
        using var connection = house.OpenReadOnly();
        return TransferShelf.Steps(connection, id);
    }

    private async Task GoOnAsync(Transfer transfer, CancellationToken cancel)
    {
        switch (transfer)
        {
            case { State: TransferState.Asked }:
                await ResumeAsync(transfer, cancel);
                break;
            case { State: TransferState.Sent }:
                var answer = await channel.QueryAsync(transfer.Id, cancel);
                if (answer is { Status: TransferStatus.Missing })
                {
                    // It never arrived: the same order again, under the same name; after several tries it is made void instead.
                    answer = transfer.Tries < options.QuestionsBeforeVoid
                        ? await channel.SendAsync(OrderOf(transfer), cancel) ?? answer : await channel.VoidAsync(transfer.Id, cancel);
                }

                await LearnAsync(transfer.Id, answer);
                break;
            default:
                await BookAsync(transfer);
                break;
        }
    }

    /// <summary>Something stopped between writing it down and sending: whether the ledger knows of it decides.</summary>
    private async Task ResumeAsync(Transfer transfer, CancellationToken cancel)
    {
        var state = await house.ReadAsync(transfer.Account);
        var known = state is not null && transfer.Purpose switch
        {
            TransferPurpose.PayOut => state.LoanRequests.Any(request => request.Fact.LoanId == transfer.Subject),
            TransferPurpose.PayBack => IsPaidBack(transfer),
            _ => state.PendingPayments.Any(payment => payment.RepaymentId == transfer.Subject && payment.FailedBecause is null),
        };
        if (known)
        {
            await SendAsync(transfer.Id, cancel);
        }
        else
        {
            await RefuseAsync(transfer.Id, "NEVER_BOOKED");
        }
    }

    private bool IsPaidBack(Transfer transfer) => house.History(transfer.Account).Any(entry => entry.Events.Any(
        happened => happened.Recorded is ReturnCreditBalance fact && fact.PayoutId == transfer.Subject));

    private async Task<Transfer> SendAsync(string id, CancellationToken cancel)
    {
        var (transfer, mine) = await ChangeAsync(id, transfer => transfer.State == TransferState.Asked
            ? new Change(transfer with { State = TransferState.Sent, NextAt = In(options.Hold) }, "sent") : null);
        if (!mine)
        {
            return transfer;
        }

        return await LearnAsync(id, await channel.SendAsync(OrderOf(transfer), cancel));
    }

    private TransferOrder OrderOf(Transfer transfer) => new(
        transfer.Id, transfer.Way, transfer.Token, transfer.Amount.MinorUnits, transfer.Amount.Currency.ToString(), transfer.Partly,
        transfer.AskedOn, options.NoticeTo)
    {
        Mandate = transfer.Mandate.Length > 0 ? transfer.Mandate : null,
    };

    private async Task<Transfer> LearnAsync(string id, TransferAnswer? answer)
    {
        var (transfer, _) = await ChangeAsync(id, transfer => Learned(transfer, answer));
        return transfer is { IsKnown: true, Booked: false } ? await BookAsync(transfer) : transfer;
    }

    /// <summary>What an answer makes of a transfer; null when it says nothing new.</summary>
    private Change? Learned(Transfer transfer, TransferAnswer? answer) => (transfer.State, answer?.Status) switch
    {
        (TransferState.Sent, null) => new(Later(transfer), "no-answer"),
        (TransferState.Sent, TransferStatus.Missing) => new(Later(transfer), "missing"),
        (TransferState.Sent, TransferStatus.Pending) => new(Later(transfer), "pending"),
        (TransferState.Sent or TransferState.Failed, TransferStatus.Done or TransferStatus.Returned) when !Agrees(transfer, answer!) =>
            new(transfer with { NextAt = 0 }, "contradiction", $"{answer!.AmountMinor}"),
        (TransferState.Sent or TransferState.Failed, TransferStatus.Done) =>
            new(Ended(transfer, TransferState.Done, answer!), "done", answer!.Reference),
        (TransferState.Sent, TransferStatus.Failed) => new(Ended(transfer, TransferState.Failed, answer!), "failed", answer!.Reason),
        (TransferState.Sent or TransferState.Done or TransferState.Failed, TransferStatus.Returned) =>
            new(Ended(transfer, TransferState.Returned, answer!), "returned", answer!.Reason),
        (TransferState.Done, TransferStatus.Failed) => new(transfer with { NextAt = 0 }, "contradiction", "failed"),
        _ => null,
    };

    private static bool Agrees(Transfer transfer, TransferAnswer answer) => answer.AmountMinor == transfer.Amount.MinorUnits
        || (transfer.Partly && answer.AmountMinor > 0 && answer.AmountMinor < transfer.Amount.MinorUnits);

    private Transfer Ended(Transfer transfer, TransferState state, TransferAnswer answer)
    {
        var today = house.BusinessDateOf(transfer.Account);
        var on = answer.On == default || answer.On > today ? today : answer.On < transfer.AskedOn ? transfer.AskedOn : answer.On;
        return transfer with
        {
            State = state,
            Booked = false,
            Moved = state == TransferState.Failed ? 0 : answer.AmountMinor,
            Reference = answer.Reference.Length > 0 ? answer.Reference : transfer.Reference,
            Reason = answer.Reason,
            MovedOn = state == TransferState.Failed ? null : transfer.MovedOn ?? on,
            KnownOn = today,
            NextAt = In(options.Hold),
        };
    }

    private Transfer Later(Transfer transfer)
    {
        var wait = options.FirstQuestion * Math.Pow(2, Math.Min(transfer.Tries, 20));
        return transfer with { Tries = transfer.Tries + 1, NextAt = In(wait < options.LongestWait ? wait : options.LongestWait) };
    }

    /// <summary>Tells the ledger, once whatever happens: each fact has a key of its own.</summary>
    private async Task<Transfer> BookAsync(Transfer transfer)
    {
        foreach (var (what, command) in TransferFacts.Of(transfer))
        {
            var answer = await house.SubmitAsync(new CommandEnvelope(
                transfer.Account, $"transfer:{transfer.Id}:{what}", command, "channel:bank"));
            if (answer.Refusal is { } refusal)
            {
                return (await ChangeAsync(transfer.Id, now => now.State == transfer.State && !now.Booked
                    ? new Change(now with { NextAt = 0 }, "ledger-refused", refusal.Code.Name) : null)).Transfer;
            }
        }

        return (await ChangeAsync(transfer.Id, now => now.State == transfer.State && !now.Booked
            ? new Change(now with { Booked = true, NextAt = 0 }, "booked") : null)).Transfer;
    }

    private async Task<Transfer> RefuseAsync(string id, string reason) => (await ChangeAsync(id, transfer =>
        transfer.State == TransferState.Asked
            ? new Change(transfer with { State = TransferState.Refused, Reason = reason, NextAt = 0 }, "refused", reason) : null)).Transfer;

    /// <summary>Changes a transfer as it stands, not as it was read; whether it was changed.</summary>
    private Task<(Transfer Transfer, bool Changed)> ChangeAsync(string id, Func<Transfer, Change?> change) =>
        house.WriteAsync((connection, transaction) =>
        {
            while (true)
            {
                var transfer = TransferShelf.Find(connection, id, transaction)
                    ?? throw new InvalidOperationException($"transfer {id} is gone");
                if (change(transfer) is not { } next)
                {
                    return (transfer, false);
                }

                if (TransferShelf.Put(connection, transaction, next.Transfer))
                {
                    TransferShelf.Step(connection, transaction, transfer, Now(), next.Step, next.Detail);
                    return (next.Transfer with { Version = transfer.Version + 1 }, true);
                }
            }
        });

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds() * 1000;

    private long In(TimeSpan span) => Now() + (long)(span.TotalMilliseconds * 1000);

    private sealed record Change(Transfer Transfer, string Step, string Detail = "");
}
