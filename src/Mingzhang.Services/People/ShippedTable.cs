using System.Reflection;

namespace Mingzhang.Services.People;

/// <summary>A table that comes with the program (<c>data/people</c>): plain fields separated by commas, a header line, no quotes.</summary>
internal static class ShippedTable
{
    /// <summary>The rows after the header; throws when a row has another number of fields, which is a bug.</summary>
    public static IEnumerable<string[]> Rows(string name, int fields)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("people/" + name)!);
        _ = reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            var row = line.Split(',');
            yield return row.Length == fields ? row : throw new InvalidOperationException($"{name}: '{line}' has {row.Length} fields.");
        }
    }
}
