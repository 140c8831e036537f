namespace Mingzhang.Domain.Products;

/// <summary>The answer to reading one product file. Closed.</summary>
public /*closed*/ abstract record ProductParse
{
    private protected ProductParse()
    {
    }
}

/// <summary>The file keeps every rule.</summary>
/// <param name="Terms">What it says.</param>
public sealed record ProductRead(ProductTerms Terms) : ProductParse;

/// <summary>The file breaks rules; nothing of it is used.</summary>
/// <param name="Errors">All of them, in the order of the file's fields; at least one.</param>
public sealed record ProductRejected(ValueList<ProductError> Errors) : ProductParse;

/// <summary>The answer to reading all product files of a house. Closed.</summary>
public /*closed*/ abstract record TermsBookParse
{
    private protected TermsBookParse()
    {
    }
}

/// <summary>All files keep every rule, alone and together.</summary>
public sealed record TermsBookRead(TermsBook Book) : TermsBookParse;

/// <summary>Some file breaks a rule, or two contradict each other; none is used.</summary>
/// <param name="Errors">All of them, file by file; at least one.</param>
public sealed record TermsBookRejected(ValueList<ProductError> Errors) : TermsBookParse;

/// <summary>One broken rule of a product file: where, what holds, what to do, in both languages.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Field">JSON path such as <c>overdue.dailyPpm</c> or <c>cycles[0].dueDays[1]</c>; <c>$</c> is the whole file.</param>
/// <param name="Rule">The rule, in English.</param>
/// <param name="Fix">What to do, in English.</param>
/// <param name="RuleZh">The rule, in Chinese.</param>
/// <param name="FixZh">What to do, in Chinese.</param>
public sealed record ProductError(string File, string Field, string Rule, string Fix, string RuleZh, string FixZh)
{
    /// <summary>One line for a log or a terminal, English then Chinese.</summary>
    public override string ToString() => $"{File}: {Field}: {Rule}. {Fix} / {RuleZh}。{FixZh}";
}
