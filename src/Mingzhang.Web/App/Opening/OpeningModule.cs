using Mingzhang.Engine;
using Mingzhang.Services.Opening;
using Mingzhang.Web.Hosting;

namespace Mingzhang.Web.App.Opening;

/// <summary>Lines that people open by themselves; who assesses is <c>MZ_ASSESSOR</c> with <c>MZ_ASSESSOR_SECRET</c>.</summary>
internal static class OpeningModule
{
    private const int ShortestSecret = 32;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Its services. A sandbox without an assessor has the sample model, a live house none.</summary>
    public static void AddOpening(this IServiceCollection services, IConfiguration configuration)
    {
        var address = AddressOf(configuration);
        var secret = configuration["MZ_ASSESSOR_SECRET"] ?? "";
        if (address is not null && secret.Length < ShortestSecret)
        {
            throw new SettingException(
                "MZ_ASSESSOR_SECRET", "at least 32 characters, the same as the assessor's", "至少 32 个字符，与评估服务一致");
        }

        services.AddSingleton<LineDesk>().AddSingleton<IAssessor>(provider =>
            address is not null ? new HttpAssessor(address, secret, Patience, provider.GetRequiredService<TimeProvider>())
            : provider.GetRequiredService<CreditHouse>().IsSandbox ? new SampleAssessor() : new NoAssessor());
    }

    private static Uri? AddressOf(IConfiguration configuration) => configuration["MZ_ASSESSOR"] is not { Length: > 0 } text ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var address)
            && (address.Scheme == "https" || address is { Scheme: "http", IsLoopback: true }) ? address
        : throw new SettingException("MZ_ASSESSOR", "the https address of the credit assessor", "授信评估服务的 https 地址");
}
