using Mingzhang.Store;

namespace Mingzhang.Services.Access;

/// <summary>The table of published conditions of use.</summary>
public static class AccessMigrations
{
    /// <summary>In order of version.</summary>
    public static IReadOnlyList<Migration> All { get; } =
    [
        new("access", 1, """
            CREATE TABLE access_rules (
                code         TEXT    NOT NULL,
                version      INTEGER NOT NULL,
                from_on      INTEGER NOT NULL,
                json         TEXT    NOT NULL,
                published_by TEXT    NOT NULL,
                published_at INTEGER NOT NULL,  -- microseconds since 1970 UTC
                PRIMARY KEY (code, version)
            ) WITHOUT ROWID;
            """),
    ];
}
