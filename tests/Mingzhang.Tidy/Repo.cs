namespace Mingzhang.Tidy;

/// <summary>A hand-written file of the repository: its path from the root, with forward slashes, and its text.</summary>
public sealed record RepoFile(string Path, string Text)
{
    public string Folder => Path.Contains('/') ? Path[..Path.LastIndexOf('/')] : "";

    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    public bool IsCSharp => Path.EndsWith(".cs", StringComparison.Ordinal);

    public bool IsUnder(string folder) => Path.StartsWith(folder + "/", StringComparison.Ordinal);
}

/// <summary>The repository as text. What the build produces and what .gitignore names is left out.</summary>
public static class Repo
{
    private static readonly HashSet<string> IgnoredFolders = new(StringComparer.Ordinal)
    {
        ".git", "artifacts", "bin", "obj", "node_modules", "TestResults", ".vs", ".idea",
    };

    private static readonly HashSet<string> TextExtensions = new(StringComparer.Ordinal)
    {
        "", ".cs", ".razor", ".css", ".js", ".html", ".md", ".txt", ".json", ".sql", ".csproj", ".props", ".targets", ".task", ".slnx",
        ".sh", ".yml", ".yaml", ".case", ".editorconfig", ".gitignore", ".gitattributes",
    };

    /// <summary>The folder that holds the solution file.</summary>
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    private static Lazy<IReadOnlyList<RepoFile>> All { get; } = new(() => [.. Read(Root)]);

    public static IReadOnlyList<RepoFile> Files => All.Value;

    public static IEnumerable<RepoFile> CSharpUnder(string folder) => Files.Where(f => f.IsCSharp && f.IsUnder(folder));

    public static bool Exists(string path) =>
        File.Exists(Path.Combine(Root, path)) || Directory.Exists(Path.Combine(Root, path));

    private static string FindRoot(string from)
    {
        for (DirectoryInfo? folder = new(from); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Mingzhang.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No Mingzhang.slnx above {from}.");
    }

    private static IEnumerable<RepoFile> Read(string root)
    {
        Stack<string> folders = new([root]);
        while (folders.TryPop(out string? folder))
        {
            foreach (string child in Directory.EnumerateDirectories(folder))
            {
                string name = Path.GetFileName(child);
                bool isDataAtRoot = name == "data" && folder == root;
                if (!IgnoredFolders.Contains(name) && !isDataAtRoot)
                {
                    folders.Push(child);
                }
            }

            foreach (string file in Directory.EnumerateFiles(folder))
            {
                string path = Path.GetRelativePath(root, file).Replace('\\', '/');
                if (path != ".git" && TextExtensions.Contains(Path.GetExtension(file)))
                {
                    yield return new RepoFile(path, File.ReadAllText(file));
                }
            }
        }
    }
}
