using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Loans;
using Mingzhang.Domain.Products;
using Mingzhang.Domain.Relief;
using Mingzhang.Domain.Values;
using Mingzhang.Services.Reading;
using Mingzhang.Services.Wording;
using Mingzhang.Web.Texts;
using Mingzhang.Web.Ui;

namespace Mingzhang.Web.App;

/// <summary>A plan the customer may start alone, with what it would change.</summary>
/// <param name="Choice">Its address.</param>
/// <param name="Quote">What it changes.</param>
public sealed record ReliefChoice(string Choice, ReliefQuote Quote);

/// <summary>Help for who cannot pay as agreed: what can be started alone, an application, an offer, the way back.</summary>
public static class ReliefEndpoints
{
    private static readonly int[] Counts = [6, 12, 24, 36];

    /// <summary>Maps the pages and forms.</summary>
    public static void MapRelief(this RouteGroupBuilder pages)
    {
        pages.MapGet("/help", async (BorrowerDesk desk, HttpContext http) =>
            await desk.VisitAsync(http) is { } visit ? Page(visit) : Results.NotFound());
        pages.MapGet("/help/plan", PlanAsync);
        pages.MapPost("/help/plan", AgreeAsync);
        pages.MapPost("/help/ask", AskAsync);
        pages.MapPost("/help/{id}/end", EndAsync);
    }

    /// <summary>The address of a plan: kind, debt, months, interest only, rows.</summary>
    public static string ChoiceOf(ReliefPlan plan) =>
        $"{plan.Kind}.{plan.Months}.{(plan.InterestOnly ? 1 : 0)}.{plan.Count}.{plan.LoanId}";

    /// <summary>What a customer may start alone today, of every debt.</summary>
    public static IReadOnlyList<ReliefChoice> Choices(AccountView view)
    {
        var choices = new List<ReliefChoice>();
        foreach (var offer in view.Terms.Relief?.Offers ?? [])
        {
            foreach (var plan in Debts(view).SelectMany(debt => offer.SelfService ? Plans(offer, debt) : []))
            {
                if (ReliefQuotes.Try(view.State, view.Terms, plan, view.Today) is { Quote: { } quote, Refusal: null })
                {
                    choices.Add(new ReliefChoice(ChoiceOf(plan), quote));
                }
            }
        }

        return choices;
    }

    /// <summary>The cash loans, and null for bills where the line has them.</summary>
    public static IEnumerable<string?> Debts(AccountView view) =>
        [.. view.State.Loans.Where(loan => loan.IsCash).Select(loan => loan.Id), .. view.Terms.Cycles.Count > 0 ? [null] : (string?[])[]];

    private static IEnumerable<ReliefPlan> Plans(ReliefOffer offer, string? debt) => offer.Kind switch
    {
        ReliefKind.Deferral => Enumerable.Range(1, offer.MostMonths).SelectMany(months => debt is null
            ? (ReliefPlan[])[new ReliefPlan(offer.Kind, debt, months, false, 0, null, null)]
            : [
                new ReliefPlan(offer.Kind, debt, months, false, 0, null, null),
                new ReliefPlan(offer.Kind, debt, months, true, 0, null, null),
            ]),
        ReliefKind.ReAmortise => [new ReliefPlan(offer.Kind, debt, 0, false, 0, null, null)],
        ReliefKind.ReAge when debt is null => [new ReliefPlan(offer.Kind, debt, 0, false, 0, null, null)],
        _ => Counts.Where(count => count <= offer.MostRows).Select(count => new ReliefPlan(offer.Kind, debt, 0, false, count, null, null)),
    };

    private static IResult Page(BorrowerVisit visit, int status = 200) =>
        BorrowerDesk.Show<ReliefPage>(visit, new() { ["Choices"] = Choices(visit.Account) }, status);

    private static async Task<IResult> PlanAsync(BorrowerDesk desk, ReadingClock clock, HttpContext http, Speech speech) =>
        await desk.VisitAsync(http) is not { } visit ? Results.NotFound()
        : Read(visit, http.Request.Query["choice"], http.Request.Query["offer"]) is not { } asked
            ? Page(visit with { Notice = new PageNotice(false, speech["relief.misread"]) }, StatusCodes.Status422UnprocessableEntity)
            : Show(visit, asked.Id, asked.Plan, clock, null, speech);

