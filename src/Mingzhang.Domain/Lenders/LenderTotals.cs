namespace Mingzhang.Domain.Lenders;

/// <summary>Adds the books of accounts up to the report over all lenders.</summary>
public sealed class LenderTotals(TermsBook book, Currency currency)
{
    private const long Million = 1_000_000;

    private readonly SortedDictionary<(string Lender, int Ledger), long> _balances = [];
    private readonly SortedDictionary<(string Lender, string Product), long> _holdings = [];
    private long _joint;
    private long? _smallest;
    private int _loans;

    /// <summary>Adds an account's shared loans and its line, when lenders fund that; accounts in another currency are left out.</summary>
    public void Add(IEnumerable<LoanBooks> books)
    {
        foreach (var loan in books.Where(loan => loan.IsShared && loan.Currency == currency))
        {
            _loans++;
            foreach (var line in loan.Split())
            {
                Sum(_balances, (line.Lender, line.Ledger is { } ledger ? (int)ledger : 0), line.Minor);
                if (line.Ledger == LedgerAccount.PrincipalReceivable)
                {
                    Sum(_holdings, (line.Lender, loan.Product), line.Minor);
                }
            }

            Rules(loan);
        }
    }

    /// <summary>The report.</summary>
    /// <param name="main">The house's trial balance in this currency, debit positive.</param>
    /// <param name="on">The day.</param>
    /// <param name="law">The rule on lending together that holds; null: none is known.</param>
    /// <param name="tierOne">Tier-1 net capital, or null.</param>
    public LenderReport Report(IReadOnlyDictionary<LedgerAccount, long> main, DateOnly on, CooperationRow? law, Money? tierOne)
    {
        var all = main.GetValueOrDefault(LedgerAccount.PrincipalReceivable);
        var rest = main.OrderBy(line => line.Key).Select(line => new LenderBalance("", line.Key, Of(line.Value
            - _balances.Where(held => held.Key.Ledger == (int)line.Key).Sum(held => held.Value))));
        return new LenderReport(
            on, _loans,
            ValueList.From(_balances.Where(line => line.Value != 0).Select(line => new LenderBalance(
                line.Key.Lender, line.Key.Ledger == 0 ? null : (LedgerAccount)line.Key.Ledger, Of(line.Value)))),
            ValueList.From(rest.Where(line => !line.Balance.IsZero)),
            ValueList.From(_holdings.Select(line =>
                new LenderHolding(line.Key.Lender, line.Key.Product, Of(line.Value), Part(line.Value, all) ?? 0))),
            law is null ? [] : Findings(law, all, tierOne));
    }

    private ValueList<CooperationFinding> Findings(CooperationRow law, long all, Money? tierOne)
    {
        var findings = new List<CooperationFinding>
        {
            new(
                "partner-share", null, _smallest, law.PartnerMinPpm, _smallest is { } share ? share >= law.PartnerMinPpm : null,
                law.Clause),
        };
        foreach (var lender in _holdings.GroupBy(line => line.Key.Lender).Where(lender => !IsPlatform(lender.Key)))
        {
            var part = tierOne is { } capital ? Part(lender.Sum(line => line.Value), capital.MinorUnits) : null;
            findings.Add(new CooperationFinding(
                "one-partner", lender.Key, part, law.OnePartnerMaxPpm, part is { } known ? known <= law.OnePartnerMaxPpm : null,
                law.Clause));
        }

        var joint = Part(_joint, all);
        findings.Add(new CooperationFinding(
            "joint-loans", null, joint, law.JointMaxPpm, joint is { } of ? of <= law.JointMaxPpm : null, law.Clause));
        return ValueList.From(findings);
    }

    // Joint: several lenders. The smallest share that the others hold beside a platform lender, of loans with anything left.
    private void Rules(LoanBooks loan)
    {
        var left = loan.Balances.GetValueOrDefault(LedgerAccount.PrincipalReceivable);
        if (left == 0)
        {
            return;
        }

        _joint += loan.Lenders.Count > 1 ? left : 0;
        if (loan.Lenders.Any(share => IsPlatform(share.Lender)))
        {
            var partners = 0L;
            foreach (var share in loan.Lenders.AsSpan())
            {
                partners += IsPlatform(share.Lender) ? 0 : share.SharePpm;
            }

            _smallest = Math.Min(_smallest ?? long.MaxValue, partners);
        }
    }

    private bool IsPlatform(string lender) => book.All.Any(terms => terms.Lenders.Any(one => one.Code == lender && one.Platform));

    private Money Of(long minor) => Money.Of(minor, currency);

    private static long? Part(long part, long whole) => whole <= 0 ? null : Rounded.Divide((Int128)part * Million, whole, Rounding.HalfUp);

    private static void Sum<TKey>(SortedDictionary<TKey, long> sums, TKey key, long minor)
        where TKey : notnull => sums[key] = checked(sums.GetValueOrDefault(key) + minor);
}
