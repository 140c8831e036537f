using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Closing;
using Mingzhang.Domain.Explaining;
using Mingzhang.Domain.Products;
using Mingzhang.Domain.Values;
using Mingzhang.Services.Incidents;
using Mingzhang.Services.Payments;
using Mingzhang.Services.Reading;
using Mingzhang.Services.Tickets;

namespace Mingzhang.Services.Leaving;

/// <summary>Whether a person can be verified at all; the host knows PINs.</summary>
public interface ILeaveVerification
{
    /// <summary>Whether the person's PIN is locked or was never set, so that step 2 cannot be taken now.</summary>
    bool IsLocked(CustomerId customer);
}

/// <summary>What stands in the way of closing an account and how much has to be verified.</summary>
/// <param name="Blockers">K01 to K18 by number, those of the account and those of tickets, transfers, verification and service.</param>
/// <param name="Tier">The tier of friction.</param>
/// <param name="Why">The rules that led to the tier; empty for the lightest.</param>
/// <param name="Steps">The steps that tier takes, in order, each with its reason.</param>
/// <param name="RunsOffByContract">Whether the product closes by run-off in the ledger; else use stops and it closes when settled.</param>
public sealed record LeaveCheck(
    ValueList<ClosingBlocker> Blockers, string Tier, IReadOnlyList<TierRule> Why, IReadOnlyList<LeaveStep> Steps, bool RunsOffByContract)
{
    /// <summary>Whether nothing blocks.</summary>
    public bool CanCloseNow => !Blockers.Any(one => one.Blocks);

    /// <summary>Whether use can be stopped now so that it closes when settled.</summary>
    public bool CanRunOff => !Blockers.Any(one => one is { Blocks: true, RunsOff: false });

    /// <summary>Whether a video interview is still to be passed.</summary>
    public bool NeedsInterview => Blockers.Any(one => one.Code == BlockerCode.VideoRequired);

    /// <summary>Whether a step is among those to take.</summary>
    public bool Takes(string step) => Steps.Any(one => one.Code == step);
}

/// <summary>
/// Lists what stands in the way of closing: what the account knows, and what only other stores know: open complaints and objections (K10),
/// transfers that hang (K08, K06), a locked PIN (K11), an unusual closing nobody has looked at (K12), a disturbance (K18).
/// </summary>
public sealed class LeaveChecker(
    LeaveBook book, LeaveShelf shelf, TicketDesk tickets, TransferDesk transfers, IncidentDesk incidents, ILeaveVerification verification)
{
    private const int Latest = 50;

    /// <summary>The rules.</summary>
    public LeaveBook Book => book;

    /// <summary>The list and the tier for an account as it stands.</summary>
    public LeaveCheck Check(AccountView view)
    {
        var rules = book.On(view.Today);
        var cases = shelf.Cases(view.State.Id);
        var interviewed = LeaveShelf.Interviewed(cases, view.Today);
        var list = Explainer.Closing(view.State, view.Terms, view.Today)
            .Where(one => !(interviewed && one.Code == BlockerCode.VideoRequired)).ToList();
        if (view.State.Lifecycle is not Closed)
        {
            Outside(list, view, LeaveShelf.Holds(cases));
        }

        list.Sort((a, b) => a.Code.CompareTo(b.Code));
        var blockers = ValueList.From(list);
        var facts = FactsOf(view, blockers, LeaveShelf.Holds(cases), interviewed);
        var why = rules.TierRules.Where(rule => facts.Contains(rule.Fact)).ToList();
        var tier = why.Select(rule => rule.Tier).Append(rules.Tiers[0].Code).MaxBy(rules.Weight)!;
        var steps = rules.Tiers.First(one => one.Code == tier).Steps;
        return new LeaveCheck(
            blockers, tier, why, [.. rules.Steps.Where(step => steps.Contains(step.Code))],
            view.Terms.Closing.WithDebt == CloseWithDebt.RunOff);
    }

    private void Outside(List<ClosingBlocker> list, AccountView view, bool held)
    {
        var account = view.State.Id;
        foreach (var ticket in tickets.Of(account.Customer).Where(ticket => ticket.IsOpen && Objects(ticket, account)))
        {
            list.Add(new ClosingBlocker(
                BlockerCode.DisputeOpen, null, "ticket:" + ticket.Number, view.Terms.Closing.DisputeBlocks, RunsOff: true));
        }

        foreach (var transfer in transfers.Of(account, Latest).Where(Hangs))
        {
            var code = transfer.Purpose == TransferPurpose.PayOut ? BlockerCode.LoanOpen : BlockerCode.RepaymentPending;
            if (!IsKnown(view.State, transfer))
            {
                list.Add(new ClosingBlocker(code, transfer.Amount, "transfer:" + transfer.Id, Blocks: true, RunsOff: true));
            }
        }

        if (verification.IsLocked(account.Customer))
        {
            list.Add(new ClosingBlocker(BlockerCode.VerifyFailed, null, null, Blocks: true, RunsOff: false));
        }

        if (held && !list.Exists(one => one.Code == BlockerCode.VideoRequired))
        {
            list.Add(new ClosingBlocker(BlockerCode.VideoRequired, null, null, Blocks: false, RunsOff: true));
        }

        if (incidents.Lasting().FirstOrDefault(one => one.StopsUse && one.Concerns(view.State.Product)) is { } incident)
        {
            list.Add(new ClosingBlocker(BlockerCode.SystemBusy, null, incident.Name, Blocks: true, RunsOff: false));
        }
    }

    /// <summary>A complaint or an objection about the account, or about the person as a whole.</summary>
    private static bool Objects(Ticket ticket, AccountId account) =>
        ticket.Kind is TicketKind.Complaint or TicketKind.BureauObjection or TicketKind.MeasureObjection
        && (ticket.Account is null || ticket.Account == account);

    /// <summary>Asked or sent without an end, or ended without the ledger knowing.</summary>
    private static bool Hangs(Transfer transfer) =>
        transfer.State is TransferState.Asked or TransferState.Sent
        || (transfer.State is TransferState.Done or TransferState.Returned && !transfer.Booked);

    /// <summary>Whether the account itself lists what hangs: a payment under way, a loan asked for.</summary>
    private static bool IsKnown(AccountState state, Transfer transfer) =>
        state.PendingPayments.Any(one => one.RepaymentId == transfer.Subject && one.FailedBecause is null)
        || state.LoanRequests.Any(one => one.Fact.LoanId == transfer.Subject);

    private static HashSet<TierFact> FactsOf(AccountView view, ValueList<ClosingBlocker> blockers, bool held, bool interviewed)
    {
        var facts = new HashSet<TierFact>();
        if (view.TotalDebt.IsPositive || blockers.Any(one => one.Code is BlockerCode.InTransit or BlockerCode.RepaymentPending))
        {
            facts.Add(TierFact.Owes);
        }

        if (view.State.DaysPastDue(view.Today) > 0)
        {
            facts.Add(TierFact.Overdue);
        }

        if (!interviewed && view.State.Restrictions.Any(one => one.Reason == Domain.Permissions.RestrictionReason.RiskVideoInterview))
        {
            facts.Add(TierFact.RiskVideo);
        }

        if (held)
        {
            facts.Add(TierFact.Case);
        }

        return facts;
    }
}
