using System.CommandLine;
using Mingzhang.Cli.House;
using Mingzhang.Cli.Output;
using Mingzhang.Domain.Corrections;
using Mingzhang.Domain.Prices;
using Mingzhang.Domain.Repayment;
using Mingzhang.Services.Corrections;
using Mingzhang.Services.Reading;

namespace Mingzhang.Cli.Explain;

/// <summary><c>mz correct</c>: what a correction would change, and what a booked one changed. Books nothing.</summary>
internal static class CorrectCommand
{
    public static Command Make(CommonOptions common) =>
        new("correct", "What corrections change; nothing is booked (更正的影响，不记账)") { Preview(common), Show(common) };

    private static Command Preview(CommonOptions common)
    {
        var account = Account();
        var reverse = new Option<long?>("--reverse") { Description = "Take this journal sequence back (撤销该序号)", HelpName = "SEQ" };
        var amend = new Option<long?>("--amend") { Description = "Replace this journal sequence (更正该序号)", HelpName = "SEQ" };
        var repay = new Option<bool>("--repay") { Description = "A repayment that came late (迟到的还款)" };
        var amount = new Option<decimal?>("--amount") { Description = "Right amount in yuan (正确金额，元)", HelpName = "YUAN" };
        var price = new Option<long?>("--price") { Description = "Contract price, ppm a day (日利率，百万分之)", HelpName = "PPM" };
        var overdue = new Option<long?>("--overdue") { Description = "Overdue price, ppm a day (逾期日利率)", HelpName = "PPM" };
        var loan = new Option<string?>("--loan") { Description = "The loan of the price (借款编号)", HelpName = "ID" };
        var on = new Option<string?>("--on") { Description = "The day it belongs to (所属日期)", HelpName = "DATE" };
        var command = new Command("preview", "Everything a correction would change (更正预览)")
        {
            account, reverse, amend, repay, amount, price, overdue, loan, on, common.Database, common.Products,
        };
        command.SetAction(async parsed =>
        {
            var screen = common.ScreenOf(parsed);
            using var house = OpenHouse.Of(common, parsed);
            var view = await house.AccountAsync(OpenHouse.Id(parsed.GetValue(account)!));
            var day = parsed.GetValue(on) is { } text ? OpenHouse.Day("--on", text) : (DateOnly?)null;
            var yuan = parsed.GetValue(amount) is { } typed ? Money.Of((long)(typed * 100), view.State.Currency) : (Money?)null;
            AccountCommand? asked = parsed switch
            {
                _ when parsed.GetValue(reverse) is { } sequence => new ReverseFact(sequence, "preview") { EffectiveOn = view.Today },
                _ when parsed.GetValue(amend) is { } sequence && RightFact.Of(view, sequence, yuan, day) is { } right =>
                    new AmendFact(sequence, right, "preview") { EffectiveOn = view.Today },
                _ when parsed.GetValue(repay) && yuan is { } paid =>
                    new ReceiveRepayment("preview", [new RepaymentSource("preview", paid)], null, Actor.Channel)
                    {
                        EffectiveOn = day ?? view.Today,
                    },
                _ when parsed.GetValue(price) is { } ppm =>
                    new SetPrice(parsed.GetValue(loan), ppm, parsed.GetValue(overdue) ?? ppm, "preview")
                    {
                        EffectiveOn = day ?? view.Today,
                    },
                // The rest: nothing that can be worked out.
                _ => null,
            };
            if (asked is null || !AccountCorrector.NeedsHistory(asked, view.Today))
            {
                throw new ProblemException(ExitCode.Usage, Problem.Of(
                    "command line", "no correction is asked for", "Give --reverse, --amend, or --repay or --price with a day before today.",
                    "没有可预览的更正", "请给出 --reverse、--amend，或带有过去日期的 --repay、--price。"));
            }

            switch (CorrectionPreviewer.Preview(view.State, view.History, asked, view.Book, view.Today))
            {
                case CorrectionPreviewed previewed: Write(screen, previewed.Preview); break;
                case CorrectionNotPossible no: throw OpenHouse.No(no.Reason);
            }

            return (int)ExitCode.Done;
        });
        return command;
    }

    private static Command Show(CommonOptions common)
    {
        var account = Account();
        var sequence = new Argument<long>("SEQUENCE") { Description = "Journal sequence of the correction (更正的序号)" };
        var command = new Command("show", "Everything a booked correction changed (已记更正)")
        {
            account, sequence, common.Database, common.Products,
        };
        command.SetAction(async parsed =>
        {
            var screen = common.ScreenOf(parsed);
            using var house = OpenHouse.Of(common, parsed);
            var view = await house.AccountAsync(OpenHouse.Id(parsed.GetValue(account)!));
            var number = parsed.GetValue(sequence);
            Write(screen, CorrectionPreviewer.Booked(view.History, view.Book, number) ?? throw OpenHouse.No(new FactUnknown(number)));
            return (int)ExitCode.Done;
        });
        return command;
    }

    private static Argument<string> Account() =>
        new("ACCOUNT") { Description = "Account number such as 1000001-01 (账户编号)" };

    private static void Write(Screen screen, CorrectionPreview preview)
    {
        screen.Line($"{preview.Cause.Kind} since {Shown.Day(preview.Cause.Since)}, booked {Shown.Day(preview.BookedOn)}");
        var figures = Shown.Table("figure", ">before", ">after", ">difference");
        foreach (var one in preview.Figures)
        {
            figures.Row(one.Figure.ToString(), Shown.Money(one.Before), Shown.Money(one.After), Shown.Money(one.Delta));
        }

        screen.Human.Write(figures);
        foreach (var one in preview.Statements)
        {
            screen.Line($" - statement {Shown.Day(one.IssuedOn)}: {Amount(one.Before?.Closing)} -> {Amount(one.After?.Closing)}");
        }

        foreach (var one in preview.Months)
        {
            screen.Line(
                $" - {Shown.Day(one.On)}: {one.DaysBefore} -> {one.DaysAfter} days past due, "
                + $"bureau {one.StatusBefore} -> {one.StatusAfter}");
        }

        foreach (var one in preview.Lenders)
        {
            screen.Line($" - {one.Lender} of {one.LoanId}, {one.Component} {one.Measure}: {Amount(one.Before)} -> {Amount(one.After)}");
        }

        var postings = Shown.Table("effective", "corrects", "ledger", ">difference");
        foreach (var one in preview.Postings)
        {
            postings.Row(Shown.Day(one.EffectiveOn), $"#{one.Corrects}", one.Ledger.ToString(), Shown.Money(one.Delta));
        }

        screen.Human.Write(postings);
        screen.Json(preview);
    }

    private static string Amount(Money? amount) => amount is { } money ? Shown.Money(money) : "-";
}
