using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Loans;
using Mingzhang.Domain.Repayment;
using Mingzhang.Domain.Values;
using Mingzhang.Services.Payments;
using Mingzhang.Services.Reconciliation;
using Mingzhang.Web.Api.Fields;
using Mingzhang.Web.Api.Routes;

namespace Mingzhang.Web.Api.Resources;

/// <summary>A step of a transfer.</summary>
internal sealed record TransferStepAnswer(int Number, string At, string Step, string Detail);

/// <summary>Money on its way; amounts in minor units.</summary>
internal sealed record TransferAnswerSheet(
    string Id, string Purpose, string Subject, string Source, long AmountMinor, string Currency, string State, bool Over, bool Booked,
    long MovedMinor, string Reference, string Reason, DateOnly AskedOn, DateOnly? MovedOn, IReadOnlyList<TransferStepAnswer> Steps);

/// <summary>An automatic collection; amounts in minor units, attempts and sources that are over.</summary>
internal sealed record AutoDebitAnswer(
    string Subject, DateOnly DueOn, long AmountMinor, long CollectedMinor, int Attempts, int Sources, AutoDebitState State,
    string TransferId);

/// <summary>Where the house and a settlement file differ.</summary>
internal sealed record BreakAnswer(
    DateOnly Day, string Kind, string TransferId, string? Account, long OursMinor, long TheirsMinor, string Detail, string Status,
    string Owner, string Note, DateOnly FoundOn, DateOnly? EndedOn);

/// <summary>Money the house moves itself through its bank, and what its settlement files say.</summary>
internal static class TransfersApi
{
    private const int Most = 200;

    public static void Map(ApiRoutes api)
    {
        api.Account<object?, IReadOnlyList<TransferAnswerSheet>>(
            "/transfers", "list-transfers", "Money the house collected or paid out through its bank, latest first, with every step.",
            _ => null, (account, _) =>
            {
                var desk = account.Call.Http.RequestServices.GetRequiredService<TransferDesk>();
                return desk.Of(account.State.Id, Most).Select(transfer => Sheet(transfer, desk)).ToList();
            });
        api.House<object?, IReadOnlyList<TimesTaken>>(
            "/v1/transfer-times", "get-transfer-times", ApiScopes.AnyKey,
            "How long repaying and paying out took: median and 95th percentile of the latest transfers by purpose, in milliseconds.",
            _ => null, (call, _) => Task.FromResult<ApiResult<IReadOnlyList<TimesTaken>>>(new TransferTimes(call.House).Of().ToList()));
        api.Account<object?, IReadOnlyList<AutoDebitAnswer>>(
            "/auto-debits", "list-auto-debits",
            "What was or is collected automatically, latest due day first: so much of it, from so many sources in so many attempts.",
            _ => null, (account, _) => account.Call.Http.RequestServices.GetRequiredService<AutoDebitDesk>().Of(account.State.Id, Most)
                .Select(one => new AutoDebitAnswer(
                    one.Subject, one.DueOn, one.Amount, one.Collected, one.Attempt, one.Source, one.State, one.Transfer)).ToList());
        api.Manage<(string Id, long Amount, string? Loan, EarlyMode Early), TransferAnswerSheet>(
            new RouteSpec(
                "POST", "/v1/accounts/{accountId}/transfers", "collect-repayment", ApiScopes.PaymentsWrite,
                "Collect a repayment from the customer's bank card. The answer says how far it is; list-transfers says how it went on.")
            {
                Success = 201, Example = """{"repaymentId":"pay-1","amountMinor":50000}""",
            },
            f => (f.Id("repaymentId", "The repayment's id, given by the caller."), f.Amount("amountMinor", "Amount in minor units."),
                f.OptionalId("loanId", "The loan it pays; none = the product's order."),
                f.OptionalChoice<EarlyMode>("early", "What money beyond what is due does to a loan's rows: shorten or lower.") ?? default),
            CollectAsync);
        api.House<bool?, IReadOnlyList<BreakAnswer>>(
            "/v1/settlement/breaks", "list-settlement-breaks", ApiScopes.LedgerRead,
            "Where the house and the bank's settlement files differ, latest day first.",
            q => q.OptionalYesNo("open", "true: only those that wait for staff."),
            (call, open) => Task.FromResult<ApiResult<IReadOnlyList<BreakAnswer>>>(
                call.Http.RequestServices.GetRequiredService<Reconciler>().Breaks(open == true, Most).Select(Sheet).ToList()));
    }

    private static async Task<ApiResult<TransferAnswerSheet>> CollectAsync(
        ApiCall call, (string Id, long Amount, string? Loan, EarlyMode Early) asked)
    {
        if (await call.FindAsync(call.Path("accountId")) is not { } state)
        {
            return Problems.NoAccount;
        }

        var repayment = new ReceiveRepayment(
            asked.Id, [new RepaymentSource("bank-card", Money.Of(asked.Amount, state.Currency))],
            asked.Loan is null ? null : new DebtName(null, null, null, asked.Loan), Actor.Borrower)
        {
            EffectiveOn = call.House.BusinessDateOf(state.Id), Early = asked.Early,
        };
        var (transfer, refusal) = await call.Http.RequestServices.GetRequiredService<MoneyDesk>()
            .CollectAsync(state, repayment, "collect:" + asked.Id, call.Caller.Actor);
        return refusal is not null ? Problems.Of(refusal)
            : Sheet(transfer!, call.Http.RequestServices.GetRequiredService<TransferDesk>());
    }

    internal static TransferAnswerSheet Sheet(Transfer t, TransferDesk desk) => new(
        t.Id, TransferWords.Of(t.Purpose), t.Subject, t.Source, t.Amount.MinorUnits, t.Amount.Currency.ToString(),
        TransferWords.Of(t.State), t.IsOver, t.Booked, t.Moved, t.Reference, t.Reason, t.AskedOn, t.MovedOn,
        [.. desk.Steps(t.Id).Select(step => new TransferStepAnswer(step.Number, At(step.At), step.Step, step.Detail))]);

    private static BreakAnswer Sheet(SettlementBreak one) => new(
        one.Day, one.Kind, one.TransferId, one.Account?.ToString(), one.Ours, one.Theirs, one.Detail, one.Status, one.Owner, one.Note,
        one.FoundOn, one.EndedOn);

    private static string At(long micros) => DateTimeOffset.FromUnixTimeMilliseconds(micros / 1000)
        .ToString("yyyy-MM-ddTHH:mm:ss.fffZ", System.Globalization.CultureInfo.InvariantCulture);
}
