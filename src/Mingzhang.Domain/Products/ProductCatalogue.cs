namespace Mingzhang.Domain.Products;

/// <summary>Reads product files. A file that breaks a rule is refused with all its errors; nothing is guessed or defaulted.</summary>
/// <remarks>The rules, with their sources, are on docs/rules/products.md; the shape is also in products/product.schema.json.</remarks>
public static class ProductCatalogue
{
    /// <summary>Reads one file.</summary>
    /// <param name="json">The file's text.</param>
    /// <param name="fileName">Its name, for the errors only.</param>
    /// <param name="costs">The law that its prices are held to, beside the caps of the file.</param>
    /// <returns>The terms, or every broken rule.</returns>
    public static ProductParse Parse(string json, string fileName, CostRules? costs = null)
    {
        var errors = new ProductErrors(fileName);
        var terms = JsonText.Read(json, errors, (root, found) =>
        {
            var read = ProductReader.Read(root, found) with { Costs = costs };
            ProductRules.Check(read, root, found);
            return read;
        });
        return terms is not null && errors.None ? new ProductRead(terms) : new ProductRejected(errors.All);
    }

    /// <summary>Reads one file that is to join a book: alone, then against every version there.</summary>
    /// <param name="json">The file's text.</param>
    /// <param name="fileName">Its name, for the errors only.</param>
    /// <param name="book">The book it joins.</param>
    public static ProductParse ParseNext(string json, string fileName, TermsBook book)
    {
        var parsed = Parse(json, fileName, book.All.FirstOrDefault()?.Costs);
        if (parsed is not ProductRead read)
        {
            return parsed;
        }

        var all = book.All.Select(terms => ($"{terms.Code} v{terms.Version}", terms)).Append((fileName, read.Terms)).ToList();
        var errors = TermsBookRules.Check(all).Where(error => error.File == fileName).ToList();
        return errors.Count == 0 ? read : new ProductRejected(ValueList.From(errors));
    }

    /// <summary>Reads all files of a house, each alone, then together: code and version once, one slot per code, dates rising.</summary>
    /// <param name="files">Name and text of each file.</param>
    /// <param name="costs">The law that their prices are held to.</param>
    /// <returns>The book, or every broken rule of every file.</returns>
    public static TermsBookParse ParseAll(IEnumerable<(string Name, string Json)> files, CostRules? costs = null)
    {
        var read = new List<(string File, ProductTerms Terms)>();
        var errors = new List<ProductError>();
        foreach (var (name, json) in files)
        {
            switch (Parse(json, name, costs))
            {
                case ProductRead good: read.Add((name, good.Terms)); break;
                case ProductRejected bad: errors.AddRange(bad.Errors); break;
                default: throw new BrokenInvariantException("a third answer of a product file");
            }
        }

        errors.AddRange(TermsBookRules.Check(read));
        return errors.Count == 0
            ? new TermsBookRead(new TermsBook(read.Select(file => file.Terms)))
            : new TermsBookRejected(ValueList.From(errors));
    }
}
