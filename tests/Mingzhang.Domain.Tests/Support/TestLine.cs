namespace Mingzhang.Domain.Tests.Support;

/// <summary>An account under test: given what happened, when a command arrives, then events or a refusal.</summary>
internal sealed class TestLine
{
    private readonly List<HistoryEntry> _history = [];
    private int _next;

    public TestLine(ProductTerms? terms = null)
    {
        Terms = terms ?? TestTerms.PayLater;
        Book = new TermsBook([Terms]);
        State = AccountState.Empty(Id, Terms.Currency);
    }

    public static AccountId Id { get; } = AccountId.Of(new CustomerId(1000042), 1);

    public ProductTerms Terms { get; }

    public TermsBook Book { get; }

    public AccountState State { get; private set; }

    public DateOnly Today { get; private set; }

    public IReadOnlyList<HistoryEntry> History => _history;

    public IEnumerable<AccountEvent> Events => _history.SelectMany(entry => entry.Events);

    /// <summary>A line opened on a day with a limit in yuan.</summary>
    public static TestLine Opened(string on = "2026-04-20", decimal limit = 10_000, ProductTerms? terms = null)
    {
        var line = new TestLine(terms).On(on);
        line.Accept(line.Opening(limit));
        return line;
    }

    public OpenAccount Opening(decimal limit) => new(
        Id, Terms.Code, Terms.Version, [new Consent("bureau", "2026-01")], new BankCard("card-token", "8891"),
        new Assessment("as-1", true, TestTerms.Yuan(limit), "score-1", null), null)
    {
        EffectiveOn = Today,
    };

    /// <summary>Moves the business date; days that come due are opened.</summary>
    public TestLine On(string day)
    {
        Today = DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture);
        var trace = default(NoTrace);
        while (State.NextDate <= Today)
        {
            var passed = State.NextDate;
            var accepted = (Accepted)AccountDecider.Decide(State, new PassDay { EffectiveOn = passed }, Terms, passed, ref trace);
            Keep(accepted, passed);
        }

        return this;
    }

    public Decision Decide(AccountCommand command)
    {
        var trace = default(NoTrace);
        return AccountCorrector.NeedsHistory(command, Today)
            ? AccountCorrector.Decide(State, _history, command, Book, Today)
            : AccountDecider.Decide(State, command, Terms, Today, ref trace);
    }

    public ValueList<AccountEvent> Accept(AccountCommand command)
    {
        var decision = Decide(command);
        var accepted = Assert.IsType<Accepted>(decision);
        Keep(accepted, Today);
        return accepted.Events;
    }

    public TRefusal Refuse<TRefusal>(AccountCommand command)
        where TRefusal : Refusal => Assert.IsType<TRefusal>(Assert.IsType<Refused>(Decide(command)).Reason);

    public TestLine Buy(decimal yuan, string? id = null, string scene = "groceries")
    {
        var purchase = id ?? $"p-{++_next}";
        Accept(new AuthorisePurchase(purchase, TestTerms.Yuan(yuan), scene, "合家超市") { EffectiveOn = Today });
        Accept(new CapturePurchase(purchase, TestTerms.Yuan(yuan), true) { EffectiveOn = Today });
        return this;
    }

    public TestLine Pay(decimal yuan, string? id = null, DebtName? named = null, string? effective = null)
    {
        Accept(Payment(yuan, id, named, effective));
        return this;
    }

    public ReceiveRepayment Payment(decimal yuan, string? id = null, DebtName? named = null, string? effective = null) =>
        new(id ?? $"pay-{++_next}", [new RepaymentSource("card", TestTerms.Yuan(yuan))], named, Actor.Channel)
        {
            EffectiveOn = effective is null ? Today : DateOnly.Parse(effective, System.Globalization.CultureInfo.InvariantCulture),
        };

    public Bill Bill(string issuedOn) =>
        State.Bills.Find(bill => bill.IssuedOn == DateOnly.Parse(issuedOn, System.Globalization.CultureInfo.InvariantCulture))
        ?? throw new InvalidOperationException($"no bill of {issuedOn}");

    /// <summary>Sum of postings by ledger account over the whole history.</summary>
    public Dictionary<LedgerAccount, long> Balances()
    {
        var balances = new Dictionary<LedgerAccount, long>();
        foreach (var posting in Events.SelectMany(e => PostingRules.For(e)))
        {
            balances[posting.Account] = balances.GetValueOrDefault(posting.Account) + posting.Amount.MinorUnits;
        }

        return balances;
    }

    /// <summary>Replay of all events gives the state; the ledger gives its figures; the facts refold to it.</summary>
    public void Prove()
    {
        var replayed = AccountState.Empty(Id, Terms.Currency);
        foreach (var entry in _history)
        {
            replayed = AccountEvolver.After(replayed, entry.Events, entry.Sequence, Terms);
        }

        Assert.Equal(State, replayed);
        var balances = Balances();
        Assert.All(LedgerProof.Figures(State), figure =>
            Assert.Equal(figure.Amount.MinorUnits, balances.GetValueOrDefault(figure.Account)));
        Assert.Equal(0, balances.Values.Sum());
        Assert.Equal(State, AccountCorrector.AsOf(_history, Book, Today, Today));
    }

    private void Keep(Accepted accepted, DateOnly bookedOn)
    {
        State = accepted.After;
        _history.Add(new HistoryEntry(State.Version, bookedOn, accepted.Events));
    }
}
