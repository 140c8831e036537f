namespace Mingzhang.Domain.Ledger;

/// <summary>A journal entry under construction.</summary>
internal sealed class Entry
{
    private readonly List<Posting> _postings = [];

    /// <summary>Debits an account; zero is left out.</summary>
    public Entry Debit(LedgerAccount account, Money amount)
    {
        if (!amount.IsZero)
        {
            _postings.Add(new Posting(account, amount));
        }

        return this;
    }

    /// <summary>Credits an account; zero is left out.</summary>
    public Entry Credit(LedgerAccount account, Money amount) => Debit(account, -amount);

    /// <summary>Debits one and credits the other by a signed amount.</summary>
    public Entry Pair(LedgerAccount debit, LedgerAccount credit, Money amount) => Debit(debit, amount).Credit(credit, amount);

    /// <summary>Credits the receivables that money went to; on written-off debt it is a recovery.</summary>
    public Entry Settle(ValueList<Allocation> allocations)
    {
        foreach (var allocation in allocations.AsSpan())
        {
            if (allocation.WrittenOff)
            {
                Credit(LedgerAccount.RecoveryIncome, allocation.Amount);
                Pair(LedgerAccount.WrittenOffDebt, LedgerAccount.WrittenOffDebtContra, -allocation.Amount);
            }
            else
            {
                Credit(ReceivableOf(allocation.Component), allocation.Amount);
            }
        }

        return this;
    }

    /// <summary>Takes over correction lines.</summary>
    public void Lines(ValueList<CorrectionLine> lines)
    {
        foreach (var line in lines.AsSpan())
        {
            Debit(line.Ledger, line.Delta);
        }
    }

    /// <summary>The entry; throws unless it balances (invariant 1).</summary>
    public ValueList<Posting> Balanced()
    {
        var sum = 0L;
        foreach (var posting in _postings)
        {
            sum = checked(sum + posting.Amount.MinorUnits);
        }

        Invariant.Holds(sum == 0, "1: postings do not sum to zero");
        return ValueList.From(_postings);
    }

    /// <summary>The receivable of a component.</summary>
    public static LedgerAccount ReceivableOf(Component component) => component switch
    {
        Component.Principal => LedgerAccount.PrincipalReceivable,
        Component.Interest => LedgerAccount.InterestReceivable,
        Component.OverdueCharge => LedgerAccount.OverdueChargeReceivable,
        Component.Fee => LedgerAccount.FeeReceivable,
    };
}
