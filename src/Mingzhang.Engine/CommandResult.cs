using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Values;
using Mingzhang.Engine.Encoding;
using Mingzhang.Store;

namespace Mingzhang.Engine;

/// <summary>
/// The answer to a command. What came from the journal (sequence, booked date, body) is the same bytes however often the key is
/// sent.
/// </summary>
public sealed class CommandResult
{
    private Decision? _decision;
    private readonly AccountState? _after;

    internal CommandResult(JournalRow row, Decision? decision, AccountState after, bool replayed)
    {
        Row = row;
        _decision = decision;
        _after = after;
        Replayed = replayed;
    }

    internal CommandResult(Refusal refusal, AccountState? after)
    {
        _decision = new Refused(refusal);
        _after = after;
    }

    /// <summary>The journal row; null when the answer was not stored (a malformed command, or a key reused with other content).</summary>
    public JournalRow? Row { get; }

    /// <summary>The sequence of the row; 0 when none was stored.</summary>
    public long Sequence => Row?.Sequence ?? 0;

    /// <summary>Business day it was booked on; null when not stored.</summary>
    public DateOnly? BookedOn => Row?.BookedOn;

    /// <summary>The stored body: a JSON array of events, or one refusal. Empty when not stored.</summary>
    public ReadOnlyMemory<byte> Body => Row is null ? default : Row.Body;

    /// <summary>True when this key had been answered before; the answer is the first one.</summary>
    public bool Replayed { get; }

    /// <summary>True when the command was accepted.</summary>
    public bool IsAccepted => Row is { Kind: not RowKind.Refused };

    /// <summary>What happened; empty when refused.</summary>
    public ValueList<AccountEvent> Events => _decision is Accepted accepted ? accepted.Events
        : _decision is null && IsAccepted ? DomainJson.ReadEvents(Body.Span) : default;

    /// <summary>Why it was refused; null when accepted.</summary>
    public Refusal? Refusal => IsAccepted ? null : ((Refused)(_decision ??= new Refused(DomainJson.ReadRefusal(Body.Span)))).Reason;

    /// <summary>
    /// The account after this answer: just after the command, or as it stands now when replayed. Null for an account that does
    /// not exist.
    /// </summary>
    public AccountState? After => _after;
}
