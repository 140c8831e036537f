using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Billing;
using Mingzhang.Domain.Loans;
using Mingzhang.Domain.Values;
using Mingzhang.Engine.Encoding;
using Mingzhang.Engine.Followers;
using Mingzhang.Store;

namespace Mingzhang.Services.Payments;

/// <summary>Follows the journal and notes what is to be collected automatically.</summary>
public sealed class AutoDebitMarks(TimeProvider time) : IFollower
{
    /// <summary>Its checkpoint's name.</summary>
    public const string Checkpoint = "auto-debit";

    /// <inheritdoc/>
    public string Name => Checkpoint;

    /// <inheritdoc/>
    public object Prepare(IReadOnlyList<FollowedRow> rows, object? gathered) => (
        from one in rows
        from slice in one.Events
        where Tells(slice.Type)
        select Of(one.Row, DomainJson.ReadEvent(slice.Json.Span))).OfType<AutoDebit>().ToList();

    /// <inheritdoc/>
    public void Handle(object? prepared, FollowerTransaction transaction) =>
        ((List<AutoDebit>)prepared!).ForEach(one => _ = AutoDebitShelf.Add(
            transaction.Connection, transaction.Transaction, one with { NextAt = time.GetUtcNow().ToUnixTimeMilliseconds() * 1000 }));

    private static bool Tells(string type) => type is "auto-repay-fell-due.v1" or "loan-debit-fell-due.v1";

    private static AutoDebit? Of(JournalRow row, AccountEvent happened) => happened switch
    {
        AutoRepayFellDue bill => One(row.Account, $"bill:{bill.BillIssuedOn:yyyy-MM-dd}", "", bill.EffectiveOn, bill.Amount),
        LoanDebitFellDue loan => One(
            row.Account, $"loan:{loan.LoanId}:{loan.EffectiveOn:yyyy-MM-dd}", loan.LoanId, loan.EffectiveOn, loan.Amount),
        // The rest: nothing to collect.
        _ => null,
    };

    private static AutoDebit One(AccountId account, string subject, string loan, DateOnly due, Money amount) =>
        new() { Account = account, Subject = subject, Loan = loan, DueOn = due, Amount = amount.MinorUnits };
}
