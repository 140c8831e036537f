using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Mingzhang.Domain.Approvals;
using Mingzhang.Domain.People;
using Mingzhang.Engine.Approvals;
using Mingzhang.Services.Notifications;
using Mingzhang.Services.People;
using Mingzhang.Services.Privacy;
using Mingzhang.Services.Sandbox;
using Mingzhang.Web.Tests.Identity;

namespace Mingzhang.Web.Tests.People;

/// <summary>Name and identity number are corrected by two people; old and new are evidence that only the person's key opens.</summary>
public sealed class IdentityCorrectionTests(OwnHost host) : IClassFixture<OwnHost>
{
    private const string Right = "欧阳更正";
    private const string Number = "11010519491231002X";

    private static readonly Signer Lin = new(DemoCustomer.StaffLogin, "staff:" + DemoCustomer.StaffLogin, true);
    private static readonly Signer Zhou = new(DemoCustomer.CheckerLogin, "staff:" + DemoCustomer.CheckerLogin, true);
    private static readonly Signer KeyOwner = new("batch", "api:batch", true);

    private T Get<T>()
        where T : notnull => host.Services.GetRequiredService<T>();

    [Fact]
    public async Task One_proposes_on_the_persons_page_another_approves_and_the_request_is_answered()
    {
        var one = await Somebody.NewAsync(host);
        const string Requests = "/app/privacy/requests?lang=en";
        await Host.PostAsync(await one.EnterAsync(), Requests, "/app/privacy/requests", new()
        {
            ["kind"] = "correct", ["field"] = "name", ["right"] = Right,
        });
        var staff = await host.StaffAsync();
        var page = $"/console/people/{one.Customer}";
        Dictionary<string, string> form = new()
        {
            ["name"] = Right, ["idNumber"] = Number, ["said"] = "Corrected, thank you.", ["reason"] = "identity card seen",
        };
        Assert.Contains("GB 11643", await SaidAsync(new(form) { ["idNumber"] = "110105194912310021" }), StringComparison.Ordinal);
        Assert.Contains("right name", await SaidAsync(new(form) { ["name"] = " " }), StringComparison.Ordinal);
        var proposed = await Host.PostAsync(staff, page, page + "/correct", form);
        var address = proposed.Headers.Location!.ToString().Split('?')[0];
        Assert.Equal("Somebody", Get<PersonShelf>().Find(one.Customer)!.Name);
        var shown = await Host.ReadAsync(staff, address + "?lang=en");
        Assert.Contains(Right, shown, StringComparison.Ordinal);
        Assert.Contains("Correct name or identity number", shown, StringComparison.Ordinal);
        var number = long.Parse(address.Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture);
        var kept = Get<ApprovalDesk>().Find(number)!;
        Assert.DoesNotContain(Right, kept.Draft.Payload + kept.Preview, StringComparison.Ordinal);
        Assert.DoesNotContain("0519491231", kept.Draft.Payload + kept.Preview, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Host.PostAsync(staff, address, address + "/approve", [])).StatusCode);
        var checker = await host.StaffAsync(DemoCustomer.CheckerLogin);
        var approved = await Host.PostAsync(checker, address, address + "/approve", []);
        Assert.Equal(address + "?done=carried-out", approved.Headers.Location?.ToString());
        var person = Get<PersonShelf>().Find(one.Customer)!;
        Assert.Equal((Right, Number), (person.Name, person.IdNumber));
        Assert.Equal([one.Customer], Get<PersonShelf>().Search(Number));
        Assert.Equal(PrivacyState.Done, Get<PrivacyDesk>().Of(one.Customer)[0].State);
        Assert.Contains(
            Get<NoticeDesk>().Of(one.Customer, new NoticeQuery(false, null, 20, 0)), told => told.Kind == IdentityProposals.Told);
        Assert.Contains(Get<LookLog>().Of(one.Customer, 20), look => look.Page == "console.correction");
        var change = Get<IdentityProposals>().ChangeOf(kept.Draft)!;
        Assert.Equal(("Somebody", Right), (change.Name, change.NewName));

