using Microsoft.AspNetCore.Http.HttpResults;
using Mingzhang.Services.Certificates;
using Mingzhang.Web.Hosting;

namespace Mingzhang.Web.Certificates;

/// <summary>The public page where anybody checks a certificate: by number and code, or by the file itself.</summary>
/// <remarks>
/// It tells what stands on the holder's paper and no more; without the code a number tells nothing, and an unknown number answers as a
/// wrong code does.
/// </remarks>
internal static class VerifyPages
{
    /// <summary>Largest file that is looked at.</summary>
    public const long Largest = 3 * 1024 * 1024;

    private const int LongestText = 60;

    /// <summary>Maps the pages.</summary>
    public static void MapVerify(this WebApplication app)
    {
        var pages = app.MapGroup("/verify").AllowAnonymous().AddEndpointFilter<FormFilter>().ExcludeFromDescription();
        pages.MapGet("", (HttpContext http) => Show("", "", null));
        pages.MapGet("/keys.pem", (SigningKeys keys) => Results.Text(keys.Pem, "application/x-pem-file"));
        pages.MapGet("/{number}", (string number) => Show(Short(number), "", null));
        pages.MapPost("", CheckAsync).RequireRateLimiting(CertificateModule.VerifyRate);
        pages.MapPost("/file", FileAsync).RequireRateLimiting(CertificateModule.VerifyRate);
    }

    private static async Task<IResult> CheckAsync(CertificateDesk desk, HttpContext http)
    {
        var form = await http.Request.ReadFormAsync();
        var (number, code) = (Short(form["number"].ToString()), Short(form["code"].ToString()));
        return Show(number, code, await desk.CheckAsync(number, code));
    }

    private static async Task<IResult> FileAsync(CertificateDesk desk, HttpContext http)
    {
        var form = await http.Request.ReadFormAsync();
        if (form.Files.GetFile("file") is not { Length: > 0 and <= Largest } sent)
        {
            return Show("", "", new CertificateWorth(null, [], false));
        }

        using var content = new MemoryStream();
        await sent.CopyToAsync(content);
        return Show("", "", await desk.CheckAsync(content.ToArray()));
    }

    private static RazorComponentResult<VerifyPage> Show(string number, string code, CertificateWorth? worth) =>
        new(new Dictionary<string, object?> { ["Number"] = number, ["Code"] = code, ["Worth"] = worth });

    private static string Short(string text) => text.Length > LongestText ? text[..LongestText] : text;
}
