namespace Mingzhang.Domain.Loans;

/// <summary>The lenders' shares of a loan's figures. A function of the figure, not of its history: sums are equal to the fen at any time
/// and end at zero with the loan.</summary>
public static class LenderShares
{
    /// <summary>An amount by lender: each share rounded down, the last lender takes the rest.</summary>
    /// <example>1,000.01 by 30 % and 70 % → 300.00 and 700.01 (case T18).</example>
    public static ValueList<(string Lender, Money Amount)> Of(ValueList<LenderShare> lenders, Money amount)
    {
        var left = amount;
        var parts = new List<(string, Money)>();
        for (var i = 0; i < lenders.Count; i++)
        {
            var share = i == lenders.Count - 1
                ? left
                : Money.Of(Rounded.Divide((Int128)amount.MinorUnits * lenders[i].SharePpm, 1_000_000, Rounding.Down), amount.Currency);
            left -= share;
            parts.Add((lenders[i].Lender, share));
        }

        return ValueList.From(parts);
    }

    /// <summary>What each lender is owed by an account: principal, posted interest, charges and fees, by loan.</summary>
    public static IReadOnlyList<LenderFigure> Of(AccountState state)
    {
        var figures = new List<LenderFigure>();
        foreach (var loan in state.Loans)
        {
            foreach (var component in Enum.GetValues<Component>())
            {
                var owed = state.Items.Sum(state.Currency, item =>
                    item.LoanId == loan.Id && item.Component == component ? item.Unpaid : Money.Zero(state.Currency));
                foreach (var (lender, amount) in Of(loan.Lenders, owed))
                {
                    figures.Add(new LenderFigure(loan.Id, lender, component, amount));
                }
            }
        }

        return figures;
    }
}

/// <summary>A lender's part of one component of one loan.</summary>
public sealed record LenderFigure(string LoanId, string Lender, Component Component, Money Amount);