    private static async Task<IResult> AgreeAsync(BorrowerDesk desk, ReadingClock clock, HttpContext http, Speech speech)
    {
        var form = await http.Request.ReadFormAsync();
        if (await desk.VisitAsync(http) is not { } visit)
        {
            return Results.NotFound();
        }

        if (Read(visit, form["choice"], form["offer"]) is not var (offered, plan))
        {
            return Page(visit with { Notice = new PageNotice(false, speech["relief.misread"]) }, StatusCodes.Status422UnprocessableEntity);
        }

        var id = offered ?? LoanEndpoints.NewId("help", visit.Account.Today, form["key"]);
        if (visit.Account.State.Reliefs.Any(relief => relief.Id == id && relief.IsActive))
        {
            return Results.Redirect("/app/help?done=relief-agreed");
        }

        if (ReliefQuotes.Try(visit.Account.State, visit.Account.Terms, plan, visit.Account.Today).Quote is not { } quote)
        {
            return Show(visit, offered, plan, clock, form["shown"], speech);
        }

        var seconds = visit.Account.Terms.Relief!.ReadingSeconds;
        var (evidence, problem) = CostSheet.Confirm(visit.Account, quote.Contract, seconds, clock, form["shown"], speech);
        problem ??= await desk.AskPinAsync(visit, form)
            ?? await desk.SubmitAsync(visit, form, new AcceptRelief(id, plan, evidence) { EffectiveOn = visit.Account.Today });
        return problem is null
            ? Results.Redirect("/app/help?done=relief-agreed")
            : Show(visit with { Notice = problem }, offered, plan, clock, form["shown"], speech);
    }

    private static async Task<IResult> AskAsync(BorrowerDesk desk, HttpContext http, Speech speech)
    {
        var form = await http.Request.ReadFormAsync();
        if (await desk.VisitAsync(http) is not { } visit)
        {
            return Results.NotFound();
        }

        var problem = Enum.TryParse<ReliefKind>(form["wish"], out var wish) && Enum.IsDefined(wish)
            ? await desk.SubmitAsync(visit, form, new RequestRelief(
                LoanEndpoints.NewId("help", visit.Account.Today, form["key"]), wish,
                form["loan"].ToString() is { Length: > 0 } loan ? loan : null, form["reason"].ToString().Trim())
            {
                EffectiveOn = visit.Account.Today,
            })
            : new PageNotice(false, speech["relief.misread"]);
        return problem is null
            ? Results.Redirect("/app/help?done=relief-asked")
            : Page(visit with { Notice = problem }, StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> EndAsync(string id, BorrowerDesk desk, HttpContext http, Speech speech)
    {
        var form = await http.Request.ReadFormAsync();
        if (await desk.VisitAsync(http) is not { } visit || !visit.Account.State.Reliefs.Any(relief => relief.Id == id))
        {
            return Results.NotFound();
        }

        var problem = await desk.AskPinAsync(visit, form)
            ?? await desk.SubmitAsync(visit, form, new EndRelief(id, Actor.Borrower, speech["relief.end"])
            {
                EffectiveOn = visit.Account.Today,
            });
        return problem is null
            ? Results.Redirect("/app/help?done=relief-ended")
            : Page(visit with { Notice = problem }, StatusCodes.Status422UnprocessableEntity);
    }

    private static IResult Show(BorrowerVisit visit, string? offered, ReliefPlan plan, ReadingClock clock, string? shown, Speech speech)
    {
        var view = visit.Account;
        var (quote, refusal) = ReliefQuotes.Try(view.State, view.Terms, plan, view.Today);
        return BorrowerDesk.Show<ReliefPlanPage>(
            visit,
            new()
            {
                ["Plan"] = plan,
                ["Offered"] = offered,
                ["Quote"] = refusal is null ? quote : null,
                ["Sheet"] = refusal is null && quote is not null
                    ? CostSheet.Of(view, quote.Contract, view.Terms.Relief!.ReadingSeconds, clock, shown) : null,
                ["Refused"] = refusal is null ? null : RefusalText.Of(refusal, speech.IsChinese),
            },
            visit.Notice is { Good: false } ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    // An offer of the house by its id, or a plan by its address.
    private static (string? Id, ReliefPlan Plan)? Read(BorrowerVisit visit, string? choice, string? offer)
    {
        if (!string.IsNullOrEmpty(offer))
        {
            return visit.Account.State.Reliefs.Find(relief => relief.Id == offer && relief.Stage == ReliefStage.Offered) is { } found
                ? (found.Id, found.Plan) : null;
        }

        var parts = (choice ?? "").Split('.', 5);
        return parts.Length == 5 && Enum.TryParse<ReliefKind>(parts[0], out var kind) && Enum.IsDefined(kind)
            && Typed.Number(parts[1]) is { } months && Typed.Number(parts[3]) is { } count && parts[2] is "0" or "1"
                ? (null, new ReliefPlan(kind, parts[4].Length > 0 ? parts[4] : null, months, parts[2] == "1", count, null, null))
                : null;
    }
}
