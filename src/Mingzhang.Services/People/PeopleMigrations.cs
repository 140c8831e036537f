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
        new("people", 2, """
            CREATE TABLE person_card (
                partition_id INTEGER NOT NULL,
                customer_id  INTEGER NOT NULL,
                card_id      TEXT    NOT NULL,
                sealed       BLOB    NOT NULL,      -- token, last four, bank, kind; never the number
                is_default   INTEGER NOT NULL,
                added_at     INTEGER NOT NULL,      -- microseconds since 1970 UTC
                PRIMARY KEY (partition_id, customer_id, card_id)
            ) WITHOUT ROWID;
            CREATE TABLE person_device (
                partition_id INTEGER NOT NULL,
                customer_id  INTEGER NOT NULL,
                device_id    TEXT    NOT NULL,
                sealed       BLOB    NOT NULL,      -- its name
                first_at     INTEGER NOT NULL,
                last_at      INTEGER NOT NULL,
                PRIMARY KEY (partition_id, customer_id, device_id)
            ) WITHOUT ROWID;
            CREATE TABLE person_consent (
                partition_id INTEGER NOT NULL,
                customer_id  INTEGER NOT NULL,
                number       INTEGER NOT NULL,
                code         TEXT    NOT NULL,
                version      TEXT    NOT NULL,
                given        INTEGER NOT NULL,      -- 0: withdrawn
                at           INTEGER NOT NULL,
                channel      TEXT    NOT NULL,
                evidence     BLOB    NOT NULL,      -- sealed: the hash of what proves it
                PRIMARY KEY (partition_id, customer_id, number)
            ) WITHOUT ROWID;
            CREATE TABLE person_look (
                partition_id INTEGER NOT NULL,
                customer_id  INTEGER NOT NULL,
                number       INTEGER NOT NULL,
                at           INTEGER NOT NULL,
                who          TEXT    NOT NULL,      -- of the house
                page         TEXT    NOT NULL,
                note         BLOB    NOT NULL,      -- sealed; empty = none
                PRIMARY KEY (partition_id, customer_id, number)
            ) WITHOUT ROWID;
            CREATE TABLE person_erasure (
                partition_id INTEGER NOT NULL,
                customer_id  INTEGER NOT NULL,
                erased_at    INTEGER NOT NULL,
                erased_by    TEXT    NOT NULL,
                destroyed    INTEGER NOT NULL,      -- rows
                PRIMARY KEY (partition_id, customer_id, erased_at)
            ) WITHOUT ROWID;
            """),
    ];
}
