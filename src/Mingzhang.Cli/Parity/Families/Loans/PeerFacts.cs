using Mingzhang.Domain.Schedules;
using Mingzhang.Domain.Values;

namespace Mingzhang.Cli.Parity.Families.Loans;

/// <summary>The events of a case as facts of a loan, in the order they were told.</summary>
/// <param name="terms">The loan's terms.</param>
/// <param name="isDebited">Down payments are debited when money is paid out.</param>
internal sealed class PeerFacts(LoanBookTerms terms, bool isDebited)
{
    private readonly List<LoanBookFact> _facts = [];

    /// <summary>Why the events make no loan here; null when they do.</summary>
    public string? Unknown { get; private set; }

    /// <summary>Reads all events; what is undone is no fact.</summary>
    public List<LoanBookFact> Read(IReadOnlyList<ParityNode> events)
    {
        var today = DateOnly.MinValue;
        foreach (var node in events)
        {
            today = today == DateOnly.MinValue && node.Find("date") is { } first ? first.Day() : today;
            switch (node.Get("type").Text())
            {
                case "business_date":
                    today = node.Get("date").Day();
                    break;
                case "undo":
                    Undo(node);
                    break;
                case "charge_off":
                    break; // it changes the books, not the schedule
                case "disbursement":
                    PayOut(node);
                    break;
                default:
                    _facts.Add(Fact(node, today));
                    break;
            }
        }

        return _facts;
    }

    /// <summary>The kind of payment a name stands for; null when it stands for none.</summary>
    public static PaymentKind? KindOf(string name) => name.ToUpperInvariant() switch
    {
        "REPAYMENT" or "PAY_OFF" => PaymentKind.Repayment,
        "GOODWILL_CREDIT" => PaymentKind.Goodwill,
        "MERCHANT_ISSUED_REFUND" => PaymentKind.MerchantRefund,
        "PAYOUT_REFUND" => PaymentKind.PayoutRefund,
        _ => null,
    };

    private void PayOut(ParityNode node)
    {
        var (on, amount) = (node.Get("date").Day(), Amount(node));
        var debit = isDebited ? LoanBook.DownPaymentDebit(terms, ValueList.From(_facts), amount) : 0;
        _facts.Add(new PaidOut(on, amount));
        if (debit > 0)
        {
            _facts.Add(new PaidIn(on, debit));
        }
    }

    private static LoanBookFact Fact(ParityNode node, DateOnly today)
    {
        var type = node.Get("type").Text();
        return type switch
        {
            "close_of_business" => new DayClosed(today),
            "pay_principal" => Part(node, BookComponent.Principal),
            "pay_interest" => Part(node, BookComponent.Interest),
            "charge" => Charge(node, today),
            "re_amortize" => new ReAmortised(today),
            "re_age" => new ReAged(
                today, node.Get("start_date").Day(),
                new SchedulePeriod(PeerText.UnitOf(node.Get("frequency_type")), PeerText.Int(node.Get("frequency_number"))),
                PeerText.Int(node.Get("number_of_installments"))),
            _ => new PaidIn(
                node.Get("date").Day(), Amount(node),
                KindOf(type) ?? throw node.Bad(("is not a known event", "Correct its type."), ("不是已知的事件", "请改正类型。"))),
        };
    }

    private static LoanBookFact Charge(ParityNode node, DateOnly today)
    {
        var component = node.Get("kind").Text() == "penalty" ? BookComponent.Penalty : BookComponent.Fee;
        return node.Find("percent") is { } percent
            ? new ChargedShare(today, node.Get("due_date").Day(), PeerText.Ppm(percent), component)
            : new Charged(today, node.Get("due_date").Day(), Amount(node), component);
    }

    private static PaidPart Part(ParityNode node, BookComponent part) =>
        new(node.Get("date").Day(), node.Get("installment_due_date").Day(), part, Amount(node));

    private static long Amount(ParityNode node) => PeerText.Minor(node.Get("amount"));

    /// <summary>Takes back the last payment out with all that was told after it, or the n-th thing of a day.</summary>
    private void Undo(ParityNode node)
    {
        var what = node.Get("what").Text();
        var from = what == "last disbursement" ? _facts.FindLastIndex(fact => fact is PaidOut)
            : what == "re_age" ? _facts.FindLastIndex(fact => fact is ReAged)
            : what == "re_amortize" ? _facts.FindLastIndex(fact => fact is ReAmortised)
            : Nth(node.Get("transaction_date").Day(), node.Get("nth").Whole(), what == "any transaction");
        if (from < 0)
        {
            Unknown = "something is taken back that the events do not name";
            return;
        }

        _facts.RemoveRange(from, what == "last disbursement" ? _facts.Count - from : 1);
    }

    private int Nth(DateOnly day, long nth, bool isAny)
    {
        for (var k = 0; k < _facts.Count; k++)
        {
            if (_facts[k].On == day && (_facts[k] is PaidIn || (isAny && _facts[k] is PaidOut)) && --nth == 0)
            {
                return k;
            }
        }

        return -1;
    }
}
