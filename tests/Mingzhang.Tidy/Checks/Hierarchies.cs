using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Mingzhang.Tidy.Checks;

/// <summary>Closed hierarchies stay closed, switches over them name every case, and no case lives without an example.</summary>
public static partial class Hierarchies
{
    /// <summary>The hierarchies whose switches may never have a catch-all arm.</summary>
    public static readonly string[] WithoutCatchAll = ["AccountEvent", "AccountCommand"];

    /// <summary>A switch that picks out a few cases says so in a comment above its catch-all arm that begins like this.</summary>
    public const string Reason = "// The rest:";

    [GeneratedRegex(@"/\*closed\*/ abstract (?:partial )?(?:record|class)\s+(\w+)")]
    private static partial Regex ClosedDeclaration { get; }

    public static IEnumerable<string> ClosedNames(IEnumerable<RepoFile> files) =>
        files.SelectMany(f => ClosedDeclaration.Matches(f.Text).Select(m => m.Groups[1].Value)).Distinct();

    /// <summary>Concrete cases of a base type.</summary>
    public static IEnumerable<Type> CasesOf(Assembly assembly, Type baseType) =>
        assembly.GetTypes().Where(t => !t.IsAbstract && t.IsSubclassOf(baseType));

    public static IEnumerable<Violation> OpenCases(IEnumerable<Type> types, IReadOnlyCollection<string> closedNames)
    {
        foreach (Type type in types.Where(t => t.BaseType is { } b && closedNames.Contains(b.Name)))
        {
            if (!type.IsSealed && !closedNames.Contains(type.Name))
            {
                yield return new(type.FullName ?? type.Name, 0, $"a case of the closed {type.BaseType!.Name} is sealed, or closed itself.");
            }
        }
    }

    /// <summary>Names of all records and classes that derive, directly or not, from one of the bases, read from the text.</summary>
    public static HashSet<string> CaseNames(IEnumerable<RepoFile> files, params string[] bases)
    {
        (string Name, string[] Bases)[] declared =
        [
            .. files.SelectMany(f => CodeText.Parse(f.Text).DescendantNodes().OfType<TypeDeclarationSyntax>())
                .Where(t => t.BaseList is not null)
                .Select(t => (t.Identifier.Text, t.BaseList!.Types.Select(b => b.Type.ToString()).ToArray())),
        ];
        HashSet<string> names = new(bases, StringComparer.Ordinal);
        bool grew = true;
        while (grew)
        {
            string[] found = [.. declared.Where(d => !names.Contains(d.Name) && d.Bases.Any(names.Contains)).Select(d => d.Name)];
            names.UnionWith(found);
            grew = found.Length > 0;
        }

        return names;
    }

    public static IEnumerable<Violation> CatchAllArms(RepoFile file, IReadOnlySet<string> caseNames)
    {
        foreach (SwitchExpressionSyntax node in CodeText.Parse(file.Text).DescendantNodes().OfType<SwitchExpressionSyntax>())
        {
            bool overCases = node.Arms.Any(arm => Mentions(arm.Pattern, caseNames));
            foreach (SwitchExpressionArmSyntax arm in node.Arms.Where(a => a.WhenClause is null && IsCatchAll(a.Pattern)))
            {
                string result = arm.Expression.ToString();
                if (result is "state" or "[]" || (overCases && !SaysWhy(arm)))
                {
                    string what = $"'_ => {result}' swallows new cases; name each or say above it '{Reason} …' (docs/decisions/0003).";
                    yield return new(file.Path, CodeText.LineOf(arm), what);
                }
            }
        }

        foreach (SwitchStatementSyntax node in CodeText.Parse(file.Text).DescendantNodes().OfType<SwitchStatementSyntax>())
        {
            bool overCases = node.Sections.SelectMany(s => s.Labels).Any(l => MentionsLabel(l, caseNames));
            SwitchSectionSyntax? rest = node.Sections.FirstOrDefault(s => s.Labels.OfType<DefaultSwitchLabelSyntax>().Any());
            if (overCases && rest?.Statements is not [ThrowStatementSyntax] && (rest is null || !SaysWhy(rest)))
            {
                const string What = "the compiler checks no switch statement for gaps; end in 'default: throw', or say why not.";
                yield return new(file.Path, CodeText.LineOf(node), What);
            }
        }
    }

    /// <summary>Cases that no test names.</summary>
    public static IEnumerable<Violation> Unmentioned(IEnumerable<string> cases, IEnumerable<string> testTexts)
    {
        HashSet<string> words = [.. testTexts.SelectMany(t => Word.Matches(t).Select(m => m.Value))];
        return cases.Where(c => !words.Contains(c)).Select(c => new Violation(c, 0, "no test names it; write its example."));
    }

    /// <summary>The code a refusal answers with, read without running its constructor.</summary>
    public static (int Number, string Name) CodeOf(Type refusal)
    {
        object instance = RuntimeHelpers.GetUninitializedObject(refusal);
        object code = refusal.GetProperty("Code")?.GetValue(instance) ?? throw new InvalidOperationException($"{refusal} has no Code.");
        int number = (int)code.GetType().GetProperty("Number")!.GetValue(code)!;
        return (number, (string)code.GetType().GetProperty("Name")!.GetValue(code)!);
    }

    public static IEnumerable<Violation> SharedCodes(IEnumerable<(string Type, int Number, string Name)> refusals)
    {
        (string Type, int Number, string Name)[] all = [.. refusals];
        IEnumerable<Violation> numbers = all.GroupBy(r => r.Number).Where(g => g.Count() > 1)
            .Select(g => new Violation(Types(g), 0, $"share the code {g.Key}; a number belongs to one refusal for ever."));
        IEnumerable<Violation> names = all.GroupBy(r => r.Name).Where(g => g.Count() > 1)
            .Select(g => new Violation(Types(g), 0, $"share the name {g.Key}."));
        return numbers.Concat(names);

        static string Types(IEnumerable<(string Type, int Number, string Name)> group) => string.Join(", ", group.Select(r => r.Type));
    }

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word { get; }

    private static bool SaysWhy(SyntaxNode arm) =>
        arm.GetLeadingTrivia().Any(t => t.ToString().StartsWith(Reason + " ", StringComparison.Ordinal));

    private static bool MentionsLabel(SwitchLabelSyntax label, IReadOnlySet<string> names) => label switch
    {
        CasePatternSwitchLabelSyntax pattern => Mentions(pattern.Pattern, names),
        CaseSwitchLabelSyntax { Value: IdentifierNameSyntax name } => names.Contains(name.Identifier.Text),
        _ => false,
    };

    private static bool Mentions(PatternSyntax pattern, IReadOnlySet<string> names) =>
        pattern.DescendantTokens().Any(t => t.IsKind(SyntaxKind.IdentifierToken) && names.Contains(t.Text)
            && !t.GetPreviousToken().IsKind(SyntaxKind.DotToken)); // after a dot it may be an enum's member of the same name

    private static bool IsCatchAll(PatternSyntax pattern) => pattern switch
    {
        DiscardPatternSyntax or VarPatternSyntax => true,
        RecursivePatternSyntax { Type: null, PositionalPatternClause: { } positions } =>
            positions.Subpatterns.All(s => IsCatchAll(s.Pattern)),
        _ => false,
    };
}
