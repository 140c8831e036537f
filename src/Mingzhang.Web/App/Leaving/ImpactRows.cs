using System.Text;
using Mingzhang.Domain.Values;
using Mingzhang.Services.Leaving;
using Mingzhang.Services.People;
using Mingzhang.Services.Reading;
using Mingzhang.Web.Texts;

namespace Mingzhang.Web.App.Leaving;

/// <summary>One consequence as it is shown: what, now, after.</summary>
/// <param name="Item">What.</param>
/// <param name="Now">As it is.</param>
/// <param name="After">As it will be.</param>
/// <param name="IsLoss">Whether something is lost.</param>
public sealed record ImpactRow(string Item, string Now, string After, bool IsLoss);

/// <summary>The consequences of closing in the visitor's words: the page shows them, and the evidence keeps them (R088, R095).</summary>
public static class ImpactRows
{
    /// <summary>The table of one's own account.</summary>
    public static IReadOnlyList<ImpactRow> Of(Speech t, LeaveImpact impact, string? cardTail)
    {
        var rows = new List<ImpactRow>
        {
            new(t["impact.limit"], t.Money(impact.Limit), t.Money(Money.Zero(impact.Limit.Currency)), impact.Limit.IsPositive),
            new(t["impact.debt"], t.Money(impact.Debt), t[impact.Debt.IsPositive ? "impact.debt-stays" : "impact.debt-none"], false),
            new(
                t["impact.auto"], impact.AutoRepay.Count > 0 ? t.Say("impact.auto-on", cardTail) : t["impact.off"],
                t[impact.AutoRepay.Count > 0 ? "impact.auto-until" : "impact.off"], false),
        };
        rows.AddRange(impact.Linked.Select(one =>
            new ImpactRow(t.Say("impact.linked-one", t.Or("service." + one, one)), t["impact.on"], t["impact.linked-end"], true)));
        rows.AddRange(impact.Temporary.Select(one =>
            new ImpactRow(t.Say("impact.temporary-one", one), t["impact.on"], t["impact.lost"], true)));
        rows.AddRange(impact.Benefits.Select(one => new ImpactRow(t.Pick(one.Zh, one.En), Worth(t, one), t["impact.lost"], true)));
        rows.AddRange(impact.Offers.Select(one => new ImpactRow(
            t["impact.offer-" + one.Kind], one.Amount is { } amount ? t.Money(amount) : t["impact.offer-open"], t["impact.offer-ends"],
            true)));
        rows.AddRange(impact.Sharing.Select(one => new ImpactRow(
            t.Say("impact.sharing-one", Title(t, one)), t["impact.sharing-on"], t["impact.sharing-ends"], false)));
        if (impact.EndsOfferMessages)
        {
            rows.Add(new ImpactRow(t["impact.offer-messages"], t["impact.sharing-on"], t["impact.sharing-ends"], false));
        }

        rows.Add(new ImpactRow(t["impact.total-limit"], t.Money(impact.TotalLimitBefore), t.Money(impact.TotalLimitAfter), false));
        rows.Add(new ImpactRow(t["impact.total-debt"], t.Money(impact.TotalDebt), t.Money(impact.TotalDebt), false));
        rows.AddRange(impact.Others.Select(one => new ImpactRow(
            t.Pick(one.NameZh, one.NameEn), t.Say("impact.other-now", t.Money(one.Limit), t.Money(one.Debt)), t["impact.none"], false)));
        return rows;
    }

    /// <summary>What the credit bureau hears, in sentences.</summary>
    public static IReadOnlyList<string> Bureau(Speech t, BureauEffect bureau)
    {
        var said = new List<string>();
        if (bureau.Zh.Length > 0)
        {
            said.Add(t.Say("impact.bureau-how", t.Pick(bureau.Zh, bureau.En)));
        }

        if (bureau.Reports == false)
        {
            return said;
        }

        said.Add(t[bureau.GoesOn ? "impact.bureau-goes-on" : "impact.bureau-closes"]);
        said.Add(bureau switch
        {
            { IsNormal: true } => t["impact.bureau-clean"],
            { DaysPastDue: > 0 } => t.Say("impact.bureau-late", bureau.DaysPastDue),
            { KeptUntil: { } until, EndedOn: { } ended } => t.Say("impact.bureau-kept", bureau.Overdues, t.Day(ended), Speech.Iso(until)),
            _ => t.Say("impact.bureau-record", bureau.Overdues),
        });
        return said;
    }

    /// <summary>Everything that is shown before the confirmation, as one text; its hash is the evidence.</summary>
    public static string Text(
        Speech t, AccountView view, LeaveImpact impact, RunOffPlan plan, LeaveCheck check, string? cardTail, IEnumerable<string> points)
    {
        var text = new StringBuilder(t["close.title"]).Append(' ').Append(view.State.Id).Append('\n')
            .Append(t.Say("impact.notice", view.Terms.Closing.NoticeVersion)).Append('\n');
        foreach (var row in Of(t, impact, cardTail))
        {
            text.Append(row.Item).Append(": ").Append(row.Now).Append(" → ").Append(row.After).Append('\n');
        }

        foreach (var line in Bureau(t, impact.Bureau))
        {
            text.Append(line).Append('\n');
        }

        foreach (var own in impact.Own)
        {
            text.Append(t.Pick(own.Zh, own.En)).Append('\n');
        }

        foreach (var due in plan.Dues)
        {
            text.Append(Speech.Iso(due.On)).Append(' ').Append(t.Money(due.Amount)).Append('\n');
        }

        foreach (var step in check.Steps)
        {
            text.Append(t.Pick(step.Zh, step.En)).Append(": ").Append(t.Pick(step.WhyZh, step.WhyEn)).Append('\n');
        }

        foreach (var point in points)
        {
            text.Append("[x] ").Append(t["ack." + point]).Append(". ").Append(t["ack-help." + point]).Append('\n');
        }

        return text.ToString();
    }

    private static string Title(Speech t, string consent) =>
        ConsentTexts.Latest(consent) is { } text ? t.Pick(text.Zh.Title, text.En.Title) : consent;

    private static string Worth(Speech t, Benefit one)
    {
        var worth = one.Kind switch
        {
            "coupon" => t.Money(Money.Of(one.Amount, Currency.Cny)),
            "points" => t.Say("impact.points", one.Amount),
            _ => t["impact.on"],
        };
        return one.ExpiresOn is { } day ? t.Say("impact.until", worth, Speech.Iso(day)) : worth;
    }
}
