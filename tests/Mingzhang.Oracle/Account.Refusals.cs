namespace Mingzhang.Oracle;

/// <summary>Which refusals apply to a fact, smallest number first; none = accepted.</summary>
public sealed partial class Account
{
    private List<int> Refusals(Fact f)
    {
        List<int> no = [];
        void If(bool applies, int code)
        {
            if (applies)
            {
                no.Add(code);
            }
        }

        if (f.Kind == Kind.Open)
        {
            If(_life != "none", 101);
            If(f.Amount < terms.LimitSmallest || f.Amount > terms.LimitLargest, 124);
            If(f.Number != 0 && !terms.StatementDayOfDueDay.ContainsKey(f.Number), 125);
            return no;
        }

        If(MovesMoney(f.Kind) && f.Amount <= 0, 20);
        If(_life == "none", 100);
        If(_life == "closed" && f.Kind is not (Kind.Reopen or Kind.Refund) && !(f.Kind == Kind.Repay && !f.Yes), 102);
        If(_life == "closing" && (NeedsActive(f.Kind) || (f.Kind == Kind.LinkService && f.Yes)), 103);
        if (no.Count == 0)
        {
            Special(f, If);
        }

        no.Sort();
        return no;
    }

    private static bool MovesMoney(Kind kind) => kind is Kind.Authorise or Kind.Capture or Kind.Offline or Kind.AnnounceRefund
        or Kind.Refund
        or Kind.Repay or Kind.SubmitPayment or Kind.Payout or Kind.TemporaryLimit or Kind.RequestLoan;

    private static bool NeedsActive(Kind kind) => kind is Kind.Authorise or Kind.SetLimit or Kind.TemporaryLimit or Kind.SceneLimit
        or Kind.ChangeDueDay or Kind.RequestLoan or Kind.StartPlan;

    private void Special(Fact f, Action<bool, int> no)
    {
        switch (f.Kind)
        {
            case Kind.Authorise or Kind.Offline or Kind.Capture or Kind.ConfirmReceipt or Kind.Release or Kind.AnnounceRefund
                or Kind.Refund:
                OfPurchases(f, no);
                break;
            case Kind.Repay or Kind.SubmitPayment or Kind.FailPayment or Kind.Payout:
                OfMoney(f, no);
                break;
            case Kind.RequestClosing or Kind.ConfirmClosing or Kind.CancelClosing or Kind.ForceClosing or Kind.Reopen:
                OfClosing(f, no);
                break;
            case Kind.RequestLoan or Kind.Disburse or Kind.FailDisburse or Kind.StartPlan:
                OfLoans(f, no);
                break;
            case Kind.AskRelief or Kind.OfferRelief or Kind.AcceptRelief or Kind.EndRelief or Kind.Waive:
                OfRelief(f, no);
                break;
            case Kind.SetLimit:
                no(f.Yes && f.Amount > _limit, 220);
                no(f.Amount > terms.LimitLargest || f.Amount < 0, 124);
                break;
            case Kind.TemporaryLimit:
                no(_blocks.Exists(b => b.Reason is "Overdue" or "OverdueCooling" or "OverdueTerminated" or "ReliefRuns"), 200);
                no(f.Until <= f.From || f.Until <= _today, 221);
                no(_temporary.Exists(t => t.Id == f.Id), 222);
                break;
            case Kind.SceneLimit:
                no(f.Amount > terms.LimitLargest || f.Amount < 0, 124);
                no(!terms.Scenes.ContainsKey(f.Scene), 201);
                break;
            case Kind.Restrict:
                no(f.Until is { } until && until <= _today, 221);
                no(_blocks.Exists(b => b.Id == f.Id), 230);
                break;
            case Kind.Lift:
                no(!_blocks.Exists(b => b.Id == f.Id), 231);
                no(f.Yes && _blocks.Exists(b => b.Id == f.Id && !b.ByBorrower), 232);
                break;
            case Kind.OpenDispute:
                no(Named(f).Count == 0, 500);
                no(_disputeIds.Contains(f.Id), 501);
                break;
            case Kind.ResolveDispute:
                no(!_disputes.ContainsKey(f.Id), 502);
                break;
            case Kind.WriteOff:
                no(_items.All(i => i.Off || i.Unpaid == 0), 600);
                break;
            case Kind.ChangeDueDay:
                no(!terms.StatementDayOfDueDay.ContainsKey(f.Number), 125);
                no(_dueDayChangedOn is { } last && _today < last.AddMonths(terms.MonthsBetweenDueDayChanges), 126);
                break;
            default:
                break;
        }
    }

