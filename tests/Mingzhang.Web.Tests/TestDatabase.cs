using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Mingzhang.Engine;
using Mingzhang.Store.Tests;

namespace Mingzhang.Web.Tests;

/// <summary>Where a test's house stands: a file, or with <c>MZ_TEST_STORE=postgres</c> a database of a private server.</summary>
internal static class TestDatabase
{
    private static readonly Lazy<string> Demo = new(Make);

    private static bool IsServer => Environment.GetEnvironmentVariable("MZ_TEST_STORE") == "postgres";

    /// <summary>An empty one.</summary>
    public static string In(string folder) => IsServer ? PostgresCluster.One.Value!.NewDatabase() : Path.Combine(folder, "house.db");

    /// <summary>
    /// A sandbox that was started and closed before, with its customers and what belongs to it: made once a process and copied, because
    /// making one takes five times as long as starting it again. On a server an empty one.
    /// </summary>
    public static string DemoIn(string folder)
    {
        if (!IsServer && !File.Exists(In(folder)))
        {
            Copy(Demo.Value, folder);
        }

        return In(folder);
    }

    private static string Make()
    {
        var folder = Directory.CreateTempSubdirectory("mz-demo-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        using var first = new WebApplicationFactory<Program>().WithWebHostBuilder(host => host
            .UseSetting("MZ_DB", In(folder)).UseSetting("MZ_DATA", folder).UseSetting("MZ_CANARY", "false")
            .UseSetting("Logging:LogLevel:Default", "Warning"));
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        first.Services.GetRequiredService<CreditHouse>().CatchUpFollowersAsync(limit.Token).GetAwaiter().GetResult();
        return folder;
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
