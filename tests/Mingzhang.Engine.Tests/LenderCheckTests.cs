using Mingzhang.Domain.Ledger;
using Mingzhang.Domain.Loans;
using Mingzhang.Domain.Products;
using Mingzhang.Engine.Verification;

namespace Mingzhang.Engine.Tests;

/// <summary>The verifier makes the lenders' books again; a posting that is a fen off is named.</summary>
public sealed class LenderCheckTests
{
    [Fact]
    public async Task A_shared_loan_verifies_and_a_planted_fen_is_named()
    {
        var book = new TermsBook([PersonTests.Product("joint", 2) with
        {
            Lenders =
            [
                new LenderTerms("own", new LocalText("本", "Own"), 300_000, true),
                new LenderTerms("bank", new LocalText("行", "Bank"), 700_000, false),
            ],
        }]);
        using var fixture = new HouseFixture { Terms = book };
        using var house = fixture.Open();
        await house.SubmitAsync(PersonTests.Opening(4, "joint", 2, 20_000_000));
        Assert.True((await PersonTests.Borrow(house, 4, 2)).IsAccepted);
        var account = PersonTests.Of(4, 2);
        var paidOut = await house.SubmitAsync(new CommandEnvelope(
            account, "out", new ConfirmDisbursement("l1", "ref") { EffectiveOn = Sample.Start }, "test"));
        Assert.True(paidOut.IsAccepted, paidOut.Refusal?.ToString());
        await house.AdvanceToAsync(Sample.Start.AddMonths(2));

        Assert.True((await house.VerifyAsync()).IsSound);
        Assert.Null(Fault(0));
        Assert.Contains("InterestIncome", Fault(1), StringComparison.Ordinal);

        string? Fault(long off)
        {
            var check = new LenderCheck();
            foreach (var entry in house.History(account))
            {
                check.Add(entry, entry.Events.SelectMany(happened => PostingRules.For(happened)));
            }

            check.Add(
                new HistoryEntry(99, house.BusinessDate, []), off == 0 ? [] : [new Posting(LedgerAccount.InterestIncome, Sample.Cny(off))]);
            return check.Fault(book);
        }
    }
}
