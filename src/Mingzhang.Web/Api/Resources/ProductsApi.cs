using System.Globalization;
using Mingzhang.Domain.Products;
using Mingzhang.Web.Api.Routes;

namespace Mingzhang.Web.Api.Resources;

/// <summary>A version of a product.</summary>
internal sealed record ProductVersion(int Version, DateOnly EffectiveFrom, bool InForce);

/// <summary>A product with its versions.</summary>
internal sealed record ProductAnswer(string Code, int Slot, LocalText Name, string Currency, IReadOnlyList<ProductVersion> Versions);

/// <summary>Products, their versions and terms.</summary>
internal static class ProductsApi
{
    public static void Map(ApiRoutes api)
    {
        api.House<object?, Page<ProductAnswer>>(
            "/v1/products", "list-products", ApiScopes.AnyKey, "All products with their versions.", _ => null,
            (call, _) => Task.FromResult<ApiResult<Page<ProductAnswer>>>(new Page<ProductAnswer>(
                [.. call.House.Terms.All.GroupBy(terms => terms.Code).Select(versions => Of(call, [.. versions]))], null)));
        api.House<object?, ProductAnswer>(
            "/v1/products/{code}", "get-product", ApiScopes.AnyKey, "One product.", _ => null, (call, _) => Task.FromResult(One(call)));
        api.House<object?, ProductTerms>(
            "/v1/products/{code}/versions/{version}", "get-product-terms", ApiScopes.AnyKey, "All terms of one version.", _ => null,
            (call, _) => Task.FromResult(Terms(call)));
    }

    private static ApiResult<ProductAnswer> One(ApiCall call)
    {
        var versions = call.House.Terms.All.Where(terms => terms.Code == call.Path("code")).ToList();
        return versions.Count == 0 ? Problems.Answer(HttpProblem.NotFound) : Of(call, versions);
    }

    private static ApiResult<ProductTerms> Terms(ApiCall call) =>
        int.TryParse(call.Path("version"), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
        && call.House.Terms.Find(call.Path("code"), version) is { } terms ? terms : Problems.Answer(HttpProblem.NotFound);

    private static ProductAnswer Of(ApiCall call, List<ProductTerms> versions)
    {
        var last = versions[^1];
        var inForce = call.House.Terms.InForce(last.Code, call.House.BusinessDate)?.Version;
        return new ProductAnswer(
            last.Code, last.Slot, last.Name, last.Currency.ToString(),
            [.. versions.Select(terms => new ProductVersion(terms.Version, terms.EffectiveFrom, terms.Version == inForce))]);
    }
}
