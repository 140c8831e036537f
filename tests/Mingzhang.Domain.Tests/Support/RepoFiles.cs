namespace Mingzhang.Domain.Tests.Support;

/// <summary>Files of the repository, wherever it is checked out.</summary>
internal static class RepoFiles
{
    public static string Root { get; } = Above(AppContext.BaseDirectory);

    /// <summary>The text of a file below the root.</summary>
    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>A file of the outside data next to the repository; reports the test as skipped when it is not there.</summary>
    public static string SharedData(string path)
    {
        for (var folder = new DirectoryInfo(Root); folder is not null; folder = folder.Parent)
        {
            var found = Path.Combine(folder.FullName, "shared", "data", path);
            if (File.Exists(found))
            {
                return found;
            }
        }

        Assert.Skip($"shared/data/{path} is not beside this repository.");
        return "";
    }

    private static string Above(string from)
    {
        for (var folder = new DirectoryInfo(from); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Mingzhang.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No Mingzhang.slnx above {from}.");
    }
}
