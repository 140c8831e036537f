using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Mingzhang.Tidy.Checks;

/// <summary>One concept a file, one thought a method. Limits only ever go down.</summary>
public static class Sizes
{
    public const int FileMax = 500;
    public const int FileP95 = 300;
    public const int FileMedianMin = 20;
    public const int FileMedianMax = 120;
    public const int MethodMax = 60;

    /// <summary>Fewer files than this have no meaningful median.</summary>
    public const int SpreadFrom = 20;

    public static int LinesIn(string text) => text.Length == 0 ? 0 : text.TrimEnd('\n').Count(c => c == '\n') + 1;

    public static IEnumerable<Violation> Files(IReadOnlyCollection<RepoFile> files)
    {
        foreach (RepoFile file in files.Where(f => LinesIn(f.Text) > FileMax))
        {
            yield return new(file.Path, 0, $"{LinesIn(file.Text)} lines; a file has at most {FileMax}. Split it by concept.");
        }
    }

    public static IEnumerable<Violation> Spread(IReadOnlyCollection<RepoFile> files)
    {
        if (files.Count < SpreadFrom)
        {
            yield break;
        }

        int[] sizes = [.. files.Select(f => LinesIn(f.Text)).Order()];
        int median = sizes[sizes.Length / 2];
        int p95 = sizes[(sizes.Length - 1) * 95 / 100];
        if (median is < FileMedianMin or > FileMedianMax)
        {
            yield return new("src", 0, $"median file has {median} lines; wanted {FileMedianMin} to {FileMedianMax}.");
        }

        if (p95 > FileP95)
        {
            yield return new("src", 0, $"95 % of files are wanted below {FileP95} lines; the 95th percentile is {p95}.");
        }
    }

    public static IEnumerable<Violation> Methods(RepoFile file)
    {
        SyntaxNode root = CodeText.Parse(file.Text);
        foreach (SyntaxNode body in root.DescendantNodes().Where(IsMethodLike))
        {
            int lines = CodeText.LinesOf(body);
            if (lines > MethodMax)
            {
                yield return new(file.Path, CodeText.LineOf(body), $"a method of {lines} lines; at most {MethodMax}. Name its parts.");
            }
        }

        int total = root.ChildNodes().OfType<GlobalStatementSyntax>().Where(s => s.Statement is not LocalFunctionStatementSyntax)
            .Sum(s => CodeText.LinesOf(s));
        if (total > MethodMax)
        {
            yield return new(file.Path, 1, $"top-level statements of {total} lines; at most {MethodMax}. Move parts into named methods.");
        }
    }

    private static bool IsMethodLike(SyntaxNode node) =>
        node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax
            or PropertyDeclarationSyntax { ExpressionBody: not null };
}
