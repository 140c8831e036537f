using System.Security.Cryptography;
using System.Text;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Closing;
using Mingzhang.Domain.Permissions;
using Mingzhang.Domain.Products;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Engine.Encoding;
using Mingzhang.Services.Reading;
using Mingzhang.Store;

namespace Mingzhang.Services.Leaving;

/// <summary>
/// Takes a person out: step 1 stops use, step 2 confirms, and when everything is settled the account closes. Around the ledger's own
/// closing it looks at the other stores first, keeps what was shown, notices what is unusual, and ends what hangs on the account
/// (decision 0027).
/// </summary>
public sealed class LeaveDesk(
    CreditHouse house, AccountReader reader, LeaveChecker checker, LeaveWatch watch, LeaveEnding ending, TimeProvider time)
{
    /// <summary>The restriction that stops use while a product without run-off in the ledger waits to be settled.</summary>
    public const string StopId = "closing-wish";

    private const int Page = 100;

    /// <summary>The list and tier of an account.</summary>
    public LeaveCheck Check(AccountView view) => checker.Check(view);

    /// <summary>What the other stores and the account say against a closing; null = nothing. The ledger decides again after it.</summary>
    public Refusal? Gate(AccountView view, ClosingMode mode)
    {
        var check = checker.Check(view);
        var runsOff = mode == ClosingMode.RunOff;
        var stops = check.Blockers.Where(one => one.Blocks && !(runsOff && one.RunsOff));
        return stops.Count > 0 ? new ClosingBlocked(stops) : null;
    }

    /// <summary>Step 1: the notice was read and use stops now. Refused: 400 with what blocks, 401 when the notice is an old one.</summary>
    public async Task<Refusal?> RequestAsync(AccountView view, LeaveAsk ask) => (await TakeAsync(
        view, ask, new RequestClosing(ask.Mode, view.Terms.Closing.NoticeVersion, ask.Reason) { EffectiveOn = view.Today })).Refusal;

    /// <summary>Step 2: the person was verified. Refused: 404 before an interview that is needed, and for the ledger's reasons.</summary>
    public async Task<Refusal?> ConfirmAsync(AccountView view, LeaveAsk ask, bool interviewed = false) =>
        (await TakeAsync(view, ask, new ConfirmClosing(true, interviewed) { EffectiveOn = view.Today })).Refusal;

    /// <summary>Changed their mind: use comes back, and the benefits that were forfeited.</summary>
    public async Task<Refusal?> CancelAsync(AccountView view, LeaveAsk ask) =>
        (await TakeAsync(view, ask, new CancelClosing("own-choice") { EffectiveOn = view.Today })).Refusal;

    /// <summary>Whether a command is a step of leaving, which is taken here whatever way it came.</summary>
    public static bool Knows(AccountCommand command) => command is RequestClosing or ConfirmClosing or CancelClosing;

    /// <summary>
    /// Takes a step: the same for app, phone, letter and API (R093). A key that was answered before gets its first answer, and what had
    /// to follow then follows if it did not.
    /// </summary>
    public async Task<LeaveTaken> TakeAsync(AccountView view, LeaveAsk ask, AccountCommand asked)
    {
        var (check, key) = (checker.Check(view), $"{ask.Channel}:{ask.Key}");
        var waited = WishOf(view) is not null;
        var (refusal, command) = house.Rows(view.State.Id).FirstOrDefault(row => row.Key == key) is { } first
            ? (null, AsFirst(first, view, asked)) : Prepare(view, asked);
        if (refusal is not null)
        {
            return new LeaveTaken(refusal);
        }

        if (command is null)
        {
            return await WaitAsync(view, ask, check.Tier, waited);
        }

        var envelope = new CommandEnvelope(view.State.Id, key, command, ask.Actor);
        var result = await house.SubmitAsync(envelope);
        if (result.Refusal is null)
        {
            await FollowAsync(view, ask, asked, check.Tier, result.Replayed);
        }

        return new LeaveTaken(result.Refusal, envelope, result);
    }

    /// <summary>What the ledger is asked for a step, or why the step is not taken; neither = it is none of the ledger's.</summary>
    public (Refusal? Refusal, AccountCommand? Command) Prepare(AccountView view, AccountCommand asked) => asked switch
    {
        RequestClosing request => Request(view, request),
        ConfirmClosing confirm => Confirm(view, confirm),
        CancelClosing cancel => (null, view.State.Restrictions.Any(one => one.Id == StopId) ? Lift(cancel) : cancel),
        _ => throw new InvalidOperationException($"{asked.GetType().Name} is no step of leaving."),
    };

    private (Refusal? Refusal, AccountCommand? Command) Request(AccountView view, RequestClosing asked)
    {
        if (view.State.Lifecycle is not Active)
        {
            return (null, asked);
        }

        if (Gate(view, asked.Mode) is { } blocked)
        {
            return (blocked, null);
        }

        var check = checker.Check(view);
        var waits = asked.Mode == ClosingMode.RunOff && !check.RunsOffByContract && !check.CanCloseNow;
        var version = view.Terms.Closing.NoticeVersion;
        return !waits ? (null, asked)
            : asked.NoticeVersion != version ? (new NoticeOutdated(version), null) : (null, Stop(asked));
    }

    private (Refusal? Refusal, AccountCommand? Command) Confirm(AccountView view, ConfirmClosing asked)
    {
        var waits = IsHalfWaiting(view) || WishOf(view) is not null;
        return !asked.Verified ? waits ? (new VerificationFailed(), null) : (null, asked)
            : checker.Check(view).NeedsInterview && !asked.VideoInterviewPassed ? (new VideoInterviewRequired(), null)
            : waits ? (null, null) : (null, asked with { VideoInterviewPassed = true });
    }

    /// <summary>The command a key was first answered for, whatever has changed since.</summary>
    private static AccountCommand AsFirst(JournalRow first, AccountView view, AccountCommand asked)
    {
        var events = first.Kind == RowKind.Accepted ? DomainJson.ReadEvents(first.Body) : [];
        return asked switch
        {
            RequestClosing request when events.Any(one => one is Restricted) => Stop(request),
            CancelClosing cancel when events.Any(one => one is RestrictionLifted) => Lift(cancel),
            ConfirmClosing { Verified: true } confirm => confirm with { VideoInterviewPassed = true },
            // The rest: asked of the ledger as it came.
            _ => asked,
        };
    }

    private static Restrict Stop(RequestClosing asked) => new(
        StopId, [Permission.Spend, Permission.Borrow, Permission.Convert], RestrictionReason.StoppedByBorrower, null, Actor.Borrower, null)
    {
        EffectiveOn = asked.EffectiveOn,
    };

    private static LiftRestriction Lift(CancelClosing asked) =>
        new(StopId, Actor.Borrower, "own-choice") { EffectiveOn = asked.EffectiveOn };

    /// <summary>Confirms a closing that waits until the account is settled; again, it only ends what should have ended.</summary>
    private async Task<LeaveTaken> WaitAsync(AccountView view, LeaveAsk ask, string tier, bool waited)
    {
        if (!waited)
        {
            await house.WriteAsync((connection, transaction) =>
            {
                ClosingWishShelf.Wait(connection, transaction, view.State.Id, view.Today);
                return 0;
            });
            await NoteAsync(view, ask, "confirm", tier);
        }

        await ending.BeginAsync(view, ask.Channel, ask.Key, ask.Actor);
        return new LeaveTaken(null);
    }

    private async Task FollowAsync(AccountView view, LeaveAsk ask, AccountCommand asked, string tier, bool replayed)
    {
        switch (asked)
        {
            case RequestClosing when !replayed:
                await NoteAsync(view, ask, "request", tier);
                await watch.LookAsync(view, ask.Device);
                break;
            // A confirmation sent again ends nothing of an account that was kept or opened again in between.
            case ConfirmClosing when !replayed || view.State.Lifecycle is not Active:
                await (replayed ? Task.CompletedTask : NoteAsync(view, ask, "confirm", tier));
                await ending.BeginAsync(view, ask.Channel, ask.Key, ask.Actor);
                break;
            case CancelClosing when !replayed:
                await house.WriteAsync((connection, transaction) =>
                {
                    ClosingWishShelf.Over(connection, transaction, view.State.Id, "withdrawn", view.Today);
                    BenefitDesk.GiveBack(connection, transaction, view.State.Id);
                    return 0;
                });
                await NoteAsync(view, ask, "cancel", "");
                break;
            // The rest: a step that was answered before; what followed it then is done.
            default:
                break;
        }
    }

    /// <summary>Whether step 1 was taken on a product that waits, and step 2 was not.</summary>
    public bool IsHalfWaiting(AccountView view) =>
        view.State.Lifecycle is Active && view.State.Restrictions.Any(one => one.Id == StopId) && WishOf(view) is null;

    /// <summary>The closing that waits for an account to be settled, or null.</summary>
    public ClosingWish? WishOf(AccountView view)
    {
        using var connection = house.OpenReadOnly();
        return ClosingWishShelf.Find(connection, view.State.Id) is { State: "waiting" } wish ? wish : null;
    }

    /// <summary>Closes what waits and is settled by now; returns how many closed.</summary>
    public async Task<int> CompleteAsync(CancellationToken cancel)
    {
        IReadOnlyList<ClosingWish> waiting;
        using (var connection = house.OpenReadOnly())
        {
            waiting = ClosingWishShelf.Next(connection, Page);
        }

        var closed = 0;
        foreach (var wish in waiting)
        {
            cancel.ThrowIfCancellationRequested();
            closed += await CompleteAsync(wish.Account) ? 1 : 0;
        }

        return closed;
    }

    private async Task<bool> CompleteAsync(AccountId account)
    {
        var view = await reader.GlanceAsync(account);
        if (view is not { State.Lifecycle: Active })
        {
            await EndAsync(account, view?.State.Lifecycle is null or Closed ? "done" : "withdrawn");
            return false;
        }

        var ask = new LeaveAsk(
            ClosingMode.Now, "settled", "house", "house:closing", $"wish-{view.State.Version}", "", "", LeaveDevice.None);
        var refusal = Gate(view, ClosingMode.Now)
            ?? await SubmitAsync(view, ask, new RequestClosing(ClosingMode.Now, view.Terms.Closing.NoticeVersion, ask.Reason)
            {
                EffectiveOn = view.Today,
            }, "1")
            ?? await SubmitAsync(view, ask, new ConfirmClosing(true, true) { EffectiveOn = view.Today }, "2");
        if (refusal is not null)
        {
            await house.WriteAsync((connection, transaction) =>
            {
                ClosingWishShelf.Tried(connection, transaction, account, Now(), refusal.Code.Name);
                return 0;
            });
            return false;
        }

        await EndAsync(account, "done");
        await NoteAsync(view, ask, "complete", "");
        return true;
    }

    private Task<bool> EndAsync(AccountId account, string state) => house.WriteAsync((connection, transaction) =>
        ClosingWishShelf.Over(connection, transaction, account, state, house.BusinessDateOf(account)));

    private async Task<Refusal?> SubmitAsync(AccountView view, LeaveAsk ask, AccountCommand command, string part) =>
        (await house.SubmitAsync(new CommandEnvelope(view.State.Id, $"{ask.Channel}:{ask.Key}{part}", command, ask.Actor))).Refusal;

    /// <summary>Keeps what was shown and by whom it was taken, and what risk should know of it.</summary>
    private Task NoteAsync(AccountView view, LeaveAsk ask, string step, string tier)
    {
        var hash = ask.Shown.Length == 0 ? "" : HashOf(ask.Shown);
        var taken = new ClosingStepTaken(
            0, step, Now(), view.Today, ask.Mode == ClosingMode.Now ? "now" : "run-off", ask.Reason, tier, ask.Channel, ask.Actor,
            ask.Device.Hash, view.Terms.Closing.NoticeVersion, ask.Language, hash, ask.Shown) { Means = ask.Means };
        return house.WriteAsync((connection, transaction) =>
        {
            LeaveShelf.Add(connection, transaction, view.State.Id, taken);
            if (step == "request" && ask.Reason == LeaveReasons.Hardship)
            {
                LeaveShelf.Add(
                    connection, transaction, view.State.Id, new LeaveSignal(LeaveReasons.Hardship, taken.At, view.Today, "closing"));
            }

            return 0;
        });
    }

    /// <summary>SHA-256 of a text, hexadecimal.</summary>
    public static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds() * 1000;
}
