using Mingzhang.Store;

namespace Mingzhang.Services.Incidents;

/// <summary>A disturbance of the service that borrowers may notice (R145, R146).</summary>
/// <param name="Number">Counts up.</param>
/// <param name="Kind">bank, permissions, integrity or declared: who found it.</param>
/// <param name="Zh">What does not work, in words for a borrower.</param>
/// <param name="En">In English.</param>
/// <param name="Product">Product code; empty = all.</param>
/// <param name="StopsUse">Whether new use is refused while it lasts.</param>
/// <param name="BeganAt">Microseconds since 1970 UTC.</param>
/// <param name="ExpectedAt">When it is expected to be over; 0 = unknown.</param>
/// <param name="EndedAt">When it was over; 0 = it lasts.</param>
/// <param name="By">Who declared it.</param>
public sealed record Incident(
    long Number, string Kind, string Zh, string En, string Product, bool StopsUse, long BeganAt, long ExpectedAt, long EndedAt, string By)
{
    /// <summary>What people call it: <c>INC-7</c>.</summary>
    public string Name => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"INC-{Number}");

    /// <summary>Whether it concerns a product.</summary>
    public bool Concerns(string product) => Product.Length == 0 || Product == product;
}

/// <summary>The table of incidents.</summary>
public static class IncidentMigrations
{
    /// <summary>In order of version.</summary>
    public static IReadOnlyList<Migration> All { get; } =
    [
        new("incidents", 1, """
            CREATE TABLE incident (
                number      INTEGER PRIMARY KEY,
                kind        TEXT    NOT NULL,
                zh          TEXT    NOT NULL,
                en          TEXT    NOT NULL,
                product     TEXT    NOT NULL,  -- empty = all
                stops_use   INTEGER NOT NULL,
                began_at    INTEGER NOT NULL,  -- microseconds since 1970 UTC
                expected_at INTEGER NOT NULL,  -- 0 = unknown
                ended_at    INTEGER NOT NULL,  -- 0 = it lasts
                declared_by TEXT    NOT NULL
            );
            """),
    ];
}
