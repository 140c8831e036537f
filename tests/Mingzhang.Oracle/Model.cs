namespace Mingzhang.Oracle;

internal enum PayKind
{
    Repayment, Refund, Credit, Cancelled, Moved, Planned, Waived,
}

internal sealed record Pay(int Moment, PayKind Kind, BigInteger Amount);

internal sealed class Item
{
    public int Id;
    public string? Purchase;
    public char Component;
    public string? Pool;
    public DateOnly Posted;
    public DateOnly? Billed;

    /// <summary>Where it was billed before an agreement moved it.</summary>
    public DateOnly? Stood;
    public DateOnly? Due;
    public BigInteger Amount;
    public bool Rolled;
    public char Bears = '-';
    public string? Dispute;
    public bool Off;
    public Loan? Loan;
    public bool Scheduled;
    public bool Late;

    /// <summary>Moved off a bill on which it was due in full.</summary>
    public bool InFull;

    /// <summary>The number of the row this principal was laid out in.</summary>
    public int Row;

    /// <summary>Was on a bill whose minimum was missed; due in full from then on.</summary>
    public bool Missed;

    private readonly List<Pay> _pays = [];
    private BigInteger _paid;

    public IReadOnlyList<Pay> Pays => _pays;

    public BigInteger Unpaid => Amount - _paid;

    public void Take(Pay pay)
    {
        _pays.Add(pay);
        _paid += pay.Amount;
    }

    /// <summary>Begins anew with another amount.</summary>
    public void Renew(BigInteger amount)
    {
        _pays.Clear();
        (Amount, _paid) = (amount, 0);
    }

    public bool Free => Dispute is null;
}

internal sealed class BillLine
{
    public required Item Item;
    public BigInteger UnpaidThen;
    public bool Cyclable;
}

internal sealed class Bill
{
    public DateOnly Issued;
    public DateOnly Due;
    public int Moment;
    public List<BillLine> Lines = [];
    public BigInteger Closing;

    /// <summary>Of so little no part is asked for.</summary>
    public bool AllDue;
    public bool DuePassed;
    public bool Overdue;

    /// <summary>An agreement moved what stood on it: it asks for nothing more.</summary>
    public bool Moved;
    public required StatementFigures Figures;
}

internal sealed class Buy
{
    public required string Id;
    public required SceneRule Scene;
    public string? Pool;
    public DateOnly On;
    public BigInteger Held;
    public BigInteger Waiting;
    public BigInteger Posted;
    public BigInteger RefundedAfterPosting;
    public bool FinallyCaptured;
    public DateOnly? HoldEnds;
    public DateOnly? CountsAsConfirmedOn;
    public DateOnly? PostedOn;
    public Checkout? Checkout;
}

internal sealed record TempLimit(string Id, BigInteger Amount, DateOnly From, DateOnly Until);

internal sealed record Block(string Id, string Reason, string Away, DateOnly? Until, bool ByBorrower)
{
    public bool Spend => Away.Contains('S', StringComparison.Ordinal);
}
