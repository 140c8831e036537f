using System.Globalization;
using System.Security.Cryptography;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Explaining;
using Mingzhang.Domain.Permissions;
using Mingzhang.Domain.Progress;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Services.Notifications;
using Mingzhang.Services.Progress.Spend;

namespace Mingzhang.Services.Progress.State;

/// <summary>
/// Opens and closes progress management (decision 0029). Closing works at that moment: the analysis stands still at the journal sequence
/// of closing, reminders pause, automatic repayment is switched off in the ledger.
/// </summary>
public sealed class ProgressDesk(CreditHouse house, SpendDesk spend, NoticeDesk notices, TimeProvider time) : IReminderPause
{
    /// <summary>Version of the text about what closing changes.</summary>
    public const string Notice = "2026-11";

    /// <summary>How long the second step may take: the journey is made for one to two minutes (R011).</summary>
    public static readonly TimeSpan StepLasts = TimeSpan.FromMinutes(15);

    private const int Page = 50;
    private const int MostBookDays = 15;

    private long _lookedAt = -1;
    private DateOnly _lookedOn;

    /// <inheritdoc/>
    public bool Pauses(AccountId account) => !Of(account).IsOpen;

    /// <summary>How it stands.</summary>
    public ProgressStanding Of(AccountId account)
    {
        using var connection = house.OpenReadOnly();
        var (closesItself, bookDays) = ProgressShelf.RuleOf(connection, account);
        return new ProgressStanding(ProgressShelf.Of(connection, account), closesItself, bookDays);
    }

    /// <summary>
    /// Step 1: what closing changes was shown and acknowledged. Refused when agreements run (890) or it is closed (891).
    /// </summary>
    /// <param name="state">The account today.</param>
    /// <returns>The step's id, which step 2 uses up.</returns>
    public async Task<(string Step, Refusal? Refusal)> AcknowledgeAsync(AccountState state)
    {
        if (Refuses(state, ClosingRoute.Self) is { } refusal)
        {
            return ("", refusal);
        }

        var step = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var now = Now();
        var today = house.BusinessDateOf(state.Id);
        await house.WriteAsync((connection, transaction) =>
        {
            ProgressFigures.Add(connection, transaction, state.Id, today, "begun");
            return ProgressShelf.StartStep(
                connection, transaction, state.Id, step, Notice, now, now + ((long)StepLasts.TotalMilliseconds * 1000));
        });
        return (step, null);
    }

    /// <summary>Whether a step was begun and is not over.</summary>
    public bool KnowsStep(AccountId account, string step)
    {
        using var connection = house.OpenReadOnly();
        return ProgressShelf.KnowsStep(connection, account, step, Now());
    }

    /// <summary>Step 2, after the identity was confirmed: closes. Refused with 890, 891, or 893: no step 1, or too old.</summary>
    public async Task<Refusal?> CloseAsync(AccountState state, string step, string actor)
    {
        var now = Now();
        return Refuses(state, ClosingRoute.Self)
            ?? (await TakeAsync(state.Id, step, now)
                    ? await CloseAsync(state, ClosingRoute.Self, actor, Notice) : new ProgressStepMissing());
    }

    private Task<bool> TakeAsync(AccountId account, string step, long now)
    {
        var today = house.BusinessDateOf(account);
        return house.WriteAsync((connection, transaction) =>
        {
            var taken = ProgressShelf.TakeStep(connection, transaction, account, step, now);
            _ = taken ? ProgressFigures.Add(connection, transaction, account, today, "taken") : 0;
            return taken;
        });
    }

    /// <summary>
    /// An agent closes for a caller whose identity was checked. Refused with 894 when the agreement lets an agent only guide or hand over.
    /// </summary>
    public async Task<Refusal?> CloseByAgentAsync(AccountState state, string actor) =>
        Refuses(state, ClosingRoute.Agent) ?? await CloseAsync(state, ClosingRoute.Agent, actor, Notice);

    /// <summary>Opens it again. Refused with 892.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="fill">Fill the time between in from the journal, or show it as a gap.</param>
    /// <param name="resume">Switch automatic repayment on again, with the sources it had.</param>
    /// <param name="actor">Who asks.</param>
    public async Task<Refusal?> ReopenAsync(AccountId account, bool fill, bool resume, string actor)
    {
        if (Of(account).Current is not { } closure)
        {
            return new ProgressOpenAlready();
        }

        var sequence = LastSequence(account);
        var today = house.BusinessDateOf(account);
        if (!await house.WriteAsync((connection, transaction) => ProgressShelf.Open(
            connection, transaction, account, today, sequence, fill ? GapChoice.Filled : GapChoice.Marked)))
        {
            return new ProgressOpenAlready();
        }

        await spend.FreshAsync(account);
        await TellAsync(closure, "reopened");
        return resume && closure.Sources.Count > 0
            ? (await house.SubmitAsync(new CommandEnvelope(
                account, Key("resume", closure), new SetAutoRepay(true, [.. closure.Sources]) { EffectiveOn = today }, actor))).Refusal
            : null;
    }

