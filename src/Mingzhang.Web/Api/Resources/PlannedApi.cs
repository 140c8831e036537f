using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Repayment;
using Mingzhang.Domain.Values;
using Mingzhang.Services.Bureau;
using Mingzhang.Services.Payments;
using Mingzhang.Services.People;
using Mingzhang.Web.Api.Fields;
using Mingzhang.Web.Api.Routes;

namespace Mingzhang.Web.Api.Resources;

/// <summary>A payment for a day to come; amounts in minor units, the amount 0 until its day when it follows from the account.</summary>
internal sealed record PlannedAnswer(
    string PlannedId, DateOnly On, PlannedRule Rule, long AmountMinor, long CollectedMinor, AutoDebitState State, string TransferId);

/// <summary>An agreement that a bank card may be debited automatically; minor units.</summary>
internal sealed record MandateAnswer(
    string Number, long MostMinor, DateOnly AgreedOn, string TextVersion, DateOnly? EndedOn, string EndedBy, bool KnownToBank);

/// <summary>One month at the credit bureau; the balance in minor units.</summary>
internal sealed record BureauMonthAnswer(DateOnly Month, string Status, long BalanceMinor);

/// <summary>Planned payments, mandates, credit balances that go back, and the record for the credit bureau.</summary>
internal static class PlannedApi
{
    private const int Most = 200;

    public static void Map(ApiRoutes api)
    {
        Reads(api);
        api.Manage<(string Id, DateOnly? On, PlannedRule Rule, long? Amount), PlannedAnswer>(
            new RouteSpec(
                "POST", "/v1/accounts/{accountId}/planned-payments", "plan-payment", ApiScopes.PaymentsWrite,
                "Plan a payment from the customer's bank card for a day; how much is found out on that day, never more than is owed.")
            {
                Success = 201, Example = """{"plannedId":"plan-1","rule":"sum","amountMinor":50000}""",
            },
            f => (f.Id("plannedId", "The planned payment's id, given by the caller."),
                f.OptionalDate("on", "The day; none = the business day."),
                f.OptionalChoice<PlannedRule>("rule", "sum, bill, minimum or all; none = sum.") ?? PlannedRule.Sum,
                f.OptionalAmount("amountMinor", "With sum: how much, minor units.")),
            PlanAsync);
        api.Manage<string, PlannedAnswer>(
            new RouteSpec(
                "POST", "/v1/accounts/{accountId}/planned-payments/cancellation", "cancel-planned-payment", ApiScopes.PaymentsWrite,
                "Call a planned payment off that has not begun.")
            {
                Example = """{"plannedId":"plan-1"}""",
            },
            f => f.Id("plannedId", "The planned payment's id."), CancelAsync);
        api.Manage<(string Id, long Amount), TransferAnswerSheet>(
            new RouteSpec(
                "POST", "/v1/accounts/{accountId}/credit-payouts", "pay-credit-back", ApiScopes.PaymentsWrite,
                "Pay a credit balance back to the customer's bank card; what does not reach the customer comes in again.")
            {
                Success = 201, Example = """{"payoutId":"back-1","amountMinor":1234}""",
            },
            f => (f.Id("payoutId", "The payout's id, given by the caller."), f.Amount("amountMinor", "Minor units.")), PayBackAsync);
    }

    private static void Reads(ApiRoutes api)
    {
        api.Account<object?, IReadOnlyList<PlannedAnswer>>(
            "/planned-payments", "list-planned-payments", "Payments planned for a day, latest day first.", _ => null,
            (account, _) => Desk<PlannedDesk>(account.Call).Of(account.State.Id, Most).Select(Sheet).ToList());
        api.Account<object?, IReadOnlyList<MandateAnswer>>(
            "/mandates", "list-mandates", "Agreements that bank cards may be debited automatically, ended ones included.", _ => null,
            (account, _) => Desk<MandateDesk>(account.Call).Of(account.State.Id).Select(one => new MandateAnswer(
                one.Number, one.Most, one.AgreedOn, one.TextVersion, one.EndedOn, one.EndedBy, one.Registered)).ToList());
        api.Account<object?, IReadOnlyList<BureauMonthAnswer>>(
            "/bureau-record", "get-bureau-record", "What the credit bureau is told of the account, a line a month, latest first.",
            _ => null, (account, _) => Desk<BureauReader>(account.Call).Of(account.State.Id)
                .Select(one => new BureauMonthAnswer(one.Month, one.Status.ToString(), one.BalanceMinor)).ToList());
    }

    private static async Task<ApiResult<PlannedAnswer>> PlanAsync(
        ApiCall call, (string Id, DateOnly? On, PlannedRule Rule, long? Amount) asked)
    {
        if (await call.FindAsync(call.Path("accountId")) is not { } state)
        {
            return Problems.NoAccount;
        }

        if (asked is { Rule: PlannedRule.Sum, Amount: null })
        {
            return Problems.Of(new AmountNotPositive(Money.Zero(state.Currency)));
        }

        var token = Desk<CardShelf>(call).DefaultOf(state.Id.Customer)?.Token ?? state.Card?.Token;
        var desk = Desk<PlannedDesk>(call);
        var refusal = await desk.PlanAsync(state.Id, new PlannedPayment(
            asked.Id, asked.On ?? call.House.BusinessDateOf(state.Id), asked.Rule, asked.Amount ?? 0, token is null ? [] : [token]));
        return refusal is not null ? Problems.Of(refusal) : Sheet(desk.Of(state.Id, Most).First(one => PlannedDesk.IdOf(one) == asked.Id));
    }

    private static async Task<ApiResult<PlannedAnswer>> CancelAsync(ApiCall call, string id)
    {
        if (await call.FindAsync(call.Path("accountId")) is not { } state)
        {
            return Problems.NoAccount;
        }

        var desk = Desk<PlannedDesk>(call);
        return await desk.CancelAsync(state.Id, id) is { } refusal
            ? Problems.Of(refusal) : Sheet(desk.Of(state.Id, Most).First(one => PlannedDesk.IdOf(one) == id));
    }

    private static async Task<ApiResult<TransferAnswerSheet>> PayBackAsync(ApiCall call, (string Id, long Amount) asked)
    {
        if (await call.FindAsync(call.Path("accountId")) is not { } state)
        {
            return Problems.NoAccount;
        }

        var payout = new ReturnCreditBalance(asked.Id, Money.Of(asked.Amount, state.Currency))
        {
            EffectiveOn = call.House.BusinessDateOf(state.Id),
        };
        var (transfer, refusal) = await Desk<MoneyDesk>(call).PayBackAsync(state, payout, "payout:" + asked.Id, call.Caller.Actor);
        return refusal is not null ? Problems.Of(refusal) : TransfersApi.Sheet(transfer!, Desk<TransferDesk>(call));
    }

    private static PlannedAnswer Sheet(AutoDebit one) => new(
        PlannedDesk.IdOf(one), one.DueOn, one.Rule ?? default, one.Amount, one.Collected, one.State, one.Transfer);

    private static T Desk<T>(ApiCall call)
        where T : notnull => call.Http.RequestServices.GetRequiredService<T>();
}
