using System.Globalization;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Explaining;
using Mingzhang.Services.Certificates;
using Mingzhang.Services.Proofs;
using Mingzhang.Services.Wording;
using Mingzhang.Web.Texts;
using Mingzhang.Web.Ui;

namespace Mingzhang.Web.App.Certificates;

/// <summary>Settlement certificates and statements of a borrower: made, listed, downloaded.</summary>
internal static class CertificateEndpoints
{
    private const string Home = "/app/certificates";

    /// <summary>Maps the pages and forms.</summary>
    public static void MapCertificates(this RouteGroupBuilder pages)
    {
        pages.MapGet("/certificates", async (BorrowerDesk desk, CertificateDesk certificates, HttpContext http) =>
            await desk.VisitAsync(http) is { } visit ? await ShowAsync(visit, certificates) : Results.NotFound());
        pages.MapPost("/certificates", MakeAsync);
        pages.MapGet("/certificates/proof", ProveAsync);
        pages.MapGet("/certificates/{number}/{format}", GiveAsync);
    }

    private static async Task<IResult> ShowAsync(BorrowerVisit visit, CertificateDesk certificates, int status = 200)
    {
        var made = await certificates.OfAsync(visit.Account.State.Id);
        return BorrowerDesk.Show<CertificatesPage>(
            visit, new()
            {
                ["Made"] = made.Select(one => new CertificateLine(one, certificates.Code(one), certificates.Files(one))).ToList(),
                ["Left"] = visit.Account.TotalDebt,
            },
            status);
    }

    private static async Task<IResult> MakeAsync(
        BorrowerDesk desk, CertificateDesk certificates, Speech speech, HttpContext http)
    {
        if (await desk.VisitAsync(http) is not { } visit)
        {
            return Results.NotFound();
        }

        var form = await http.Request.ReadFormAsync();
        if (form["key"].ToString() is not { Length: >= 8 and <= 100 } key)
        {
            return await ShowAsync(visit with { Notice = new PageNotice(false, speech["form.stale"]) }, certificates, 422);
        }

        if (UnknownChoice(form) is { } unknown)
        {
            return await ShowAsync(
                visit with { Notice = new PageNotice(false, speech.Say("form.not-offered", speech[unknown])) }, certificates, 422);
        }

        var statement = form["kind"] == "statement";
        var today = visit.Account.Today;
        var (from, to) = (Typed.Day(form["from"].ToString()), Typed.Day(form["to"].ToString()));
        if (statement && (from is null || to is null))
        {
            return await ShowAsync(visit with { Notice = new PageNotice(false, speech["cert.days-missing"]) }, certificates, 422);
        }

        var (made, refusal) = await certificates.MakeAsync(new CertificateAsk(
            visit.Account.State.Id, statement ? CertificateKind.Statement : CertificateKind.Settlement,
            statement || form["loan"].ToString() is not { Length: > 0 and <= 100 } loan ? null : loan, from ?? today, to ?? today,
            form["language"] != "en", form["name"] != "masked", BorrowerDesk.ActorOf(visit), "web:" + key));
        return refusal is null ? Results.Redirect($"{Home}?done=certificate-made#{made!.Number}")
            : await ShowAsync(
                visit with { Notice = new PageNotice(false, RefusalText.Of(refusal, speech.IsChinese)) }, certificates, 422);
    }

    private static string? UnknownChoice(IFormCollection form) =>
        !Typed.IsOffered(form, "kind", "statement", "settlement") ? "cert.kind"
            : !Typed.IsOffered(form, "language", "zh", "en") ? "cert.language"
            : !Typed.IsOffered(form, "name", "full", "masked") ? "cert.name" : null;

    private static async Task<IResult> GiveAsync(
        string number, string format, BorrowerDesk desk, CertificateDesk certificates, HttpContext http)
    {
        if (await desk.VisitAsync(http) is not { } visit || !CertificateNumber.TryParse(number, out var read)
            || await certificates.FindAsync(read) is not { } certificate
            || certificate.Customer != visit.Person.Customer
            || certificates.Content(certificate, format) is not { } bytes)
        {
            return Results.NotFound();
        }

        http.Response.Headers.XContentTypeOptions = "nosniff";
        return Results.File(bytes, TypeOf(format), string.Create(CultureInfo.InvariantCulture, $"{certificate.Number}.{format}"));
    }

    private static async Task<IResult> ProveAsync(BorrowerDesk desk, ProofFile proofs, HttpContext http)
    {
        if (await desk.VisitAsync(http) is not { } visit || await proofs.MakeAsync(visit.Account.State.Id) is not { } bytes)
        {
            return Results.NotFound();
        }

        http.Response.Headers.XContentTypeOptions = "nosniff";
        return Results.File(bytes, "application/zip", $"mingzhang-{visit.Account.State.Id}-{Speech.Iso(visit.Account.Today)}.zip");
    }

    /// <summary>The media type of a format.</summary>
    public static string TypeOf(string format) => format switch
    {
        "pdf" => "application/pdf",
        "csv" => "text/csv; charset=utf-8",
        _ => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    };
}

/// <summary>A certificate in the list.</summary>
public sealed record CertificateLine(Certificate Certificate, string? Code, IReadOnlyList<CertificateFile> Files);