    /// <summary>Keeps whether it closes itself when nothing is owed any more (off unless the customer says so), and the bookkeeping's
    /// days before a due day, 0 to 15.</summary>
    public Task SetAsync(AccountId account, bool closesItself, int bookDays)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bookDays, MostBookDays);
        ArgumentOutOfRangeException.ThrowIfNegative(bookDays);
        var now = Now();
        return house.WriteAsync((connection, transaction) =>
            ProgressShelf.Keep(connection, transaction, account, closesItself, bookDays, now));
    }

    /// <summary>Goes on with what a crash left, and closes by the customers' own rules; returns how many.</summary>
    public async Task<int> GoOnAsync(CancellationToken cancel)
    {
        IReadOnlyList<ProgressClosure> left;
        using (var connection = house.OpenReadOnly())
        {
            left = ProgressShelf.Unfinished(connection, Page);
        }

        foreach (var closure in left)
        {
            cancel.ThrowIfCancellationRequested();
            await SuspendAsync(closure);
        }

        var (position, today) = (house.LastPosition, house.BusinessDate);
        if ((position, today) == (_lookedAt, _lookedOn))
        {
            return left.Count;
        }

        var closed = await FollowRulesAsync(cancel);
        (_lookedAt, _lookedOn) = (position, today);
        return left.Count + closed;
    }

    private async Task<int> FollowRulesAsync(CancellationToken cancel)
    {
        var (closed, after) = (0, 0L);
        while (true)
        {
            IReadOnlyList<(AccountId Account, bool ClosesItself, int BookDays)> page;
            using (var connection = house.OpenReadOnly())
            {
                page = ProgressShelf.RulesAfter(connection, after, Page);
            }

            foreach (var (account, closesItself, _) in page)
            {
                cancel.ThrowIfCancellationRequested();
                closed += closesItself && await IsClearAsync(account) is { } state
                    && Refuses(state, ClosingRoute.Automatic) is null
                    && await CloseAsync(state, ClosingRoute.Automatic, "system:progress-rule", Notice) is null ? 1 : 0;
            }

            if (page.Count < Page)
            {
                return closed;
            }

            after = page[^1].Account.Value;
        }
    }

    /// <summary>The account when it owed something and owes nothing any more; null otherwise. The rule ends with its use.</summary>
    private async Task<AccountState?> IsClearAsync(AccountId account)
    {
        if (await house.ReadAsync(account) is not { Lifecycle: not NotOpened } state
            || house.Terms.Find(state.Product, state.Terms.Version) is not { } terms)
        {
            return null;
        }

        var today = house.BusinessDateOf(account);
        var now = Explainer.RunAhead(state, terms, today).State;
        return !now.TotalDebt(terms, today).IsPositive && now.Purchases.All(one => !one.Held.IsPositive)
            && house.History(account).Any(entry => entry.Events.Any(e => e is Domain.Repayment.RepaymentReceived)) ? now : null;
    }

    private async Task<Refusal?> CloseAsync(AccountState state, ClosingRoute route, string actor, string notice)
    {
        await house.CatchUpFollowersAsync(state.Id);
        await spend.FreshAsync(state.Id);
        var today = house.BusinessDateOf(state.Id);
        var closure = new ProgressClosure
        {
            Account = state.Id, Route = route, Actor = actor, Notice = notice, Agreement = ServiceAgreements.On(today).Version,
            ClosedOn = today, ClosedAt = Now(), Sequence = LastSequence(state.Id), Sources = [.. state.AutoRepaySources],
        };
        if (!await house.WriteAsync((connection, transaction) =>
            {
                // A rule closes once: reopening is a choice that it must not undo.
                if (route == ClosingRoute.Automatic)
                {
                    var (_, days) = ProgressShelf.RuleOf(connection, state.Id);
                    ProgressShelf.Keep(connection, transaction, state.Id, closes: false, days, closure.ClosedAt);
                }

                return ProgressShelf.Close(connection, transaction, closure);
            }))
        {
            return new ProgressClosedAlready(today);
        }

        if (Of(state.Id).Current is { } kept)
        {
            await (kept.Suspended ? Task.CompletedTask : SuspendAsync(kept));
            await TellAsync(kept, "closed");
        }

        return null;
    }

    private Task TellAsync(ProgressClosure closure, string step) => notices.TellAsync(
        closure.Account.Customer, closure.Account, "progress-step",
        string.Create(CultureInfo.InvariantCulture, $"{closure.Account}-{closure.Number}-{step}"),
        new Dictionary<string, string> { ["step"] = step });

    private async Task SuspendAsync(ProgressClosure closure)
    {
        var today = house.BusinessDateOf(closure.Account);
        await house.SubmitAsync(new CommandEnvelope(
            closure.Account, Key("suspend", closure), new SetAutoRepay(false, []) { EffectiveOn = today }, closure.Actor));
        await house.WriteAsync((connection, transaction) =>
        {
            ProgressShelf.MarkSuspended(connection, transaction, closure);
            return 0;
        });
    }

    private Refusal? Refuses(AccountState state, ClosingRoute route)
    {
        if (Of(state.Id).Current is { } current)
        {
            return new ProgressClosedAlready(current.ClosedOn);
        }

        var blockers = ProgressBlocker.Of(state);
        var agreement = ServiceAgreements.On(house.BusinessDateOf(state.Id));
        return blockers.Count == 0 ? null
            : route == ClosingRoute.Agent && agreement.AgentStopsAtInstalments && blockers.Any(one => one.Kind == "instalment")
                ? new AgentMayOnlyGuide(agreement.Version)
                : new ProgressInUse(string.Join(", ", blockers.Select(one => one.Id)));
    }

    private long LastSequence(AccountId account) => house.Rows(account) is [.., var last] ? last.Sequence : 0;

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds() * 1000;

    private static string Key(string what, ProgressClosure closure) =>
        string.Create(CultureInfo.InvariantCulture, $"progress-{what}:{closure.Number}");
}
