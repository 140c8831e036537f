using Microsoft.Extensions.DependencyInjection;
using Mingzhang.Domain.Certificates;
using Mingzhang.Domain.People;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Engine.Approvals;
using Mingzhang.Services.Certificates;
using Mingzhang.Services.Diagnosis;
using Mingzhang.Services.Opening;
using Mingzhang.Services.People;
using Mingzhang.Services.Privacy;
using Mingzhang.Services.Sandbox;
using Mingzhang.Web.Tests.Identity;

namespace Mingzhang.Web.Tests.People;

/// <summary>Restriction and erasure over the API, and who is refused afterwards, by whichever way.</summary>
public sealed class PrivacyRouteTests(OwnHost host) : IClassFixture<OwnHost>
{
    private T Get<T>()
        where T : notnull => host.Services.GetRequiredService<T>();

    [Fact]
    public async Task A_restriction_holds_for_new_lines_and_ends_by_the_api_that_placed_it()
    {
        var one = await Somebody.NewAsync(host);
        var path = $"/v1/customers/{one.Customer}/privacy-requests";
        var nothing = await host.ApiAsync("POST", path, """{"kind":"lift"}""", "lift-0");
        Assert.Equal((422, "PRIVACY_REQUEST_UNKNOWN"), (nothing.Status, nothing.Code));
        var asked = await host.ApiAsync("POST", path, """{"kind":"restrict"}""", "restrict-1");
        Assert.True(asked.Status == 201 && (string)asked.Json["state"]! == "done", asked.Text);
        Assert.NotNull(Get<PrivacyDesk>().RestrictionOf(one.Customer));
        Assert.IsType<ProcessingRestricted>(await OpenAsync(one.Customer));
        var lifted = await host.ApiAsync("POST", path, """{"kind":"lift"}""", "lift-1");
        Assert.Equal(201, lifted.Status);
        Assert.Null(Get<PrivacyDesk>().RestrictionOf(one.Customer));
        Assert.IsNotType<ProcessingRestricted>(await OpenAsync(one.Customer));
    }

    [Fact]
    public async Task Erasing_is_refused_while_an_account_is_open_and_kept_as_refused()
    {
        var customer = new CustomerId(DemoCustomer.All.Single(one => one.Story == "revolver").Customer);
        var path = $"/v1/customers/{customer}/privacy-requests";
        var no = await host.ApiAsync("POST", path, """{"kind":"erase"}""", "erase-1");
        Assert.Equal((422, "PERSON_HAS_ACCOUNT"), (no.Status, no.Code));
        var listed = (await host.ApiAsync("GET", path)).Json.AsArray()[0]!;
        Assert.Equal(("erase", "refused"), ((string)listed["kind"]!, (string)listed["state"]!));
        Assert.NotNull(Get<PersonShelf>().Find(customer));
    }

    [Fact]
    public async Task Who_was_erased_is_nobody_to_every_route()
    {
        var one = await Somebody.NewAsync(host);
        var path = $"/v1/customers/{one.Customer}";
        var asked = await host.ApiAsync("POST", path + "/privacy-requests", """{"kind":"erase"}""", "erase-2");
        Assert.True(asked.Status == 201 && (string)asked.Json["state"]! == "open", asked.Text);
        var approvals = Get<ApprovalDesk>();
        var proposed = await approvals.ProposeAsync(
            ErasureProposals.Draft(one.Customer, "asked for"), new Signer("lin", "staff:lin", true));
        var done = await approvals.ApproveAsync(proposed.Proposal!.Number, new Signer("zhou", "staff:zhou", true), "seen");
        Assert.Equal(ProposalStatus.Done, done.Proposal!.Status);

        foreach (var below in (string[])["/person", "/held", "/copy"])
        {
            Assert.Equal((below, 404), (below, (await host.ApiAsync("GET", path + below)).Status));
        }

        Assert.Equal(404, (await host.ApiAsync("POST", path + "/privacy-requests", """{"kind":"restrict"}""", "after-1")).Status);
        Assert.IsType<PersonUnknown>(await OpenAsync(one.Customer));
        Assert.NotEqual(302, (int)(await one.TryAsync(host.Visitor(), one.Password)).StatusCode);
        var (_, certificate) = await Get<CertificateDesk>().MakeAsync(new CertificateAsk(
            AccountId.Of(one.Customer, 1), CertificateKind.Settlement, null, default, default, true, true, "test", "erased-1"));
        Assert.IsType<CertificatePersonUnknown>(certificate);
        var corrected = Get<IdentityProposals>().Draft(one.Customer, "Anybody", "", "", "seen");
        Assert.Null(corrected);
    }

    [Fact]
    public async Task While_a_law_wants_records_the_api_says_until_when_and_processing_stops()
    {
        var house = Get<CreditHouse>();
        var one = await Somebody.NewAsync(host);
        var account = await new FaultStory(house, one.Customer).OpenAsync("pay-later", 500_000);
        var closed = await house.SubmitAsync(new CommandEnvelope(
            account, "force-1", new Domain.Closing.ForceClosing("test", "notice-1") { EffectiveOn = house.BusinessDate }, "test"));
        Assert.Null(closed.Refusal);
        var path = $"/v1/customers/{one.Customer}/privacy-requests";
        var held = await host.ApiAsync("POST", path, """{"kind":"erase"}""", "erase-3");
        Assert.True(held.Status == 201, held.Text);
        Assert.Equal(
            ("held", $"{house.BusinessDate.AddYears(10):yyyy-MM-dd}"), ((string)held.Json["state"]!, (string)held.Json["holdUntil"]!));
        Assert.IsType<ProcessingRestricted>(await OpenAsync(one.Customer, "reserve"));
        var back = await host.ApiAsync("POST", $"{path}/{held.Json["number"]}/withdrawal", "{}", "erase-4");
        Assert.True(back.Status == 200 && (string)back.Json["state"]! == "withdrawn", back.Text);
        Assert.Null(Get<PrivacyDesk>().RestrictionOf(one.Customer));
    }

    private async Task<Domain.Accounts.Refusal?> OpenAsync(CustomerId customer, string product = "pay-later") =>
        (await Get<LineDesk>().OpenAsync(
            customer, new LineChoice(product, [], null), "web:restricted", "customer", TestContext.Current.CancellationToken)).Refusal;
}
