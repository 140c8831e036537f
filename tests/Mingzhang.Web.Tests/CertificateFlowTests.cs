using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Mingzhang.Papers.Signing;
using Mingzhang.Services.Certificates;
using Mingzhang.Services.Proofs;
using Mingzhang.Services.Sandbox;

namespace Mingzhang.Web.Tests;

/// <summary>A borrower makes a certificate, anybody checks it, staff take it back with two people.</summary>
public sealed partial class CertificateFlowTests(OwnHost host) : IClassFixture<OwnHost>
{
    [GeneratedRegex(@"/app/certificates/(C\d{4}-\d{5,}-\d)/pdf")]
    private static partial Regex Link { get; }

    [GeneratedRegex(@"([0-9A-F]{4}-){3}[0-9A-F]{4}")]
    private static partial Regex CodeText { get; }

    [Fact]
    public async Task A_statement_is_made_downloaded_checked_and_revoked()
    {
        var borrower = await host.BorrowerAsync("cured");
        var done = await Host.PostAsync(borrower, "/app/certificates", "/app/certificates", new()
        {
            ["kind"] = "statement", ["from"] = "2026-03-02", ["to"] = "2026-07-05", ["language"] = "zh", ["name"] = "full",
        });
        Assert.Equal(HttpStatusCode.Redirect, done.StatusCode);
        var page = await borrower.GetStringAsync("/app/certificates");
        var (number, code) = (Link.Match(page).Groups[1].Value, CodeText.Match(page).Value);
        var pdf = await borrower.GetByteArrayAsync($"/app/certificates/{number}/pdf");
        Assert.IsType<FileIntact>(SignedFile.Check(pdf));
        Assert.IsType<FileIntact>(SignedFile.Check(await borrower.GetByteArrayAsync($"/app/certificates/{number}/xlsx")));
        var csv = await borrower.GetAsync($"/app/certificates/{number}/csv");
        Assert.Equal("text/csv", csv.Content.Headers.ContentType?.MediaType);
        Assert.Equal([0xEF, 0xBB, 0xBF], (await csv.Content.ReadAsByteArrayAsync())[..3]);
        Assert.Contains("SHA-256", page, StringComparison.Ordinal);
        var stranger = await host.BorrowerAsync("revolver");
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"/app/certificates/{number}/pdf")).StatusCode);
        Assert.Contains("data-worth=\"valid\"", await CheckAsync(number, code), StringComparison.Ordinal);
        Assert.Contains("data-worth=\"unknown\"", await CheckAsync(number, "0000-0000-0000-0000"), StringComparison.Ordinal);
        Assert.Contains("data-worth=\"unknown\"", await CheckAsync("<b>", "<b>"), StringComparison.Ordinal);
        Assert.Contains(number, await Host.ReadAsync(host.Visitor(), $"/verify/{number}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_withdrawn_key_signed_is_no_longer_valid_and_the_next_one_is_signed_by_another()
    {
        var borrower = await host.BorrowerAsync("reserve");
        async Task<(string Number, string Code)> MakeAsync()
        {
            var done = await Host.PostAsync(borrower, "/app/certificates", "/app/certificates", new()
            {
                ["kind"] = "statement", ["from"] = "2026-03-02", ["to"] = "2026-07-05", ["language"] = "zh", ["name"] = "full",
            });
            var number = done.Headers.Location!.ToString().Split('#')[1];
            var page = await borrower.GetStringAsync("/app/certificates");
            return (number, CodeText.Match(page[page.IndexOf($"id=\"{number}\"", StringComparison.Ordinal)..]).Value);
        }

        var first = await MakeAsync();
        var keys = host.Services.GetRequiredService<SigningKeys>();
        var leaked = keys.Kept[0].Id;
        var file = await borrower.GetByteArrayAsync($"/app/certificates/{first.Number}/pdf");
        var withdrawn = await keys.WithdrawAsync(leaked, null, "copied from a backup");
        Assert.True(withdrawn is { Papers: >= 1 } && withdrawn.Signs != leaked);
        Assert.Null(await keys.WithdrawAsync(leaked, null, "again"));
        var said = await CheckAsync(first.Number, first.Code);
        Assert.Contains("data-worth=\"withdrawn\"", said, StringComparison.Ordinal);
        Assert.Contains(leaked, said, StringComparison.Ordinal);
        Assert.Contains("请持有人重新开具", WebUtility.HtmlDecode(said), StringComparison.Ordinal);
        Assert.Contains("签署该证明的密钥已撤销", await Host.ReadAsync(borrower, "/app/certificates"), StringComparison.Ordinal);

        var second = await MakeAsync();
        Assert.NotEqual(first.Number, second.Number);
        Assert.Contains("data-worth=\"valid\"", await CheckAsync(second.Number, second.Code), StringComparison.Ordinal);
        var published = VerifyingKey.ReadPem(await (await host.Visitor().GetAsync("/verify/keys.pem")).Content.ReadAsStringAsync());
        Assert.NotNull(published.Single(key => key.Id == leaked).Withdrawal);
        Assert.Null(published[0].Withdrawal);
        var desk = host.Services.GetRequiredService<CertificateDesk>();
        Assert.Equal("withdrawn", (await desk.CheckAsync(file)).Word);
    }

    [Fact]
    public async Task Before_settlement_the_page_says_what_is_left()
    {
        var borrower = await host.BorrowerAsync("overdue");
        var answer = await Host.PostAsync(borrower, "/app/certificates", "/app/certificates", new() { ["kind"] = "settlement" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("尚未结清", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_proof_of_an_account_proves_it()
    {
        var borrower = await host.BorrowerAsync("revolver");
        var report = ProofCheck.Check(await borrower.GetByteArrayAsync("/app/certificates/proof"));
        Assert.Empty(report.Faults);
        Assert.NotEmpty(report.Statements);
        var keys = await (await host.Visitor().GetAsync("/verify/keys.pem")).Content.ReadAsStringAsync();
        Assert.Contains(VerifyingKey.ReadPem(keys), key => key.IsSameAs(report.Signer!));
    }

    private async Task<string> CheckAsync(string number, string code) => await (await Host.PostAsync(
        host.Visitor(), "/verify", "/verify", new() { ["number"] = number, ["code"] = code })).Content.ReadAsStringAsync();
}
