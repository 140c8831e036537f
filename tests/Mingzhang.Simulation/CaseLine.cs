using System.Globalization;

namespace Mingzhang.Simulation;

/// <summary>One line of a case: a day, an action, its words.</summary>
public sealed class CaseLine
{
    private readonly string[] _words;
    private readonly DateOnly _on;

    public CaseLine(string line)
    {
        _words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Day = Date(_words[0]);
        _on = Day;
        _words = _words[1..];
        if (_words[0] == "late")
        {
            _on = Date(_words[1]);
            _words = _words[2..];
        }
    }

    /// <summary>The day it is booked.</summary>
    public DateOnly Day { get; }

    /// <summary>What is asked; null = only look.</summary>
    public AccountCommand? Command(CoreAccount core) => _words[0] switch
    {
        "look" => null,
        "open" => Sample.Open(_on, Fen(1).MinorUnits, _words.Length > 3 ? int.Parse(_words[3], CultureInfo.InvariantCulture) : null,
            core.Line.Name),
        "request" => new RequestLoan(_words[1], Fen(2), _words[3], int.Parse(_words[4], CultureInfo.InvariantCulture), "p",
            CostTables.Read) { EffectiveOn = _on },
        "pay-out" => new ConfirmDisbursement(_words[1], "bank") { EffectiveOn = _on },
        "authorise" => new AuthorisePurchase(_words[1], Fen(2), _words[3], "m") { EffectiveOn = _on },
        "capture" => new CapturePurchase(_words[1], Fen(2), _words[3] == "final") { EffectiveOn = _on },
        "confirm" => new ConfirmReceipt(_words[1]) { EffectiveOn = _on },
        "release" => new ReleaseHold(_words[1]) { EffectiveOn = _on },
        "offline" => new PostOfflinePurchase(_words[1], Fen(2), "store", "m") { EffectiveOn = _on },
        "refund" => new ReceiveRefund(_words[1], _words.Length > 3 ? _words[3] : null, Fen(2)) { EffectiveOn = _on },
        "repay" => new ReceiveRepayment(_words[1], [new RepaymentSource("card", _words[2] == "all" ? All(core) : Fen(2))],
            _words is [_, _, _, "loan", var loan] ? new DebtName(null, null, null, loan) : null, Actor.Channel)
        {
            EffectiveOn = _on,
        },
        "return" => new ReturnRepayment(_words[1], "bank") { EffectiveOn = _on },
        "payout" => new ReturnCreditBalance(_words[1], Fen(2)) { EffectiveOn = _on },
        "temporary" => new GrantTemporaryLimit(new TemporaryLimit(_words[1], Fen(2), Date(_words[3]), Date(_words[4])),
            "r") { EffectiveOn = _on },
        "limit" => new SetLimit(Fen(1), Actor.Staff, "r") { EffectiveOn = _on },
        "dispute" => new OpenDispute(_words[1], new DebtName(_words[2], null, null), "r") { EffectiveOn = _on },
        "resolve" => new ResolveDispute(_words[1], _words[2] == "upheld" ? DisputeOutcome.Upheld
            : DisputeOutcome.Rejected) { EffectiveOn = _on },
        "due-day" => new ChangeDueDay(int.Parse(_words[1], CultureInfo.InvariantCulture)) { EffectiveOn = _on },
        "write-off" => new WriteOffDebt("r") { EffectiveOn = _on },
        "request-closing" => new RequestClosing(ClosingMode.RunOff, "notice-1", "r") { EffectiveOn = _on },
        "confirm-closing" => new ConfirmClosing(true, true) { EffectiveOn = _on },
        "cancel-closing" => new CancelClosing("r") { EffectiveOn = _on },
        _ => throw new InvalidOperationException($"no action is called {_words[0]}"),
    };

    private static DateOnly Date(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private Money Fen(int at) => Sample.Fen((long)(decimal.Parse(_words[at], NumberStyles.Number, CultureInfo.InvariantCulture) * 100));

    private Money All(CoreAccount core) =>
        core.State.PostedBalance() + core.State.AccruedInterest(Sample.Core, Day) + core.State.AccruedCharge(Sample.Core, Day);
}
