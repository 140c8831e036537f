using Mingzhang.Domain.Products;
using Mingzhang.Domain.Relief;
using Mingzhang.Domain.Repayment;
using Mingzhang.Domain.Values;
using Mingzhang.Services.Reading;
using Mingzhang.Web.App;

namespace Mingzhang.Web.Console;

/// <summary>Reads the forms about relief; null when a field is missing or no number.</summary>
internal static class ReliefForms
{
    /// <summary>An offer, also in answer to an application.</summary>
    public static OfferRelief? Offer(AccountView view, IFormCollection form)
    {
        var ppm = form["ppm"].ToString();
        var answers = form["answers"].ToString();
        return Enum.TryParse<ReliefKind>(form["kind"], out var kind) && Enum.IsDefined(kind)
            && Typed.Number(form["months"]) is { } months && Typed.Number(form["count"]) is { } count
            && (ppm.Length == 0 || Typed.Number(ppm) is not null)
                ? new OfferRelief(
                    answers.Length > 0 ? answers : LoanEndpoints.NewId("help", view.Today, form["key"]),
                    new ReliefPlan(
                        kind, LoanOf(form), months, InterestOnly: false, count, null, ppm.Length == 0 ? null : Typed.Number(ppm)),
                    form["reason"].ToString().Trim())
                {
                    EffectiveOn = view.Today,
                }
                : null;
    }

    /// <summary>A waiver of one component.</summary>
    public static WaiveDebt? Waive(AccountView view, IFormCollection form) =>
        Enum.TryParse<Component>(form["component"], out var component) && Enum.IsDefined(component) && Typed.Fen(form["amount"]) is { } fen
            ? new WaiveDebt(
                LoanEndpoints.NewId("waiver", view.Today, form["key"]), LoanOf(form),
                [new WaivedPart(component, Money.Of(fen, view.State.Currency))], StaffActions.Reason(form))
            {
                EffectiveOn = view.Today,
            }
            : null;

    private static string? LoanOf(IFormCollection form) => form["loan"].ToString() is { Length: > 0 and <= 64 } loan ? loan : null;
}
