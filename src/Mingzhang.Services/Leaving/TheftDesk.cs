using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Closing;
using Mingzhang.Domain.Permissions;
using Mingzhang.Engine;
using Mingzhang.Services.Reading;
using Mingzhang.Services.Tickets;

namespace Mingzhang.Services.Leaving;

/// <summary>
/// Somebody else used the account: every use stops in the same step, no PIN is asked for the stop, and the special team gets a ticket
/// (R050). Whoever holds the phone cannot lift it: only staff who checked who asks.
/// </summary>
public sealed class TheftDesk(CreditHouse house, TicketDesk tickets, LeaveChecker checker, TimeProvider time)
{
    /// <summary>The restriction it places.</summary>
    public const string StopId = "theft-report";

    /// <summary>Stops use and opens the ticket; again, it finds both. The text is refused (803) above 2,000 characters.</summary>
    public async Task<TicketAnswer> ReportAsync(AccountView view, LeaveAsk ask, string text)
    {
        if (view.State.Lifecycle is not Closed && !view.State.Restrictions.Any(one => one.Id == StopId))
        {
            var stop = new Restrict(
                StopId, [Permission.Spend, Permission.Borrow, Permission.Convert, Permission.TemporaryLimit], RestrictionReason.Risk, null,
                Actor.System, null) { EffectiveOn = view.Today };
            var answer = await house.SubmitAsync(new CommandEnvelope(view.State.Id, $"{ask.Channel}:{ask.Key}", stop, ask.Actor));
            if (answer.Refusal is { } refusal and not RestrictionExists)
            {
                return new TicketAnswer(null, refusal);
            }

            await NoteAsync(view, ask);
        }

        return await tickets.OpenAsync(new OpenTicket(
            view.State.Id.Customer, view.State.Id, TicketKind.TheftReport, "account", TicketChannel.App,
            text.Trim().Length == 0 ? "本人账户疑似被他人使用，已立即停用。" : text, ask.Actor) { Key = ask.Channel + ":" + ask.Key });
    }

    private Task<int> NoteAsync(AccountView view, LeaveAsk ask)
    {
        var at = time.GetUtcNow().ToUnixTimeMilliseconds() * 1000;
        return house.WriteAsync((connection, transaction) =>
        {
            LeaveShelf.Add(connection, transaction, view.State.Id, new ClosingStepTaken(
                0, "theft", at, view.Today, "", LeaveReasons.Theft, checker.Check(view).Tier, ask.Channel, ask.Actor, ask.Device.Hash,
                view.Terms.Closing.NoticeVersion, ask.Language, "", ""));
            LeaveShelf.Add(connection, transaction, view.State.Id, new LeaveSignal(LeaveReasons.Theft, at, view.Today, "report"));
            return 0;
        });
    }
}
