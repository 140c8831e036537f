using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Mingzhang.Engine.Approvals;
using Mingzhang.Services.Certificates;
using Mingzhang.Services.Proofs;
using Mingzhang.Web.Console;
using Mingzhang.Web.Hosting;

namespace Mingzhang.Web.Certificates;

/// <summary>Certificates: made for borrowers, checked by anybody.</summary>
internal static class CertificateModule
{
    /// <summary>Rate policy of the public page.</summary>
    public const string VerifyRate = "verify";

    private const int ChecksAMinute = 20;

    /// <summary>Its services, and how often an address may check.</summary>
    public static void AddCertificates(this IServiceCollection services, WebSettings settings)
    {
        services.AddSingleton<SigningKeys>().AddSingleton<CertificateNotices>().AddSingleton(new VerifyAddress(settings.Public))
            .AddSingleton<CertificateDesk>();
        services.AddSingleton(new ProofSources(settings.Products)).AddSingleton<ProofFile>()
            .AddSingleton<IProposalKind, RevocationProposals>()
            .AddSingleton(new PreviewView(RevocationProposals.Act, typeof(RevocationPreviewView)));
        services.Configure<RateLimiterOptions>(options => options.AddPolicy(VerifyRate, context =>
            RateLimitPartition.GetFixedWindowLimiter(
                context.Connection.RemoteIpAddress?.ToString() ?? "local",
                _ => new FixedWindowRateLimiterOptions { PermitLimit = ChecksAMinute, Window = TimeSpan.FromMinutes(1) })));
    }
}
