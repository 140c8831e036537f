using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Mingzhang.Domain.People;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Engine.Approvals;
using Mingzhang.Services.People;
using Mingzhang.Services.Privacy;
using Mingzhang.Services.Sandbox;
using Mingzhang.Web.Tests.Identity;

namespace Mingzhang.Web.Tests.People;

/// <summary>Rights over one's data: seen, copied, corrected, restricted, deleted; by page and in writing, with receipts.</summary>
public sealed class PrivacyFlowTests(Host host)
{
    private const string Requests = "/app/privacy/requests?lang=en";

    private PrivacyDesk Desk => host.Services.GetRequiredService<PrivacyDesk>();

    private T Get<T>()
        where T : notnull => host.Services.GetRequiredService<T>();

    [Fact]
    public async Task What_is_held_has_three_clocks_that_follow_from_the_persons_own_accounts()
    {
        var visitor = await host.BorrowerAsync("cured");
        var page = await Host.ReadAsync(visitor, "/app/privacy/held?lang=en");
        Assert.Contains("while it lasts", page, StringComparison.Ordinal);
        var customer = new CustomerId(DemoCustomer.All.Single(one => one.Story == "cured").Customer);
        var held = await Get<HoldingDesk>().OfAsync(customer);
        var house = Get<CreditHouse>();
        var cured = house.History(AccountId.Of(customer, 1)).SelectMany(entry => entry.Events)
            .OfType<Domain.Billing.OverdueCured>().Max(one => one.EffectiveOn);
        var adverse = held.Single(one => one.Code == "adverse");
        Assert.Equal((HoldingState.Runs, cured, cured.AddYears(5)), (adverse.State, adverse.From!.Value, adverse.Until!.Value));
        Assert.Contains($"{cured:yyyy-MM-dd} to {cured.AddYears(5):yyyy-MM-dd}", page, StringComparison.Ordinal);
        Assert.Equal(HoldingState.NotBegun, held.Single(one => one.Code == "identity").State);
        Assert.Equal(HoldingState.Over, held.Single(one => one.Code == "log-ins").State);
        Assert.True(held.Single(one => one.Code == "account").Count > 10);
        Assert.Equal(3, held.Single(one => one.Code == "consents").Count);
    }

