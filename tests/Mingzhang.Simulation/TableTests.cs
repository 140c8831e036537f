using System.Globalization;
using System.Text;
using Mingzhang.Domain.Versions;

namespace Mingzhang.Simulation;

/// <summary>Every command in every state: an answer, never an exception. The answers stand in tests/Cases/commands-by-state.md.</summary>
public sealed class TableTests
{
    private static readonly DateOnly Day = new(2026, 6, 25);

    [Fact]
    public void Every_command_gets_its_answer_in_every_state()
    {
        StringBuilder text = new("# Every command in every state\n\nAnswers on 2026-06-25: `ok`, or the number of the refusal ");
        _ = text.Append("(docs/refusals.md). Written by `MZ_UPDATE=1`; the states are in TableTests.cs.\n\n| command |");
        List<(string Name, Func<CoreAccount> Make)> states = States();
        states.ForEach(s => text.Append(CultureInfo.InvariantCulture, $" {s.Name} |"));
        _ = text.Append("\n|---|").Append(string.Concat(states.Select(_ => "---|"))).Append('\n');
        foreach ((string name, AccountCommand command) in Commands())
        {
            _ = text.Append(CultureInfo.InvariantCulture, $"| {name} |");
            foreach ((string _, Func<CoreAccount> make) in states)
            {
                Decision decision = make().Decide(command, Day);
                string answer = decision is Refused no ? no.Reason.Code.Number.ToString(CultureInfo.InvariantCulture) : "ok";
                _ = text.Append(CultureInfo.InvariantCulture, $" {answer} |");
            }

            _ = text.Append('\n');
        }

        string path = Path.Combine(CaseTests.Folder, "commands-by-state.md");
        if (Environment.GetEnvironmentVariable("MZ_UPDATE") == "1")
        {
            File.WriteAllText(path, text.ToString());
        }

        Assert.Equal(File.ReadAllText(path), text.ToString());
    }

    [Fact]
    public void Every_kind_of_command_is_in_the_table()
    {
        IEnumerable<string> kinds = typeof(AccountCommand).Assembly.GetTypes()
            .Where(t => t.IsSubclassOf(typeof(AccountCommand)) && t != typeof(PassDay) && t.Name != "ForkAccount").Select(t => t.Name);
        Assert.Empty(kinds.Except(Commands().Select(c => c.Command.GetType().Name)));
    }

    /// <summary>Debt: p1 of 1,000.00 billed on 1 June, due on the 10th; p2 of 50.00 unbilled; h1 of 80.00 held; w1 of 60.00 waiting for
    /// receipt.</summary>
    private static List<(string Name, Func<CoreAccount> Make)> States() =>
    [
        ("not opened", () => new CoreAccount()),
        ("active", () => With(pay: 100_000)),
        ("frozen", () => With(pay: 100_000, new Restrict("x1", [Permission.Spend, Permission.TemporaryLimit], RestrictionReason.Risk,
            null, Actor.Staff, null)
        {
            EffectiveOn = Day,
        })),
        ("overdue", () => With(pay: 0)),
        ("written off", () => With(pay: 0, new WriteOffDebt("r") { EffectiveOn = Day })),
        ("disputed", () => With(pay: 0, new OpenDispute("d1", new DebtName("p1", null, null), "r") { EffectiveOn = Day })),
        ("closing asked", () => With(pay: 100_000, Closing)),
        ("closing confirmed", () => With(pay: 100_000, Closing, new ConfirmClosing(true, true) { EffectiveOn = Day })),
        ("closed by the house", () => Settled(new ForceClosing("r", "n") { EffectiveOn = Day })),
        ("closed", () => Settled(Closing, new ConfirmClosing(true, true) { EffectiveOn = Day })),
    ];

    private static RequestClosing Closing => new(ClosingMode.RunOff, "notice-1", "r") { EffectiveOn = Day };

    private static CoreAccount Settled(params AccountCommand[] last) => Played([], last);

