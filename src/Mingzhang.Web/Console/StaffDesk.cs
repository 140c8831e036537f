using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Engine.Approvals;
using Mingzhang.Services.Approvals;
using Mingzhang.Services.Wording;
using Mingzhang.Web.Texts;
using Mingzhang.Web.Ui;

namespace Mingzhang.Web.Console;

/// <summary>What every console page shows around its content.</summary>
/// <param name="Today">The business date.</param>
/// <param name="Sandbox">Whether the clock may be moved.</param>
/// <param name="Notice">What the page says first.</param>
public sealed record StaffFrame(DateOnly Today, bool Sandbox, PageNotice? Notice);

/// <summary>Serves staff: pages with their frame, commands under their own name.</summary>
public sealed class StaffDesk(CreditHouse house, Speech speech, ApprovalDesk approvals)
{
    /// <summary>The business date.</summary>
    public DateOnly Today => house.BusinessDate;

    /// <summary>A page with its parameters.</summary>
    public IResult Show<TPage>(HttpContext http, Dictionary<string, object?> parameters, PageNotice? notice = null)
        where TPage : IComponent
    {
        var key = "done." + http.Request.Query["done"];
        parameters["Frame"] = new StaffFrame(
            house.BusinessDate, house.IsSandbox, notice ?? (Catalogue.Has(key) ? new PageNotice(true, speech[key]) : null));
        return new RazorComponentResult<TPage>(parameters)
        {
            StatusCode = notice is { Good: false } ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        };
    }

    /// <summary>Submits a command under the form's key; null when accepted, else what to say.</summary>
    public async Task<PageNotice?> SubmitAsync(HttpContext http, AccountId account, IFormCollection form, AccountCommand command)
    {
        var key = form["key"].ToString();
        if (key.Length is < 8 or > 100)
        {
            return new PageNotice(false, speech["form.stale"]);
        }

        var result = await house.SubmitAsync(new CommandEnvelope(account, "console:" + key, command, ActorOf(http)));
        return result.Refusal is { } refusal ? Refused(refusal) : null;
    }

    /// <summary>Proposes a command; where the proposal is shown, or why not.</summary>
    public async Task<(string? Address, PageNotice? Problem)> ProposeAsync(
        HttpContext http, AccountId account, string act, AccountCommand command, string reason)
    {
        var answer = await approvals.ProposeAsync(CommandProposals.Draft(account, act, command, reason), SignerOf(http));
        return answer.Proposal is { } proposal
            ? (string.Create(CultureInfo.InvariantCulture, $"/console/approvals/{proposal.Number}?done=proposed"), null)
            : (null, Refused(answer.Refusal!));
    }

    /// <summary>Why not, in words.</summary>
    public PageNotice Refused(Refusal refusal) => new(false, $"{RefusalText.Of(refusal, speech.IsChinese)} ({refusal.Code})");

    /// <summary>Who acts, for audit.</summary>
    public static string ActorOf(HttpContext http) => "staff:" + NameOf(http);

    /// <summary>The person who acts, as maker or approver.</summary>
    public static Signer SignerOf(HttpContext http) => new(NameOf(http), ActorOf(http), true);

    private static string NameOf(HttpContext http) => http.User.FindFirst(ClaimTypes.NameIdentifier)!.Value;
}
