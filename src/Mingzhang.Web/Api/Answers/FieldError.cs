namespace Mingzhang.Web.Api;

/// <summary>One broken rule of a request.</summary>
/// <param name="Field">Path of the field, such as <c>sources[0].amountMinor</c>; or the name of a header or query parameter.</param>
/// <param name="Rule">What must hold.</param>
/// <param name="Fix">What to do.</param>
/// <param name="RuleZh">The rule in Chinese.</param>
/// <param name="FixZh">The fix in Chinese.</param>
public sealed record FieldError(string Field, string Rule, string Fix, string RuleZh, string FixZh);

/// <summary>A sentence in both languages.</summary>
internal readonly record struct Sentence(string En, string Zh);
