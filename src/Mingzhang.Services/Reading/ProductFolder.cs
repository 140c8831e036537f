using Mingzhang.Domain.Products;

namespace Mingzhang.Services.Reading;

/// <summary>Reads the product files of a folder; one broken file and none is used.</summary>
public static class ProductFolder
{
    /// <summary>All terms of the folder's <c>*.v*.json</c> files; throws with every broken rule when there is one.</summary>
    public static TermsBook Read(string folder)
    {
        string[] files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.v*.json") : [];
        if (files.Length == 0)
        {
            throw new ProductsException($"There is no product file in {folder}; set MZ_PRODUCTS to the folder of the products.");
        }

        Array.Sort(files, StringComparer.Ordinal);
        var texts = files.Select(file => (Path.GetFileName(file), File.ReadAllText(file)));
        return ProductCatalogue.ParseAll(texts, CostRulesFile.Read(folder)) switch
        {
            TermsBookRead read => read.Book,
            TermsBookRejected rejected => throw new ProductsException(
                "The product files break rules:" + Environment.NewLine + string.Join(Environment.NewLine, rejected.Errors)),
            _ => throw new InvalidOperationException("A third answer of the product catalogue."),
        };
    }
}
