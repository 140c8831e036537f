using System.Data.Common;
using System.Security.Cryptography;
using Dapper;
using Mingzhang.Domain.Products;
using Mingzhang.Store;

namespace Mingzhang.Engine.Versions;

/// <summary>A product version as it was published.</summary>
/// <param name="Code">Product.</param>
/// <param name="Version">Its number.</param>
/// <param name="Json">The product file, byte for byte as approved.</param>
/// <param name="Hash">SHA-256 of it, hexadecimal.</param>
/// <param name="Proposal">The proposal that published it.</param>
/// <param name="PublishedOn">Business date.</param>
public sealed record PublishedVersion(string Code, long Version, string Json, string Hash, long Proposal, long PublishedOn)
{
    /// <summary>SHA-256 of a product file, hexadecimal.</summary>
    public static string HashOf(string json) => Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(json)));
}

/// <summary>The rows of published versions.</summary>
internal static class PublishedVersions
{
    private const string All =
        "SELECT code AS Code, version AS Version, json AS Json, hash AS Hash, proposal AS Proposal, published_on AS PublishedOn "
        + "FROM product_version ORDER BY code, version";

    private const string Insert =
        "INSERT INTO product_version (code, version, effective_from, json, hash, proposal, published_on, published_at) "
        + "VALUES (@Code, @Version, @EffectiveFrom, @Json, @Hash, @Proposal, @PublishedOn, @At)";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<PublishedVersion> Read(DbConnection connection) => [.. connection.Query<PublishedVersion>(All)];

    /// <summary>How many there are; none ever goes.</summary>
    public static long Count(DbConnection connection) => connection.ExecuteScalar<long>("SELECT count(*) FROM product_version");

    /// <summary>The book of the files with everything that was published. Throws <see cref="StoreException"/> naming what does not
    /// fit.</summary>
    public static TermsBook With(TermsBook files, DbConnection connection)
    {
        var book = files;
        foreach (var published in Read(connection))
        {
            var name = $"{published.Code} v{published.Version}";
            if (PublishedVersion.HashOf(published.Json) != published.Hash)
            {
                throw new StoreException($"product_version: {name} is not what was published: its hash does not fit.");
            }

            if (files.Find(published.Code, (int)published.Version) is { } file)
            {
                Same(file, published, files, name);
                continue;
            }

            book = ProductCatalogue.ParseNext(published.Json, name, book) switch
            {
                ProductRead read => new TermsBook(book.All.Append(read.Terms)),
                ProductRejected rejected => throw new StoreException(
                    $"product_version: {name} does not fit the product files: {string.Join("; ", rejected.Errors)}"),
                _ => throw new StoreException("a third answer of the product catalogue"),
            };
        }

        return book;
    }

    /// <summary>Stores one.</summary>
    public static void Add(
        DbConnection connection, DbTransaction transaction, PublishedVersion published, DateOnly effectiveFrom, long at) =>
        connection.Execute(
            Insert,
            new
            {
                published.Code, published.Version, EffectiveFrom = effectiveFrom.ToStored(), published.Json, published.Hash,
                published.Proposal, published.PublishedOn, At = at,
            },
            transaction);

    // A file may be put beside the published row, with the same content only.
    private static void Same(ProductTerms file, PublishedVersion published, TermsBook files, string name)
    {
        var others = new TermsBook(files.All.Where(terms => terms != file));
        if (ProductCatalogue.ParseNext(published.Json, name, others) is not ProductRead read || read.Terms != file)
        {
            throw new StoreException($"product_version: the product file of {name} differs from what was published under this number.");
        }
    }
}
