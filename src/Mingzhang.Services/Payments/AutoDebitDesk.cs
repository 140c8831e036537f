using System.Globalization;
using Mingzhang.Channel;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Loans;
using Mingzhang.Domain.Permissions;
using Mingzhang.Domain.Repayment;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Services.Reading;

namespace Mingzhang.Services.Payments;

/// <summary>
/// Collects what fell due from the borrower's sources: one after the other in the borrower's order, what one does not give is asked of
/// the next, in several attempts on the due day. The next source is asked only when the outcome of the one before is known, and what the
/// borrower paid in between is not collected (decision 0021). So are payments that the borrower planned for a day.
/// </summary>
public sealed class AutoDebitDesk(
    CreditHouse house, AccountReader reader, TransferDesk transfers, MandateDesk mandates, AutoDebitOptions options, TimeProvider time,
    Func<CustomerId, string?>? chosen = null)
{
    private const int Page = 200;
    private const int LongestId = 64;

    // A house that stood still collects late; what is older than this the borrower has long been told of.
    private const int DaysLate = 3;

    private const string Card = "bank-card";

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    /// <summary>The latest of an account.</summary>
    public IReadOnlyList<AutoDebit> Of(AccountId account, int most)
    {
        using var connection = house.OpenReadOnly();
        return AutoDebitShelf.Of(connection, account, most);
    }

    /// <summary>Goes on with what waits; returns how many.</summary>
    public async Task<int> GoOnAsync(CancellationToken cancel)
    {
        IReadOnlyList<AutoDebit> due;
        using (var connection = house.OpenReadOnly())
        {
            due = AutoDebitShelf.Due(connection, Now(), house.BusinessDate, Page);
        }

        foreach (var one in due)
        {
            cancel.ThrowIfCancellationRequested();
            var next = await StepAsync(one, cancel);
            await house.WriteAsync((connection, transaction) => AutoDebitShelf.Put(connection, transaction, next));
        }

        return due.Count;
    }

    /// <summary>One step: what became of the transfer under way, or the next source, or the next attempt.</summary>
    private async Task<AutoDebit> StepAsync(AutoDebit one, CancellationToken cancel)
    {
        if (one.Transfer.Length > 0)
        {
            return transfers.Find(one.Transfer) is { IsOver: false } ? one with { NextAt = In(Look) } : await LearnedAsync(one);
        }

        if (await reader.GlanceAsync(one.Account) is not { } view)
        {
            return one with { State = AutoDebitState.Stopped, NextAt = 0 };
        }

        one = one.Rule is null ? one : Planned(one, view);
        var left = Math.Min(one.Amount - one.Collected, Owed(view, one));
        var sources = one.Rule is null ? [.. view.State.AutoRepaySources] : one.Sources;
        return (left, sources.Count) switch
        {
            ( <= 0, _) => one with { State = AutoDebitState.Done, NextAt = 0 },
            (_, 0) => one with { State = AutoDebitState.Stopped, NextAt = 0 },
            _ when one.Rule is null && IsAway(view) => one with { State = AutoDebitState.Stopped, NextAt = 0 },
            _ when one.Attempt == 0 && view.Today > one.DueOn.AddDays(DaysLate) => one with { State = AutoDebitState.GivenUp, NextAt = 0 },
            _ when one.Source >= sources.Count => NextAttempt(one, view.Today),
            _ => await AskAsync(one, view, sources[one.Source], left, cancel),
        };
    }

    /// <summary>How much a planned payment is, found out once, on its day.</summary>
    private static AutoDebit Planned(AutoDebit one, AccountView view)
    {
        var minimum = view.State.LatestBill()?.Shortfall.MinorUnits ?? 0;
        return one.Rule switch
        {
            _ when one.Amount > 0 => one,
            PlannedRule.Bill => one with { Amount = view.Billed.MinorUnits },
            PlannedRule.Minimum => one with { Amount = Math.Min(minimum, view.Payable.MinorUnits) },
            _ => one with { Amount = view.Payable.MinorUnits },
        };
    }

    private async Task<AutoDebit> LearnedAsync(AutoDebit one)
    {
        var transfer = transfers.Find(one.Transfer);
        if (transfer is { State: TransferState.Failed, Reason: TransferReasons.NoMandate })
        {
            await mandates.EndedAtBankAsync(one.Account, transfer.Token);
        }

        var moved = transfer is { State: TransferState.Done } done ? done.Moved : 0;
        return one with { Collected = one.Collected + moved, Source = one.Source + 1, Transfer = "", NextAt = Now() };
    }

    /// <summary>A day on which the house stood still has one attempt as soon as it runs again.</summary>
    private AutoDebit NextAttempt(AutoDebit one, DateOnly today)
    {
        var attempt = one.Attempt + 1;
        var most = one.Rule is null ? options.Hours.Count : 1;
        return attempt >= most || today > one.DueOn
            ? one with { Attempt = attempt, State = AutoDebitState.GivenUp, NextAt = 0 }
            : one with { Attempt = attempt, Source = 0, NextAt = At(one.DueOn, attempt) };
    }

    private async Task<AutoDebit> AskAsync(AutoDebit one, AccountView view, string source, long left, CancellationToken cancel)
    {
        // A live house begins at the first hour of the day.
        if (one is { Attempt: 0, Source: 0 } && view.Today == one.DueOn && At(one.DueOn, 0) is var first && first > Now())
        {
            return one with { NextAt = first };
        }

        if (TokenOf(view.State, source) is not { } token)
        {
            return one with { Source = one.Source + 1, NextAt = Now() };
        }

        // What was planned its borrower has confirmed; anything else needs a mandate for this bank account.
        var purpose = one.Rule is null ? TransferPurpose.AutoRepay : TransferPurpose.Repay;
        var mandate = one.Rule is null ? await mandates.InForceAsync(one.Account, token, cancel) : null;
        if (one.Rule is null && mandate is null)
        {
            return one with { Source = one.Source + 1, NextAt = Now() };
        }

        var subject = string.Create(CultureInfo.InvariantCulture, $"auto:{one.Subject}:{one.Attempt}:{one.Source}");
        subject = subject.Length <= LongestId ? subject : Transfer.NameOf(one.Account, purpose, subject);
        var id = Transfer.NameOf(one.Account, purpose, subject);
        if (transfers.Find(id) is { State: not (TransferState.Asked or TransferState.Refused) })
        {
            return one with { Transfer = id, NextAt = Now() };
        }

        var amount = Money.Of(mandate is null ? left : Math.Min(left, mandate.Most), view.State.Currency);
        var (transfer, refusal) = await transfers.AskAsync(
            new Transfer
            {
                Id = id, Account = one.Account, Purpose = purpose, Subject = subject, Token = token, Source = SourceOf(one, source),
                Amount = transfers.Find(id)?.Amount ?? amount, Partly = true, Mandate = mandate?.Number ?? "",
                PayFor = one.Loan.Length > 0 ? new PayFor(one.Loan, default) : null,
            },
            new CommandEnvelope(
                one.Account, subject, new SubmitPayment(subject, transfers.Find(id)?.Amount ?? amount) { EffectiveOn = view.Today },
                one.Rule is null ? "system:auto-repay" : "system:planned"),
            cancel);
        return refusal is null
            ? one with { Transfer = transfer.Id, NextAt = Now() } : one with { Source = one.Source + 1, NextAt = Now() };
    }

    /// <summary>
    /// What is still due of it: of a loan its due rows, of a bill what was billed by it or before. A later bill is not due yet and is
    /// left alone.
    /// </summary>
    private static long Owed(AccountView view, AutoDebit one) => one.Rule is not null ? view.Payable.MinorUnits
        : one.Bill is { } issued
        ? view.State.Items.Sum(view.State.Currency, item => !item.Disputed && item.BilledOn is { } on && on <= issued
            ? item.Unpaid : Money.Zero(view.State.Currency)).MinorUnits
        : view.State.Loans.Find(loan => loan.Id == one.Loan) is { } owed ? view.State.DueNow(owed, view.Today).MinorUnits : 0;

    private static string SourceOf(AutoDebit one, string source) => one.Rule is null ? source : Card;

    private static bool IsAway(AccountView view) => view.State.Restrictions.Any(one =>
        one.Permissions.Any(away => away == Permission.AutoRepay) && (one.Until is not { } until || view.Today < until));

    /// <summary>The bank account behind a source: the card that payments use, or the token itself.</summary>
    private string? TokenOf(AccountState state, string source) =>
        source == Card ? chosen?.Invoke(state.Id.Customer) ?? state.Card?.Token : source;

    private long At(DateOnly day, int attempt) => options.Spacing is { } spacing
        ? attempt == 0 ? 0 : In(spacing)
        : new DateTimeOffset(day.ToDateTime(options.Hours[attempt]), China).ToUnixTimeMilliseconds() * 1000;

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds() * 1000;

    private long In(TimeSpan span) => Now() + (long)(span.TotalMilliseconds * 1000);
}
