using Mingzhang.Domain.Loans;
using Mingzhang.Services.Reading;
using Mingzhang.Web.Texts;

namespace Mingzhang.Web.App;

/// <summary>Names of loans, offers and lenders in the visitor's language.</summary>
public static class LoanWords
{
    /// <summary>The name of a loan: its offer's, or the kind of plan.</summary>
    public static string Name(Speech say, AccountView view, Loan loan) =>
        loan.IsCash ? Name(say, view, loan.Offer) : say["loans.kind." + loan.Kind];

    /// <summary>The name of an offer.</summary>
    public static string Name(Speech say, AccountView view, string offer) =>
        view.Terms.Loan?.Offers.Find(one => one.Code == offer)?.Name is { } name ? say.Pick(name.Zh, name.En) : offer;

    /// <summary>The name of a lender by its code.</summary>
    public static string Lender(Speech say, AccountView view, string code) =>
        view.Terms.Lenders.Find(lender => lender.Code == code)?.Name is { } name ? say.Pick(name.Zh, name.En) : code;
}
