using System.Text;

namespace Mingzhang.Web.Tests.People;

/// <summary>A canary that was found, and where.</summary>
internal sealed record CanaryHit(string Canary, string File);

/// <summary>Looks for texts in every byte of every file of a folder: as UTF-8, as UTF-16, and with letters escaped as in JSON.</summary>
internal static class Canaries
{
    public static IReadOnlyList<CanaryHit> FoundIn(string folder, params IReadOnlyList<string> canaries)
    {
        var files = Files(folder);
        return [.. canaries.SelectMany(canary => files
            .Where(file => Forms(canary).Any(form => file.Bytes.AsSpan().IndexOf(form) >= 0))
            .Select(file => new CanaryHit(canary, Path.GetFileName(file.Name))).Take(1))];
    }

    public static IReadOnlyList<(string Name, byte[] Bytes)> Files(string folder) =>
        [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select(file => (file, Read(file)))];

    public static IEnumerable<byte[]> Forms(string canary)
    {
        yield return Encoding.UTF8.GetBytes(canary);
        yield return Encoding.Unicode.GetBytes(canary);
        yield return Encoding.ASCII.GetBytes(Uri.EscapeDataString(canary));
        yield return Encoding.ASCII.GetBytes(System.Text.Json.JsonSerializer.Serialize(canary).Trim('"'));
    }

    private static byte[] Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }
}
