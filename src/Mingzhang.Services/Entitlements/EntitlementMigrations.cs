using Mingzhang.Store;

namespace Mingzhang.Services.Entitlements;

/// <summary>The tables of the permission store.</summary>
public static class EntitlementMigrations
{
    /// <summary>In order of version.</summary>
    public static IReadOnlyList<Migration> All { get; } =
    [
        new("entitlements", 1, """
            CREATE TABLE entitlement (
                partition_id INTEGER NOT NULL,
                account_id   INTEGER NOT NULL,
                wanted       INTEGER NOT NULL,  -- journal sequence it has to know
                wanted_at    INTEGER NOT NULL,  -- when that became so, microseconds since 1970 UTC
                repaid       INTEGER NOT NULL,  -- 1: a repayment is among what it has to know
                granted      INTEGER NOT NULL,  -- journal sequence it stands at; 0 = never worked out
                granted_at   INTEGER NOT NULL,
                granted_on   INTEGER NOT NULL,  -- business day of the figures, 0 = none
                next_on      INTEGER NOT NULL,  -- first day on which they change by themselves
                spend        INTEGER NOT NULL,  -- 1: the account may be used at merchants
                borrow       INTEGER NOT NULL,  -- 1: loans may be taken
                total        INTEGER NOT NULL,  -- limit of the general pool, minor units
                available    INTEGER NOT NULL,  -- at most so much, minor units
                posted       INTEGER NOT NULL,  -- posted balance, minor units
                due          INTEGER NOT NULL,  -- billed and unpaid, minor units
                rules        TEXT    NOT NULL,  -- access rules it was decided with
                hold         TEXT    NOT NULL,  -- mark, refresh or empty: a stage that stands still (sandbox)
                held_until   INTEGER NOT NULL,
                PRIMARY KEY (partition_id, account_id)
            ) WITHOUT ROWID;
            CREATE INDEX entitlement_late ON entitlement (partition_id, wanted_at) WHERE wanted > granted;
            CREATE INDEX entitlement_next ON entitlement (partition_id, next_on);
            CREATE TABLE use_fault (
                partition_id INTEGER NOT NULL,
                account_id   INTEGER NOT NULL,
                found_at     INTEGER NOT NULL,  -- microseconds since 1970 UTC
                kind         TEXT    NOT NULL,  -- lag, permission, limit or figures
                detail       TEXT    NOT NULL,
                ended_at     INTEGER NOT NULL,  -- 0 = it lasts
                PRIMARY KEY (partition_id, account_id, found_at, kind)
            ) WITHOUT ROWID;
            CREATE INDEX use_fault_open ON use_fault (partition_id, found_at) WHERE ended_at = 0;
            CREATE TABLE use_day (
                partition_id INTEGER NOT NULL,
                day          INTEGER NOT NULL,
                cleared      INTEGER NOT NULL,  -- accounts that paid everything due
                unusable     INTEGER NOT NULL,  -- of these, could not be used afterwards
                refreshed    INTEGER NOT NULL,  -- rows worked out
                waited       INTEGER NOT NULL,  -- microseconds they waited, together
                longest      INTEGER NOT NULL,  -- the longest wait, microseconds
                PRIMARY KEY (partition_id, day)
            ) WITHOUT ROWID;
            """),

        // 0: nothing of the account ever went overdue, so that its history need not be read to count how often.
        new("entitlements", 2, "ALTER TABLE entitlement ADD COLUMN overdue INTEGER NOT NULL DEFAULT 1"),

        // What is looked for many times a second begins the index, so that it is found without reading every account. next_on: 0 = never.
        new("entitlements", 3, """
            DROP INDEX entitlement_late;
            DROP INDEX entitlement_next;
            UPDATE entitlement SET next_on = 0 WHERE partition_id BETWEEN 0 AND 1023 AND next_on = 99991231;
            CREATE INDEX entitlement_late ON entitlement (wanted_at, partition_id) WHERE wanted > granted;
            CREATE INDEX entitlement_next ON entitlement (next_on, partition_id) WHERE next_on > 0;
            """),
    ];
}
