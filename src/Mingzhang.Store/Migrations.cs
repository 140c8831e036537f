namespace Mingzhang.Store;

/// <summary>The store's own schema steps, and what holds for the steps of every part.</summary>
internal static class Migrations
{
    /// <summary>The store's own steps, from the embedded files.</summary>
    public static IReadOnlyList<Migration> Core { get; } = [.. Read()];

    /// <summary>Throws <see cref="StoreException"/> when a database is newer than the program.</summary>
    public static void MustKnow(string part, long have, int known)
    {
        if (have > known)
        {
            throw new StoreException($"The database has version {have} of part {part}; this program knows {known}. Use the newer program.");
        }
    }

    private static IEnumerable<Migration> Read()
    {
        var assembly = typeof(Migrations).Assembly;
        const string folder = "Mingzhang.Store.Migrations.";
        var names = assembly.GetManifestResourceNames().Where(name => name.StartsWith(folder, StringComparison.Ordinal));
        var version = 0;
        foreach (var name in names.Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return new Migration("core", ++version, reader.ReadToEnd());
        }
    }
}
