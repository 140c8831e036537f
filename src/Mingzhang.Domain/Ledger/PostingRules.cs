namespace Mingzhang.Domain.Ledger;

/// <summary>The one table from events to double entry: each event is one balanced entry, or none.</summary>
public static class PostingRules
{
    /// <summary>The postings of an event; their sum is zero per currency. Empty for events that move no figure.</summary>
    public static ValueList<Posting> For(AccountEvent happened) => throw new NotSupportedException();
}
