namespace Mingzhang.Domain.Products;

/// <summary>All versions of all products of a house.</summary>
public sealed class TermsBook
{
    private readonly Dictionary<(string Code, int Version), ProductTerms> _terms;

    /// <summary>A book of checked terms; throws on two of the same code and version.</summary>
    public TermsBook(IEnumerable<ProductTerms> terms) => _terms = terms.ToDictionary(t => (t.Code, t.Version));

    /// <summary>All versions, by code and version.</summary>
    public IEnumerable<ProductTerms> All => _terms.Values.OrderBy(t => t.Code, StringComparer.Ordinal).ThenBy(t => t.Version);

    /// <summary>One version; null when there is none.</summary>
    public ProductTerms? Find(string code, int version) => _terms.GetValueOrDefault((code, version));

    /// <summary>The version new accounts get on a day; null when the product is not offered yet.</summary>
    public ProductTerms? InForce(string code, DateOnly day) =>
        _terms.Values.Where(t => t.Code == code && t.EffectiveFrom <= day).MaxBy(t => t.Version);
}
