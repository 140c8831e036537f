using Mingzhang.Store;

namespace Mingzhang.Services.People;

/// <summary>The tables of people. What identifies a person stands in them sealed or as a keyed hash, never plain.</summary>
public static class PeopleMigrations
{
    /// <summary>In order of version.</summary>
    public static IReadOnlyList<Migration> All { get; } =
    [
        new("people", 1, """
            CREATE TABLE people_secret (
                name    TEXT PRIMARY KEY,           -- search: what the keys of the search hashes are derived from
                key_id  TEXT NOT NULL,              -- the master key that wrapped it
                sealed  BLOB NOT NULL
            ) WITHOUT ROWID;
            CREATE TABLE person (
                partition_id INTEGER NOT NULL,
                customer_id  INTEGER NOT NULL,
                key_version  INTEGER NOT NULL,
                key_id       TEXT    NOT NULL,      -- the master key that wrapped the data key
                data_key     BLOB    NOT NULL,
                added_at     INTEGER NOT NULL,      -- microseconds since 1970 UTC
                PRIMARY KEY (partition_id, customer_id)
            ) WITHOUT ROWID;
            CREATE TABLE person_field (
                partition_id INTEGER NOT NULL,
                customer_id  INTEGER NOT NULL,
                field        TEXT    NOT NULL,      -- name, phone, id-number, email or region
                sealed       BLOB    NOT NULL,
                PRIMARY KEY (partition_id, customer_id, field)
            ) WITHOUT ROWID;
            CREATE TABLE person_hash (
                partition_id INTEGER NOT NULL,
                customer_id  INTEGER NOT NULL,
                kind         TEXT    NOT NULL,      -- name, phone, phone-tail, id-number or id-tail
                hash         BLOB    NOT NULL,
                PRIMARY KEY (partition_id, customer_id, kind)
            ) WITHOUT ROWID;
            CREATE INDEX person_hash_find ON person_hash (hash, partition_id);
            """),
    ];
}