    private static CoreAccount With(long pay, params AccountCommand[] last)
    {
        List<AccountCommand> steps =
        [
            new PostOfflinePurchase("p1", Sample.Yuan(1000), "store", "m") { EffectiveOn = new DateOnly(2026, 5, 20) },
            new AuthorisePurchase("w1", Sample.Yuan(60), "shop", "m") { EffectiveOn = new DateOnly(2026, 6, 9) },
        ];
        if (pay > 0)
        {
            steps.Add(new ReceiveRepayment("r0", [new RepaymentSource("card", Sample.Fen(pay / 2))], null, Actor.Channel)
            {
                EffectiveOn = new DateOnly(2026, 6, 10),
            });
        }

        steps.Add(new PostOfflinePurchase("p2", Sample.Yuan(50), "store", "m") { EffectiveOn = new DateOnly(2026, 6, 20) });
        steps.Add(new CapturePurchase("w1", Sample.Yuan(60), true) { EffectiveOn = new DateOnly(2026, 6, 20) });
        if (pay > 0)
        {
            steps.Add(new AuthorisePurchase("h1", Sample.Yuan(80), "store", "m") { EffectiveOn = Day });
        }

        return Played(steps, last);
    }

    private static CoreAccount Played(List<AccountCommand> steps, AccountCommand[] last)
    {
        CoreAccount core = new();
        foreach (AccountCommand command in (AccountCommand[])[Sample.Open(new DateOnly(2026, 5, 15), 1_000_000, 10), .. steps, .. last])
        {
            core.PassTo(command.EffectiveOn);
            Decision decision = core.Decide(command, command.EffectiveOn);
            Assert.True(decision is Accepted, $"{command}: {decision}");
        }

        core.PassTo(Day);
        return core;
    }

    private static List<(string Name, AccountCommand Command)> Commands() =>
    [
        .. Openings(), .. Purchases(), .. Repayments(), .. House(), .. Loans(), .. Relief(),
        ("late repayment of 12 June", Repay("r9", 10_000, Actor.Channel) with { EffectiveOn = new DateOnly(2026, 6, 12) }),
        ("repayment before opening", Repay("r9", 10_000, Actor.Channel) with { EffectiveOn = new DateOnly(2026, 5, 1) }),
        ("late authorisation", new AuthorisePurchase("n1", Sample.Yuan(1), "store", "m") { EffectiveOn = new DateOnly(2026, 6, 12) }),
        ("reversal of entry 2", new ReverseFact(2, "r") { EffectiveOn = Day }),
        ("reversal of the opening", new ReverseFact(1, "r") { EffectiveOn = Day }),
        ("entry 2 replaced by 900.00", new AmendFact(
            2, new PostOfflinePurchase("p1", Sample.Yuan(900), "store", "m") { EffectiveOn = new DateOnly(2026, 5, 20) },
            "r") { EffectiveOn = Day }),
        ("entry 2 replaced by another kind", new AmendFact(2, new ReleaseHold("p1") { EffectiveOn = Day }, "r") { EffectiveOn = Day }),
        ("price of 0.04 % since 11 June", new SetPrice(null, 400, 500, "r") { EffectiveOn = new DateOnly(2026, 6, 11) }),
        ("price of 0.04 %", new SetPrice(null, 400, 500, "r") { EffectiveOn = Day }),
        ("price above the cap", new SetPrice(null, 1_000, 1_000, "r") { EffectiveOn = Day }),
        ("overdue price above 1.5 times", new SetPrice(null, 400, 601, "r") { EffectiveOn = Day }),
        ("reversal of entry 999", new ReverseFact(999, "r") { EffectiveOn = Day }),
    ];

    private static List<(string Name, AccountCommand Command)> Loans() =>
    [
        ("ask for a loan", new RequestLoan("o1", Sample.Yuan(100), "equal", 12, "p", null) { EffectiveOn = Day }),
        ("loan paid out", new ConfirmDisbursement("o1", "ref") { EffectiveOn = Day }),
        ("paying out failed", new FailDisbursement("o1", "r") { EffectiveOn = Day }),
        ("instalments of the bill", new StartPlan("i1", new DateOnly(2026, 6, 10), null, null, 3, null) { EffectiveOn = Day }),
    ];

    private static List<(string Name, AccountCommand Command)> Relief() =>
    [
        ("ask for help", new RequestRelief("h1", ReliefKind.Deferral, null, "r") { EffectiveOn = Day }),
        ("offer a new plan", new OfferRelief("h1", Plan, "r") { EffectiveOn = Day }),
        ("accept a new plan", new AcceptRelief("h1", Plan, null) { EffectiveOn = Day }),
        ("end an agreement", new EndRelief("h1", Actor.Borrower, "r") { EffectiveOn = Day }),
        ("waive interest", new WaiveDebt("w1", null, [new WaivedPart(Component.Interest, Sample.Yuan(1))], "r") { EffectiveOn = Day }),
    ];

