using System.Net;
using System.Text.RegularExpressions;
using Mingzhang.Papers.Signing;
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
