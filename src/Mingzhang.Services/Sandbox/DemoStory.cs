using System.Globalization;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Instalments;
using Mingzhang.Domain.Loans;
using Mingzhang.Domain.Opening;
using Mingzhang.Domain.Products;
using Mingzhang.Domain.Purchases;
using Mingzhang.Domain.Relief;
using Mingzhang.Domain.Repayment;
using Mingzhang.Domain.Values;

namespace Mingzhang.Services.Sandbox;

/// <summary>Writes the story of one customer, day by day.</summary>
internal sealed class DemoStory(DemoCustomer who, ProductTerms terms)
{
    private readonly List<DemoStep> _steps = [];
    private readonly List<(DateOnly On, long Fen)> _posted = [];
    private readonly AccountId _account = AccountId.Of(new CustomerId(who.Customer), terms.Slot);
    private Queue<long> _rows = new();

    /// <summary>The steps so far.</summary>
    public IReadOnlyList<DemoStep> Steps => _steps;

    /// <summary>Opens the line with a limit in yuan.</summary>
    public DemoStory Opens(string on, int yuan) => Add(on, day => new OpenAccount(
        _account,
        terms.Code,
        terms.Version,
        terms.RequiredConsents.Map(code => new Consent(code, "2026-01")),
        new BankCard($"tok-{who.Customer}", (who.Customer % 10_000).ToString("0000", CultureInfo.InvariantCulture)),
        new Assessment($"as-{who.Customer}", true, Yuan(yuan * 100L), "score-7", null),
        terms.Cycles.Count > 0 ? 10 : null) { EffectiveOn = day });

    /// <summary>Buys and the merchant captures on the same day; a receipt that is waited for comes three days later.</summary>
    public DemoStory Buys(string on, long fen, string merchant)
    {
        var id = Id(on, "p");
        var scene = terms.Scene(DemoMerchants.SceneOf(merchant)) ?? terms.Scenes[0];
        Add(on, day => new AuthorisePurchase(id, Yuan(fen), scene.Code, merchant) { EffectiveOn = day })
            .Add(on, day => new CapturePurchase(id, Yuan(fen), true) { EffectiveOn = day });
        var posts = scene.PostsAt == PostingMoment.Payment ? Day(on) : Day(on).AddDays(3);
        if (posts <= DemoHouse.Today)
        {
            _posted.Add((posts, fen));
        }

        return posts == Day(on) || posts > DemoHouse.Today
            ? this
            : Add(posts.ToString("MM-dd", CultureInfo.InvariantCulture), day => new ConfirmReceipt(id) { EffectiveOn = day });
    }

    /// <summary>Authorises only: limit is held.</summary>
    public DemoStory Holds(string on, long fen, string merchant) =>
        Add(on, day => new AuthorisePurchase(Id(on, "p"), Yuan(fen), DemoMerchants.SceneOf(merchant), merchant) { EffectiveOn = day });

    /// <summary>Repays from the bound card.</summary>
    public DemoStory Pays(string on, long fen, string? effective = null) => Add(on, day => new ReceiveRepayment(
        Id(on, "r"), [new RepaymentSource("bank-card", Yuan(fen))], null, Actor.Channel)
    { EffectiveOn = effective is null ? day : Day(effective) });

    /// <summary>Repays the bill of the first of the month exactly; right while no interest was charged.</summary>
    public DemoStory PaysBill(string on)
    {
        var first = new DateOnly(2026, Day(on).Month, 1);
        var paid = _steps.Sum(step => step.Command switch
        {
            ReceiveRepayment c => c.Sources.Sum(source => source.Amount.MinorUnits),
            ReceiveRefund c when step.On < first => c.Amount.MinorUnits,
            // The rest: steps that pay nothing.
            _ => 0L,
        });
        var owed = _posted.Where(purchase => purchase.On < first).Sum(purchase => purchase.Fen) - paid;
        return Pays(on, owed);
    }

    /// <summary>A merchant gives money back for the purchase of a day.</summary>
    public DemoStory Refunded(string on, string boughtOn, long fen) => Add(on, day => new ReceiveRefund(
        Id(on, "f"), BoughtOn(boughtOn), Yuan(fen)) { EffectiveOn = day });

