using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Opening;
using Mingzhang.Domain.Values;
using Mingzhang.Web.Api.Routes;

namespace Mingzhang.Web.Api.Resources;

/// <summary>One account.</summary>
/// <param name="Account">Its number.</param>
/// <param name="Product">Product code.</param>
/// <param name="TermsVersion">Version it runs under.</param>
/// <param name="OpenedOn">First opened.</param>
/// <param name="Lifecycle">Where it is, with the dates of a closing.</param>
/// <param name="StatementDay">Day of the month of statements.</param>
/// <param name="DueDay">Day of the month on which they are due.</param>
/// <param name="NextStatementOn">The next statement.</param>
/// <param name="AutoRepaySources">Automatic repayment; empty = off.</param>
/// <param name="LinkedServices">Services that use the line.</param>
/// <param name="Consents">Consents in force.</param>
/// <param name="Version">Journal rows so far.</param>
/// <param name="Figures">Its figures.</param>
internal sealed record AccountAnswer(
    AccountId Account, string Product, int TermsVersion, DateOnly OpenedOn, Lifecycle Lifecycle, int StatementDay, int DueDay,
        DateOnly? NextStatementOn,
    ValueList<string> AutoRepaySources, ValueList<string> LinkedServices, ValueList<Consent> Consents, long Version, Figures Figures)
{
    /// <summary>The answer for a state.</summary>
    public static AccountAnswer Of(AccountState state, Figures figures) => new(
        state.Id, state.Product, state.Terms.Version, state.OpenedOn, state.Lifecycle, state.Cycle.StatementDay, state.Cycle.DueDay,
        state.Cycle.NextStatementOn == DateOnly.MaxValue ? null : state.Cycle.NextStatementOn,
        state.AutoRepaySources, state.LinkedServices, state.Consents, state.Version, figures);
}

/// <summary>Lists and shows accounts, also as they were.</summary>
internal static class AccountsApi
{
    public static void Map(ApiRoutes api)
    {
        api.House<AccountQuery, Page<AccountLine>>(
            "/v1/accounts", "list-accounts", ApiScopes.AccountsRead, "List accounts, page by page.",
            q => new AccountQuery(
                PageQuery.Read(q, "accounts"), q.OptionalChoice<AccountStatus>("status", "Where they are."),
                q.OptionalYesNo("overdue", "true: only overdue ones."), q.OptionalId("product", "Product code.")),
            async (call, query) => await AccountList.ReadAsync(call.House, call.Caller, query));
        api.Account<object?, AccountAnswer>(
            "", "get-account", "One account with its figures today.", _ => null,
            (account, _) => AccountAnswer.Of(account.State, Figures.Of(account.State, account.Terms, account.Today)));
        api.Account<(DateOnly On, DateOnly? Known), AccountAnswer>(
            "/as-of", "get-account-as-of", "The account as it was on a day, by what was known on another.",
            q => (q.Date("on", "As it was on this day."), q.OptionalDate("known", "By what was known on this day; default: today.")),
            (account, query) => AsOf(account, query.On, query.Known ?? account.Today));
    }

    private static ApiResult<AccountAnswer> AsOf(AccountCall account, DateOnly on, DateOnly known)
    {
        var errors = new List<FieldError>();
        if (on > account.Today || on < account.State.OpenedOn)
        {
            errors.Add(Fields.Rules.DateBetween("on", account.State.OpenedOn, account.Today));
        }

        if (known > account.Today)
        {
            errors.Add(Fields.Rules.DateBetween("known", account.State.OpenedOn, account.Today));
        }

        if (errors.Count > 0)
        {
            return Problems.Of(errors);
        }

        if (account.House.AsOf(account.Id, on, known) is not { Lifecycle: not NotOpened } state)
        {
            return Problems.NoAccount;
        }

        var terms = account.House.Terms.Find(state.Product, state.Terms.Version)!;
        return AccountAnswer.Of(state, Figures.Of(state, terms, on));
    }
}
