using Mingzhang.Domain.Approvals;
using Mingzhang.Web.Api;

namespace Mingzhang.Web.Tests.Api;

/// <summary>Corrections over the API take two people, unless the key may act alone.</summary>
[Collection(ApiCollection.Name)]
public sealed class ApprovalApiTests(ApiHost host)
{
    private const string Maker = "mz_maker_0123456789abcdef0123456789abc";
    private const string MakersOther = "mz_maker_other_0123456789abcdef012345";
    private const string Checker = "mz_checker_0123456789abcdef0123456789";
    private const string Loose = "mz_loose_0123456789abcdef0123456789abc";
    private const string Buy = """{"purchaseId":"ap-1","amountMinor":5000,"scene":"dining","merchant":"m"}""";

    [Fact]
    public async Task A_correction_is_proposed_by_one_and_approved_by_another()
    {
        var (account, sequence) = await BoughtAsync(31_000_001);
        var alone = await host.PostAsync(account + "/corrections", Reverse(sequence), key: Maker);
        Assert.Equal((403, new TwoPeopleNeeded("reverse-fact").Code.Name), (alone.Status, alone.Code));
        var batch = await host.PostAsync("/v1/commands:batch", $$"""
            {"commands":[{"type":"reverse-fact","accountId":"{{account[13..]}}","key":"b-1","body":{{Reverse(sequence)}}}]}
            """, key: Maker);
        Assert.Equal("TWO_PEOPLE_NEEDED", (string)batch.Json["items"]![0]!["body"]!["code"]!);
        Assert.Equal(200, (await host.PostAsync(account + "/corrections?trial=true", Reverse(sequence), key: Maker)).Status);

        var proposed = await host.PostAsync(account + "/proposals", Propose(sequence), "p-1", Maker);
        Assert.True(proposed.Status == 201, proposed.Text);
        Assert.True((await host.PostAsync(account + "/proposals", Propose(sequence), "p-1", Maker)).Replayed);
        var number = (long)proposed.Json["proposal"]!["number"]!;
        Assert.Equal($"/v1/approvals/{number}", proposed.Raw.Headers.Location!.ToString());
        Assert.Equal(5000, (long)proposed.Json["preview"]!["before"]!["totalDebtMinor"]!);
        Assert.Equal(0, (long)proposed.Json["preview"]!["after"]!["totalDebtMinor"]!);
        Assert.Equal(5000, await DebtAsync(account));

        Assert.Equal("OWN_PROPOSAL", (await host.PostAsync($"/v1/approvals/{number}/approval", "{}", key: Maker)).Code);
        Assert.Equal("OWN_PROPOSAL", (await host.PostAsync($"/v1/approvals/{number}/approval", "{}", key: MakersOther)).Code);
        Assert.Equal("SIGNER_UNNAMED", (await host.PostAsync($"/v1/approvals/{number}/approval", "{}", key: Loose)).Code);
        var approved = await host.PostAsync($"/v1/approvals/{number}/approval", """{"note":"seen"}""", "a-1", Checker);
        Assert.True(approved.Status == 200, approved.Text);
        Assert.Equal("done", (string)approved.Json["proposal"]!["status"]!);
        Assert.Equal("wu", (string)approved.Json["proposal"]!["decision"]!["by"]!);
        Assert.Equal(0, await DebtAsync(account));
        Assert.Equal(approved.Text, (await host.PostAsync($"/v1/approvals/{number}/approval", """{"note":"seen"}""", "a-1", Checker)).Text);
        var again = await host.PostAsync($"/v1/approvals/{number}/approval", """{"note":"seen"}""", "a-2", Checker);
        Assert.Equal((200, (long)approved.Json["outcome"]!["sequence"]!), (again.Status, (long)again.Json["outcome"]!["sequence"]!));
        Assert.Equal(3, (await host.GetAsync(account + "/journal")).Json["items"]!.AsArray().Count);
        Assert.Equal([number], Numbers(await host.GetAsync(account + "/proposals")));
    }

    [Fact]
    public async Task An_account_that_moved_is_looked_at_again()
    {
        var (account, sequence) = await BoughtAsync(31_000_002);
        var number = await ProposedAsync(account, sequence);
        await host.PostAsync(account + "/offline-purchases", Buy.Replace("ap-1", "ap-2", StringComparison.Ordinal));
        var stale = await host.PostAsync($"/v1/approvals/{number}/approval", "{}", key: Checker);
        Assert.Equal((409, "CHANGED_SINCE", true), (stale.Status, stale.Code, (bool)stale.Json["retryCanHelp"]!));
        var shown = await host.GetAsync($"/v1/approvals/{number}", Checker);
        Assert.True((bool)shown.Json["changed"]!);
        Assert.Equal(10_000, (long)shown.Json["now"]!["before"]!["totalDebtMinor"]!);
        var renewed = await host.SendAsync("POST", $"/v1/approvals/{number}/renewal", null, host.NextKey(), Maker);
        Assert.True(renewed.Status == 201, renewed.Text);
        var next = (long)renewed.Json["proposal"]!["number"]!;
        Assert.Equal(number, (long)renewed.Json["proposal"]!["replaces"]!);
        Assert.Equal(200, (await host.PostAsync($"/v1/approvals/{next}/approval", "{}", key: Checker)).Status);
        Assert.Equal("PROPOSAL_DECIDED", (await host.PostAsync($"/v1/approvals/{number}/approval", "{}", key: Checker)).Code);
    }

