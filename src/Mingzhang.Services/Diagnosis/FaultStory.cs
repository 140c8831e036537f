using System.Globalization;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Loans;
using Mingzhang.Domain.Explaining;
using Mingzhang.Domain.Instalments;
using Mingzhang.Domain.Opening;
using Mingzhang.Domain.Permissions;
using Mingzhang.Domain.Products;
using Mingzhang.Domain.Purchases;
using Mingzhang.Domain.Repayment;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;

namespace Mingzhang.Services.Diagnosis;

/// <summary>Plays one customer's part by commands, and lets days pass on copies of the account.</summary>
public sealed class FaultStory(CreditHouse house, CustomerId customer)
{
    private int _steps;

    /// <summary>Whose.</summary>
    public CustomerId Customer => customer;

    /// <summary>Minor units of the accounts' currency.</summary>
    public static Money Yuan(long minor) => Money.Of(minor, Currency.Cny);

    /// <summary>Opens an account; one that exists goes on.</summary>
    public async Task<AccountId> OpenAsync(string product, long limitMinor)
    {
        var terms = house.Terms.InForce(product, house.BusinessDate)
            ?? throw new InvalidOperationException($"the product {product} is not in force");
        var account = AccountId.Of(customer, terms.Slot);
        await DoAsync(account, on => new OpenAccount(
            account, terms.Code, terms.Version, terms.RequiredConsents.Map(code => new Consent(code, "2026-01")),
            new BankCard(string.Create(CultureInfo.InvariantCulture, $"tok-{customer.Value}"), "4242"),
            new Assessment("as-1", true, Yuan(limitMinor), "score-7", null),
            terms.Cycles.Count > 0 ? DueDay(terms, on) : null) { EffectiveOn = on });
        return account;
    }

    /// <summary>A purchase that is owed at once.</summary>
    public Task BuyAsync(AccountId account, long minor) => DoAsync(account, on => new PostOfflinePurchase(
        Name("p"), Yuan(minor), "groceries", "Corner Shop") { EffectiveOn = on });

    /// <summary>A repayment that arrived.</summary>
    public Task PayAsync(AccountId account, long minor) => DoAsync(account, on => new ReceiveRepayment(
        Name("r"), [new RepaymentSource("bank-card", Yuan(minor))], null, Actor.Channel) { EffectiveOn = on });

    /// <summary>A repayment of everything payable.</summary>
    public async Task PayAllAsync(AccountId account)
    {
        var (state, terms, on) = await StateAsync(account);
        await PayAsync(account, Explainer.Payable(state, terms, on).MinorUnits);
    }

    /// <summary>Unpaid principal, minor units.</summary>
    public async Task<long> PrincipalAsync(AccountId account)
    {
        var (state, _, _) = await StateAsync(account);
        return state.Items.Sum(state.Currency, item => item.IsPrincipal ? item.Unpaid : Money.Zero(state.Currency)).MinorUnits;
    }

    /// <summary>Takes use away.</summary>
    public Task RestrictAsync(AccountId account, RestrictionReason reason) => DoAsync(account, on => new Restrict(
        "injected", [Permission.Spend], reason, null,
        reason == RestrictionReason.StoppedByBorrower ? Actor.Borrower : Actor.Staff, null) { EffectiveOn = on });

    /// <summary>A copy of the account some days ahead.</summary>
    public async Task<AccountId> AheadAsync(AccountId account, int days)
    {
        var (fork, refusal) = await house.ForkAsync(account, "sandbox");
        if (fork is not { } copy)
        {
            throw new InvalidOperationException($"the copy was refused: {refusal!.Code.Name}");
        }

        await PassToAsync(copy, house.BusinessDateOf(copy).AddDays(days));
        return copy;
    }

    /// <summary>A copy of the account whose first bill is overdue for some days.</summary>
    public async Task<AccountId> OverdueAsync(AccountId account, int days)
    {
        var copy = await AheadAsync(account, 0);
        await PassToAsync(copy, (await FirstDueAsync(copy)).AddDays(days));
        return copy;
    }

    /// <summary>A copy that paid so many bills a few days late, and owes nothing now.</summary>
    public async Task<AccountId> OftenLateAsync(AccountId account, int times)
    {
        var copy = await AheadAsync(account, 0);
        for (var bill = 0; bill < times; bill++)
        {
            await BuyAsync(copy, 100_00);
            await PassToAsync(copy, (await FirstDueAsync(copy)).AddDays(3));
            await PayAllAsync(copy);
        }

        return copy;
    }

    /// <summary>A purchase that becomes a plan the same day, its cost table read.</summary>
    public async Task PlanAsync(AccountId account, long minor)
    {
        await BuyAsync(account, minor);
        var (state, terms, on) = await StateAsync(account);
        var purchase = state.Purchases[^1].Id;
        var offer = terms.Instalments!.Checkout[0];
        var quote = PlanQuotes.Of(state, terms, offer, Yuan(minor), purchase, CostBearer.Buyer, on)
            ?? throw new InvalidOperationException("no plan is offered");
        await DoAsync(account, day => new StartPlan(
            "plan-1", null, purchase, null, offer.Count,
            new CostConfirmation(quote.CostTableId, terms.Instalments.ReadingSeconds + 6)) { EffectiveOn = day });
    }

    /// <summary>Carries a command out on the account's day; a refusal throws.</summary>
    public async Task DoAsync(AccountId account, Func<DateOnly, AccountCommand> command)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"injected:{account.Value}:{_steps++}");
        var asked = command(house.BusinessDateOf(account));
        if ((await house.SubmitAsync(new CommandEnvelope(account, key, asked, "sandbox"))).Refusal is { } refusal)
        {
            throw new InvalidOperationException($"{asked.GetType().Name} on {account}: {refusal.Code.Name} {refusal}");
        }
    }

    private async Task PassToAsync(AccountId copy, DateOnly day)
    {
        if (day > house.BusinessDateOf(copy) && (await house.AdvanceForkAsync(copy, day)).Refusal is { } refusal)
        {
            throw new InvalidOperationException($"the copy could not go to {day:O}: {refusal.Code.Name}");
        }
    }

    /// <summary>The day the next bill falls due.</summary>
    private async Task<DateOnly> FirstDueAsync(AccountId copy)
    {
        var (state, _, _) = await StateAsync(copy);
        await PassToAsync(copy, state.Cycle.NextStatementOn);
        (state, _, _) = await StateAsync(copy);
        return state.LatestBill()!.DueOn;
    }

    private async Task<(AccountState State, ProductTerms Terms, DateOnly On)> StateAsync(AccountId account)
    {
        var state = await house.ReadAsync(account) ?? throw new InvalidOperationException($"no account {account}");
        var terms = house.Terms.Find(state.Product, state.Terms.Version)!;
        var on = house.BusinessDateOf(account);
        return (Explainer.RunAhead(state, terms, on).State, terms, on);
    }

    /// <summary>A cycle whose statement is not tomorrow.</summary>
    private static int DueDay(ProductTerms terms, DateOnly on) => terms.Cycles
        .First(cycle => cycle.StatementDay != on.AddDays(1).Day && cycle.StatementDay != on.Day).DueDays[0];

    private string Name(string kind) => string.Create(CultureInfo.InvariantCulture, $"{kind}-{_steps}");
}
