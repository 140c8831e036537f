using Mingzhang.Cli.Output;
using Mingzhang.Domain.Closing;
using Mingzhang.Domain.Explaining;
using Spectre.Console;

namespace Mingzhang.Cli.Explain;

/// <summary>What stands in the way of closing on a day.</summary>
internal sealed record ClosingAnswer(DateOnly AsOf, ValueList<ClosingBlocker> Blockers);

internal static class LimitText
{
    public static void Write(IAnsiConsole screen, LimitExplanation answer)
    {
        screen.WriteLine($"Available on {Shown.Day(answer.AsOf)}: {Shown.Money(answer.Available)} ({answer.Pool ?? "general"})");
        var terms = Shown.Table("term", ">amount", "reference", "label", "comes back");
        foreach (var term in answer.Terms)
        {
            terms.Row(term.Kind.ToString(), Shown.Money(term.Amount), term.Reference ?? "", term.Label ?? "", Shown.Day(term.ReturnsOn));
        }

        screen.Write(terms);
        var steps = Shown.Table("day", "event", "reference", ">change", ">available");
        foreach (var step in answer.History)
        {
            steps.Row(Shown.Day(step.On), step.Event, step.Reference ?? "", Shown.Money(step.Change), Shown.Money(step.AvailableAfter));
        }

        screen.Write(steps);
    }
}

internal static class BillText
{
    public static void Write(IAnsiConsole screen, BillExplanation answer)
    {
        var bill = answer.Bill;
        screen.WriteLine($"Bill of {Shown.Day(bill.IssuedOn)}, due {Shown.Day(bill.DueOn)}, version {bill.Version}, {bill.Stage}");
        var lines = Shown.Table("day", "event", "reference", "label", ">amount", "why");
        lines.Row("", "opening", "", "", Shown.Money(bill.Opening), "");
        foreach (var line in answer.Lines)
        {
            lines.Row(Shown.Day(line.On), line.Event, line.Reference ?? "", line.Label ?? "", Shown.Money(line.Amount), line.Why);
        }

        lines.Row("", "closing", "", "", Shown.Money(bill.Closing), "");
        screen.Write(lines);
        screen.WriteLine($"Minimum payment {Shown.Money(bill.Minimum)}, paid since {Shown.Money(bill.PaidSince)}");
        foreach (var step in answer.Minimum)
        {
            screen.WriteLine($" - {step.Rule}: {step.Input} → {Shown.Money(step.Output)}");
        }
    }
}

internal static class ClosingText
{
    public static void Write(IAnsiConsole screen, ClosingAnswer answer)
    {
        screen.WriteLine(answer.Blockers.Count == 0 ? "Nothing stands in the way. 可以关闭" : "In the way of closing 关闭前需处理:");
        foreach (var blocker in answer.Blockers)
        {
            var amount = blocker.Amount is { } money ? Shown.Money(money) : "";
            var how = (blocker.Blocks ? "blocks" : "warns") + (blocker.RunsOff ? ", runs off" : "");
            screen.WriteLine($" - K{(int)blocker.Code:00} {blocker.Code} {amount} {blocker.Detail} ({how})");
        }
    }
}

internal static class PaymentText
{
    public static void Write(IAnsiConsole screen, PaymentPreview answer)
    {
        screen.WriteLine($"Paying {Shown.Money(answer.Amount)} on {Shown.Day(answer.PayOn)}:");
        foreach (var part in answer.Allocations)
        {
            var bucket = part.Bucket?.ToString() ?? "named";
            screen.WriteLine($" - {Shown.Money(part.Amount)} to {part.Component}, {bucket} (item {part.ItemId})");
        }

        var facts = Shown.Facts();
        facts.Row("limit that comes back", Shown.Money(answer.LimitReturned));
        facts.Row("owed afterwards", Shown.Money(answer.DebtAfter));
        facts.Row("minimum met", answer.MinimumMet ? "yes" : "no");
        facts.Row($"next statement, {Shown.Day(answer.NextStatementOn)}", Shown.Money(answer.NextStatement));
        facts.Row("interest and charges on it", Shown.Money(answer.InterestUntilNextStatement));
        screen.Write(facts);
    }
}