    [Fact]
    public async Task What_would_be_refused_is_not_even_proposed_and_a_no_has_its_reason()
    {
        var (account, sequence) = await BoughtAsync(31_000_003);
        Assert.Equal("FACT_UNKNOWN", (await host.PostAsync(account + "/proposals", Propose(77), key: Maker)).Code);
        var wrong = await host.PostAsync(
            account + "/proposals", """{"type":"receive-repayment","reason":"x","body":{}}""", key: Maker);
        Assert.Equal((400, "type"), (wrong.Status, (string)wrong.Json["errors"]![0]!["field"]!));
        Assert.Equal(400, (await host.PostAsync(
            account + "/proposals", """{"type":"reverse-fact","reason":"x","body":{"sequence":0}}""", key: Maker)).Status);
        var number = await ProposedAsync(account, sequence);
        Assert.Equal(400, (await host.PostAsync($"/v1/approvals/{number}/rejection", "{}", key: Checker)).Status);
        var rejected = await host.PostAsync($"/v1/approvals/{number}/rejection", """{"reason":"wrong row"}""", key: Checker);
        Assert.Equal("wrong row", (string)rejected.Json["proposal"]!["decision"]!["note"]!);
        Assert.Equal(404, (await host.GetAsync("/v1/approvals/999999", Checker)).Status);
        Assert.Equal(404, (await host.GetAsync("/v1/approvals/x", Checker)).Status);
    }

    [Fact]
    public async Task The_list_goes_on_page_by_page()
    {
        var (account, sequence) = await BoughtAsync(31_000_004);
        var first = await ProposedAsync(account, sequence);
        var second = await ProposedAsync(account, sequence, "again");
        await host.PostAsync($"/v1/approvals/{first}/withdrawal", """{"reason":"twice"}""", key: MakersOther);
        Assert.Contains(second, Numbers(await host.GetAsync("/v1/approvals?state=open&limit=200", Checker)));
        Assert.DoesNotContain(first, Numbers(await host.GetAsync("/v1/approvals?state=open&limit=200", Checker)));
        var page = await host.GetAsync("/v1/approvals?limit=1", Checker);
        var next = await host.GetAsync($"/v1/approvals?limit=1&cursor={(string)page.Json["next"]!}", Checker);
        Assert.True(Numbers(page)[0] > Numbers(next)[0]);
        Assert.Equal(400, (await host.GetAsync("/v1/approvals?cursor=zzz", Checker)).Status);
        await host.Keys.PutAsync("ap-bound", "mz_ap_bound_0123456789abcdef0123456789", ApiScopes.All, customer: 31_000_009, owner: "wu");
        Assert.Equal(403, (await host.GetAsync("/v1/approvals", "mz_ap_bound_0123456789abcdef0123456789")).Status);
        Assert.Equal(404, (await host.PostAsync(
            $"/v1/approvals/{second}/approval", "{}", key: "mz_ap_bound_0123456789abcdef0123456789")).Status);
    }

    private static string Reverse(long sequence) => $$"""{"sequence":{{sequence}},"reason":"booked twice"}""";

    private static string Propose(long sequence, string why = "booked twice") =>
        $$"""{"type":"reverse-fact","reason":"{{why}}","body":{{Reverse(sequence)}}}""";

    private static List<long> Numbers(Got got)
    {
        Assert.True(got.Status == 200, got.Text);
        return [.. got.Json["items"]!.AsArray().Select(item => (long)item!["number"]!)];
    }

    private async Task<long> ProposedAsync(string account, long sequence, string why = "booked twice")
    {
        var got = await host.PostAsync(account + "/proposals", Propose(sequence, why), key: Maker);
        Assert.True(got.Status == 201, got.Text);
        return (long)got.Json["proposal"]!["number"]!;
    }

    private async Task<long> DebtAsync(string account) => (long)(await host.GetAsync(account)).Json["figures"]!["totalDebtMinor"]!;

    private async Task<(string Account, long Sequence)> BoughtAsync(long customer)
    {
        string[] staff = [ApiScopes.AccountsRead, ApiScopes.StaffWrite, ApiScopes.StaffApprove];
        await host.Keys.PutAsync("ap-maker", Maker, staff, owner: "lin");
        await host.Keys.PutAsync("ap-maker-2", MakersOther, staff, owner: "lin");
        await host.Keys.PutAsync("ap-checker", Checker, staff, owner: "wu");
        await host.Keys.PutAsync("ap-loose", Loose, staff);
        var account = await host.OpenAsync(customer);
        var bought = await host.PostAsync(account + "/offline-purchases", Buy);
        Assert.True(bought.Status == 200, bought.Text);
        return (account, (long)bought.Json["sequence"]!);
    }
}