    private static ReliefPlan Plan => new(ReliefKind.Replan, null, 0, false, 6, null, null);

    private static List<(string Name, AccountCommand Command)> Openings() =>
    [
        ("open", Sample.Open(Day, 1_000_000, 10)),
        ("open with limit 1.00", Sample.Open(Day, 100, 10)),
        ("open with due day 12", Sample.Open(Day, 1_000_000, 12)),
        ("open without consent", Sample.Open(Day, 1_000_000, 10) with { Consents = [] }),
        ("open without card", Sample.Open(Day, 1_000_000, 10) with { Card = null }),
        ("reopen", Sample.Reopen(Day, 1_000_000)),
        ("change due day to 20", new ChangeDueDay(20) { EffectiveOn = Day }),
        ("withdraw consent", new WithdrawConsent("credit-report") { EffectiveOn = Day }),
        ("ask closing now", new RequestClosing(ClosingMode.Now, "notice-1", "r") { EffectiveOn = Day }),
        ("ask closing, run off", Closing),
        ("confirm closing", new ConfirmClosing(true, true) { EffectiveOn = Day }),
        ("confirm closing, not verified", new ConfirmClosing(false, true) { EffectiveOn = Day }),
        ("call closing off", new CancelClosing("r") { EffectiveOn = Day }),
        ("close by the house", new ForceClosing("r", "n") { EffectiveOn = Day }),
    ];

    private static List<(string Name, AccountCommand Command)> Purchases() =>
    [
        ("authorise 10.00", new AuthorisePurchase("n1", Sample.Yuan(10), "store", "m") { EffectiveOn = Day }),
        ("authorise 0.00", new AuthorisePurchase("n1", Sample.Yuan(0), "store", "m") { EffectiveOn = Day }),
        ("authorise TWD 10.00", new AuthorisePurchase("n1", Money.Of(1000, Currency.Twd), "store", "m") { EffectiveOn = Day }),
        ("authorise 9,900.00", new AuthorisePurchase("n1", Sample.Yuan(9_900), "store", "m") { EffectiveOn = Day }),
        ("authorise 20,000.00", new AuthorisePurchase("n1", Sample.Yuan(20_000), "store", "m") { EffectiveOn = Day }),
        ("authorise p1 again", new AuthorisePurchase("p1", Sample.Yuan(10), "store", "m") { EffectiveOn = Day }),
        ("authorise at a casino", new AuthorisePurchase("n1", Sample.Yuan(10), "casino", "m") { EffectiveOn = Day }),
        ("capture h1", new CapturePurchase("h1", Sample.Yuan(80), true) { EffectiveOn = Day }),
        ("capture h1 above", new CapturePurchase("h1", Sample.Yuan(81), true) { EffectiveOn = Day }),
        ("capture p1", new CapturePurchase("p1", Sample.Yuan(1), true) { EffectiveOn = Day }),
        ("capture nothing known", new CapturePurchase("n9", Sample.Yuan(1), true) { EffectiveOn = Day }),
        ("confirm receipt of w1", new ConfirmReceipt("w1") { EffectiveOn = Day }),
        ("release h1", new ReleaseHold("h1") { EffectiveOn = Day }),
        ("offline 10.00", new PostOfflinePurchase("n1", Sample.Yuan(10), "store", "m") { EffectiveOn = Day }),
        ("announce refund of p1", new AnnounceRefund("f1", "p1", Sample.Yuan(10)) { EffectiveOn = Day }),
        ("refund of p1", new ReceiveRefund("f1", "p1", Sample.Yuan(10)) { EffectiveOn = Day }),
        ("refund of p1 above", new ReceiveRefund("f1", "p1", Sample.Yuan(1_001)) { EffectiveOn = Day }),
        ("refund without purchase", new ReceiveRefund("f1", null, Sample.Yuan(10)) { EffectiveOn = Day }),
    ];

