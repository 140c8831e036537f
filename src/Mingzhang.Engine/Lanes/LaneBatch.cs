using Mingzhang.Domain.Accounts;
using Mingzhang.Engine.Observing;
using Mingzhang.Store;

namespace Mingzhang.Engine.Lanes;

/// <summary>What a lane decided in one go, and whom to answer once it is committed.</summary>
internal sealed class LaneBatch : CommitBatch, IThreadPoolWorkItem
{
    private const int AnsweredAtOnce = 16;

    private readonly List<(LaneWork Work, object? Answer)> _answers = [];
    private readonly List<CachedAccount> _touched = [];
    private Exception? _failure;
    private bool _done;
    private bool _rejected;
    private long _handedOver;

    /// <summary>What is told when the store gives it back to be decided again.</summary>
    public Action? OnReturned { get; init; }

    /// <summary>Machine time of all its rows, microseconds.</summary>
    public long RecordedAt { get; set; }

    /// <summary>Whether another node came first, so that everything in it has to be decided again.</summary>
    public bool IsRejected => _rejected;

    /// <summary>The work in it, in order.</summary>
    public IEnumerable<LaneWork> Works => _answers.Select(answer => answer.Work);

    /// <summary>The accounts that got rows.</summary>
    public IReadOnlyList<CachedAccount> Touched => _touched;

    /// <summary>True when nothing is in it.</summary>
    public bool IsEmpty => _answers.Count == 0 && Rows.Count == 0;

    /// <summary>Answers a command when the batch is committed.</summary>
    public void Answer(Submission submission, CommandResult result) => _answers.Add((submission, result));

    /// <summary>Answers other work when the batch is committed.</summary>
    public void Answer(LaneWork work, AccountState? state) => _answers.Add((work, state));

    /// <summary>An account got a row.</summary>
    public void Touch(CachedAccount account)
    {
        if (account.Ticket != Ticket)
        {
            account.Ticket = Ticket;
            _touched.Add(account);
        }
    }

    /// <summary>Writes down how the touched accounts stand now.</summary>
    public void Close(int snapshotEvery)
    {
        foreach (var account in _touched)
        {
            Heads.Add(account.Head(snapshotEvery));
        }

        _handedOver = HouseMetrics.Stamp();
    }

    /// <summary>Blocks until it is committed or rejected; throws when it failed.</summary>
    public void Wait()
    {
        lock (_answers)
        {
            while (!_done)
            {
                Monitor.Wait(_answers);
            }
        }

        if (_failure is { } failure)
        {
            throw new HouseStoppedException("The batch before could not be committed.", failure);
        }
    }

    /// <inheritdoc/>
    public override void Fail(Exception why)
    {
        _failure = why;
        Finish();
        foreach (var (work, _) in _answers)
        {
            CommandSpan.Fail((work as Submission)?.Span);
            work.Fail(why);
        }
    }

    /// <summary>Answers the callers.</summary>
    public void Execute()
    {
        foreach (var (work, answer) in _answers)
        {
            switch (work)
            {
                case Submission submission:
                    Complete(submission, (CommandResult)answer!);
                    break;
                case CatchUpWork catchUp:
                    catchUp.Complete();
                    break;
                case ReadWork read:
                    read.Complete((AccountState?)answer);
                    break;
                case BarrierWork barrier:
                    barrier.Complete();
                    break;
            }
        }
    }

    /// <inheritdoc/>
    protected override void OnRejected()
    {
        _rejected = true;
        Finish();
        OnReturned?.Invoke();
    }

    /// <inheritdoc/>
    protected override void OnCommitted()
    {
        if (Rows.Count > 0)
        {
            HouseMetrics.Committed(Rows.Count, _handedOver);
        }

        Finish();
        if (_answers.Count <= AnsweredAtOnce)
        {
            Execute();
        }
        else
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    private static void Complete(Submission submission, CommandResult result)
    {
        HouseMetrics.Answered(submission.Envelope.Command, result, submission.Asked);
        CommandSpan.End(submission.Span, result);
        submission.Complete(result);
    }

    private void Finish()
    {
        lock (_answers)
        {
            _done = true;
            Monitor.PulseAll(_answers);
        }
    }
}
