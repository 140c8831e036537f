using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Explaining;
using Mingzhang.Domain.Loans;
using Mingzhang.Domain.Repayment;
using Mingzhang.Domain.Values;
using Mingzhang.Services.Reading;
using Mingzhang.Services.Wording;
using Mingzhang.Web.Texts;

namespace Mingzhang.Web.App;

/// <summary>What a repayment of one loan would do: the real decision, not booked.</summary>
/// <param name="Amount">Asked.</param>
/// <param name="Mode">For what goes early.</param>
/// <param name="Refused">Why not; null when it would be taken.</param>
/// <param name="Parts">Where the money goes, by component.</param>
/// <param name="Before">Rows ahead now.</param>
/// <param name="After">Rows ahead then.</param>
/// <param name="LeftBefore">Principal left now.</param>
/// <param name="LeftAfter">Principal left then.</param>
/// <param name="Saves">Interest and charges less than as scheduled, fee and interest of today taken off.</param>
/// <param name="Settles">Whether nothing is left then.</param>
public sealed record RepayPreview(
    Money Amount, EarlyMode Mode, string? Refused, IReadOnlyList<(Component Component, Money Amount)> Parts,
    ValueList<LoanRowTold> Before, ValueList<LoanRowTold> After, Money LeftBefore, Money LeftAfter, Money Saves, bool Settles)
{
    /// <summary>Interest and charges of rows ahead.</summary>
    public static Money ChargesOf(ValueList<LoanRowTold> rows, Currency currency) => rows.Sum(currency, row => row.Charge);

    /// <summary>The command of such a payment.</summary>
    public static ReceiveRepayment Command(AccountView view, string loanId, long fen, EarlyMode mode, string repaymentId) => new(
        repaymentId, [new RepaymentSource("bank-card", Money.Of(fen, view.State.Currency))],
        new DebtName(null, null, null, loanId), Actor.Borrower)
    {
        EffectiveOn = view.Today, Early = mode,
    };

    /// <summary>Asks the core.</summary>
    public static async Task<RepayPreview> OfAsync(
        AccountReader reader, AccountView view, Loan loan, Money amount, EarlyMode mode, Speech speech)
    {
        var before = Explainer.RowsAhead(view.State, view.Terms, loan.Id);
        var left = view.State.PrincipalLeft(loan.Id);
        var none = Money.Zero(view.State.Currency);
        var decision = await reader.TryAsync(view.State.Id, Command(view, loan.Id, amount.MinorUnits, mode, "preview-0"));
        if (decision is not Accepted accepted)
        {
            var why = decision is Refused refused ? RefusalText.Of(refused.Reason, speech.IsChinese) : "";
            return new RepayPreview(amount, mode, why, [], before, before, left, left, none, false);
        }

        var after = Explainer.RowsAhead(accepted.After, view.Terms, loan.Id);
        var paid = accepted.Events.OfType<RepaymentReceived>().Single();
        var parts = paid.Allocations.GroupBy(allocation => allocation.Component)
            .Select(group => (group.Key, ValueList.From(group).Sum(none.Currency, one => one.Amount))).ToList();
        var today = accepted.Events.Aggregate(none, (sum, happened) => sum + PriceOf(happened, loan.Id, none));
        var saves = ChargesOf(before, none.Currency) - ChargesOf(after, none.Currency) - today;
        return new RepayPreview(
            amount, mode, null, parts, before, after, left, accepted.After.PrincipalLeft(loan.Id), saves,
            !accepted.After.Loans.Any(other => other.Id == loan.Id));
    }

    private static Money PriceOf(AccountEvent happened, string loanId, Money none) => happened switch
    {
        LoanAccrualPosted e when e.LoanId == loanId && e.Growth == Growth.Interest => e.Amount,
        EarlyFeePosted e when e.LoanId == loanId => e.Amount,
        // The rest: no price of repaying early.
        _ => none,
    };
}
