using Mingzhang.Domain.Disclosure;

namespace Mingzhang.Services.Reading;

/// <summary>Reads <c>cost-rules.json</c> of the products folder.</summary>
public static class CostRulesFile
{
    /// <summary>The file's name.</summary>
    public const string Name = "cost-rules.json";

    /// <summary>The rules; throws with every broken rule, or when the file is missing.</summary>
    public static CostRules Read(string folder)
    {
        var path = Path.Combine(folder, Name);
        if (!File.Exists(path))
        {
            throw new ProductsException($"There is no {Name} in {folder}; set MZ_PRODUCTS to the folder of the products.");
        }

        return CostRules.Parse(File.ReadAllText(path), Name) switch
        {
            CostRulesRead read => read.Rules,
            CostRulesRejected rejected => throw new ProductsException(
                $"{Name} breaks rules:" + Environment.NewLine + string.Join(Environment.NewLine, rejected.Errors)),
            _ => throw new InvalidOperationException("A third answer of the cost rules."),
        };
    }
}
