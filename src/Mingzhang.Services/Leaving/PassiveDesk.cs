using System.Globalization;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Closing;
using Mingzhang.Domain.Loans;
using Mingzhang.Domain.Purchases;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Services.Approvals;
using Mingzhang.Services.Notifications;
using Mingzhang.Services.Reading;
using Mingzhang.Services.Tickets;

namespace Mingzhang.Services.Leaving;

/// <summary>A closing by the house that was announced to the person.</summary>
/// <param name="Number">Of the step it was written down as.</param>
/// <param name="On">When it was announced.</param>
/// <param name="From">From when the house may close.</param>
/// <param name="Reason">As the person read it.</param>
public sealed record Announcement(long Number, DateOnly On, DateOnly From, string Reason)
{
    /// <summary>Its id in the ledger's command.</summary>
    public string Id => string.Create(CultureInfo.InvariantCulture, $"notice-{On:yyyyMMdd}-{Number}");
}

/// <summary>
/// Closing by the house (R122): first the notice with its reason, then a time to object, then two people. The same rules hold for the
/// console, the API and a proposal that somebody approves days later.
/// </summary>
public sealed class PassiveDesk(
    CreditHouse house, LeaveShelf shelf, LeaveBook book, NoticeDesk notices, TicketDesk tickets, LeaveEnding ending, TimeProvider time)
    : ICommandPart
{
    private const string Kind = "closing-announced";
    private const int ValidDays = 180;
    private const int LongestReason = 200;

    /// <summary>Days since the account was last used or opened.</summary>
    public static int UnusedDays(AccountView view)
    {
        var last = view.State.OpenedOn;

        // What was booked before a day was not used after it.
        foreach (var happened in view.Latest.TakeWhile(entry => entry.BookedOn > last).SelectMany(entry => entry.Events))
        {
            last = happened is PurchaseAuthorised or OfflinePurchaseTaken or LoanDisbursed or Domain.Opening.AccountReopened
                && happened.EffectiveOn > last ? happened.EffectiveOn : last;
        }

        return view.Today.DayNumber - last.DayNumber;
    }

    /// <summary>Whether an account counts as long unused by the rules of the day.</summary>
    public bool IsUnused(AccountView view) => UnusedDays(view) >= book.On(view.Today).Passive.DisuseDays;

    /// <summary>The announcement that holds on an account: the latest one, not revoked, not older than half a year; null = none.</summary>
    public Announcement? Find(AccountView view)
    {
        var rules = book.On(view.Today).Passive;
        var last = shelf.StepsOf(view.State.Id).LastOrDefault(one => one.Step is "announce" or "revoke" or "force");
        return last is { Step: "announce" } one && one.Day.AddDays(ValidDays) >= view.Today
            ? new Announcement(one.Number, one.Day, one.Day.AddDays(rules.ForceNoticeDays), one.Shown) : null;
    }

    /// <summary>
    /// Tells the person that the house means to close, why, and from when; a second one is not made while one holds. The reason has 1 to
    /// 200 characters.
    /// </summary>
    public async Task<Announcement?> AnnounceAsync(AccountView view, string reason, string staff)
    {
        if (!IsReason(reason) || view.State.Lifecycle is not (Active or ClosingDown { Forced: false }))
        {
            return null;
        }

        if (Find(view) is { } known)
        {
            return known;
        }

        var from = view.Today.AddDays(book.On(view.Today).Passive.ForceNoticeDays);
        await house.WriteAsync((connection, transaction) =>
        {
            LeaveShelf.Add(connection, transaction, view.State.Id, Step(view, "announce", reason.Trim(), staff));
            notices.Tell(
                connection, transaction, view.State.Id.Customer, view.State.Id, Kind,
                Subject(view),
                new Dictionary<string, string>
                {
                    ["reason"] = reason.Trim(), ["from"] = from.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                });
            return 0;
        });
        return Find(view);
    }

    /// <summary>Takes an announcement back, as after an objection that was right. False: none holds, or no reason of 1 to 200.</summary>
    public async Task<bool> RevokeAsync(AccountView view, string reason, string staff)
    {
        if (!IsReason(reason) || Find(view) is null)
        {
            return false;
        }

        await house.WriteAsync((connection, transaction) =>
        {
            LeaveShelf.Add(connection, transaction, view.State.Id, Step(view, "revoke", reason.Trim(), staff));
            notices.Tell(
                connection, transaction, view.State.Id.Customer, view.State.Id, "closing-revoked",
                Subject(view),
                new Dictionary<string, string> { ["reason"] = reason.Trim() });
            return 0;
        });
        return true;
    }

    /// <inheritdoc/>
    public bool Knows(AccountCommand command) => command is ForceClosing;

    /// <summary>Refused: without its announcement (945), before its day (946), while an objection waits for an answer (947).</summary>
    public Refusal? Refuse(AccountView view, AccountCommand command)
    {
        // What has begun is answered by the ledger, which knows the key.
        if (command is not ForceClosing force || view.State.Lifecycle is not (Active or ClosingDown { Forced: false }))
        {
            return null;
        }

        return Find(view) is not { } announced || force.NoticeId != announced.Id ? new ClosingNotAnnounced()
            : view.Today < announced.From ? new ClosingNoticeRuns(announced.From)
            : OpenObjection(view) is { } ticket ? new ObjectionOpen(ticket) : null;
    }

    /// <inheritdoc/>
    public async Task FollowAsync(AccountView before, AccountCommand command, string key, string actor)
    {
        if (command is not ForceClosing force
            || shelf.StepsOf(before.State.Id).Any(one => one.Step == "force" && one.Version == force.NoticeId))
        {
            return;
        }

        await house.WriteAsync((connection, transaction) =>
        {
            LeaveShelf.Add(
                connection, transaction, before.State.Id,
                Step(before, "force", force.Reason, actor) with { Version = force.NoticeId, Mode = "run-off" });
            return 0;
        });
        await ending.BeginAsync(before, "house", key, actor);
    }

    // Whichever account the person's page showed: an objection to a measure is heard before another is taken.
    private string? OpenObjection(AccountView view) => tickets.Of(view.State.Id.Customer)
        .FirstOrDefault(one => one is { IsOpen: true, Kind: TicketKind.MeasureObjection })?.Number.ToString();

    private ClosingStepTaken Step(AccountView view, string step, string text, string staff) => new(
        0, step, time.GetUtcNow().ToUnixTimeMilliseconds() * 1000, view.Today, "", "", "", "console", staff, "",
        view.Terms.Closing.NoticeVersion, "", LeaveDesk.HashOf(text), text);

    // Announced, revoked and announced again on one day is told each time.
    private string Subject(AccountView view) => string.Create(
        CultureInfo.InvariantCulture, $"{view.State.Id}-{view.Today:yyyyMMdd}-{shelf.StepsOf(view.State.Id).Count}");

    private static bool IsReason(string reason) => reason.Trim().Length is > 0 and <= LongestReason;
}
