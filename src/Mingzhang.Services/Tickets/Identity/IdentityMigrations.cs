using Mingzhang.Store;

namespace Mingzhang.Services.Tickets.Identity;

/// <summary>The tables of identity checks by agents.</summary>
public static class IdentityMigrations
{
    /// <summary>In order of version.</summary>
    public static IReadOnlyList<Migration> All { get; } =
    [
        new("identity-check", 1, """
            CREATE TABLE identity_attempt (
                partition_id INTEGER NOT NULL,  -- of the customer; 0 when the phone is nobody's
                customer_id  INTEGER NOT NULL,  -- 0 when the phone is nobody's
                number       INTEGER NOT NULL,
                at           INTEGER NOT NULL,  -- microseconds since 1970 UTC
                staff        TEXT    NOT NULL,
                outcome      TEXT    NOT NULL,  -- passed, wrong or locked
                PRIMARY KEY (partition_id, customer_id, number)
            ) WITHOUT ROWID;
            CREATE TABLE identity_lock (
                partition_id INTEGER NOT NULL,  -- of the customer; 0 for staff
                subject      TEXT    NOT NULL,  -- customer:… or staff:…
                failures     INTEGER NOT NULL,
                locked_until INTEGER NOT NULL,  -- microseconds since 1970 UTC, 0 = not locked
                PRIMARY KEY (partition_id, subject)
            ) WITHOUT ROWID;
            CREATE TABLE identity_pass (
                partition_id INTEGER NOT NULL,
                customer_id  INTEGER NOT NULL,
                staff        TEXT    NOT NULL,
                until_at     INTEGER NOT NULL,  -- microseconds since 1970 UTC
                PRIMARY KEY (partition_id, customer_id, staff)
            ) WITHOUT ROWID;
            """),
    ];
}
