using Mingzhang.Domain.Billing;
using Mingzhang.Domain.Corrections;
using Mingzhang.Domain.Delinquency;
using Mingzhang.Domain.Loans;

namespace Mingzhang.Domain.Explaining;

/// <summary>Whether everything that fell due in a time was paid in full by its day, the minimum alone not counting.</summary>
/// <param name="Due">Bills and rows of loans and plans that asked for something and whose due day is over.</param>
/// <param name="Short">Of these: not paid, or paid in part only.</param>
public sealed record FullPayment(int Due, int Short)
{
    /// <summary>Of an account by its facts; late and withdrawn ones are in their place.</summary>
    /// <param name="history">Accepted entries, by sequence.</param>
    /// <param name="book">All terms.</param>
    /// <param name="from">First due day that counts.</param>
    /// <param name="on">The day it is asked; what falls due then or later does not count.</param>
    /// <example>Bills of 500.00 and 300.00 due 10 June and 10 July, the second paid by its minimum of 30.00: 2 due, 1 short.</example>
    public static FullPayment Of(IReadOnlyList<HistoryEntry> history, TermsBook book, DateOnly from, DateOnly on)
    {
        var refold = new Refold(book).Run(Refold.FactsOf(history), on, Refold.VersionsOf(history), check: null);
        var (due, missed) = (new Dictionary<DateOnly, DateOnly>(), new HashSet<DateOnly>());
        var (rows, late) = (0, 0);
        foreach (var happened in refold.Entries.SelectMany(entry => entry.Events.ToArray()))
        {
            switch (happened)
            {
                case StatementIssued { Bill: { Closing.IsPositive: true } bill } when bill.DueOn >= from && bill.DueOn < on:
                    due[bill.IssuedOn] = bill.DueOn;
                    break;
                case BillRolled rolled:
                    missed.Add(rolled.BillIssuedOn);
                    break;
                case BillOverdue overdue:
                    missed.Add(overdue.BillIssuedOn);
                    break;
                case InstalmentDue { Total.IsPositive: true } row when row.DueOn >= from && row.DueOn < on:
                    rows++;
                    break;
                case LoanOverdue overdue when overdue.DueOn >= from && overdue.DueOn < on:
                    late++;
                    break;
                // The rest: asks for nothing on a day, and is not late.
                default: break;
            }
        }

        missed.IntersectWith(due.Keys);
        return new FullPayment(due.Count + rows, missed.Count + late);
    }
}
