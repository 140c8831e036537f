namespace Mingzhang.Domain.Disclosure;

/// <summary>One item of a confirmed cost table, as its loan keeps it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="AmountMinor">Minor units over the whole life; 0 for what is only taken when late or early.</param>
public sealed record ListedCost(CostKind Kind, long AmountMinor);

/// <summary>What the table of a loan lists, and so all that may ever be posted to it.</summary>
public static class ListedCosts
{
    /// <summary>The items of a table, by kind.</summary>
    public static ValueList<ListedCost> Of(ValueList<CostItem> items)
    {
        var listed = new List<ListedCost>();
        foreach (var kind in items.AsSpan().ToArray().Select(item => item.Kind).Distinct())
        {
            listed.Add(new ListedCost(kind, items.AsSpan().ToArray().Where(item => item.Kind == kind).Sum(item => item.AmountMinor)));
        }

        return ValueList.From(listed);
    }

    /// <summary>Whether something may be posted: an item that is not listed never, a listed one up to its amount, one that is taken
    /// only when late or early by its standard.</summary>
    /// <param name="listed">What the table lists.</param>
    /// <param name="tableId">The table.</param>
    /// <param name="kind">What is to be posted.</param>
    /// <param name="amount">How much, with what of this kind is posted already; above zero.</param>
    /// <example>A fee of 1,056.00 is listed: 1,056.00 may be posted, 1,056.01 may not, interest may not at all.</example>
    public static PostingVerdict MayPost(ValueList<ListedCost> listed, string tableId, CostKind kind, Money amount)
    {
        if (kind == CostKind.MerchantBorne || listed.Find(cost => cost.Kind == kind) is not { } found)
        {
            return new OutsideTable(kind, tableId);
        }

        var most = Money.Of(found.AmountMinor, amount.Currency);
        return kind is CostKind.LateCharge or CostKind.EarlyFee || amount <= most
            ? new InTable()
            : new AboveTable(kind, most, amount, tableId);
    }
}
