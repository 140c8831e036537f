using Mingzhang.Domain.Corrections;

namespace Mingzhang.Web.Texts;

/// <summary>A part of a letter.</summary>
/// <param name="Heading">What it is about.</param>
/// <param name="Lines">Sentences.</param>
public sealed record LetterPart(string Heading, IReadOnlyList<string> Lines);

/// <summary>The letter to the customer about a correction, in plain words. Every number in it is one of the preview's.</summary>
public static class CorrectionLetter
{
    /// <summary>Its parts, in the language of <paramref name="say"/>: what happened, bills, money, loans, use, credit report, whom to
    /// ask.</summary>
    public static IReadOnlyList<LetterPart> Of(CorrectionPreview preview, Speech say)
    {
        var parts = new List<LetterPart>
        {
            new(say["letter.title"], [say.Say("letter.lead", say.Day(preview.BookedOn))]),
            new(say["letter.what"], What(preview.Cause, say)),
            new(say["letter.bills"], Bills(preview, say)),
            new(say["letter.money"], Money(preview, say)),
        };
        Add(parts, say["letter.loans"], [.. preview.Loans.SelectMany(loan => Loan(loan, say))]);
        Add(parts, say["letter.use"], [.. preview.Restrictions.Select(one => say.Say(
            one.Comes ? "letter.restriction-comes" : "letter.restriction-ends", say["restriction." + one.Reason]))]);
        parts.Add(new(say["letter.bureau"], Bureau(preview, say)));
        parts.Add(new(say["letter.ask"], [say.Say("letter.ask-text", preview.StateVersion + 1)]));
        return parts;
    }

    private static void Add(List<LetterPart> parts, string heading, IReadOnlyList<string> lines) =>
        parts.AddRange(lines.Count == 0 ? [] : [new LetterPart(heading, lines)]);

    private static List<string> What(CorrectionCause cause, Speech say)
    {
        List<string> lines =
        [
            cause.Kind switch
            {
                CorrectionKind.Late => say.Say("letter.late", FactWords.Of(say, cause.Right!)),
                CorrectionKind.Withdrawn => say.Say("letter.withdrawn", FactWords.Of(say, cause.Wrong!)),
                CorrectionKind.Replaced => say.Say("letter.replaced", FactWords.Of(say, cause.Wrong!), FactWords.Of(say, cause.Right!)),
                _ => throw new InvalidOperationException("A fourth kind of correction."),
            },
        ];
        lines.AddRange(cause.Reason is { } reason ? [say.Say("letter.reason", reason)] : []);
        return lines;
    }

    private static IReadOnlyList<string> Bills(CorrectionPreview preview, Speech say) => preview.Statements.Count == 0
        ? [say["letter.bills-none"]]
        : [.. preview.Statements.Select(one => one switch
        {
            { Before: { } before, After: { } after } => say.Say(
                "letter.bill-changed", say.Day(one.IssuedOn), say.Money(before.Closing), say.Money(after.Closing),
                say.Money(before.Minimum), say.Money(after.Minimum)),
            { Before: { } gone } => say.Say("letter.bill-gone", say.Day(one.IssuedOn), say.Money(gone.Closing)),
            _ => say.Say("letter.bill-new", say.Day(one.IssuedOn), say.Money(one.After!.Closing)),
        })];

    private static List<string> Money(CorrectionPreview preview, Speech say)
    {
        var lines = preview.Figures.Select(one => say.Say(
            "letter.figure." + one.Figure, say.Money(one.Before), say.Money(one.After), say.Day(preview.Cause.Since))).ToList();
        lines.AddRange(lines.Count == 0 ? [say["letter.money-none"]] : []);
        lines.AddRange(preview.Find(CorrectedFigure.Credit) is { After.IsPositive: true } credit
            ? [say.Say("letter.credit", say.Money(credit.After))] : []);
        lines.AddRange(preview.Dues.Select(due => say.Say(
            due.DueOn < preview.BookedOn ? "letter.pay-now" : "letter.pay-by", say.Money(due.Amount), say.Day(due.DueOn))));
        lines.AddRange(preview.Dues.Count == 0 ? [say["letter.pay-none"]] : []);
        return lines;
    }

    private static IEnumerable<string> Loan(LoanDifference loan, Speech say)
    {
        if (loan is { Before: { } before, After: { } after })
        {
            if (before.Settlement != after.Settlement)
            {
                yield return say.Say("letter.loan", loan.LoanId, say.Money(before.Settlement), say.Money(after.Settlement));
            }

            if (before.RatePpm != after.RatePpm)
            {
                yield return say.Say("letter.loan-price", loan.LoanId, say.Price(before.RatePpm), say.Price(after.RatePpm));
            }
        }
        else
        {
            yield return loan.After is { } runs
                ? say.Say("letter.loan-new", loan.LoanId, say.Money(runs.Settlement))
                : say.Say("letter.loan-gone", loan.LoanId);
        }

        foreach (var row in loan.Rows)
        {
            yield return row switch
            {
                { Before: { } was, After: { } now } => say.Say(
                    "letter.loan-row", loan.LoanId, row.Number, say.Day(now.DueOn), say.Money(was.Total), say.Money(now.Total)),
                { After: { } fresh } => say.Say(
                    "letter.loan-row-new", loan.LoanId, row.Number, say.Day(fresh.DueOn), say.Money(fresh.Total)),
                _ => say.Say(
                    "letter.loan-row-gone", loan.LoanId, row.Number, say.Day(row.Before!.DueOn), say.Money(row.Before.Total)),
            };
        }
    }

    private static IReadOnlyList<string> Bureau(CorrectionPreview preview, Speech say) => preview.Months.Count == 0
        ? [say["letter.bureau-none"]]
        :
        [
            .. preview.Months.Select(one => say.Say(
                "letter.bureau-month", Speech.Iso(one.On), one.DaysBefore, one.DaysAfter, one.StatusBefore, one.StatusAfter)),
            say["letter.bureau-report"],
        ];
}
