namespace Mingzhang.Services.Certificates;

/// <summary>Where anybody checks a certificate.</summary>
/// <param name="House">The address by which people know the house; null: it is not known, and no paper names it.</param>
public sealed record VerifyAddress(Uri? House)
{
    /// <summary>The page with a number filled in. Never the code: who finds the paper's picture shall not find what it says.</summary>
    /// <example>https://pay.example.cn/verify/C0577-00001-3.</example>
    public string? Of(string number) => House is null ? null
        : new UriBuilder(House) { Host = House.IdnHost, Path = "verify/" + number }.Uri.AbsoluteUri;
}
