using System.CommandLine;
using System.Globalization;
using Mingzhang.Cli.House;
using Mingzhang.Cli.Output;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Billing;
using Mingzhang.Domain.Disclosure;
using Mingzhang.Domain.Instalments;
using Mingzhang.Domain.Loans;
using Mingzhang.Domain.Products;
using Mingzhang.Services.Wording;

namespace Mingzhang.Cli.Quotes;

/// <summary><c>mz quote</c>: what a loan or a bill in instalments would cost, by the product file alone; no database is opened.</summary>
internal static class QuoteCommand
{
    private const string Bill = "bill";

    public static Command Make(CommonOptions common)
    {
        var product = new Option<string>("--product") { Description = "Product code (产品)", HelpName = "CODE", Required = true };
        var offer = new Option<string>("--offer") { Description = "Offer code, or bill (方案)", HelpName = "CODE", Required = true };
        var count = new Option<int>("--count") { Description = "Number of rows (期数)", HelpName = "N", Required = true };
        var amount = new Option<string>("--amount") { Description = "Principal such as 10000.00 (本金)", HelpName = "YUAN", Required = true };
        var on = new Option<string>("--on") { Description = "The day it would begin (起息日)", HelpName = "DATE", Required = true };
        var command = new Command("quote", "Schedule, all costs and both yearly rates of a loan (借款试算)")
        {
            product, offer, count, amount, on, common.Products,
        };
        command.SetAction(parsed =>
        {
            var screen = common.ScreenOf(parsed);
            var day = OpenHouse.Day("--on", parsed.GetValue(on)!);
            var terms = HouseDoor.Products(parsed.GetValue(common.Products)!).InForce(parsed.GetValue(product)!, day)
                ?? throw Wrong("--product", $"{parsed.GetValue(product)} is not offered on {Shown.Day(day)}", "当日没有该产品");
            var quote = Quote(terms, parsed.GetValue(offer)!, parsed.GetValue(count), Principal(terms, parsed.GetValue(amount)!), day);
            Write(screen, quote, terms);
            return (int)ExitCode.Done;
        });
        return command;
    }

    private static LoanQuote Quote(ProductTerms terms, string offer, int count, Money amount, DateOnly on)
    {
        var state = AccountState.Empty(default, terms.Currency);
        var refused = offer != Bill ? LoanQuotes.Check(terms, offer, count, amount)
            : terms.Instalments is { } plans && amount < plans.Smallest
            ? new LoanAmountNotOffered(plans.Smallest, terms.Limits.Largest, Money.Of(1, terms.Currency))
            : null;
        if (refused is not null)
        {
            throw OpenHouse.No(refused);
        }

        var made = offer == Bill && terms.Instalments?.Bill.Find(one => one.Count == count) is { } plan
            ? PlanQuotes.Of(state with { Cycle = CycleFrom(terms, on) }, terms, plan, amount, null, CostBearer.Buyer, on)
            : terms.Loan?.Offer(offer, count) is { } found ? LoanQuotes.Of(state, terms, found, count, amount, on) : null;
        return made ?? throw OpenHouse.No(new OfferUnknown(offer, count));
    }

    // A plan's rows join statements: those of the product's first statement day.
    private static Cycle CycleFrom(ProductTerms terms, DateOnly on)
    {
        var cycle = terms.Cycles[0];
        var next = new DateOnly(on.Year, on.Month, cycle.StatementDay);
        return new Cycle { NextStatementOn = next > on ? next : next.AddMonths(1), DueDay = cycle.DueDays[0] };
    }

    private static Money Principal(ProductTerms terms, string text)
    {
        var read = decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var yuan)
            && yuan > 0 && yuan < 1_000_000_000 && decimal.Truncate(yuan * 100) == yuan * 100;
        return read
            ? Money.Of((long)(yuan * 100), terms.Currency)
            : throw Wrong("--amount", $"'{text}' is no positive amount with at most two digits", "金额须为正数且最多两位小数");
    }

    private static void Write(Screen screen, LoanQuote quote, ProductTerms terms)
    {
        var (yearly, cap) = (quote.YearlyCost(), quote.Cap);
        QuoteShown.Write(screen, quote, $"{terms.Code} v{terms.Version}, {quote.Offer}");
        screen.Json(new
        {
            product = terms.Code, terms.Version, quote.Offer, quote.Principal, quote.Cost, simpleYearlyPpm = yearly?.SimplePpm,
            compoundYearlyPpm = yearly?.CompoundPpm, capPpm = cap?.AnnualPpm, capSource = cap?.Clause.Zh, costTable = quote.CostTableId,
            quote.Rows, quote.Lenders,
            table = quote.Table is CostTableMade shown
                ? new { zh = CostTableText.Lines(shown.Table, chinese: true), en = CostTableText.Lines(shown.Table, chinese: false) }
                : null,
        });
    }

    private static ProblemException Wrong(string option, string rule, string ruleZh) =>
        new(ExitCode.Usage, Problem.Of(option, rule, "See mz quote --help.", ruleZh, "请参阅 mz quote --help。"));
}
