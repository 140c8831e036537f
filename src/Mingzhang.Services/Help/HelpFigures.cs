using System.Globalization;
using Mingzhang.Domain.Products;
using Mingzhang.Domain.Values;
using Mingzhang.Services.Notifications;
using Mingzhang.Services.Wording;

namespace Mingzhang.Services.Help;

/// <summary>The figures articles name, from the products in force and the rules of contact; none is typed by hand.</summary>
/// <example>pay-later:example-day: 900.00 yuan at 0.05 % a day are 0.45.</example>
public static class HelpFigures
{
    private const int DaysInYear = 365;
    private const int MonthOfDays = 30;
    private const int OverdueDays = 5;
    private const int YearOfRows = 12;
    private const long ExampleUnpaid = 90_000;
    private const long ExampleOverdue = 50_000;
    private const long ExamplePlan = 100_000;

    /// <summary>Figures as <c>product:name</c>, of every product in force on a day.</summary>
    public static IReadOnlyDictionary<string, string> Of(
        TermsBook terms, DateOnly day, NoticeBook notices, ContactRules rules, bool chinese)
    {
        var figures = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["notice:days-before"] = Whole(-notices.Reminders.Min(rule => rule.Days)),
            ["contact:from"] = rules.QuietFrom.ToString("HH:mm", CultureInfo.InvariantCulture),
            ["contact:until"] = rules.QuietUntil.ToString("HH:mm", CultureInfo.InvariantCulture),
        };
        var codes = terms.All.Select(one => one.Code).Distinct();
        foreach (var product in codes.Select(code => terms.InForce(code, day)).OfType<ProductTerms>())
        {
            foreach (var (name, value) in Of(product, chinese))
            {
                figures[product.Code + ":" + name] = value;
            }
        }

        return figures;
    }

    private static IEnumerable<(string Name, string Value)> Of(ProductTerms terms, bool chinese)
    {
        var comma = chinese ? "、" : ", ";
        yield return ("name", chinese ? terms.Name.Zh : terms.Name.En);
        yield return ("limit-smallest", RefusalText.Yuan(terms.Limits.Smallest));
        yield return ("limit-largest", RefusalText.Yuan(terms.Limits.Largest));
        yield return ("daily", Percent(terms.Revolving.Rate.Ppm));
        yield return ("annual", Percent(terms.Revolving.Rate.AnnualPpm(DaysInYear)));
        yield return ("overdue-daily", Percent(terms.Overdue.Rate.Ppm));
        yield return ("minimum", Percent(terms.MinimumPayment.CyclablePpm));
        yield return ("due-days", string.Join(comma, terms.Cycles.SelectMany(cycle => cycle.DueDays).Order().Select(Whole)));
        yield return ("due-months", Whole(terms.MonthsBetweenDueDayChanges));
        yield return ("refund-days", Whole(terms.RefundWindowDays));
        yield return ("confirm-days", Whole(terms.Closing.ConfirmWithinDays));
        yield return ("cooling-days", Whole(terms.Overdue.CoolingDays));
        yield return ("cooling-after", Whole(terms.Overdue.CoolingAfterDays));
        yield return ("terminate-after", Whole(terms.Overdue.TerminateAfterDays));
        yield return ("example-unpaid", Yuan(ExampleUnpaid, terms));
        yield return ("example-day", Grown(ExampleUnpaid, terms.Revolving.Rate, 1, terms.Revolving.Rounding, terms));
        yield return ("example-month", Grown(ExampleUnpaid, terms.Revolving.Rate, MonthOfDays, terms.Revolving.Rounding, terms));
        yield return ("example-overdue", Grown(ExampleOverdue, terms.Overdue.Rate, OverdueDays, terms.Overdue.Rounding, terms));
        foreach (var figure in OfLoans(terms, comma).Concat(OfRelief(terms)))
        {
            yield return figure;
        }
    }

    private static IEnumerable<(string Name, string Value)> OfLoans(ProductTerms terms, string comma)
    {
        if (terms.Loan is { Offers.Count: > 0 } loan)
        {
            yield return ("loan-daily", Percent(loan.Offers[0].Rate.Ppm));
            yield return ("loan-annual", Percent(loan.Offers[0].Rate.AnnualPpm(DaysInYear)));
            var counts = loan.Offers.SelectMany(offer => offer.Counts).Distinct().Order();
            yield return ("loan-counts", string.Join(comma, counts.Select(Whole)));
            yield return ("loan-smallest", RefusalText.Yuan(loan.Smallest));
        }

        if (terms.Instalments is { } plans)
        {
            yield return ("plan-counts", string.Join(comma, plans.Bill.Select(offer => offer.Count).Order().Select(Whole)));
            if (plans.Bill.Find(offer => offer.Count == YearOfRows) is { } year)
            {
                yield return ("plan-fee-12", Percent(year.FeePpm));
                yield return ("example-plan", RefusalText.Yuan(default(Accrual)
                    .Plus(Money.Of(ExamplePlan, terms.Currency), Rate.PerDay(year.FeePpm), 1)
                    .RoundToMoney(terms.Currency, plans.Rounding)));
            }
        }
    }

    private static IEnumerable<(string Name, string Value)> OfRelief(ProductTerms terms)
    {
        if (terms.Relief is { } relief)
        {
            yield return ("relief-answer", Whole(relief.AnswerDays));
            if (relief.Offer(ReliefKind.Deferral) is { } deferral)
            {
                yield return ("defer-per-year", Whole(deferral.MostPerYear));
            }
        }
    }

    private static string Grown(long minor, Rate rate, int days, Rounding rounding, ProductTerms terms) => RefusalText.Yuan(
        default(Accrual).Plus(Money.Of(minor, terms.Currency), rate, days).RoundToMoney(terms.Currency, rounding));

    private static string Yuan(long minor, ProductTerms terms) => RefusalText.Yuan(Money.Of(minor, terms.Currency));

    private static string Percent(long ppm) => (ppm / 10_000m).ToString("0.####", CultureInfo.InvariantCulture) + "%";

    private static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);
}
