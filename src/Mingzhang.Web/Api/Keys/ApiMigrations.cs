using Mingzhang.Store;

namespace Mingzhang.Web.Api;

/// <summary>The tables of the API; hand them to the store when it is opened.</summary>
public static class ApiMigrations
{
    /// <summary>In order of version.</summary>
    public static IReadOnlyList<Migration> All { get; } =
    [
        new("api", 1, """
            CREATE TABLE api_key (
                id         TEXT    PRIMARY KEY,
                hash       TEXT    NOT NULL UNIQUE, -- SHA-256 of the key, hexadecimal; the key itself is nowhere
                scopes     TEXT    NOT NULL,        -- separated by spaces
                customer   INTEGER NOT NULL,        -- 0 = every customer, else this one only
                active     INTEGER NOT NULL
            ) WITHOUT ROWID;
            CREATE TABLE api_answer (
                key_id          TEXT    NOT NULL,   -- which API key asked
                idempotency_key TEXT    NOT NULL,
                request_hash    TEXT    NOT NULL,   -- SHA-256 over method, address and body
                status          INTEGER NOT NULL,
                body            TEXT    NOT NULL,   -- the answer, byte for byte
                PRIMARY KEY (key_id, idempotency_key)
            ) WITHOUT ROWID;
            """),
        new("api", 2, "ALTER TABLE api_key ADD COLUMN owner TEXT NOT NULL DEFAULT ''"),
    ];
}