        async Task<string> SaidAsync(Dictionary<string, string> sent) => WebUtility.HtmlDecode(await (await Host.PostAsync(
            staff, page + "?lang=en", page + "/correct", sent)).Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task What_is_right_already_or_changed_since_is_refused()
    {
        var one = await Somebody.NewAsync(host);
        var (approvals, corrections) = (Get<ApprovalDesk>(), Get<IdentityProposals>());
        var same = await approvals.ProposeAsync(corrections.Draft(one.Customer, "Somebody", "", "", "seen")!, Lin);
        Assert.IsType<IdentityUnchanged>(same.Refusal);
        Assert.Equal(935, same.Refusal!.Code.Number);
        var proposed = await approvals.ProposeAsync(corrections.Draft(one.Customer, Right, "", "", "seen")!, Lin);
        Assert.IsType<SignerMayNot>((await approvals.ApproveAsync(proposed.Proposal!.Number, KeyOwner, "unseen")).Refusal);
        var person = Get<PersonShelf>().Find(one.Customer)!;
        await Get<PersonShelf>().ChangeAsync(person with { Name = "Somebody Else" });
        var late = await approvals.ApproveAsync(proposed.Proposal!.Number, Zhou, "seen");
        Assert.IsType<ChangedSince>(late.Refusal);
        Assert.Equal("Somebody Else", Get<PersonShelf>().Find(one.Customer)!.Name);
    }

    [Fact]
    public async Task The_api_proposes_what_the_console_approves_and_one_key_alone_changes_nobody()
    {
        const string Other = "110105199003070025";
        var one = await Somebody.NewAsync(host);
        var path = $"/v1/customers/{one.Customer}";
        var known = Get<PersonShelf>().Find(one.Customer)!;
        async Task PutAsync(int status, string body, string key)
        {
            var put = await host.ApiAsync("PUT", path + "/person", body, key);
            Assert.True(put.Status == status, put.Text);
            Assert.Equal(status == 422 ? "IDENTITY_TAKES_TWO" : "", status == 422 ? put.Code : "");
        }

        await PutAsync(422, $$"""{"name":"{{Right}}","phone":"{{known.Phone}}"}""", "put-name");
        await PutAsync(422, $$"""{"name":"Somebody","phone":"{{known.Phone}}","idNumber":"{{Other}}"}""", "put-number");
        var still = Get<PersonShelf>().Find(one.Customer)!;
        Assert.Equal((known.Name, known.IdNumber), (still.Name, still.IdNumber));
        await PutAsync(200, """{"name":"Somebody","phone":"13900000077","email":"some@example.com"}""", "put-phone");
        Assert.Equal("13900000077", Get<PersonShelf>().Find(one.Customer)!.Phone);
        Assert.Equal(936, new IdentityTakesTwo().Code.Number);

        var corrections = path + "/identity-corrections";
        var wrong = await host.ApiAsync("POST", corrections, """{"name":"x","idNumber":"110105194912310021","reason":"seen"}""", "right-0");
        Assert.Equal(400, wrong.Status);
        var body = $$"""{"name":"{{Right}}","idNumber":"{{Other}}","reason":"identity card seen"}""";
        var asked = await host.ApiAsync("POST", corrections, body, "right-1");
        Assert.True(asked.Status == 201, asked.Text);
        Assert.DoesNotContain(Right, asked.Text, StringComparison.Ordinal);
        Assert.Equal(asked.Text, (await host.ApiAsync("POST", corrections, body, "right-1")).Text);
        var number = (long)asked.Json["proposal"]!["number"]!;
        Assert.Equal($"/v1/approvals/{number}", asked.Raw.Headers.Location?.ToString());
        Assert.Equal("Somebody", Get<PersonShelf>().Find(one.Customer)!.Name);
        var alone = await host.ApiAsync("POST", $"/v1/approvals/{number}/approval", "{}", "right-2");
        Assert.Equal(403, alone.Status);
        Assert.Equal(404, (await host.ApiAsync("POST", "/v1/customers/99999999/identity-corrections", body, "right-3")).Status);

        var checker = await host.StaffAsync(DemoCustomer.CheckerLogin);
        var address = $"/console/approvals/{number}";
        Assert.Equal(HttpStatusCode.Redirect, (await Host.PostAsync(checker, address, address + "/approve", [])).StatusCode);
        Assert.Equal((Right, Other), (Get<PersonShelf>().Find(one.Customer)!.Name, Get<PersonShelf>().Find(one.Customer)!.IdNumber));
    }

    [Fact]
    public async Task Erasing_the_person_destroys_what_was_proposed()
    {
        var one = await Somebody.NewAsync(host);
        var (approvals, corrections) = (Get<ApprovalDesk>(), Get<IdentityProposals>());
        var proposed = await approvals.ProposeAsync(corrections.Draft(one.Customer, Right, Number, "", "seen")!, Lin);
        Assert.Null((await Get<ErasureDesk>().EraseAsync(one.Customer, "staff:test")).Refusal);
        Assert.Null(corrections.ChangeOf(proposed.Proposal!.Draft));
        Assert.IsType<PersonUnknown>((await approvals.LookAsync(proposed.Proposal)).Preview.Refusal);
        var page = await Host.ReadAsync(await host.StaffAsync(), $"/console/approvals/{proposed.Proposal.Number}?lang=en");
        Assert.Contains("The person was erased", page, StringComparison.Ordinal);
    }
}
