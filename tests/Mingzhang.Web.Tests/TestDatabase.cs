using Mingzhang.Store.Tests;

namespace Mingzhang.Web.Tests;

/// <summary>Where a test's house stands: a file, or with <c>MZ_TEST_STORE=postgres</c> a database of a private server.</summary>
internal static class TestDatabase
{
    public static string In(string folder) => Environment.GetEnvironmentVariable("MZ_TEST_STORE") == "postgres"
        ? PostgresCluster.One.Value!.NewDatabase() : Path.Combine(folder, "house.db");
}
