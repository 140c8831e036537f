namespace Mingzhang.Domain.Corrections;

/// <summary>Statements whose figures changed: the old one stays, the new one has the next version (invariant 28).</summary>
internal static class SupersededStatements
{
    public static ValueList<SupersededStatement> Between(
        IReadOnlyList<FoldedEntry> before, IReadOnlyList<FoldedEntry> after, Dictionary<DateOnly, int> versions)
    {
        var old = Issued(before).ToDictionary(bill => bill.IssuedOn);
        var changed = new List<SupersededStatement>();
        foreach (var bill in Issued(after))
        {
            var version = versions.GetValueOrDefault(bill.IssuedOn, 1);
            if (old.TryGetValue(bill.IssuedOn, out var was) && was != bill)
            {
                changed.Add(new SupersededStatement(was with { Version = version }, bill with { Version = version + 1 }));
            }
        }

        return ValueList.From(changed);
    }

    private static IEnumerable<Bill> Issued(IReadOnlyList<FoldedEntry> entries) =>
        entries.SelectMany(entry => entry.Events).OfType<StatementIssued>().Select(e => e.Bill);
}
