using System.Diagnostics;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Mingzhang.Mutants.Tool;

/// <summary>
/// T19: mistakes in the domain, drawn by a seed; each is compiled and the tests of the domain, then the comparison with the naive model,
/// are run on it until one fails. What none notices is named.
/// </summary>
/// <param name="folders">Folders of the domain; none = those where money is worked out.</param>
/// <param name="seed">Of the draw.</param>
public sealed class MutantRun(IReadOnlyList<string> folders, int seed)
{
    private static readonly string[] Money =
    [
        "Values", "Billing", "Calendar", "Closing", "Delinquency", "Instalments", "Ledger", "Lenders", "Limits", "Loans", "Repayment",
        "Schedules",
    ];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(600);

    private readonly string _root = Root();
    private readonly SortedDictionary<string, (int Killed, int Lived)> _byFolder = new(StringComparer.Ordinal);
    private readonly List<string> _lived = [];
    private int _invalid;

    private string Domain => Path.Combine(_root, "src", "Mingzhang.Domain");

    /// <summary>Draws and tries until the time is over; 0 when the unchanged domain passes.</summary>
    public async Task<int> RunAsync(TimeSpan most, Action<string> tell)
    {
        Stopwatch watch = Stopwatch.StartNew();
        CSharpCompilation domain = Compilation();
        List<Suite> suites =
        [
            new(_root, "Mingzhang.Domain.Tests", []),
            new(_root, "Mingzhang.Simulation", ["-class", "*CaseTests", "-class", "*OracleTests"]),
        ];
        if (!Emit(domain, suites) || await NoticedAsync(suites) is { } broken)
        {
            tell("the unchanged domain does not compile or pass");
            return 1;
        }

        List<Mutant> all = [.. Mutants(domain)];
        tell(string.Create(
            CultureInfo.InvariantCulture, $"{all.Count} possible mistakes; the unchanged domain took {watch.Elapsed.TotalSeconds:0} s"));
        Random random = new(seed);
        while (watch.Elapsed < most && all.Count > 0)
        {
            int drawn = random.Next(all.Count);
            Mutant mutant = all[drawn];
            all.RemoveAt(drawn);
            await TryAsync(domain, mutant, suites, tell);
        }

        suites.ForEach(suite => suite.Dispose());
        Tell(tell, watch.Elapsed);
        return 0;
    }

    private async Task TryAsync(CSharpCompilation domain, Mutant mutant, List<Suite> suites, Action<string> tell)
    {
        if (!Emit(domain.ReplaceSyntaxTree(mutant.Tree, mutant.Mutated), suites))
        {
            _invalid++;
            return;
        }

        string? by = await NoticedAsync(suites);
        string folder = Path.GetRelativePath(Domain, mutant.Tree.FilePath).Split(Path.DirectorySeparatorChar)[0];
        (int killed, int lived) = _byFolder.GetValueOrDefault(folder);
        _byFolder[folder] = by is null ? (killed, lived + 1) : (killed + 1, lived);
        string place = mutant.Place(_root);
        tell($"{(by is null ? "NOT NOTICED" : "noticed by " + by)}: {place}");
        if (by is null)
        {
            _lived.Add(place);
        }
    }

    private void Tell(Action<string> tell, TimeSpan took)
    {
        (int killed, int lived) = (_byFolder.Values.Sum(one => one.Killed), _byFolder.Values.Sum(one => one.Lived));
        tell(string.Create(CultureInfo.InvariantCulture,
            $"seed {seed}: {killed + lived} mistakes tried, {killed} noticed ({100.0 * killed / Math.Max(1, killed + lived):0} %), "
            + $"{_invalid} drawn that do not compile; {took.TotalSeconds:0} s"));
        foreach ((string folder, (int Killed, int Lived) score) in _byFolder)
        {
            tell(string.Create(CultureInfo.InvariantCulture, $"  {folder}: {score.Killed} of {score.Killed + score.Lived}"));
        }

        _lived.ForEach(place => tell("  not noticed: " + place));
    }

    private static async Task<string?> NoticedAsync(List<Suite> suites)
    {
        foreach (Suite suite in suites)
        {
            if (!await suite.PassesAsync(Patience))
            {
                return suite.Name;
            }
        }

        return null;
    }

    private static bool Emit(CSharpCompilation domain, List<Suite> suites)
    {
        using MemoryStream bytes = new();
        if (!domain.Emit(bytes).Success)
        {
            return false;
        }

        suites.ForEach(suite => suite.Put(bytes.ToArray()));
        return true;
    }

    private IEnumerable<Mutant> Mutants(CSharpCompilation domain) => domain.SyntaxTrees
        .Where(tree => (folders.Count > 0 ? folders : Money).Any(folder =>
            tree.FilePath.StartsWith(Path.Combine(Domain, folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal)))
        .SelectMany(tree => Mutator.Of(tree, domain.GetSemanticModel(tree)));

    /// <summary>The domain as its project builds it.</summary>
    private CSharpCompilation Compilation()
    {
        CSharpParseOptions parse = new(LanguageVersion.CSharp14);
        string made = Path.Combine(_root, "artifacts", "obj", "Mingzhang.Domain", "debug");
        IEnumerable<string> files = Directory.EnumerateFiles(Domain, "*.cs", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(made, "Mingzhang.Domain.*.cs"));
        IEnumerable<MetadataReference> references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is var name && (name.StartsWith("System.", StringComparison.Ordinal)
                || name is "netstandard.dll" or "mscorlib.dll"))
            .Select(path => MetadataReference.CreateFromFile(path));
        return CSharpCompilation.Create(
            "Mingzhang.Domain", files.Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), parse, file)), references,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, checkOverflow: true,
                nullableContextOptions: NullableContextOptions.Enable));
    }

    private static string Root()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Mingzhang.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("Mingzhang.slnx is not above this program");
    }
}
