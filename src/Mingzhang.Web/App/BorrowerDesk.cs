using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Components;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Loans;
using Mingzhang.Domain.Products;
using Mingzhang.Domain.Repayment;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Services.Payments;
using Mingzhang.Services.People;
using Mingzhang.Services.Reading;
using Mingzhang.Services.Wording;
using Mingzhang.Web.Identity;
using Mingzhang.Web.Identity.Keys;
using Mingzhang.Web.Texts;
using Mingzhang.Web.Ui;

namespace Mingzhang.Web.App;

/// <summary>A borrower who is logged in, with the account.</summary>
/// <param name="Person">Who.</param>
/// <param name="Account">The account as it stands.</param>
/// <param name="Notice">What the page says first.</param>
public sealed record BorrowerVisit(Person Person, AccountView Account, PageNotice? Notice)
{
    /// <summary>The last four digits of the card that payments use; null without one.</summary>
    public string? CardTail { get; init; }

    /// <summary>All accounts of the customer, by the numbers of their products; one is shown.</summary>
    public IReadOnlyList<AccountChoice> Accounts { get; init; } = [];
}

/// <summary>An account of the customer to choose.</summary>
/// <param name="Account">Which.</param>
/// <param name="Name">The product's name.</param>
/// <param name="IsShown">Whether the page shows it.</param>
public sealed record AccountChoice(AccountId Account, LocalText Name, bool IsShown);

