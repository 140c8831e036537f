using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Mingzhang.Domain.Ledger;

/// <summary>A journal entry under construction; lives on the stack, so that the usual entry costs the one object it ends in.</summary>
internal struct Entry
{
    private const int Usual = 8;

    private Few _first;
    private Posting[]? _all;
    private int _count;

    /// <summary>Debits an account; zero is left out.</summary>
    [UnscopedRef]
    public ref Entry Debit(LedgerAccount account, Money amount)
    {
        if (!amount.IsZero)
        {
            Add(new Posting(account, amount));
        }

        return ref this;
    }

    /// <summary>Credits an account; zero is left out.</summary>
    [UnscopedRef]
    public ref Entry Credit(LedgerAccount account, Money amount) => ref Debit(account, -amount);

    /// <summary>Debits one and credits the other by a signed amount.</summary>
    [UnscopedRef]
    public ref Entry Pair(LedgerAccount debit, LedgerAccount credit, Money amount) => ref Debit(debit, amount).Credit(credit, amount);

    /// <summary>Credits the receivables that money went to; on written-off debt it is a recovery.</summary>
    [UnscopedRef]
    public ref Entry Settle(ValueList<Allocation> allocations)
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

        return ref this;
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
        var postings = _all is null ? _first[.._count] : _all.AsSpan(0, _count);
        var sum = 0L;
        foreach (ref readonly var posting in postings)
        {
            sum = checked(sum + posting.Amount.MinorUnits);
        }

        Invariant.Holds(sum == 0, "1: postings do not sum to zero");
        return ValueList.Create<Posting>(postings);
    }

    /// <summary>The receivable of a component.</summary>
    public static LedgerAccount ReceivableOf(Component component) => component switch
    {
        Component.Principal => LedgerAccount.PrincipalReceivable,
        Component.Interest => LedgerAccount.InterestReceivable,
        Component.OverdueCharge => LedgerAccount.OverdueChargeReceivable,
        Component.Fee => LedgerAccount.FeeReceivable,
    };

    private void Add(Posting posting)
    {
        if (_all is null && _count < Usual)
        {
            _first[_count++] = posting;
            return;
        }

        _all ??= [.. _first[..Usual]];
        if (_count == _all.Length)
        {
            Array.Resize(ref _all, _count * 2);
        }

        _all[_count++] = posting;
    }

    [InlineArray(Usual)]
    private struct Few
    {
        private Posting _posting;
    }
}
