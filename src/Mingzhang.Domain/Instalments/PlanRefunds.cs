namespace Mingzhang.Domain.Instalments;

/// <summary>Refunds of a purchase that is paid in instalments.</summary>
/// <remarks>
/// Product rule, domain rules 1.7: rows not yet due are cancelled from the last backwards, with their charge; then what is due is paid; the
/// rest is a credit balance. The customer may choose lower rows instead, or the credit balance alone.
/// </remarks>
internal static class PlanRefunds
{
    public static (ValueList<Allocation> Allocations, Money Left) Allocate(
        AccountState state, ReceiveRefund command, Money amount, DebtName? named, ProductTerms terms)
    {
        if (command.PurchaseId is not { } purchase || !state.Loans.Any(loan => loan.PurchaseId == purchase))
        {
            return Waterfall.Allocate(state, amount, named, terms);
        }

        if (command.Mode == EarlyMode.Credit)
        {
            return ([], amount);
        }

        var taken = new List<Allocation>();
        var left = amount;
        for (var i = state.Items.Count - 1; i >= 0 && left.IsPositive; i--)
        {
            var item = state.Items[i];
            if (item.PurchaseId == purchase && item.Scheduled && !item.Disputed)
            {
                var part = Money.Min(left, item.Unpaid);
                taken.Add(new Allocation(item.Id, item.Component, null, part, item.WrittenOff));
                left -= part;
            }
        }

        (var due, left) = Waterfall.Allocate(state, left, named, terms);
        taken.AddRange(due.AsSpan());
        return (ValueList.From(taken), left);
    }
}
