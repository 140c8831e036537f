using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Billing;
using Mingzhang.Domain.Delinquency;
using Mingzhang.Domain.Loans;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Services.Reading;

namespace Mingzhang.Services.Leaving;

/// <summary>What closing does at the credit bureau, for this account (R049, R061 to R063, R125).</summary>
/// <param name="Reports">Whether the product is reported at all; null when the house's rules do not say.</param>
/// <param name="Zh">What is reported, in Chinese; empty when the rules do not say.</param>
/// <param name="En">In English.</param>
/// <param name="GoesOn">Whether reporting goes on because something is still owed.</param>
/// <param name="IsNormal">Whether it is reported as a normal closure: nothing is or was overdue.</param>
/// <param name="DaysPastDue">Days overdue now.</param>
/// <param name="Overdues">Bills and rows that went overdue so far; what a correction took back does not count.</param>
/// <param name="EndedOn">When the latest ended; null when none ended, or one lasts.</param>
/// <param name="KeptUntil">Until when the bureau shows it; null when none is on record, or one lasts and the years have not begun.</param>
public sealed record BureauEffect(
    bool? Reports, string Zh, string En, bool GoesOn, bool IsNormal, int DaysPastDue, int Overdues, DateOnly? EndedOn,
    DateOnly? KeptUntil);

/// <summary>One line of a person.</summary>
/// <param name="Account">Its number.</param>
/// <param name="NameZh">The product, in Chinese.</param>
/// <param name="NameEn">In English.</param>
/// <param name="Limit">Granted limit.</param>
/// <param name="Debt">Everything owed.</param>
/// <param name="Lifecycle">active, closing or closed.</param>
public sealed record PersonLine(AccountId Account, string NameZh, string NameEn, Money Limit, Money Debt, string Lifecycle);

/// <summary>Everything that closing changes for this person.</summary>
/// <param name="Limit">The account's limit, zero after.</param>
/// <param name="Temporary">Temporary and scene-bound limits that end.</param>
/// <param name="Debt">Owed now, stays owed.</param>
/// <param name="AutoRepay">Sources of automatic repayment, which go on until settled.</param>
/// <param name="Linked">Services that end.</param>
/// <param name="Benefits">What is forfeited.</param>
/// <param name="Bureau">What the bureau hears.</param>
/// <param name="Others">The person's other lines, which nothing happens to (R052).</param>
/// <param name="TotalLimitBefore">Granted over all lines now.</param>
/// <param name="TotalLimitAfter">Granted after closing.</param>
/// <param name="TotalDebt">Owed over all lines, before and after.</param>
public sealed record LeaveImpact(
    Money Limit, IReadOnlyList<string> Temporary, Money Debt, IReadOnlyList<string> AutoRepay, IReadOnlyList<string> Linked,
    IReadOnlyList<Benefit> Benefits, BureauEffect Bureau, IReadOnlyList<PersonLine> Others, Money TotalLimitBefore,
    Money TotalLimitAfter, Money TotalDebt)
{
    /// <summary>What the house's own assessment makes of it (R075).</summary>
    public IReadOnlyList<OwnEffect> Own { get; init; } = [];

    /// <summary>What is offered today and ends.</summary>
    public IReadOnlyList<OpenOffer> Offers { get; init; } = [];

    /// <summary>Consents that end, by their codes, because no line of the person needs them.</summary>
    public IReadOnlyList<string> Sharing { get; init; } = [];

    /// <summary>Whether the consent to messages about offers ends.</summary>
    public bool EndsOfferMessages { get; init; }
}

/// <summary>Works out what closing changes.</summary>
public sealed class LeaveImpacts(
    CreditHouse house, AccountReader reader, BenefitDesk benefits, LeaveBook book, LeaveEnding ending, IEnumerable<IOpenOffers> offers)
{
    /// <summary>What closing an account would change today.</summary>
    public async Task<LeaveImpact> OfAsync(AccountView view)
    {
        var state = view.State;
        var others = await OthersAsync(view);
        var own = state.TotalLimit;
        var limits = others.Where(one => one.Limit.Currency == state.Currency).Aggregate(own, (sum, one) => sum + one.Limit);
        var debts = others.Where(one => one.Debt.Currency == state.Currency).Aggregate(view.TotalDebt, (sum, one) => sum + one.Debt);
        return new LeaveImpact(
            own, [.. state.TemporaryLimits.Select(one => one.Id), .. state.SceneLimits.Select(one => one.Scene)], view.TotalDebt,
            [.. state.AutoRepaySources], [.. state.LinkedServices], benefits.Of(state.Id, view.Today), BureauOf(view), others, limits,
            limits - own, debts)
        {
            Own = book.On(view.Today).Own, Offers = [.. offers.SelectMany(desk => desk.OpenFor(view))],
            Sharing = await ending.OptionalAsync(view), EndsOfferMessages = await ending.EndsOfferMessagesAsync(view),
        };
    }

    private BureauEffect BureauOf(AccountView view)
    {
        var rules = book.On(view.Today);
        var rule = rules.BureauOf(view.State.Product);
        var late = view.State.DaysPastDue(view.Today);
        var (overdues, ended) = Overdues(view.History);
        return new BureauEffect(
            rule?.Reports, rule?.Zh ?? "", rule?.En ?? "", view.TotalDebt.IsPositive, late == 0 && overdues == 0, late, overdues,
            late > 0 ? null : ended, late > 0 || overdues == 0 ? null : ended?.AddYears(rules.AdverseYears));
    }

    /// <summary>How many went overdue and when the latest was over; what lies before the latest correction is told by it.</summary>
    private static (int Count, DateOnly? Ended) Overdues(IReadOnlyList<HistoryEntry> history)
    {
        var since = history.Count - 1;
        while (since >= 0 && !history[since].Events.Any(one => one is Domain.Corrections.AccountCorrected))
        {
            since--;
        }

        var events = history.Skip(since + 1).SelectMany(entry => entry.Events).ToList();
        return (
            events.Count(one => one is BillOverdue or LoanOverdue),
            events.OfType<OverdueCured>().Select(one => (DateOnly?)one.EffectiveOn).Max());
    }

    private async Task<IReadOnlyList<PersonLine>> OthersAsync(AccountView view)
    {
        var found = new List<PersonLine>();
        foreach (var slot in house.Terms.All.Select(terms => terms.Slot).Distinct())
        {
            var id = AccountId.Of(view.State.Id.Customer, slot);
            if (id != view.State.Id && await reader.GlanceAsync(id) is { } other)
            {
                found.Add(new PersonLine(
                    id, other.Terms.Name.Zh, other.Terms.Name.En, other.State.TotalLimit, other.TotalDebt, other.State.Lifecycle switch
                    {
                        Closed => "closed", ClosingDown => "closing", Active => "active", NotOpened => "not-opened",
                        _ => throw new InvalidOperationException("a fifth state of an account"),
                    }));
            }
        }

        return found;
    }
}
