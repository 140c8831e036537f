namespace Mingzhang.Store;

/// <summary>The store's own schema steps, and what holds for the steps of every part.</summary>
internal static class Migrations
{
    /// <summary>The store's own steps, from the embedded files.</summary>
    public static IReadOnlyList<Migration> Core { get; } = [.. Read("Mingzhang.Store.Migrations.", "core")];

    /// <summary>
    /// The steps of the store and of others that a database has not seen, each part's in order. Throws <see cref="StoreException"/> when
    /// the database is newer than the program.
    /// </summary>
    public static IEnumerable<Migration> Missing(IEnumerable<Migration> others, Func<string, long> versionOf)
    {
        foreach (var part in Core.Concat(others).GroupBy(step => step.Part, StringComparer.Ordinal))
        {
            var steps = part.OrderBy(step => step.Version).ToList();
            var have = versionOf(part.Key);
            if (have > steps[^1].Version)
            {
                throw new StoreException($"The database has version {have} of part {part.Key}; this program knows {steps[^1].Version}. "
                    + "Use the newer program.");
            }

            foreach (var step in steps.Where(step => step.Version > have))
            {
                yield return step;
            }
        }
    }

    /// <summary>A part's steps from the embedded files of a folder.</summary>
    public static IEnumerable<Migration> Read(string folder, string part)
    {
        var assembly = typeof(Migrations).Assembly;
        var names = assembly.GetManifestResourceNames().Where(name => name.StartsWith(folder, StringComparison.Ordinal));
        var version = 0;
        foreach (var name in names.Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return new Migration(part, ++version, reader.ReadToEnd());
        }
    }
}
