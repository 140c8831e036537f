using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Corrections;
using Mingzhang.Domain.Products;
using Mingzhang.Domain.Relief;
using Mingzhang.Domain.Repayment;
using Mingzhang.Domain.Values;
using Mingzhang.Services.Approvals;
using Mingzhang.Web.Console;
using Mingzhang.Web.Texts;

namespace Mingzhang.Web.Tests;

/// <summary>What is proposed is read in words, never in codes; what was left out is not shown, a zero that was given is.</summary>
public sealed class ProposalWordsTests
{
    private static readonly DateOnly Day = new(2026, 7, 5);
    private static readonly Speech English = Speech.In(Catalogue.English);

    [Fact]
    public void An_offer_names_kind_rows_and_price()
    {
        var offer = new OfferRelief("help-1", new ReliefPlan(ReliefKind.Replan, "loan-1", 0, false, 24, null, 0), "hardship")
        {
            EffectiveOn = Day,
        };

        Assert.Equal("Offer an agreement", Name(English, offer));
        Assert.Equal(
            "Agreement id: help-1; Kind: New repayment plan; Loan: loan-1; Rows: 24; Price a day: 0%; Reason: hardship; "
            + "Counts from: 2026-07-05", Fields(English, offer));
        Assert.Equal("\u63d0\u4f9b\u534f\u5546\u65b9\u6848", Name(Speech.In(Catalogue.Chinese), offer));
    }

    [Fact]
    public void Parts_and_the_fact_within_a_fact_are_told_one_by_one()
    {
        var waiver = new WaiveDebt("w-1", null, [new WaivedPart(Component.Interest, Money.Of(123, Currency.Cny))], "goodwill")
        {
            EffectiveOn = Day,
        };
        Assert.Equal("Waiver: w-1; Of: Interest; Amount: 1.23; Reason: goodwill; Counts from: 2026-07-05", Fields(English, waiver));

        var right = new ReceiveRepayment("r-1", [new RepaymentSource("bank-card", Money.Of(5_000, Currency.Cny))], null, Actor.Channel)
        {
            EffectiveOn = Day,
        };
        var told = Fields(English, new AmendFact(7, right, "typed wrong") { EffectiveOn = Day });
        Assert.StartsWith("Journal sequence: 7; The right fact: Book a repayment; Repayment: r-1; ", told, StringComparison.Ordinal);
        Assert.Contains("Amount: 50.00", told, StringComparison.Ordinal);
        Assert.DoesNotContain("ValueList", told, StringComparison.Ordinal);
    }

    private static string Name(Speech say, AccountCommand command) => ProposalWords.Name(say, Draft(command));

    private static string Fields(Speech say, AccountCommand command) =>
        string.Join("; ", ProposalWords.Fields(say, Draft(command)).Select(line => $"{line.Label}: {line.Value}"));

    private static Engine.Approvals.ProposalDraft Draft(AccountCommand command) =>
        CommandProposals.Draft(AccountId.Of(new CustomerId(1_000_010), 2), "any", command, "r");
}
