using System.Security.Cryptography;
using System.Text;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Closing;
using Mingzhang.Domain.Permissions;
using Mingzhang.Domain.Products;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Services.Reading;

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
    public async Task<Refusal?> RequestAsync(AccountView view, LeaveAsk ask)
    {
        var check = checker.Check(view);
        if (view.State.Lifecycle is Active && Gate(view, ask.Mode) is { } blocked)
        {
            return blocked;
        }

        var waits = ask.Mode == ClosingMode.RunOff && !check.RunsOffByContract && !check.CanCloseNow;
        AccountCommand command = waits
            ? new Restrict(
                StopId, [Permission.Spend, Permission.Borrow, Permission.Convert], RestrictionReason.StoppedByBorrower, null,
                Actor.Borrower, null) { EffectiveOn = view.Today }
            : new RequestClosing(ask.Mode, view.Terms.Closing.NoticeVersion, ask.Reason) { EffectiveOn = view.Today };
        if (await SubmitAsync(view, ask, command, "") is { } refusal)
        {
            return refusal;
        }

        await NoteAsync(view, ask, "request", check.Tier);
        await watch.LookAsync(view, ask.Device);
        return null;
    }

    /// <summary>Step 2: the person was verified. Refused: 404 before an interview that is needed, and for the ledger's reasons.</summary>
    public async Task<Refusal?> ConfirmAsync(AccountView view, LeaveAsk ask, bool interviewed = false)
    {
        var check = checker.Check(view);
        if (check.NeedsInterview && !interviewed)
        {
            return new VideoInterviewRequired();
        }

        if (IsHalfWaiting(view))
        {
            await house.WriteAsync((connection, transaction) =>
            {
                ClosingWishShelf.Wait(connection, transaction, view.State.Id, view.Today);
                return 0;
            });
        }
        else if (await SubmitAsync(view, ask, new ConfirmClosing(true, true) { EffectiveOn = view.Today }, "") is { } refusal)
        {
            return refusal;
        }

        await NoteAsync(view, ask, "confirm", check.Tier);
        await ending.BeginAsync(view, ask.Channel, ask.Key, ask.Actor);
        return null;
    }

    /// <summary>Changed their mind: use comes back, and the benefits that were forfeited.</summary>
    public async Task<Refusal?> CancelAsync(AccountView view, LeaveAsk ask)
    {
        AccountCommand command = view.State.Restrictions.Any(one => one.Id == StopId)
            ? new LiftRestriction(StopId, Actor.Borrower, "own-choice") { EffectiveOn = view.Today }
            : new CancelClosing("own-choice") { EffectiveOn = view.Today };
        if (await SubmitAsync(view, ask, command, "") is { } refusal)
        {
            return refusal;
        }

        await house.WriteAsync((connection, transaction) =>
        {
            ClosingWishShelf.Over(connection, transaction, view.State.Id, "withdrawn", view.Today);
            BenefitDesk.GiveBack(connection, transaction, view.State.Id);
            return 0;
        });
        await NoteAsync(view, ask, "cancel", "");
        return null;
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
            ask.Device.Hash, view.Terms.Closing.NoticeVersion, ask.Language, hash, ask.Shown);
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
