using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Values;
using Mingzhang.Engine.Observing;

namespace Mingzhang.Engine.Lanes;

/// <summary>Something a lane does in turn for one account. Answered once, after what it saw or did is committed.</summary>
internal abstract class LaneWork
{
    /// <summary>Which account.</summary>
    public abstract AccountId Account { get; }

    /// <summary>The house stopped before this was surely committed.</summary>
    public abstract void Fail(Exception why);
}

/// <summary>A command with its hashes, computed on the caller's thread.</summary>
internal abstract class Submission(CommandEnvelope envelope) : LaneWork
{
    /// <summary>The command.</summary>
    public CommandEnvelope Envelope { get; } = envelope;

    /// <summary>Short hash of the key.</summary>
    public long KeyHash { get; } = Store.RowHash.OfKey(envelope.Key);

    /// <summary>Hash of the content.</summary>
    public UInt128 RequestHash { get; } = Encoding.DomainJson.HashOf(envelope.Command);

    /// <summary>When it was asked for; 0 while nobody listens.</summary>
    public long Asked { get; } = HouseMetrics.Stamp();

    /// <summary>Its span; null while nobody listens.</summary>
    public System.Diagnostics.Activity? Span { get; } = CommandSpan.Begin(envelope);

    /// <inheritdoc/>
    public override AccountId Account => Envelope.Account;

    /// <summary>Answers.</summary>
    public abstract void Complete(CommandResult result);
}

/// <summary>One command of one caller.</summary>
internal sealed class SingleSubmission(CommandEnvelope envelope) : Submission(envelope)
{
    private readonly TaskCompletionSource<CommandResult> _source = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What the caller waits for.</summary>
    public Task<CommandResult> Task => _source.Task;

    /// <inheritdoc/>
    public override void Complete(CommandResult result) => _source.TrySetResult(result);

    /// <inheritdoc/>
    public override void Fail(Exception why) => _source.TrySetException(why);
}

/// <summary>Many commands of one caller, answered together.</summary>
internal sealed class Bulk(int count)
{
    private readonly TaskCompletionSource<IReadOnlyList<CommandResult>> _source = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CommandResult[] _results = new CommandResult[count];
    private int _left = count;

    /// <summary>What the caller waits for.</summary>
    public Task<IReadOnlyList<CommandResult>> Task => _source.Task;

    /// <summary>One of them is answered.</summary>
    public void Set(int index, CommandResult result)
    {
        _results[index] = result;
        if (Interlocked.Decrement(ref _left) == 0)
        {
            _source.TrySetResult(_results);
        }
    }

    /// <summary>One of them will not be.</summary>
    public void Fail(Exception why) => _source.TrySetException(why);
}

/// <summary>One of many commands.</summary>
internal sealed class BulkSubmission(CommandEnvelope envelope, Bulk bulk, int index) : Submission(envelope)
{
    /// <inheritdoc/>
    public override void Complete(CommandResult result) => bulk.Set(index, result);

    /// <inheritdoc/>
    public override void Fail(Exception why) => bulk.Fail(why);
}

/// <summary>Brings an account to its business date.</summary>
/// <param name="account">Which.</param>
/// <param name="done">Gets why the account is parked before a due day, or what stopped the house; neither when it has passed.</param>
internal sealed class CatchUpWork(AccountId account, Action<Refusal?, Exception?> done) : LaneWork
{
    /// <inheritdoc/>
    public override AccountId Account { get; } = account;

    /// <summary>Why a due day could not pass; set by the lane.</summary>
    public Refusal? Parked { get; set; }

    /// <summary>It is committed.</summary>
    public void Complete() => done(Parked, null);

    /// <inheritdoc/>
    public override void Fail(Exception why) => done(null, why);
}

/// <summary>Reads an account as it stands; null when it has no row.</summary>
internal sealed class ReadWork(AccountId account) : LaneWork
{
    private readonly TaskCompletionSource<AccountState?> _source = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What the caller waits for.</summary>
    public Task<AccountState?> Task => _source.Task;

    /// <inheritdoc/>
    public override AccountId Account { get; } = account;

    /// <summary>Answers.</summary>
    public void Complete(AccountState? state) => _source.TrySetResult(state);

    /// <inheritdoc/>
    public override void Fail(Exception why) => _source.TrySetException(why);
}

/// <summary>Everything given to the lane before it is committed when this is.</summary>
internal sealed class BarrierWork : LaneWork
{
    private readonly TaskCompletionSource _source = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What the caller waits for.</summary>
    public Task Task => _source.Task;

    /// <inheritdoc/>
    public override AccountId Account => default;

    /// <summary>Answers.</summary>
    public void Complete() => _source.TrySetResult();

    /// <inheritdoc/>
    public override void Fail(Exception why) => _source.TrySetException(why);
}

/// <summary>Wakes a lane of which a batch was given back; it is decided again before anything else.</summary>
internal sealed class ReturnedWork : LaneWork
{
    /// <inheritdoc/>
    public override AccountId Account => default;

    /// <inheritdoc/>
    public override void Fail(Exception why)
    {
        // Nobody waits for it.
    }
}
