using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Billing;
using Mingzhang.Domain.Ledger;
using Mingzhang.Domain.Limits;
using Mingzhang.Domain.Loans;
using Mingzhang.Domain.Opening;
using Mingzhang.Domain.Purchases;
using Mingzhang.Domain.Repayment;
using Mingzhang.Domain.Values;
using Mingzhang.Engine.Integrity;
using Mingzhang.Store;

namespace Mingzhang.Engine.Tests;

/// <summary>Faults planted into the evidence of a sound account, each with the invariant that has to name it.</summary>
internal static class PlantedEvidence
{
    public static IEnumerable<(int Number, AccountEvidence Evidence)> All(AccountEvidence sound)
    {
        var state = sound.State;
        var posted = sound.Steps.First(step => step.Postings.Count > 0);
        yield return (1, Step(sound, posted, step => step with { Postings = [step.Postings[0], .. step.Postings] }));
        yield return (3, sound with { Rows = [.. sound.Rows.Reverse()] });
        yield return (4, State(sound, state with { CreditBalance = Sample.Cny(1) }));
        yield return (6, Step(sound, posted, step => step with { Postings = [new Posting((LedgerAccount)9999, Sample.Cny(0))] }));
        yield return (7, sound with { Today = sound.Rows[^1].BookedOn.AddDays(-1) });
        yield return (8, Step(sound, posted, step => step with { Before = step.Before with { Version = 77 } }));
        yield return (9, sound with { Kept = sound.Kept! with { Available = sound.Kept.Available + 1 } });
        yield return (10, Step(sound, posted, step => step with
        {
            Events = [Authorised()],
            After = step.After with { TotalLimit = Sample.Cny(-1) },
        }));
        yield return (11, State(sound, state with { Purchases = [Purchase(state) with { Held = Sample.Cny(-1) }] }));
        yield return (12, State(sound, state with { TotalLimit = state.TotalLimit + Sample.Cny(1) }));
        yield return (13, State(sound, state with
        {
            TemporaryLimits = [new TemporaryLimit("t", Sample.Cny(1), Sample.Start, Sample.Start)],
        }));
        yield return (14, State(sound, state with { CreditBalance = Sample.Cny(-1) }));
        yield return (15, State(sound, state with { Items = [state.Items[0] with { Paid = Sample.Cny(1) }, .. state.Items.Skip(1)] }));
        yield return (20, Step(sound, posted, step => step with { Events = [PaidOut()] }));
        yield return (22, State(sound, state with { Loans = [Loan(rows: 2)] }));
        yield return (24, State(sound, state with { Purchases = [Purchase(state) with { Refunded = Sample.Cny(99_999_999) }] }));
        yield return (25, State(sound, state with { Cycle = state.Cycle with { DebitsMinor = state.Cycle.DebitsMinor + 1 } }));
        yield return (26, State(sound, state with { Items = [state.Items[0], .. state.Items] }));
        yield return (27, State(sound, state with { Bills = [state.Bills[0] with { Minimum = Sample.Cny(-1) }] }));
        var bill = new StatementIssued(state.Bills[0], Sample.Start, 1, 10) { EffectiveOn = Sample.Start };
        yield return (28, Step(sound, posted, step => step with { Events = [bill, bill] }));
        yield return (29, Step(sound, posted, step => step with
        {
            Events = [Paid()],
        }));
        yield return (33, sound with { Kept = sound.Kept! with { OverdueSince = Sample.Start } });
        yield return (34, Step(sound, sound.Steps[^1], step => step with { After = step.After with { Lifecycle = new NotOpened() } }));
        foreach (var (number, lifecycle) in ((int, Lifecycle)[])
            [
                (35, new Closed(Sample.Start, false, Sample.Cny(0))),
                (37, new ClosingDown(ClosingMode(), Sample.Start, Sample.Start, null, false, Sample.Cny(0))),
            ])
        {
            yield return (number, Step(sound, posted, step => step with
            {
                Before = step.Before with { Lifecycle = lifecycle }, Events = [PaidOut()],
            }));
        }

        yield return (36, State(sound, state with { Lifecycle = new Closed(Sample.Start, false, Sample.Cny(0)) }));
        yield return (38, Step(sound, posted, step => step with { Events = [Reopened(state.Terms)] }));
        yield return (39, sound with { Steps = [.. sound.Steps, sound.Steps[0]] });
        yield return (44, sound with { Kept = sound.Kept! with { Debt = sound.Kept.Debt + 1 } });
        yield return (49, Step(sound, posted, step => step with { Row = Nobody(step.Row) }));
    }

    private static Domain.Closing.ClosingMode ClosingMode() => default;

    private static LoanDisbursed PaidOut() => new(null!, Loan(rows: 1)) { EffectiveOn = Sample.Start };

    private static PurchaseAuthorised Authorised() => new(
        new AuthorisePurchase("x", Sample.Cny(1), "shop", "m") { EffectiveOn = Sample.Start }, null,
        Domain.Products.PostingMoment.Payment, Sample.Start) { EffectiveOn = Sample.Start };

    private static RepaymentReceived Paid() => new(
        new ReceiveRepayment("r", [new RepaymentSource("card", Sample.Cny(5))], null, Actor.Channel) { EffectiveOn = Sample.Start },
        Sample.Cny(5), [], Sample.Cny(4), Sample.Cny(0)) { EffectiveOn = Sample.Start };

    private static AccountReopened Reopened(KeptTerms terms) => new(
        new ReopenAccount(1, [], null, new Assessment("a", true, Sample.Cny(1), "m", null)) { EffectiveOn = Sample.Start },
        Sample.Start, terms) { EffectiveOn = Sample.Start };

    /// <summary>The end state is another; the rows are not.</summary>
    private static AccountEvidence State(AccountEvidence sound, AccountState state) =>
        sound with { Steps = [.. sound.Steps.SkipLast(1), sound.Steps[^1] with { After = state }] };

    private static AccountEvidence Step(AccountEvidence sound, EvidenceStep which, Func<EvidenceStep, EvidenceStep> change) =>
        sound with { Steps = [.. sound.Steps.Select(step => step == which ? change(step) : step)] };

    private static Purchase Purchase(AccountState state) => state.Purchases.Count > 0 ? state.Purchases[0] : new Purchase(
        "p", "shop", "m", null, Sample.Start, Sample.Cny(10), Sample.Cny(0), Sample.Cny(10), Sample.Cny(10), Sample.Cny(0),
        PurchaseStage.Posted, null, Sample.Start, false);

    /// <summary>A loan of 100 whose rows make 60 each and are due on the same day.</summary>
    private static Loan Loan(int rows) => new(
        "l", LoanKind.Cash, "o", rows, Sample.Cny(100), Sample.Start, Rate.PerDay(1), Rate.PerDay(1), false, Rounding.HalfUp, null!,
        [.. Enumerable.Range(1, rows).Select(number => new LoanRow(number, Sample.Start, number, Sample.Cny(60), Sample.Cny(0)))],
        [new LenderShare("a", 600_000), new LenderShare("b", 400_000)], default, default, default, null, default, 0, null, "t");

    private static JournalRow Nobody(JournalRow row) => new()
    {
        Position = row.Position, Account = row.Account, Sequence = row.Sequence, Kind = row.Kind, BookedOn = row.BookedOn,
        EffectiveOn = row.EffectiveOn, RecordedAt = row.RecordedAt, Actor = "", Key = row.Key, RequestHash = row.RequestHash,
        Body = row.Body, Postings = row.Postings, Hash = row.Hash,
    };
}
