namespace Mingzhang.Domain.Products;

/// <summary>The errors found so far in one file.</summary>
internal sealed class ProductErrors(string file)
{
    private readonly List<ProductError> _errors = [];

    /// <summary>True while no rule is broken.</summary>
    public bool None => _errors.Count == 0;

    /// <summary>All of them, in the order they were found.</summary>
    public ValueList<ProductError> All => ValueList.From(_errors);

    /// <summary>Notes a broken rule.</summary>
    public void Add(string field, BrokenRule rule) =>
        _errors.Add(new ProductError(file, field, rule.Rule, rule.Fix, rule.RuleZh, rule.FixZh));

    /// <summary>True when none of the fields, nor anything inside them, is broken already.</summary>
    public bool Sound(params ReadOnlySpan<string> fields)
    {
        foreach (var field in fields)
        {
            if (_errors.Exists(error => Within(error.Field, field)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Within(string path, string field) =>
        path == "$" || path == field
        || (path.Length > field.Length && path.StartsWith(field, StringComparison.Ordinal) && path[field.Length] is '.' or '[');
}

/// <summary>The words of a broken rule, in both languages.</summary>
internal readonly record struct BrokenRule(string Rule, string Fix, string RuleZh, string FixZh);
