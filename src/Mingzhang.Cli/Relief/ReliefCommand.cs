using System.CommandLine;
using Mingzhang.Cli.House;
using Mingzhang.Cli.Output;
using Mingzhang.Cli.Quotes;
using Mingzhang.Domain.Products;
using Mingzhang.Domain.Relief;
using Mingzhang.Services.Reading;

namespace Mingzhang.Cli.Relief;

/// <summary><c>mz relief</c>: the agreements of an account, and what one would change. Books nothing.</summary>
internal static class ReliefCommand
{
    private static readonly Dictionary<string, ReliefKind> Kinds = new(StringComparer.Ordinal)
    {
        ["deferral"] = ReliefKind.Deferral, ["re-age"] = ReliefKind.ReAge, ["re-amortise"] = ReliefKind.ReAmortise,
        ["replan"] = ReliefKind.Replan,
    };

    public static Command Make(CommonOptions common) =>
        new("relief", "Agreements for who cannot pay as agreed; nothing is booked (延期与协商还款，不记账)") { Show(common), Quote(common) };

    private static Command Show(CommonOptions common)
    {
        var account = Account();
        var command = new Command("show", "Applications, offers and running agreements (协商与协议)")
        {
            account, common.Database, common.Products,
        };
        command.SetAction(async parsed =>
        {
            using var house = OpenHouse.Of(common, parsed);
            Write(common.ScreenOf(parsed), await house.AccountAsync(OpenHouse.Id(parsed.GetValue(account)!)));
            return (int)ExitCode.Done;
        });
        return command;
    }

    private static Command Quote(CommonOptions common)
    {
        var account = Account();
        var kind = new Option<string>("--kind")
        {
            Description = "deferral, re-age, re-amortise or replan (方式)", HelpName = "KIND", Required = true,
        };
        var loan = new Option<string?>("--loan") { Description = "The cash loan; left out: the bills (借款编号)", HelpName = "ID" };
        var months = new Option<string?>("--months") { Description = "Deferral: months the rows move (延期月数)", HelpName = "N" };
        var interestOnly = new Option<bool>("--interest-only") { Description = "Deferral of a loan: interest on the old days (只还利息)" };
        var count = new Option<string?>("--count") { Description = "Rows of the new schedule (新期数)", HelpName = "N" };
        var first = new Option<string?>("--first-due") { Description = "First due day of a loan's new rows (首期到期日)", HelpName = "DATE" };
        var price = new Option<string?>("--price") { Description = "Price of a new plan, ppm a day (日利率，百万分之)", HelpName = "PPM" };
        var command = new Command("quote", "What an agreement would change, with its cost table (试算)")
        {
            account, kind, loan, months, interestOnly, count, first, price, common.Database, common.Products,
        };
        command.SetAction(async parsed =>
        {
            var plan = new ReliefPlan(
                KindOf(parsed.GetValue(kind)!), parsed.GetValue(loan), Whole("--months", parsed.GetValue(months), 24) ?? 0,
                parsed.GetValue(interestOnly), Whole("--count", parsed.GetValue(count), 60) ?? 0,
                parsed.GetValue(first) is { } day ? OpenHouse.Day("--first-due", day) : null,
                Whole("--price", parsed.GetValue(price), 10_000));
            using var house = OpenHouse.Of(common, parsed);
            var view = await house.AccountAsync(OpenHouse.Id(parsed.GetValue(account)!));
            var (quote, refusal) = ReliefQuotes.Try(view.State, view.Terms, plan, view.Today);
            Write(common.ScreenOf(parsed), view, quote is not null && refusal is null
                ? quote
                : throw OpenHouse.No(refusal ?? new ReliefDoesNotFit(ReliefMismatch.NoSchedule)));
            return (int)ExitCode.Done;
        });
        return command;
    }