    [Fact]
    public async Task A_copy_takes_the_pin_and_holds_every_part_with_its_hash()
    {
        var visitor = await host.BorrowerAsync("plan");
        var wrong = await Host.PostAsync(visitor, "/app/privacy/copy", "/app/privacy/copy", new() { ["pin"] = "000000" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        var answer = await Host.PostAsync(visitor, "/app/privacy/copy", "/app/privacy/copy", new() { ["pin"] = DemoCustomer.Pin });
        Assert.Equal("application/zip", answer.Content.Headers.ContentType!.MediaType);
        await using var zip = new ZipArchive(await answer.Content.ReadAsStreamAsync());
        var manifest = JsonDocument.Parse(await ReadAsync(zip, "manifest.json")).RootElement;
        Assert.Equal("mingzhang-person-1", manifest.GetProperty("format").GetString());
        var files = manifest.GetProperty("files").EnumerateArray().ToList();
        foreach (var file in files)
        {
            var bytes = await ReadAsync(zip, file.GetProperty("name").GetString()!);
            Assert.Equal(file.GetProperty("sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(bytes)));
        }

        Assert.Equal(files.Count + 2, zip.Entries.Count);
        var demo = DemoCustomer.All.Single(one => one.Story == "plan");
        var person = JsonDocument.Parse(await ReadAsync(zip, "person.json")).RootElement[0];
        Assert.Equal((demo.Name, demo.Phone), (person.GetProperty("name").GetString(), person.GetProperty("phone").GetString()));
        var events = JsonDocument.Parse(await ReadAsync(zip, $"accounts/{demo.Customer}-01.json")).RootElement;
        Assert.Equal(Get<CreditHouse>().History(AccountId.Of(new CustomerId(demo.Customer), 1)).Count, events.GetArrayLength());
        Assert.Contains("account-opened.v1", events[0].GetRawText(), StringComparison.Ordinal);
        Assert.Contains("log-ins.json", System.Text.Encoding.UTF8.GetString(await ReadAsync(zip, "index.html")), StringComparison.Ordinal);
        Assert.Equal((PrivacyKind.Copy, PrivacyState.Done), (Desk.Of(new(demo.Customer))[0].Kind, Desk.Of(new(demo.Customer))[0].State));
    }

    [Fact]
    public async Task A_correction_has_clocks_of_fifteen_and_thirty_working_days_and_staff_answer_it()
    {
        var one = await Somebody.NewAsync(host);
        var visitor = await one.EnterAsync();
        Assert.Equal(422, (int)(await AskAsync(visitor, "correct", new() { ["field"] = "name", ["right"] = " " })).StatusCode);
        var asked = await AskAsync(visitor, "correct", new() { ["field"] = "name", ["right"] = "Somebody Else" });
        Assert.Equal("/app/privacy/requests?done=privacy-open", asked.Headers.Location?.ToString());
        var page = await Host.ReadAsync(visitor, Requests);
        Assert.Contains("data-clock=\"privacy-target\"", page, StringComparison.Ordinal);
        Assert.Contains("data-clock=\"privacy-limit\"", page, StringComparison.Ordinal);
        var request = Assert.Single(Desk.Of(one.Customer));
        await AskAsync(visitor, "correct", new() { ["field"] = "email", ["right"] = "again" });
        Assert.Single(Desk.Of(one.Customer));

        var staff = await host.StaffAsync();
        Assert.Contains(request.Receipt, await Host.ReadAsync(staff, "/console/privacy"), StringComparison.Ordinal);
        var decided = await Host.PostAsync(staff, "/console/privacy", "/console/privacy/decide", new()
        {
            ["customer"] = one.Customer.ToString(), ["number"] = "1", ["act"] = "done", ["text"] = "We changed it.",
        });
        Assert.Equal("/console/privacy?done=privacy-decided", decided.Headers.Location?.ToString());
        Assert.Equal(PrivacyState.Done, Desk.Of(one.Customer)[0].State);
        Assert.IsType<PrivacyRequestDecided>((await Desk.DecideAsync(one.Customer, 1, true, "again", "staff:x", "k-again-1")).Refusal);
        Assert.IsType<PrivacyRequestUnknown>((await Desk.DecideAsync(one.Customer, 9, true, "none", "staff:x", "k-again-2")).Refusal);
        Assert.Contains(Get<LookLog>().Of(one.Customer, 5), look => look.Page == "console.privacy");
    }

    [Fact]
    public async Task While_restricted_no_line_is_opened_and_it_takes_the_pin_to_lift_it()
    {
        var one = await Somebody.NewAsync(host);
        var visitor = await one.EnterAsync();
        await AskAsync(visitor, "restrict", []);
        Assert.Contains("only kept and protected", await Host.ReadAsync(visitor, "/app/privacy?lang=en"), StringComparison.Ordinal);
        var lines = Get<Services.Opening.LineDesk>();
        var (_, refusal) = await lines.OpenAsync(
            one.Customer, new("pay-later", [], null), "web:restricted", "customer", TestContext.Current.CancellationToken);
        Assert.IsType<ProcessingRestricted>(refusal);
        Assert.Equal(422, (int)(await AskAsync(visitor, "lift", new() { ["pin"] = "000000" })).StatusCode);
        Assert.NotNull(Desk.RestrictionOf(one.Customer));
        await AskAsync(visitor, "lift", new() { ["pin"] = Somebody.Pin });
        Assert.Null(Desk.RestrictionOf(one.Customer));
    }

    [Fact]
    public async Task Erasing_is_refused_with_its_reason_while_an_account_is_open()
    {
        var visitor = await host.BorrowerAsync("revolver");
        var answer = await AskAsync(visitor, "erase", new() { ["pin"] = DemoCustomer.Pin });
        Assert.Equal(422, (int)answer.StatusCode);
        Assert.Contains("is open; its owner cannot be erased", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var customer = new CustomerId(DemoCustomer.All.Single(one => one.Story == "revolver").Customer);
        Assert.Equal(("PERSON_HAS_ACCOUNT", PrivacyState.Refused), (Desk.Of(customer)[0].Outcome, Desk.Of(customer)[0].State));
    }

    [Fact]
    public async Task Who_has_no_account_is_erased_by_two_people_and_the_receipt_still_answers()
    {
        var one = await Somebody.NewAsync(host);
        var visitor = await one.EnterAsync();
        Assert.Equal(422, (int)(await AskAsync(visitor, "erase", new() { ["pin"] = "000000" })).StatusCode);
        await AskAsync(visitor, "erase", new() { ["pin"] = Somebody.Pin });
        var receipt = Assert.Single(Desk.Of(one.Customer)).Receipt;
        Assert.IsType<PrivacyRequestDecided>((await Desk.DecideAsync(one.Customer, 1, true, "done", "staff:x", "k-erase-1")).Refusal);

        var staff = await host.StaffAsync();
        var person = $"/console/people/{one.Customer}";
        var proposed = await Host.PostAsync(staff, person, person + "/erase", new() { ["reason"] = "asked for, " + receipt });
        var address = proposed.Headers.Location!.ToString().Split('?')[0];
        var checker = await host.StaffAsync(DemoCustomer.CheckerLogin);
        Assert.Equal(HttpStatusCode.Redirect, (await Host.PostAsync(checker, address, address + "/approve", [])).StatusCode);
        Assert.Null(Get<PersonShelf>().Find(one.Customer));

        var stranger = host.Visitor();
        var said = await Host.ReadAsync(stranger, "/privacy/receipt?lang=en&number=" + receipt.ToLowerInvariant());
        Assert.Contains("id=\"receipt\"", said, StringComparison.Ordinal);
        Assert.Contains("t-ok\">done", said, StringComparison.Ordinal);
        Assert.DoesNotContain(one.Customer.ToString(), said, StringComparison.Ordinal);
        Assert.Contains("no request of this number", await Host.ReadAsync(stranger, "/privacy/receipt?lang=en&number=AAAA"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_a_law_wants_records_erasing_is_keeping_only_until_the_day_and_its_owner_may_take_it_back()
    {
        using var own = new PrivacyHouse();
        var customer = await own.ClosedPersonAsync();
        var (request, refusal) = await own.AskAsync(customer, PrivacyKind.Erase, PrivacyRoute.App);
        Assert.Null(refusal);
        Assert.Equal((PrivacyState.Held, own.ClosedOn.AddYears(10)), (request!.State, request.HoldUntil!.Value));
        Assert.Equal(
            (DataRestriction.LegalHold, own.ClosedOn.AddYears(10)),
            (own.Desk.RestrictionOf(customer)!.Why, own.Desk.RestrictionOf(customer)!.Until!.Value));
        Assert.Equal(request.Receipt, (await own.AskAsync(customer, PrivacyKind.Erase, PrivacyRoute.App)).Request!.Receipt);
        var back = await own.Desk.WithdrawAsync(customer, request.Number, "customer", "k-back-1");
        Assert.Equal(PrivacyState.Withdrawn, back.Request!.State);
        Assert.Null(own.Desk.RestrictionOf(customer));
    }

    [Fact]
    public async Task With_the_switch_of_2022_only_newer_people_ask_online_and_everybody_in_writing()
    {
        using var own = new PrivacyHouse(new DateOnly(2099, 1, 1));
        var customer = await own.ClosedPersonAsync();
        Assert.Equal(
            new WrittenRouteOnly(new DateOnly(2099, 1, 1)), (await own.AskAsync(customer, PrivacyKind.Restrict, PrivacyRoute.App)).Refusal);
        Assert.Null((await own.AskAsync(customer, PrivacyKind.Restrict, PrivacyRoute.Letter)).Refusal);
        Assert.IsType<PersonUnknown>((await own.AskAsync(new CustomerId(77), PrivacyKind.Restrict, PrivacyRoute.Letter)).Refusal);
    }

    [Fact]
    public async Task A_letter_is_written_down_by_staff_who_checked_the_sender()
    {
        var one = await Somebody.NewAsync(host);
        var staff = await host.StaffAsync();
        Dictionary<string, string> form = new()
        {
            ["customer"] = one.Customer.ToString(), ["kind"] = "restrict", ["route"] = "letter", ["text"] = "letter of 1 July",
        };
        Assert.Contains("check of identity", await SaidAsync(new(form)), StringComparison.Ordinal);
        Assert.Contains("nobody of this customer number", await SaidAsync(new(form) { ["customer"] = "77" }), StringComparison.Ordinal);
        Assert.Contains("check of identity", await SaidAsync(new(form) { ["route"] = "app", ["checked"] = "1" }), StringComparison.Ordinal);
        form["checked"] = "1";
        var recorded = await Host.PostAsync(staff, "/console/privacy", "/console/privacy/record", form);
        Assert.Equal("/console/privacy?done=privacy-recorded", recorded.Headers.Location?.ToString());
        Assert.Equal(PrivacyRoute.Letter, Assert.Single(Desk.Of(one.Customer)).Route);

        async Task<string> SaidAsync(Dictionary<string, string> sent) => await (await Host.PostAsync(
            staff, "/console/privacy?lang=en", "/console/privacy/record", sent)).Content.ReadAsStringAsync();
    }

    [Fact]
    public async Task Wiping_the_browser_signs_out_and_asks_it_to_forget_and_so_does_signing_out_everywhere()
    {
        var one = await Somebody.NewAsync(host);
        var visitor = await one.EnterAsync();
        var wiped = await Host.PostAsync(visitor, "/app/privacy/wipe", "/app/privacy/wipe", []);
        Assert.Equal("\"cache\", \"cookies\", \"storage\"", wiped.Headers.GetValues("Clear-Site-Data").Single());
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.GetAsync("/app/privacy")).StatusCode);
        var ended = await Host.PostAsync(await one.EnterAsync(), "/app/security", "/app/security/end-all", []);
        Assert.Equal("\"cache\", \"storage\"", ended.Headers.GetValues("Clear-Site-Data").Single());
    }

    private static Task<HttpResponseMessage> AskAsync(HttpClient visitor, string kind, Dictionary<string, string> more) =>
        Host.PostAsync(visitor, Requests, "/app/privacy/requests", new(more) { ["kind"] = kind });

    private static async Task<byte[]> ReadAsync(ZipArchive zip, string name)
    {
        await using var stream = await zip.GetEntry(name)!.OpenAsync();
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        return copy.ToArray();
    }
}
