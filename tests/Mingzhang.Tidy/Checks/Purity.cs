using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Mingzhang.Tidy.Checks;

/// <summary>The Domain computes with whole numbers from what it is given: no fraction, clock, chance, thread or mutable global.</summary>
public static class Purity
{
    /// <summary>Folders below src/Mingzhang.Domain that may compute with fractions. They never post money.</summary>
    public static readonly string[] FractionFolders = ["AnnualCost"];

    private static readonly HashSet<string> Fractions = new(StringComparer.Ordinal)
    {
        "float", "double", "decimal", "Double", "Decimal", "Half", "MathF",
    };

    private static readonly HashSet<string> Impure = new(StringComparer.Ordinal)
    {
        "DateTime", "DateTimeOffset", "TimeProvider", "Stopwatch", "Timer", "Guid", "Random", "RandomNumberGenerator",
        "Task", "ValueTask", "async", "await", "IAsyncEnumerable", "Thread", "Environment", "CultureInfo.CurrentCulture", "ThreadStatic",
    };

    private static readonly HashSet<Type> ForbiddenTypes =
    [
        typeof(float), typeof(double), typeof(decimal), typeof(Half), typeof(DateTime), typeof(DateTimeOffset), typeof(TimeProvider),
        typeof(System.Diagnostics.Stopwatch), typeof(Guid), typeof(Random),
        typeof(Task), typeof(Task<>), typeof(ValueTask), typeof(ValueTask<>),
    ];

    public static IEnumerable<Violation> InSource(RepoFile file)
    {
        bool fractionsAllowed = FractionFolders.Any(folder => file.IsUnder("src/Mingzhang.Domain/" + folder));
        SyntaxNode root = CodeText.Parse(file.Text);
        foreach (SyntaxToken token in root.DescendantTokens())
        {
            bool isFraction = Fractions.Contains(token.Text) || token.Value is double or float or decimal;
            if ((isFraction && !fractionsAllowed) || Impure.Contains(token.Text))
            {
                string what = $"'{token.Text}' does not belong in the Domain (docs/decisions/0001, 0002).";
                yield return new(file.Path, CodeText.LineOf(token), what);
            }
        }

        foreach (FieldDeclarationSyntax field in root.DescendantNodes().OfType<FieldDeclarationSyntax>())
        {
            SyntaxTokenList modifiers = field.Modifiers;
            if (modifiers.Any(SyntaxKind.StaticKeyword) && !modifiers.Any(SyntaxKind.ReadOnlyKeyword))
            {
                yield return new(file.Path, CodeText.LineOf(field), "a static field that can change is shared state; the Domain has none.");
            }
        }

        foreach (SyntaxToken token in root.DescendantTokens().Where(t => t.IsKind(SyntaxKind.ImplicitKeyword)))
        {
            yield return new(file.Path, CodeText.LineOf(token), "an implicit conversion lets one kind of value pass as another.");
        }
    }

    /// <summary>The same question asked of the compiled types, where aliases and inference cannot hide the answer.</summary>
    public static IEnumerable<Violation> InTypes(IEnumerable<Type> types)
    {
        const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static
            | BindingFlags.DeclaredOnly;
        foreach (Type type in types)
        {
            foreach (MemberInfo member in type.GetMembers(Declared))
            {
                foreach (Type used in SignatureOf(member).SelectMany(Flatten).Where(ForbiddenTypes.Contains))
                {
                    yield return new(type.FullName ?? type.Name, 0, $"{member.Name} uses {used.Name}.");
                }
            }
        }
    }

    private static IEnumerable<Type> SignatureOf(MemberInfo member) => member switch
    {
        FieldInfo field => [field.FieldType],
        PropertyInfo property => [property.PropertyType],
        MethodInfo method => [method.ReturnType, .. method.GetParameters().Select(p => p.ParameterType)],
        ConstructorInfo constructor => constructor.GetParameters().Select(p => p.ParameterType),
        _ => [],
    };

    private static IEnumerable<Type> Flatten(Type type)
    {
        yield return type;
        if (type.HasElementType)
        {
            foreach (Type inner in Flatten(type.GetElementType()!))
            {
                yield return inner;
            }
        }

        if (type.IsGenericType)
        {
            yield return type.GetGenericTypeDefinition();
            foreach (Type inner in type.GetGenericArguments().SelectMany(Flatten))
            {
                yield return inner;
            }
        }
    }
}