    private static void Write(Screen screen, AccountView view)
    {
        screen.Line($"{Shown.Whole(view.State.Reliefs.Count)} of {view.State.Id} on {Shown.Day(view.Today)}. 协商与协议");
        var table = Shown.Table("id", "kind", "stage", "of", "since", "lapses on", "ends on", "bureau", "rows", ">price ppm");
        foreach (var relief in view.State.Reliefs)
        {
            table.Row(
                relief.Id, NameOf(relief.Plan.Kind), relief.Stage.ToString(), relief.Plan.LoanId ?? "bills", Shown.Day(relief.Since),
                Shown.Day(relief.ExpiresOn), Shown.Day(relief.EndsOn), relief.BureauCode > 0 ? Shown.Whole(relief.BureauCode) : "–",
                relief.Plan.Count > 0 ? Shown.Whole(relief.Plan.Count) : "–",
                relief.Plan.DailyPpm is { } ppm ? Shown.Whole(ppm) : "–");
        }

        screen.Human.Write(table);
        screen.Json(new { account = view.State.Id, asOf = view.Today, reliefs = view.State.Reliefs, past = view.State.PastReliefs });
    }

    private static void Write(Screen screen, AccountView view, ReliefQuote quote)
    {
        var change = Shown.Table("", ">before", ">after");
        change.Row("due today", Shown.Money(quote.DueNowBefore), Shown.Money(quote.DueNowAfter));
        change.Row("days past due", Shown.Whole(quote.PastDueBefore), Shown.Whole(quote.PastDueAfter));
        change.Row("interest and charges to come", Shown.Money(quote.Before.Cost), Shown.Money(quote.After.Cost));
        change.Row("payments to come", Shown.Whole(quote.Before.Days.Count), Shown.Whole(quote.After.Days.Count));
        change.Row("last payment", Shown.Day(quote.Before.EndsOn), Shown.Day(quote.After.EndsOn));
        screen.Human.Write(change);
        screen.Line($"Costs {Shown.Money(quote.ExtraCost)} more than paying as due; bureau {quote.Offer.BureauCode}"
            + $"{(quote.Offer.StopsUse ? "; the line cannot be used meanwhile" : "")}"
            + $"{(quote.Offer.SelfService ? "; the customer starts it alone" : "; staff offer it first")}.");
        QuoteShown.Write(screen, quote.Contract, $"{view.Terms.Code} v{view.Terms.Version}, {quote.Contract.Offer}");
        var yearly = quote.Contract.YearlyCost();
        screen.Json(new
        {
            account = view.State.Id, on = view.Today, quote.Plan, quote.Before, quote.After, quote.ExtraCost, quote.DueNowBefore,
            quote.DueNowAfter, daysPastDueBefore = quote.PastDueBefore, daysPastDueAfter = quote.PastDueAfter, quote.Offer.StopsUse,
            quote.Offer.BureauCode, quote.Offer.SelfService, simpleYearlyPpm = yearly?.SimplePpm, compoundYearlyPpm = yearly?.CompoundPpm,
            costTable = quote.CostTableId, quote.Contract.Rows,
        });
    }

    private static Argument<string> Account() => new("ACCOUNT") { Description = "Account number such as 1000001-01 (账户编号)" };

    private static string NameOf(ReliefKind kind) => Kinds.First(one => one.Value == kind).Key;

    private static ReliefKind KindOf(string text) => Kinds.TryGetValue(text, out var kind) ? kind : throw new ProblemException(
        ExitCode.Usage, Problem.Of(
            "--kind", $"'{text}' is no kind of agreement", $"Write one of {string.Join(", ", Kinds.Keys)}.", $"“{text}”不是协商方式",
            $"请写 {string.Join("、", Kinds.Keys)} 之一。"));

    private static int? Whole(string option, string? text, int most) => text is null ? null
        : int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number)
            && number <= most
            ? number
            : throw new ProblemException(ExitCode.Usage, Problem.Of(
                option, $"'{text}' is no whole number up to {most}", $"Write a number from 0 to {most}.",
                $"“{text}”不是不超过 {most} 的整数", $"请填写 0 到 {most} 之间的整数。"));
}
