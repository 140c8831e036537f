using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Billing;
using Mingzhang.Domain.Corrections;
using Mingzhang.Domain.Explaining;
using Mingzhang.Domain.Instalments;
using Mingzhang.Domain.Loans;
using Mingzhang.Domain.Purchases;
using Mingzhang.Domain.Repayment;
using Mingzhang.Domain.Values;

namespace Mingzhang.Services.Reading;

/// <summary>One thing that happened to money or limit, for a list of recent activity.</summary>
/// <param name="On">Economic date.</param>
/// <param name="Event">Event name, such as <c>purchase-posted</c>.</param>
/// <param name="Label">Merchant, when there is one.</param>
/// <param name="Scene">Scene of the purchase, when there is one.</param>
/// <param name="Amount">Taken from the borrower negative, given positive; null when it moved none.</param>
public sealed record ActivityLine(DateOnly On, string Event, string? Label, string? Scene, Money? Amount);

/// <summary>Recent activity of an account, latest first.</summary>
public static class Activity
{
    /// <summary>Everything a borrower would recognise, latest first.</summary>
    public static IReadOnlyList<ActivityLine> Of(AccountView view)
    {
        var asked = new Dictionary<string, AuthorisePurchase>(StringComparer.Ordinal);
        var lines = new List<ActivityLine>();
        foreach (var entry in view.History)
        {
            foreach (var happened in entry.Events)
            {
                if (happened is PurchaseAuthorised authorised)
                {
                    asked[authorised.Fact.PurchaseId] = authorised.Fact;
                }

                if (LineOf(happened, view.State, asked) is { } line)
                {
                    lines.Add(line);
                }
            }
        }

        lines.Reverse();
        return [.. lines.OrderByDescending(line => line.On)];
    }

    private static ActivityLine? LineOf(AccountEvent happened, AccountState state, Dictionary<string, AuthorisePurchase> asked)
    {
        var name = EventNames.Of(happened);
        return happened switch
        {
            PurchaseAuthorised e => state.Purchases.Any(p => p.Id == e.Fact.PurchaseId && p.Held.IsPositive)
                ? new ActivityLine(e.EffectiveOn, name, e.Fact.Merchant, e.Fact.Scene, -e.Fact.Amount)
                : null,
            PurchasePosted e => asked.TryGetValue(e.PurchaseId, out var fact)
                ? new ActivityLine(e.EffectiveOn, name, fact.Merchant, fact.Scene, -e.Amount)
                : new ActivityLine(e.EffectiveOn, name, null, null, -e.Amount),
            RepaymentReceived e => new ActivityLine(e.EffectiveOn, name, null, null, e.Amount),
            RefundReceived e => new ActivityLine(
                e.EffectiveOn, name, e.Fact.PurchaseId is { } id && asked.TryGetValue(id, out var fact) ? fact.Merchant : null, null,
                e.Fact.Amount),
            InterestPosted e => new ActivityLine(e.EffectiveOn, name, null, null, -e.Amount),
            OverdueChargePosted e => new ActivityLine(e.EffectiveOn, name, null, null, -e.Amount),
            LoanDisbursed e => new ActivityLine(e.EffectiveOn, name, null, null, e.Loan.Principal),
            LoanAccrualPosted e => new ActivityLine(e.EffectiveOn, name, null, null, -e.Amount),
            EarlyFeePosted e => new ActivityLine(e.EffectiveOn, name, null, null, -e.Amount),
            PlanStarted e => new ActivityLine(e.EffectiveOn, name, null, null, null),
            LoanSettled e => new ActivityLine(e.EffectiveOn, name, null, null, null),
            CreditBalanceReturned e => new ActivityLine(e.EffectiveOn, name, null, null, -e.Fact.Amount),
            AccountCorrected e => new ActivityLine(
                e.EffectiveOn, name, null, null,
                e.Late is ReceiveRepayment late ? late.Sources.Sum(state.Currency, source => source.Amount) : null),
            // The rest: nothing a borrower would look for in a list of money.
            _ => null,
        };
    }
}