    private void OfPurchases(Fact f, Action<bool, int> no)
    {
        Buy? buy = Purchase(f.Kind is Kind.AnnounceRefund or Kind.Refund ? f.Purchase ?? "" : f.Id);
        switch (f.Kind)
        {
            case Kind.Authorise:
                no(_blocks.Exists(b => b.Spend), 200);
                no(buy is not null, 210);
                no(!terms.Scenes.ContainsKey(f.Scene), 201);
                no(f.Amount > terms.SingleMax, 202);
                no(SpentToday + f.Amount > terms.DailyMax, 203);
                no(PoolFor(f.Scene, f.Amount) is null && f.Amount > Available(null), 204);
                OfCheckout(f, no);
                break;
            case Kind.Offline:
                no(buy is not null, 210);
                break;
            case Kind.Capture:
                no(buy is null, 211);
                no(buy is not null && buy.Held == 0, 212);
                no(buy is not null && f.Amount > buy.Held - buy.Waiting, 213);
                break;
            case Kind.ConfirmReceipt:
                no(buy is null, 211);
                no(buy is not null && (buy.Held == 0 || buy.CountsAsConfirmedOn is null), 212);
                break;
            case Kind.Release:
                no(buy is null, 211);
                no(buy is not null && (buy.Held == 0 || buy.CountsAsConfirmedOn is not null), 212);
                break;
            default:
                no(f.Purchase is not null && buy is null, 211);
                no(buy is not null && f.Amount > Refundable(buy), 214);
                no(f.Kind == Kind.Refund ? WasUsed(f.Id) : _pendingRefunds.Contains(f.Id) || WasUsed(f.Id), 215);
                break;
        }
    }

    private bool WasUsed(string moneyId) =>
        _moneyIds.TryGetValue(moneyId, out DateOnly on) && _today <= on.AddDays(terms.RefundWindowDays);

    /// <summary>A purchase that holds nothing and owes nothing is kept for the refund window after its last sign of life.</summary>
    private bool MayBeForgotten(Buy buy) => buy.Held == 0 && !_items.Exists(i => i.Purchase == buy.Id && i.Unpaid > 0)
        && _today > (buy.PostedOn ?? buy.On).AddDays(terms.RefundWindowDays);

    private void OfMoney(Fact f, Action<bool, int> no)
    {
        switch (f.Kind)
        {
            case Kind.Repay:
                no(WasUsed(f.Id), 300);
                no(f.Yes && f.Amount > SettlesAll(f.Loan), 301);
                no((f.Purchase is not null || f.Bill is not null || f.Loan is not null) && Named(f).Count == 0, 302);
                no((f.Loan is null || _loans.Exists(l => l.Id == f.Loan)) && RepaysAPart(f), 251);
                break;
            case Kind.SubmitPayment:
                no(WasUsed(f.Id) || _pendingPayments.Contains(f.Id), 300);
                break;
            case Kind.FailPayment:
                no(!_pendingPayments.Contains(f.Id), 303);
                break;
            default:
                no(f.Amount > _credit, 304);
                break;
        }
    }

    private void OfClosing(Fact f, Action<bool, int> no)
    {
        switch (f.Kind)
        {
            case Kind.RequestClosing:
                no(_life == "closing", 103);
                no(Blocked(f.Yes), 400);
                no(f.Also, 401);
                break;
            case Kind.ConfirmClosing:
                no(_life != "closing", 402);
                no(_life == "closing" && !f.Yes, 403);
                no(_life == "closing" && !f.Also && _blocks.Exists(b => b.Reason == "RiskVideoInterview"), 404);
                no(_life == "closing" && _confirmed, 405);
                break;
            case Kind.CancelClosing:
                no(_life != "closing", 402);
                no(_life == "closing" && _forced, 406);
                no(_life == "closing" && !_forced && _closedOn is not null, 102);
                break;
            case Kind.Reopen:
                no(_life == "active" || (_life == "closing" && _closedOn is null), 101);
                no(_life == "closing" && _closedOn is not null, 103);
                no(_life == "closed" && _forced && !terms.ReopenAfterForced, 127);
                no(_life == "closed" && _today < _closedOn!.Value.AddDays(terms.ReopenWaitDays), 128);
                no(f.Amount < terms.LimitSmallest || f.Amount > terms.LimitLargest, 124);
                break;
            default:
                no(_life == "closing" && _forced, 103);
                break;
        }
    }

    private bool Blocked(bool runOff)
    {
        bool always = _life == "closing" || _blocks.Exists(b => b.Reason == "LegalHold");
        bool debt = _items.Exists(i => i.Unpaid > 0) || _buys.Exists(b => b.Held > 0) || RevolvingRounded + OverdueRounded > 0;
        bool pending = _pendingPayments.Count + _pendingRefunds.Count + _services.Count + _requests.Count > 0;
        bool agreed = _agreements.Exists(a => a.Stage == 'R');
        bool policy = (terms.CreditBlocks && _credit > 0) || (terms.DisputeBlocks && _disputes.Count > 0);
        return always || (!(runOff && terms.DebtRunsOff) && (debt || pending || agreed || policy || DaysPastDue() > 0));
    }
}
