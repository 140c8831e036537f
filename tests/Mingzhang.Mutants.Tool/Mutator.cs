using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Mingzhang.Mutants.Tool;

/// <summary>One small mistake at one place.</summary>
/// <param name="Tree">The file.</param>
/// <param name="Old">What stands there.</param>
/// <param name="New">What stands there instead.</param>
public sealed record Mutant(SyntaxTree Tree, SyntaxNode Old, SyntaxNode New)
{
    /// <summary>The file with the mistake.</summary>
    public SyntaxTree Mutated => CSharpSyntaxTree.Create(
        (CSharpSyntaxNode)Tree.GetRoot().ReplaceNode(Old, New.WithTriviaFrom(Old)), (CSharpParseOptions)Tree.Options, Tree.FilePath,
        Tree.Encoding);

    /// <summary>File, line and change.</summary>
    public string Place(string root) => string.Create(CultureInfo.InvariantCulture,
        $"{Path.GetRelativePath(root, Tree.FilePath)}:{Line} `{Short(Old)}` → `{Short(New)}`");

    private int Line => Tree.GetLineSpan(Old.Span).StartLinePosition.Line + 1;

    private static string Short(SyntaxNode node)
    {
        string text = string.Join(' ', node.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.Length <= 90 ? text : text[..87] + "...";
    }
}

/// <summary>All small mistakes of a file: other operators and comparisons, other numbers, conditions turned round.</summary>
public static class Mutator
{
    private static readonly Dictionary<SyntaxKind, SyntaxKind[]> Operators = new()
    {
        [SyntaxKind.AddExpression] = [SyntaxKind.SubtractExpression],
        [SyntaxKind.SubtractExpression] = [SyntaxKind.AddExpression],
        [SyntaxKind.MultiplyExpression] = [SyntaxKind.DivideExpression],
        [SyntaxKind.DivideExpression] = [SyntaxKind.MultiplyExpression],
        [SyntaxKind.ModuloExpression] = [SyntaxKind.DivideExpression],
        [SyntaxKind.LessThanExpression] = [SyntaxKind.LessThanOrEqualExpression, SyntaxKind.GreaterThanExpression],
        [SyntaxKind.LessThanOrEqualExpression] = [SyntaxKind.LessThanExpression],
        [SyntaxKind.GreaterThanExpression] = [SyntaxKind.GreaterThanOrEqualExpression, SyntaxKind.LessThanExpression],
        [SyntaxKind.GreaterThanOrEqualExpression] = [SyntaxKind.GreaterThanExpression],
        [SyntaxKind.EqualsExpression] = [SyntaxKind.NotEqualsExpression],
        [SyntaxKind.NotEqualsExpression] = [SyntaxKind.EqualsExpression],
        [SyntaxKind.LogicalAndExpression] = [SyntaxKind.LogicalOrExpression],
        [SyntaxKind.LogicalOrExpression] = [SyntaxKind.LogicalAndExpression],
    };

    /// <summary>The mistakes of a file; texts, attributes and constants of enumerations are left alone.</summary>
    public static IEnumerable<Mutant> Of(SyntaxTree tree, SemanticModel model)
    {
        foreach (SyntaxNode node in tree.GetRoot().DescendantNodes(child => child is not (AttributeListSyntax or EnumDeclarationSyntax
            or ThrowExpressionSyntax or ThrowStatementSyntax or InterpolatedStringExpressionSyntax)))
        {
            foreach (SyntaxNode changed in Changes(node, model))
            {
                yield return new Mutant(tree, node, changed);
            }
        }
    }

    private static IEnumerable<SyntaxNode> Changes(SyntaxNode node, SemanticModel model) => node switch
    {
        BinaryExpressionSyntax binary when Operators.TryGetValue(binary.Kind(), out SyntaxKind[]? others) && !IsText(binary, model) =>
            others.Select(other => SyntaxFactory.ParseExpression($"{binary.Left} {Sign(other)} {binary.Right}")),
        LiteralExpressionSyntax literal when literal.IsKind(SyntaxKind.NumericLiteralExpression) && literal.Token.Value is int or long =>
            [SyntaxFactory.ParseExpression(Next(literal))],
        LiteralExpressionSyntax literal when literal.IsKind(SyntaxKind.TrueLiteralExpression) => [SyntaxFactory.ParseExpression("false")],
        LiteralExpressionSyntax literal when literal.IsKind(SyntaxKind.FalseLiteralExpression) => [SyntaxFactory.ParseExpression("true")],
        PrefixUnaryExpressionSyntax unary when unary.Kind() is SyntaxKind.LogicalNotExpression or SyntaxKind.UnaryMinusExpression =>
            [SyntaxFactory.ParenthesizedExpression(unary.Operand.WithoutTrivia())],
        ConditionalExpressionSyntax choice => [choice.WithWhenTrue(choice.WhenFalse).WithWhenFalse(choice.WhenTrue)],
        IfStatementSyntax { Condition: var condition } when condition is not (IsPatternExpressionSyntax or BinaryExpressionSyntax) => [],
        RelationalPatternSyntax pattern when Turned(pattern.OperatorToken.Kind()) is { } turned =>
            [pattern.WithOperatorToken(SyntaxFactory.Token(turned).WithTriviaFrom(pattern.OperatorToken))],
        _ => [],
    };

    private static bool IsText(BinaryExpressionSyntax binary, SemanticModel model) =>
        model.GetTypeInfo(binary).Type?.SpecialType == SpecialType.System_String;

    private static string Next(LiteralExpressionSyntax literal) => literal.Token.Value switch
    {
        int number => (number == 0 ? 1 : number + 1).ToString(CultureInfo.InvariantCulture),
        long number => (number + 1).ToString(CultureInfo.InvariantCulture) + "L",
        _ => throw new InvalidOperationException("not a whole number"),
    };

    private static SyntaxKind? Turned(SyntaxKind sign) => sign switch
    {
        SyntaxKind.LessThanToken => SyntaxKind.LessThanEqualsToken,
        SyntaxKind.LessThanEqualsToken => SyntaxKind.LessThanToken,
        SyntaxKind.GreaterThanToken => SyntaxKind.GreaterThanEqualsToken,
        SyntaxKind.GreaterThanEqualsToken => SyntaxKind.GreaterThanToken,
        _ => null,
    };

    private static string Sign(SyntaxKind kind) => kind switch
    {
        SyntaxKind.AddExpression => "+",
        SyntaxKind.SubtractExpression => "-",
        SyntaxKind.MultiplyExpression => "*",
        SyntaxKind.DivideExpression => "/",
        SyntaxKind.LessThanExpression => "<",
        SyntaxKind.LessThanOrEqualExpression => "<=",
        SyntaxKind.GreaterThanExpression => ">",
        SyntaxKind.GreaterThanOrEqualExpression => ">=",
        SyntaxKind.EqualsExpression => "==",
        SyntaxKind.NotEqualsExpression => "!=",
        SyntaxKind.LogicalAndExpression => "&&",
        SyntaxKind.LogicalOrExpression => "||",
        _ => throw new InvalidOperationException(kind.ToString()),
    };
}
