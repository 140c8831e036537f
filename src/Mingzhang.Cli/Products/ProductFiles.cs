using Mingzhang.Domain.Products;

namespace Mingzhang.Cli.Products;

/// <summary>A product file that is to become a version, read together with the products it joins.</summary>
internal static class ProductFiles
{
    /// <summary>Its terms, and the version before it in the book; throws <see cref="ProblemException"/> with every broken rule.</summary>
    public static (ProductTerms Terms, ProductTerms? Before) Read(string path, TermsBook book)
    {
        if (!File.Exists(path))
        {
            throw new ProblemException(ExitCode.BadInput, Problem.Of(
                "FILE", $"there is no file {path}", "Name a product file such as products/pay-later.v2.json.",
                $"没有文件 {path}", "请指定产品文件，例如 products/pay-later.v2.json。"));
        }

        var name = Path.GetFileName(path);
        return ProductCatalogue.ParseNext(File.ReadAllText(path), name, book) switch
        {
            ProductRead read => (read.Terms, Before(book, read.Terms)),
            ProductRejected rejected => throw new ProblemException(ExitCode.BadInput, [.. rejected.Errors.Select(Problem.Of)]),
            _ => throw new ProblemException("a third answer of the product catalogue"),
        };
    }

    private static ProductTerms? Before(TermsBook book, ProductTerms terms) =>
        book.All.LastOrDefault(one => one.Code == terms.Code && one.Version < terms.Version);
}
