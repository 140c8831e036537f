using Mingzhang.Domain.Lenders;
using Mingzhang.Domain.Loans;
using Mingzhang.Domain.Values;
using Mingzhang.Services.Lenders;
using Mingzhang.Web.Api.Routes;

namespace Mingzhang.Web.Api.Resources;

/// <summary>One loan of an account, or its line, by lender.</summary>
/// <param name="LoanId">The loan; (line) for what a line funded by lenders owes outside of loans and plans.</param>
/// <param name="Product">Its product.</param>
/// <param name="Lenders">The shares fixed when it began.</param>
/// <param name="Balances">Each lender's balances; ledger null is its clearing.</param>
internal sealed record LoanByLender(string LoanId, string Product, ValueList<LenderShare> Lenders, IReadOnlyList<LenderLine> Balances);

/// <summary>An account's loans by lender, and every lender's part of every event.</summary>
internal sealed record LenderLedgerAnswer(IReadOnlyList<LoanByLender> Loans, IReadOnlyList<LenderEntry> Entries);

/// <summary>What each lender has.</summary>
internal static class LendersApi
{
    public static void Map(ApiRoutes api)
    {
        api.House<long?, LenderReport>(
            "/v1/ledger/lenders", "get-lenders", ApiScopes.LedgerRead,
            "Trial balance by lender, holdings, and how the rules on lending together are kept.",
            q => q.OptionalWhole(
                "tierOneMinor", "Tier-1 net capital in minor units, for the rule on one partner.", 1, 1_000_000_000_000_000),
            async (call, tierOne) =>
                await new LenderReader(call.House).ReportAsync(Currency.Cny, tierOne, call.Http.RequestAborted));
        api.Account<object?, LenderLedgerAnswer>(
            "/lender-ledger", "get-lender-ledger",
            "The account's shared loans and its shared line by lender, entry by entry, equal to the fen.", _ => null,
            (account, _) => Of(AccountBooks.Of(account.History, account.House.Terms)));
    }

    private static LenderLedgerAnswer Of(AccountBooks books) => new(
        [.. books.Loans.Where(loan => loan.IsShared).Select(loan => new LoanByLender(
            loan.Id, loan.Product, loan.Lenders, [.. loan.Split().Where(line => line.Minor != 0)]))],
        books.Entries);
}
