using Dapper;
using Mingzhang.Domain.Ledger;
using Mingzhang.Store;
using Mingzhang.Web.Api.Routes;

namespace Mingzhang.Web.Api.Resources;

/// <summary>One ledger account of the trial balance, minor units.</summary>
internal sealed record TrialBalanceLine(
    int Number, LedgerAccount Ledger, string Currency, long DebitMinor, long CreditMinor, long BalanceMinor);

/// <summary>The trial balance: debits and credits by ledger account, and what they differ by (zero).</summary>
internal sealed record TrialBalanceAnswer(DateOnly On, long DifferenceMinor, IReadOnlyList<TrialBalanceLine> Lines);

/// <summary>A day the books are open for.</summary>
internal sealed record BusinessDateAnswer(DateOnly BusinessDate, bool Sandbox);

/// <summary>Figures of the whole house.</summary>
internal static class LedgerApi
{
    private const string Balance =
        "SELECT ledger AS Ledger, currency AS Currency, CAST(SUM(debit) AS BIGINT) AS Debit, "
        + "CAST(SUM(credit) AS BIGINT) AS Credit FROM ledger_day "
        + "WHERE partition_id BETWEEN 0 AND 1023 AND booked_on <= @on GROUP BY ledger, currency ORDER BY ledger, currency";

    public static void Map(ApiRoutes api)
    {
        api.House<object?, BusinessDateAnswer>(
            "/v1/business-date", "get-business-date", ApiScopes.AnyKey, "The day the books are open for.", _ => null,
            (call, _) => Task.FromResult<ApiResult<BusinessDateAnswer>>(
                new BusinessDateAnswer(call.House.BusinessDate, call.House.IsSandbox)));
        api.House<DateOnly?, TrialBalanceAnswer>(
            "/v1/ledger/trial-balance", "get-trial-balance", ApiScopes.LedgerRead, "The trial balance up to a day.",
            q => q.OptionalDate("on", "Booked up to this day; default: all."), TrialBalanceAsync);
    }

    private static async Task<ApiResult<TrialBalanceAnswer>> TrialBalanceAsync(ApiCall call, DateOnly? on)
    {
        await call.House.CatchUpFollowersAsync(call.Http.RequestAborted);
        var day = on ?? DateOnly.MaxValue;
        using var connection = call.House.OpenReadOnly();
        var lines = connection.Query<Row>(Balance, new { on = day.ToStored() })
            .Select(row => new TrialBalanceLine(
                (int)row.Ledger, (LedgerAccount)row.Ledger, row.Currency, row.Debit, row.Credit, row.Debit - row.Credit)).ToList();
        return new TrialBalanceAnswer(on ?? call.House.BusinessDate, lines.Sum(line => line.BalanceMinor), lines);
    }

    // Named, because columns of an empty sum have no types to choose a constructor by.
    [method: ExplicitConstructor]
    private sealed record Row(long Ledger, string Currency, long Debit, long Credit);
}
