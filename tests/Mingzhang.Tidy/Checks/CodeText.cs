using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Mingzhang.Tidy.Checks;

/// <summary>C# text as a syntax tree. Comments are trivia there, and string contents are single tokens.</summary>
public static class CodeText
{
    private static readonly CSharpParseOptions Options = new(LanguageVersion.Preview, DocumentationMode.None);

    public static SyntaxNode Parse(string text) => CSharpSyntaxTree.ParseText(text, Options).GetRoot();

    public static int LineOf(SyntaxNode node) => node.GetLocation().GetLineSpan().StartLinePosition.Line + 1;

    public static int LineOf(SyntaxToken token) => token.GetLocation().GetLineSpan().StartLinePosition.Line + 1;

    /// <summary>Lines a node takes from its first to its last token; the comment above it does not count.</summary>
    public static int LinesOf(SyntaxNode node)
    {
        FileLinePositionSpan span = node.GetLocation().GetLineSpan();
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }
}
