using System.Globalization;
using Mingzhang.Services.Reading;
using Mingzhang.Services.Wording;
using Mingzhang.Web.Texts;

namespace Mingzhang.Web.App;

/// <summary>What of an account's activity was asked for, and what was found; everything stands in the address.</summary>
/// <param name="Text">Part of a shop's name, of what happened or of an amount, as typed.</param>
/// <param name="Kind">One of <see cref="Kinds"/>; empty = all.</param>
/// <param name="From">First day; null = from the beginning.</param>
/// <param name="To">Last day; null = until today.</param>
/// <param name="Before">The page shows what was booked before; null = the latest.</param>
/// <param name="Found">Its lines, latest first.</param>
public sealed record ActivitySearch(
    string Text, string Kind, DateOnly? From, DateOnly? To, ActivityPlace? Before, ActivityFound Found)
{
    /// <summary>Lines on a page.</summary>
    public const int PageSize = 30;

    private const int LongestText = 60;

    /// <summary>Kinds that can be chosen.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["purchases", "payments", "refunds", "charges", "loans"];

    /// <summary>Whether anything narrows the list.</summary>
    public bool IsNarrowed => Text.Length > 0 || Kind.Length > 0 || From is not null || To is not null;

    /// <summary>Whether these are all.</summary>
    public bool IsAll => Before is null && Found.Older is null;

    /// <summary>Finds; what makes no sense in the address narrows nothing.</summary>
    public static ActivitySearch Of(AccountView view, ActivityReader reader, IQueryCollection query, Speech speech)
    {
        var typed = query["q"].ToString().Trim();
        var text = typed.Length > LongestText ? typed[..LongestText] : typed;
        var kind = Kinds.FirstOrDefault(kind => kind == query["kind"]) ?? "";
        var (from, to, before) = (Typed.Day(query["from"]), Typed.Day(query["to"]), Place(query["before"].ToString()));
        return new ActivitySearch(text, kind, from, to, before, reader.Find(view, new ActivityAsk(
            before, from,
            line => (from is null || line.On >= from) && (to is null || line.On <= to)
                && (kind.Length == 0 || KindOf(line) == kind) && (text.Length == 0 || Says(line, text, speech)),
            PageSize)));
    }

    /// <summary>The address of what was booked before a place, in the same search; null = of the latest.</summary>
    public string At(ActivityPlace? before) => "/app/activity?" + string.Join('&', new[]
    {
        ("q", Text), ("kind", Kind), ("from", From is { } from ? Speech.Iso(from) : ""), ("to", To is { } to ? Speech.Iso(to) : ""),
        ("before", before is { } place ? string.Create(CultureInfo.InvariantCulture, $"{place.Sequence}.{place.Event}") : ""),
    }.Where(one => one.Item2.Length > 0).Select(one => one.Item1 + "=" + Uri.EscapeDataString(one.Item2)));

    private static ActivityPlace? Place(string text) => text.Split('.') is [var sequence, var at]
        && long.TryParse(sequence, NumberStyles.None, CultureInfo.InvariantCulture, out var entry)
        && int.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var happened) ? new ActivityPlace(entry, happened) : null;

    private static bool Says(ActivityLine line, string text, Speech speech) =>
        Has(line.Label, text) || Has(speech["event." + line.Event], text)
        || (line.Amount is { } amount && (Has(RefusalText.Yuan(amount), text)
            || Has(RefusalText.Yuan(amount).Replace(",", "", StringComparison.Ordinal), text)));

    private static bool Has(string? where, string text) => where?.Contains(text, StringComparison.OrdinalIgnoreCase) == true;

    private static string KindOf(ActivityLine line) => line.Event switch
    {
        "purchase-authorised" or "purchase-posted" => "purchases",
        "repayment-received" or "credit-balance-returned" => "payments",
        "refund-received" => "refunds",
        "interest-posted" or "overdue-charge-posted" or "loan-accrual-posted" or "early-fee-posted" => "charges",
        "loan-disbursed" or "plan-started" or "loan-settled" => "loans",
        _ => "",
    };
}
