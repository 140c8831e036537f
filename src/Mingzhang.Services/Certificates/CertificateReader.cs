using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Certificates;
using Mingzhang.Domain.Corrections;
using Mingzhang.Domain.Ledger;
using Mingzhang.Domain.Loans;
using Mingzhang.Domain.Products;
using Mingzhang.Domain.Purchases;
using Mingzhang.Domain.Explaining;
using Mingzhang.Domain.Repayment;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;

namespace Mingzhang.Services.Certificates;

/// <summary>Works out what a certificate says from the account's facts as they are known now; asks the core, adds nothing.</summary>
public sealed class CertificateReader(CreditHouse house)
{
    /// <summary>The longest statement.</summary>
    public const int Years = 5;

    private static readonly (LedgerAccount Account, string Component)[] Components =
    [
        (LedgerAccount.PrincipalReceivable, "principal"), (LedgerAccount.InterestReceivable, "interest"),
        (LedgerAccount.OverdueChargeReceivable, "overdue-charge"), (LedgerAccount.FeeReceivable, "fee"),
        (LedgerAccount.WrittenOffDebt, "written-off"),
    ];

    /// <summary>The content for what is asked, or why there is none. Refused: 870 to 874, 244 for an unknown loan.</summary>
    public (CertificateContent? Content, Refusal? Refusal) Read(CertificateAsk ask, IReadOnlyList<HistoryEntry> history)
    {
        var today = house.BusinessDateOf(ask.Account);
        return ask.Kind == CertificateKind.Statement ? Statement(ask, history, today)
            : ask.LoanId is { } loan ? Loan(ask, loan, history, today)
            : Settlement(ask, history, today);
    }

    /// <summary>
    /// The content of a certificate as the books know it now: the facts it was made of, and what was corrected since. Null when it could
    /// not be made any more. What merely happened later, also on the same day, changes nothing.
    /// </summary>
    public CertificateContent? Again(Certificate made, IReadOnlyList<HistoryEntry> history)
    {
        var known = history.Where(entry => entry.Sequence <= made.JournalSequence || Corrects(entry, made.JournalSequence)).ToList();
        var ask = new CertificateAsk(
            made.Account, made.Kind, made.LoanId.Length == 0 ? null : made.LoanId, made.From, made.To, made.Chinese, made.FullName, "", "");
        return Read(ask, known).Content;
    }

    /// <summary>Whether an entry corrects something that was known at a row of the journal.</summary>
    public static bool Corrects(HistoryEntry entry, long sequence) => entry.Sequence > sequence
        && entry.Events.Any(happened => happened is AccountCorrected corrected && corrected.Withdrawn <= sequence);

    private (CertificateContent? Content, Refusal? Refusal) Settlement(
        CertificateAsk ask, IReadOnlyList<HistoryEntry> history, DateOnly knownOn)
    {
        var told = Retelling.Of(history, house.Terms, ask.To, knownOn);
        if (told.State is not { Lifecycle: not NotOpened } state)
        {
            return (null, new AccountNotOpen());
        }

        var terms = house.Terms.Find(state.Product, state.Terms.Version)!;
        var left = state.TotalDebt(terms, ask.To);
        if (left.IsPositive)
        {
            return (null, new NotSettled(left, ask.To));
        }

        if (OpenMatters(state) is > 0 and var open)
        {
            return (null, new MattersOpen(open));
        }

        var lines = Lines(told, DateOnly.MinValue, 0);
        return !lines.Any(line => line.ChangeMinor > 0) ? (null, new NeverOwed()) : (Base(ask, state, terms) with
        {
            Kind = "settlement", From = ask.To, ClosingMinor = 0, CreditMinor = state.CreditBalance.MinorUnits,
            SettledOn = lines.Where(line => line.OwedMinor <= 0 && line.OwedMinor - line.ChangeMinor > 0).Select(line => line.On)
                .LastOrDefault(ask.To),
            Parts = Parts(told),
        }, null);
    }

    private (CertificateContent? Content, Refusal? Refusal) Loan(
        CertificateAsk ask, string loanId, IReadOnlyList<HistoryEntry> history, DateOnly knownOn)
    {
        var told = Retelling.Of(history, house.Terms, ask.To, knownOn);
        if (told.State is not { Lifecycle: not NotOpened } state)
        {
            return (null, new AccountNotOpen());
        }

        var terms = house.Terms.Find(state.Product, state.Terms.Version)!;
        if (state.Loans.Find(one => one.Id == loanId) is { } running)
        {
            return (null, new NotSettled(state.SettlementOf(running, ask.To).Total, ask.To));
        }

        var known = history.Where(entry => entry.BookedOn <= knownOn).ToList();
        return Explainer.Loan(state, known, house.Terms, terms, ask.To, loanId) is not { SettledOn: { } settled } loan
            ? (null, new LoanUnknown(loanId))
            : (Base(ask, state, terms) with
            {
                Kind = "settlement", From = ask.To, LoanId = loanId, LoanPrincipalMinor = loan.Loan.Principal.MinorUnits,
                LoanFrom = loan.Loan.StartedOn, SettledOn = settled,
            }, null);
    }