    private static List<(string Name, AccountCommand Command)> Repayments() =>
    [
        ("repay 10.00", Repay("r1", 1_000, Actor.Borrower)),
        ("repay r0 again", Repay("r0", 1_000, Actor.Borrower)),
        ("repay 5,000.00 by borrower", Repay("r1", 500_000, Actor.Borrower)),
        ("repay 5,000.00 by channel", Repay("r1", 500_000, Actor.Channel)),
        ("repay a named unknown", Repay("r1", 1_000, Actor.Channel) with { Named = new DebtName("n9", null, null) }),
        ("repay from no source", Repay("r1", 1_000, Actor.Channel) with { Sources = [] }),
        ("submit payment", new SubmitPayment("s1", Sample.Yuan(10)) { EffectiveOn = Day }),
        ("payment failed", new FailPayment("s1", "r") { EffectiveOn = Day }),
        ("return r0", new ReturnRepayment("r0", "bank") { EffectiveOn = Day }),
        ("pay out credit", new ReturnCreditBalance("c1", Sample.Yuan(10)) { EffectiveOn = Day }),
        ("dispute p1", new OpenDispute("d9", new DebtName("p1", null, null), "r") { EffectiveOn = Day }),
        ("dispute p2 as d1", new OpenDispute("d1", new DebtName("p2", null, null), "r") { EffectiveOn = Day }),
        ("resolve d1 upheld", new ResolveDispute("d1", DisputeOutcome.Upheld) { EffectiveOn = Day }),
        ("write off", new WriteOffDebt("r") { EffectiveOn = Day }),
        ("move to version", new MoveToVersion(2, KeptTerms.Of(Sample.Core) with { Version = 2 }, MoveBasis.NotWorse, null, Day, "r")
        {
            EffectiveOn = Day,
        }),
        ("declare debts", new DeclareDebts(Sample.Yuan(3_000), Sample.Yuan(300), 2, Sample.Yuan(8_000), "report-1",
            new Consent("debt-declaration", "2026-08")) { EffectiveOn = Day }),
        ("declare debts to nobody", new DeclareDebts(Sample.Yuan(3_000), Sample.Yuan(300), 0, Sample.Yuan(8_000), "report-1",
            new Consent("debt-declaration", "2026-08")) { EffectiveOn = Day }),
    ];

    private static List<(string Name, AccountCommand Command)> House() =>
    [
        ("lower the limit by borrower", new SetLimit(Sample.Yuan(2_000), Actor.Borrower, "r") { EffectiveOn = Day }),
        ("raise the limit by borrower", new SetLimit(Sample.Yuan(20_000), Actor.Borrower, "r") { EffectiveOn = Day }),
        ("limit above the product", new SetLimit(Sample.Yuan(60_000), Actor.Staff, "r") { EffectiveOn = Day }),
        ("temporary limit", new GrantTemporaryLimit(new TemporaryLimit("t1", Sample.Yuan(10), Day, Day.AddDays(5)),
            "r") { EffectiveOn = Day }),
        ("temporary limit, empty", new GrantTemporaryLimit(new TemporaryLimit("t1", Sample.Yuan(10), Day, Day), "r") { EffectiveOn = Day }),
        ("scene limit", new SetSceneLimit(new SceneLimit("travel", Sample.Yuan(10)), "r") { EffectiveOn = Day }),
        ("restrict", new Restrict("x9", [Permission.Spend], RestrictionReason.Risk, null, Actor.Staff, null) { EffectiveOn = Day }),
        ("restrict as x1", new Restrict("x1", [Permission.Spend], RestrictionReason.Risk, null, Actor.Staff, null) { EffectiveOn = Day }),
        ("lift x1 by staff", new LiftRestriction("x1", Actor.Staff, "r") { EffectiveOn = Day }),
        ("lift x1 by borrower", new LiftRestriction("x1", Actor.Borrower, "r") { EffectiveOn = Day }),
        ("automatic repayment on", new SetAutoRepay(true, ["card"]) { EffectiveOn = Day }),
        ("link a service", new SetLinkedService("taxi", true) { EffectiveOn = Day }),
        ("set an own cap", new SetSpendingCap(Sample.Yuan(500)) { EffectiveOn = Day }),
        ("take an own cap away", new SetSpendingCap(null) { EffectiveOn = Day }),
        ("cool off", new Restrict("c1", [Permission.Spend], RestrictionReason.CoolingOff, Day.AddDays(30), Actor.Borrower, null)
            { EffectiveOn = Day }),
    ];

    private static ReceiveRepayment Repay(string id, long fen, Actor by) =>
        new(id, [new RepaymentSource("card", Sample.Fen(fen))], null, by) { EffectiveOn = Day };
}
