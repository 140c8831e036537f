using Mingzhang.Store;

namespace Mingzhang.Web.Identity;

/// <summary>The tables of this host: people, log-ins, settings.</summary>
public static class WebMigrations
{
    /// <summary>In order of version.</summary>
    public static IReadOnlyList<Migration> All { get; } =
    [
        new("web", 1, """
            CREATE TABLE web_person (
                partition_id     INTEGER NOT NULL,
                customer_id      INTEGER NOT NULL,
                name             TEXT    NOT NULL,
                phone            TEXT    NOT NULL,
                pin_hash         TEXT    NOT NULL,
                pin_failures     INTEGER NOT NULL,
                pin_locked_until INTEGER NOT NULL,  -- microseconds since 1970 UTC, 0 = not locked
                PRIMARY KEY (partition_id, customer_id)
            ) WITHOUT ROWID;
            CREATE TABLE web_login (
                realm         TEXT    NOT NULL,     -- app or console
                login         TEXT    NOT NULL,     -- phone or staff name
                password_hash TEXT    NOT NULL,
                partition_id  INTEGER NOT NULL,     -- of the customer; 0 for staff
                customer_id   INTEGER NOT NULL,     -- 0 for staff
                PRIMARY KEY (realm, login)
            ) WITHOUT ROWID;
            CREATE TABLE web_setting (
                name  TEXT PRIMARY KEY,
                value TEXT NOT NULL
            ) WITHOUT ROWID;
            """),
        // Names and phones wait here until the house, which has the keys, is opened and seals them (PlainPeople).
        new("web", 2, """
            CREATE TABLE person_plain (
                partition_id INTEGER NOT NULL,
                customer_id  INTEGER NOT NULL,
                name         TEXT    NOT NULL,
                phone        TEXT    NOT NULL,
                PRIMARY KEY (partition_id, customer_id)
            ) WITHOUT ROWID;
            INSERT INTO person_plain (partition_id, customer_id, name, phone)
                SELECT partition_id, customer_id, name, phone FROM web_person;
            ALTER TABLE web_person DROP COLUMN name;
            ALTER TABLE web_person DROP COLUMN phone;
            """),
        .. DoorMigrations.All,
    ];
}