/// <summary>Serves a borrower: finds the account, submits commands, shows pages.</summary>
public sealed class BorrowerDesk(
    CreditHouse house, AccountReader reader, PersonShelf people, CardShelf cards, StepUp stepUp, MoneyDesk money, ChosenAccount chosen,
    Speech speech)
{
    /// <summary>The visit of a request; null when the customer has no account, or not the one that the form names.</summary>
    public async Task<BorrowerVisit?> VisitAsync(HttpContext http)
    {
        var customer = CustomerOf(http);
        if (people.Find(customer) is not { } person)
        {
            return null;
        }

        var all = await AccountsAsync(customer);
        var (asked, byForm) = await chosen.AskedAsync(http);
        var wanted = all.Find(one => one.Account.ToString() == asked) ?? (byForm || all.Count == 0 ? null : all[0]);
        if (wanted is null || await reader.FindAsync(wanted.Account) is not { } account)
        {
            return null;
        }

        chosen.Shown = wanted.Account;
        return new BorrowerVisit(person, account, DoneNotice(http))
        {
            CardTail = cards.DefaultOf(customer)?.LastFour ?? account.State.Card?.LastFour,
            Accounts = [.. all.Select(one => one with { IsShown = one.Account == wanted.Account })],
        };
    }

    private async Task<List<AccountChoice>> AccountsAsync(CustomerId customer)
    {
        var found = new List<AccountChoice>();
        foreach (var terms in house.Terms.All.GroupBy(terms => terms.Slot).OrderBy(slot => slot.Key).Select(slot => slot.Last()))
        {
            var account = AccountId.Of(customer, terms.Slot);
            if (await house.ReadAsync(account) is { Lifecycle: not NotOpened })
            {
                found.Add(new AccountChoice(account, terms.Name, false));
            }
        }

        return found;
    }

    /// <summary>A page for the visit.</summary>
    public async Task<IResult> ShowAsync<TPage>(HttpContext http, Func<BorrowerVisit, Dictionary<string, object?>>? more = null)
        where TPage : IComponent =>
        await VisitAsync(http) is { } visit ? Show<TPage>(visit, more?.Invoke(visit)) : Results.NotFound();

    /// <summary>A page with its parameters.</summary>
    public static IResult Show<TPage>(BorrowerVisit visit, Dictionary<string, object?>? more = null, int status = 200)
        where TPage : IComponent
    {
        var parameters = more ?? [];
        parameters["Visit"] = visit;
        return new RazorComponentResult<TPage>(parameters) { StatusCode = status };
    }

    /// <summary>Asks for the PIN or a passkey; null when it fits, else what to say.</summary>
    public async Task<PageNotice?> AskPinAsync(BorrowerVisit visit, IFormCollection form) =>
        Said(await stepUp.AskAsync(form));

    /// <summary>Asks for the PIN and a second step when the person has one; null when they fit, else what to say.</summary>
    public async Task<PageNotice?> AskBothAsync(BorrowerVisit visit, IFormCollection form) => Said(await stepUp.AskBothAsync(form));

    private PageNotice? Said(StepUpAnswer answer) => answer switch
    {
        StepUpAnswer.Right => null,
        StepUpAnswer.WrongPin => new PageNotice(false, speech["pin.wrong"]),
        StepUpAnswer.LockedPin => new PageNotice(false, speech["pin.locked"]),
        StepUpAnswer.WrongPasskey => new PageNotice(false, speech["passkey.unfit"]),
        StepUpAnswer.SecondMissing => new PageNotice(false, speech["passkey.second-missing"]),
        _ => throw new InvalidOperationException("A sixth answer of the step-up."),
    };

    /// <summary>Submits a command under the form's key; null when accepted, else what to say.</summary>
    public async Task<PageNotice?> SubmitAsync(BorrowerVisit visit, IFormCollection form, AccountCommand command)
    {
        var key = form["key"].ToString();
        if (key.Length is < 8 or > 100)
        {
            return new PageNotice(false, speech["form.stale"]);
        }

        var result = await house.SubmitAsync(new CommandEnvelope(visit.Account.State.Id, "web:" + key, command, ActorOf(visit)));
        return result.Refusal is { } refusal ? new PageNotice(false, RefusalText.Of(refusal, speech.IsChinese)) : null;
    }

    /// <summary>Collects a repayment from the customer's bank card; what to say when it was not begun, else how far it is.</summary>
    public Task<(PageNotice? Problem, Transfer? Transfer)> PayAsync(
        BorrowerVisit visit, IFormCollection form, ReceiveRepayment repayment) =>
        MoveAsync(visit, form, (key, actor) => money.CollectAsync(visit.Account.State, repayment, key, actor));

    /// <summary>Pays a credit balance back to the customer's bank card.</summary>
    public Task<(PageNotice? Problem, Transfer? Transfer)> PayBackAsync(
        BorrowerVisit visit, IFormCollection form, ReturnCreditBalance payout) =>
        MoveAsync(visit, form, (key, actor) => money.PayBackAsync(visit.Account.State, payout, key, actor));

    /// <summary>Asks for a loan and pays it out to the customer's bank card.</summary>
    public Task<(PageNotice? Problem, Transfer? Transfer)> BorrowAsync(BorrowerVisit visit, IFormCollection form, RequestLoan request) =>
        MoveAsync(visit, form, (key, actor) => money.PayOutAsync(visit.Account.State, request, key, actor));

    /// <summary>The customer of the log-in.</summary>
    public static CustomerId CustomerOf(HttpContext http) =>
        new(long.Parse(http.User.FindFirst(Realms.CustomerClaim)!.Value, CultureInfo.InvariantCulture));

    private async Task<(PageNotice? Problem, Transfer? Transfer)> MoveAsync(
        BorrowerVisit visit, IFormCollection form, Func<string, string, Task<(Transfer? Transfer, Refusal? Refusal)>> move)
    {
        var key = form["key"].ToString();
        if (key.Length is < 8 or > 100)
        {
            return (new PageNotice(false, speech["form.stale"]), null);
        }

        var (transfer, refusal) = await move("web:" + key, ActorOf(visit));
        return refusal is null ? (null, transfer) : (new PageNotice(false, RefusalText.Of(refusal, speech.IsChinese)), null);
    }

    /// <summary>The key of a form; null when it is missing or not one that a page makes.</summary>
    public static string? KeyOf(IFormCollection form) => form["key"].ToString() is { Length: >= 8 and <= 100 } key ? key : null;

    /// <summary>Who acts, for audit.</summary>
    public static string ActorOf(BorrowerVisit visit) =>
        string.Create(CultureInfo.InvariantCulture, $"customer:{visit.Person.CustomerId}");

    private PageNotice? DoneNotice(HttpContext http)
    {
        var key = "done." + http.Request.Query["done"];
        return Catalogue.Has(key) ? new PageNotice(true, speech[key]) : null;
    }
}
