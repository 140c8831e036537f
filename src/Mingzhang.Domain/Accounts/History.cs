namespace Mingzhang.Domain.Accounts;

/// <summary>One accepted journal entry of an account.</summary>
/// <param name="Sequence">1 upwards; refused commands take numbers, too, but stand in no history.</param>
/// <param name="BookedOn">The business date it was booked on.</param>
/// <param name="Events">What happened.</param>
public sealed record HistoryEntry(long Sequence, DateOnly BookedOn, ValueList<AccountEvent> Events);
