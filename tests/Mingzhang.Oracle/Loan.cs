namespace Mingzhang.Oracle;

internal sealed class Row
{
    public int Number;
    public DateOnly Due;
    public Item? Item;
    public BigInteger Charge;

    /// <summary>Posted interest and charges that are due with this row.</summary>
    public List<Item> Carried = [];

    public BigInteger Left => Item?.Unpaid ?? 0;

    public static BigInteger Sum(List<Item> items) => items.Aggregate(BigInteger.Zero, (s, i) => s + i.Unpaid);
}

internal sealed class Loan
{
    public required string Id;

    /// <summary>C cash, B of a bill, P of a purchase.</summary>
    public char Kind;
    public char Method;
    public string? Purchase;
    public DateOnly Start;
    public int DayOfMonth;
    public BigInteger Ppm;
    public BigInteger PenaltyPpm;
    public bool PenaltyOnCharges;
    public required EarlyRule Early;

    /// <summary>Not yet due.</summary>
    public List<Row> Rows = [];
    public BigInteger Interest;
    public BigInteger PrincipalPenalty;
    public BigInteger ChargePenalty;

    public BigInteger Scheduled => Rows.Aggregate(BigInteger.Zero, (s, r) => s + r.Left);

    public BigInteger CarriedLeft => Rows.Aggregate(BigInteger.Zero, (s, r) => s + Row.Sum(r.Carried));

    /// <summary>Disputed rows take no money.</summary>
    public bool Free => Rows.TrueForAll(r => r.Item is null or { Free: true });
}

internal sealed record Request(Fact Fact, DateOnly EndsOn);
