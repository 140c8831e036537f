using System.Buffers;
using System.Globalization;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Approvals;
using Mingzhang.Domain.Corrections;
using Mingzhang.Domain.Disclosure;
using Mingzhang.Domain.Explaining;
using Mingzhang.Domain.Ledger;
using Mingzhang.Domain.Opening;
using Mingzhang.Domain.Products;
using Mingzhang.Domain.Values;
using Mingzhang.Domain.Versions;
using Mingzhang.Engine.Encoding;
using Mingzhang.Engine.Observing;
using Mingzhang.Store;

namespace Mingzhang.Engine.Lanes;

/// <summary>Decides one command after the other and turns each answer into a journal row.</summary>
/// <param name="accounts">The lane's accounts.</param>
/// <param name="terms">Terms.</param>
/// <param name="clock">Business dates.</param>
/// <param name="inFlight">Finds a row that is not committed yet by account and key.</param>
/// <param name="commitAll">Commits everything decided so far, waits for it, and returns the batch to go on with.</param>
internal sealed class CommandDesk(
    AccountDesk accounts, TermsDesk terms, BusinessClock clock, Func<AccountId, string, JournalRow?> inFlight, Func<LaneBatch> commitAll)
{
    private const string SystemActor = "system:day";

    private readonly ArrayBufferWriter<byte> _postings = new(256);
    private LaneBatch _batch = null!;

    /// <summary>
    /// Decides a command into a batch; returns the batch to go on with, which is another one when history had to be read.
    /// </summary>
    public LaneBatch Decide(Submission submission, LaneBatch batch)
    {
        _batch = batch;
        var began = HouseMetrics.Stamp();
        var result = Decide(submission);
        HouseMetrics.Decided(began);
        CommandSpan.Stage(submission.Span, "decided");
        _batch.Answer(submission, result);
        return _batch;
    }

    /// <summary>Lets every due day of an account pass; a refusal when one of them cannot, and the account stays before it.</summary>
    public Refusal? CatchUp(AccountId id, LaneBatch batch)
    {
        _batch = batch;
        return accounts.Get(id) is { } account ? CatchUp(account, clock.DateFor(id)) : null;
    }

    private CommandResult Decide(Submission submission)
    {
        if (accounts.Get(submission.Account) is not { } account)
        {
            return new CommandResult(new AccountNotOpen(), null);
        }

        if (account.MayHaveKey(submission.KeyHash) && Replay(account, submission) is { } replayed)
        {
            return replayed;
        }

        var on = clock.DateFor(account.Id);
        if (CatchUp(account, on) is { } parked)
        {
            return new CommandResult(parked, account.State);
        }

        if (submission.Envelope.Expected is { } seen && (seen.Version != account.State.Version || seen.On != on))
        {
            return new CommandResult(new ChangedSince(seen.Version, account.State.Version), account.State);
        }

        try
        {
            var decision = Decide(account, submission.Envelope.Command, on);
            return decision is Refused { Reason: InvalidCommand invalid }
                ? new CommandResult(invalid, account.State)
                : new CommandResult(Append(account, submission, decision, on), decision, account.State, replayed: false);
        }
        catch (OverflowException)
        {
            return new CommandResult(new InvalidCommand("amount", "the figures would not fit into 64 bits", "send a smaller amount"),
                account.State);
        }
    }

    private CommandResult? Replay(CachedAccount account, Submission submission)
    {
        var key = submission.Envelope.Key;
        var row = (account.IsInFlight ? inFlight(account.Id, key) : null) ?? accounts.FindByKey(account.Id, key);
        if (row is null)
        {
            return null;
        }

        return row.RequestHash == submission.RequestHash
            ? new CommandResult(row, null, account.State, replayed: true)
            : new CommandResult(new KeyReusedWithOtherContent(key), account.State);
    }

    private Decision Decide(CachedAccount account, AccountCommand command, DateOnly on)
    {
        var state = account.State;
        if (Misdirected(state, command) is { } invalid)
        {
            return new Refused(invalid);
        }

        if (state.Lifecycle is not NotOpened && AccountCorrector.NeedsHistory(command, on))
        {
            if (ExposureGate.Check(state, command, terms.Kept(state), on, PersonOf(state, command, terms.Kept(state), on)) is { } tooMuch)
            {
                return new Refused(tooMuch);
            }

            _batch = commitAll();
            return AccountCorrector.Decide(
                state, accounts.History(account.Id), command, terms.Book, on, accounts.Foldings(account.Id));
        }

        if (command is MoveToVersion move && VersionMove.Check(state, move, terms.Book) is { } refusal)
        {
            return new Refused(refusal);
        }

        if (terms.For(state, command) is not { } found)
        {
            return new Refused(new TermsNotEffective(TermsDesk.Named(state, command)));
        }

        var from = state.Lifecycle is NotOpened ? AccountState.Empty(state.Id, found.Currency) with { Version = state.Version } : state;
        var trace = default(NoTrace);
        return AccountDecider.Decide(from, command, found, on, ref trace, PersonOf(from, command, found, on));
    }

    /// <summary>
    /// The owner's other accounts as they stand, for commands that let a person have more. All accounts of a person are in this lane, and
    /// one command is decided after the other, so two of them never pass the same room.
    /// </summary>
    private PersonExposure? PersonOf(AccountState state, AccountCommand command, ProductTerms found, DateOnly on)
    {
        if (found.Costs is null || !ExposureGate.Concerns(state, command))
        {
            return null;
        }

        var others = new List<AccountState>();
        var own = accounts.Get(state.Id)!;
        own.Pinned = true;
        foreach (var slot in terms.Slots)
        {
            if (slot != state.Id.Slot && accounts.Get(AccountId.Of(state.Id.Customer, slot)) is { State.Version: > 0 } other)
            {
                _ = CatchUp(other, clock.DateFor(other.Id));
                others.Add(other.State);
            }
        }

        own.Pinned = false;
        return PersonExposure.Of(state, others, terms.Kept, on);
    }

    private InvalidCommand? Misdirected(AccountState state, AccountCommand command) => command switch
    {
        OpenAccount open when open.Account != state.Id =>
            new InvalidCommand("account", "the command names another account", "send it to the account it opens"),
        OpenAccount open when terms.For(state, open) is { } named && named.Slot != state.Id.Slot =>
            new InvalidCommand("account", "the account's slot belongs to another product", "make the account id from the product's slot"),
        ForkAccount fork when fork.Snapshot.Id != state.Id || state.Version > 0 =>
            new InvalidCommand("account", "a fork fills a fresh account", "let the house fork"),
        _ => null,
    };

    /// <summary>
    /// Passes the account's due days. One account whose figures grow out of 64 bits on a day must not stop the house: it is parked
    /// before that day, and everything asked of it is refused until its figures are put right.
    /// </summary>
    private InvalidCommand? CatchUp(CachedAccount account, DateOnly on)
    {
        while (account.State.NextDate <= on)
        {
            try
            {
                Pass(account, account.State.NextDate);
            }
            catch (OverflowException)
            {
                return new InvalidCommand(
                    "account",
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"its figures would not fit into 64 bits on {account.State.NextDate:yyyy-MM-dd}, so that day has not passed"),
                    "ask the operator: the account is parked before that day");
            }
        }

        return null;
    }

    private void Pass(CachedAccount account, DateOnly day)
    {
        var trace = default(NoTrace);
        var decision = AccountDecider.Decide(
            account.State, new PassDay { EffectiveOn = day }, terms.Kept(account.State), day, ref trace);
        var passed = decision as Accepted
            ?? throw new BrokenInvariantException($"account {account.Id} refused to pass {day:yyyy-MM-dd}");
        var key = string.Create(CultureInfo.InvariantCulture, $"{CommandEnvelope.DayKeyPrefix}{day:yyyy-MM-dd}");
        Append(account, RowKind.Day, day, day, key, 0, default, SystemActor, DomainJson.Write(passed.Events), passed);
    }

    private JournalRow Append(CachedAccount account, Submission submission, Decision decision, DateOnly on)
    {
        var envelope = submission.Envelope;
        var (kind, body, accepted) = decision switch
        {
            Accepted a => (RowKind.Accepted, DomainJson.Write(a.Events), a),
            Refused r => (RowKind.Refused, DomainJson.Write(r.Reason), (Accepted?)null),
            _ => throw new BrokenInvariantException("a decision is neither yes nor no"),
        };
        return Append(account, kind, on, envelope.Command.EffectiveOn, envelope.Key, submission.KeyHash, submission.RequestHash,
            envelope.Actor, body, accepted);
    }

    private JournalRow Append(
        CachedAccount account, RowKind kind, DateOnly on, DateOnly effectiveOn, string key, long keyHash, UInt128 request, string actor,
            byte[] body, Accepted? accepted)
    {
        var sequence = account.State.Version + 1;
        var after = accepted is null ? account.State with { Version = sequence } : Checked(account, accepted, sequence, on);
        var postings = accepted is null ? [] : Postings(accepted);
        var hash = RowHash.Link(account.HeadHash, account.Id, sequence, kind, on, effectiveOn, key, request, actor, body, postings);
        var row = new JournalRow
        {
            Account = account.Id,
            Sequence = sequence,
            Kind = kind,
            BookedOn = on,
            EffectiveOn = effectiveOn,
            RecordedAt = _batch.RecordedAt,
            Actor = actor,
            Key = key,
            KeyHash = keyHash,
            RequestHash = request,
            Body = body,
            Postings = postings,
            Hash = hash,
        };
        accounts.Take(account, row, after);
        _batch.Touch(account);
        _batch.Rows.Add(row);
        return row;
    }

    private static AccountState Checked(CachedAccount account, Accepted accepted, long sequence, DateOnly on)
    {
        var after = accepted.After;
        if (after.Id != account.Id || after.NextDate <= on || on < account.BookedOn)
        {
            throw new BrokenInvariantException(
                $"account {account.Id} at {sequence}: its id, next date {after.NextDate} or booked date {on} does not follow");
        }

        return after.Version == sequence
            ? after : throw new BrokenInvariantException($"account {account.Id} went to version {after.Version} instead of {sequence}");
    }

    private byte[] Postings(Accepted accepted)
    {
        _postings.ResetWrittenCount();
        var currency = default(Currency);
        foreach (var happened in accepted.Events.AsSpan())
        {
            PostingCodec.Write(_postings, PostingRules.For(happened).AsSpan(), ref currency);
        }

        return _postings.WrittenSpan.ToArray();
    }
}