    /// <summary>Asks for a loan with the evidence it needs; it is paid out the same day. Right while no other loan is open, whose due
    /// day it might share.</summary>
    public DemoStory Borrows(string on, int yuan, string offer, int count, string purpose)
    {
        var id = Id(on, "loan");
        var quote = LoanQuotes.Of(
            AccountState.Empty(_account, terms.Currency), terms, terms.Loan!.Offer(offer, count)!, count, Yuan(yuan * 100L), Day(on))!;
        var read = new CostConfirmation(quote.CostTableId, terms.Loan.ReadingSeconds + 9);
        _rows = new Queue<long>(quote.Rows.Select(row => row.TotalMinor));
        return Add(on, day => new RequestLoan(id, quote.Principal, offer, count, purpose, read) { EffectiveOn = day })
            .Add(on, day => new ConfirmDisbursement(id, "bank-" + id) { EffectiveOn = day });
    }

    /// <summary>Pays the next row of the latest loan as scheduled.</summary>
    public DemoStory PaysRow(string on) => Pays(on, _rows.Dequeue());

    /// <summary>Turns the whole bill of a statement day into instalments.</summary>
    public DemoStory Splits(string on, string issued, long fen, int count)
    {
        var cycle = terms.Cycles[0];
        var asked = AccountState.Empty(_account, terms.Currency) with
        {
            Cycle = new Cycle { NextStatementOn = Day(issued).AddMonths(1), DueDay = cycle.DueDays[0] },
        };
        var offer = terms.Instalments!.Bill.Find(one => one.Count == count)!;
        var quote = PlanQuotes.Of(asked, terms, offer, Yuan(fen), null, CostBearer.Buyer, Day(on))!;
        return Add(on, day => new StartPlan(
            Id(on, "plan"), Day(issued), null, Yuan(fen), count,
            new CostConfirmation(quote.CostTableId, terms.Instalments.ReadingSeconds + 6)) { EffectiveOn = day });
    }

    /// <summary>Asks for help with the bills, is offered so many rows, and accepts with the cost table read.</summary>
    public DemoStory IsRelieved(string asksOn, string offeredOn, string acceptsOn, int count)
    {
        var id = Id(asksOn, "help");
        var plan = new ReliefPlan(ReliefKind.Replan, null, 0, InterestOnly: false, count, null, null);
        Add(asksOn, day => new RequestRelief(id, plan.Kind, null, "住院，三个月没有收入") { EffectiveOn = day })
            .Add(offeredOn, day => new OfferRelief(id, plan, "hardship shown") { EffectiveOn = day })
            .Add(acceptsOn, day => new AcceptRelief(id, plan, null) { EffectiveOn = day });
        _steps[^1] = _steps[^1] with { Read = Accepts };
        return this;

        // Told again after a crash, the agreement itself knows which table was confirmed.
        AccountCommand Accepts(AccountState state)
        {
            var agreed = state.Reliefs.Find(relief => relief.Id == id && relief.IsActive)?.CostTable;
            var table = agreed ?? ReliefQuotes.Try(state, terms, plan, Day(acceptsOn)).Quote?.CostTableId ?? "";
            return new AcceptRelief(id, plan, new CostConfirmation(table, terms.Relief!.ReadingSeconds + 9))
            {
                EffectiveOn = Day(acceptsOn),
            };
        }
    }

    /// <summary>Anything else.</summary>
    public DemoStory Add(string on, Func<DateOnly, AccountCommand> command)
    {
        var day = Day(on);
        _steps.Add(new DemoStep(_steps.Count + 1, _account, day, command(day)));
        return this;
    }

    /// <summary>Yuan in fen of the product's currency.</summary>
    public Money Yuan(long fen) => Money.Of(fen, terms.Currency);

    private static DateOnly Day(string text) => DateOnly.ParseExact("2026-" + text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private string? BoughtOn(string on) => _steps
        .Where(step => step.On == Day(on)).Select(step => step.Command).OfType<AuthorisePurchase>().FirstOrDefault()?.PurchaseId;

    private string Id(string on, string kind) => string.Create(
        CultureInfo.InvariantCulture, $"{kind}-{Day(on):yyyyMMdd}-{who.Customer % 1000:000}{_steps.Count + 1:00}");
}
