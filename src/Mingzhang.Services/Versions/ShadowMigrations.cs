using Mingzhang.Store;

namespace Mingzhang.Services.Versions;

/// <summary>The table of shadow runs: who tried which version when, and what it found. It stays with the decision to publish.</summary>
public static class ShadowMigrations
{
    /// <summary>In order of version.</summary>
    public static IReadOnlyList<Migration> All { get; } =
    [
        new("shadow", 1, """
            CREATE TABLE shadow_run (
                run_id   TEXT    PRIMARY KEY,  -- from the version's text, the question and the business day
                product  TEXT    NOT NULL,
                version  INTEGER NOT NULL,
                terms    TEXT    NOT NULL,     -- the product file as tried
                bills    INTEGER NOT NULL,     -- the question
                payer    TEXT    NOT NULL,
                asked_on INTEGER NOT NULL,     -- business day
                asked_at INTEGER NOT NULL,     -- microseconds since 1970 UTC
                asked_by TEXT    NOT NULL,
                seen_at  INTEGER NOT NULL,     -- last sign of life of the server that runs it, microseconds since 1970 UTC
                accounts INTEGER NOT NULL,     -- live accounts of the product; 0 while they are counted
                looked   INTEGER NOT NULL,
                found    TEXT    NOT NULL,     -- JSON; empty until it is done
                broken   TEXT    NOT NULL      -- why it broke off; empty = it did not
            );
            """),
    ];
}