    private (CertificateContent? Content, Refusal? Refusal) Statement(
        CertificateAsk ask, IReadOnlyList<HistoryEntry> history, DateOnly knownOn)
    {
        if (ask.From > ask.To || ask.To > knownOn || ask.From < FirstDay(ask.To))
        {
            return (null, new StatementRangeWrong(Years, knownOn));
        }

        var told = Retelling.Of(history, house.Terms, ask.To, knownOn);
        if (told.State is not { Lifecycle: not NotOpened } state)
        {
            return (null, history.Count == 0 ? new AccountNotOpen() : new StatementEmpty(ask.From, ask.To));
        }

        var opening = told.Entries.Where(entry => entry.EffectiveOn < ask.From).Sum(entry => entry.OwedMinor);
        var lines = Lines(told, ask.From, opening);
        return lines.Count == 0 ? (null, new StatementEmpty(ask.From, ask.To))
            : (Base(ask, state, house.Terms.Find(state.Product, state.Terms.Version)!) with
            {
                Kind = "statement", OpeningMinor = opening, ClosingMinor = lines[^1].OwedMinor, Lines = lines,
                CreditMinor = state.CreditBalance.MinorUnits,
            }, null);
    }

    /// <summary>The first day of the longest statement that ends on a day.</summary>
    /// <example>Up to 2026-08-04: from 2021-08-05.</example>
    public static DateOnly FirstDay(DateOnly to) => to.AddYears(-Years).AddDays(1);

    private static CertificateContent Base(CertificateAsk ask, AccountState state, ProductTerms terms) => new()
    {
        Kind = "", Account = ask.Account.ToString(), Currency = state.Currency.ToString(), From = ask.From, To = ask.To,
        OpenedOn = state.OpenedOn, Product = $"{terms.Code} v{terms.Version}",
        Lenders = [.. terms.Lenders.Select(lender => $"{lender.Code} {lender.SharePpm}")],
    };

    /// <summary>Holds, payments and refunds under way, loans asked for, disputes: what may still change that nothing is owed.</summary>
    private static int OpenMatters(AccountState state) => state.Purchases.Count(purchase => purchase.Held.IsPositive)
        + state.PendingPayments.Count(payment => payment.FailedBecause is null) + state.PendingRefunds.Count
        + state.LoanRequests.Count + state.Disputes.Count;

    private static List<ContentLine> Lines(RetoldAccount told, DateOnly from, long opening)
    {
        var (lines, owed, shops) = (new List<ContentLine>(), opening, new Dictionary<string, string>(StringComparer.Ordinal));
        foreach (var happened in told.Entries.SelectMany(entry => entry.Events))
        {
            if (happened is PurchaseAuthorised { Fact: var fact })
            {
                shops[fact.PurchaseId] = fact.Merchant;
            }

            var change = RetoldEntry.OwedOf(happened);
            if (happened.EffectiveOn >= from && change != 0)
            {
                owed += change;
                lines.Add(new ContentLine(happened.EffectiveOn, EventNames.Of(happened), LabelOf(happened, shops), change, owed));
            }
        }

        return lines;
    }

    private static string LabelOf(AccountEvent happened, Dictionary<string, string> shops) => happened switch
    {
        PurchasePosted e => shops.GetValueOrDefault(e.PurchaseId, ""),
        RefundReceived { Fact.PurchaseId: { } id } => shops.GetValueOrDefault(id, ""),
        // The rest: names itself.
        _ => EventNames.ReferenceOf(happened) is { } reference && happened is LoanDisbursed or LoanAccrualPosted or InstalmentDue
            or EarlyFeePosted ? reference : "",
    };

    private static List<ContentPart> Parts(RetoldAccount told)
    {
        var postings = told.Entries.SelectMany(entry => entry.Events).SelectMany(happened => PostingRules.For(happened)).ToList();
        return
        [
            .. Components.Select(one => new ContentPart(
                one.Component,
                postings.Where(posting => posting.Account == one.Account).Sum(posting => Math.Max(0, posting.Amount.MinorUnits)),
                postings.Where(posting => posting.Account == one.Account).Sum(posting => Math.Max(0, -posting.Amount.MinorUnits))))
                .Where(part => part.ChargedMinor != 0 || part.SettledMinor != 0),
        ];
    }
}
