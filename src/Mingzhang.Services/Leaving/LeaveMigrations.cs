using Mingzhang.Store;

namespace Mingzhang.Services.Leaving;

/// <summary>The tables of leaving: what was shown, benefits, unusual closings, signals, closings that wait.</summary>
public static class LeaveMigrations
{
    /// <summary>In order of version.</summary>
    public static IReadOnlyList<Migration> All { get; } =
    [
        new("leaving", 1, """
            CREATE TABLE closing_step (
                partition_id INTEGER NOT NULL,
                account_id   INTEGER NOT NULL,
                number       INTEGER NOT NULL,  -- 1, 2, 3 of the account
                step         TEXT    NOT NULL,  -- request, confirm, cancel, theft, wish or complete
                at           INTEGER NOT NULL,  -- microseconds since 1970 UTC
                day          INTEGER NOT NULL,  -- business day
                mode         TEXT    NOT NULL,  -- now, run-off or empty
                reason       TEXT    NOT NULL,  -- code of the customer's reason
                tier         TEXT    NOT NULL,
                channel      TEXT    NOT NULL,  -- app, phone or api
                actor        TEXT    NOT NULL,
                device       TEXT    NOT NULL,  -- hash of the device, empty = not known
                version      TEXT    NOT NULL,  -- of the notice
                language     TEXT    NOT NULL,
                text_hash    TEXT    NOT NULL,  -- SHA-256 of the text that was shown; empty = nothing was shown here
                shown        TEXT    NOT NULL,  -- that text
                PRIMARY KEY (partition_id, account_id, number)
            ) WITHOUT ROWID;
            CREATE INDEX closing_step_at ON closing_step (partition_id, at);
            CREATE TABLE benefit (
                partition_id INTEGER NOT NULL,
                account_id   INTEGER NOT NULL,
                code         TEXT    NOT NULL,
                kind         TEXT    NOT NULL,  -- coupon, points or campaign
                zh           TEXT    NOT NULL,
                en           TEXT    NOT NULL,
                amount       INTEGER NOT NULL,  -- coupon: minor units; points: how many; campaign: 0
                expires_on   INTEGER NOT NULL,  -- 0 = never
                given_on     INTEGER NOT NULL,
                ended_on     INTEGER NOT NULL,  -- 0 = still there
                ended_by     TEXT    NOT NULL,  -- closing, used or empty
                PRIMARY KEY (partition_id, account_id, code)
            ) WITHOUT ROWID;
            CREATE TABLE leave_case (
                partition_id INTEGER NOT NULL,
                account_id   INTEGER NOT NULL,
                number       INTEGER NOT NULL,
                rule         TEXT    NOT NULL,  -- of the watch, or interview
                version      INTEGER NOT NULL,  -- of the rules
                detail       TEXT    NOT NULL,  -- what was found
                tier         TEXT    NOT NULL,  -- the tier it asks for; empty = none
                at           INTEGER NOT NULL,
                day          INTEGER NOT NULL,
                state        TEXT    NOT NULL,  -- open, cleared, interviewed or stopped
                note         TEXT    NOT NULL,
                decided_by   TEXT    NOT NULL,
                decided_at   INTEGER NOT NULL,  -- 0 = open
                PRIMARY KEY (partition_id, account_id, number)
            ) WITHOUT ROWID;
            CREATE INDEX leave_case_open ON leave_case (partition_id, at) WHERE state = 'open';
            CREATE TABLE leave_signal (
                partition_id INTEGER NOT NULL,
                account_id   INTEGER NOT NULL,
                number       INTEGER NOT NULL,
                kind         TEXT    NOT NULL,  -- hardship or theft
                at           INTEGER NOT NULL,
                day          INTEGER NOT NULL,
                detail       TEXT    NOT NULL,
                PRIMARY KEY (partition_id, account_id, number)
            ) WITHOUT ROWID;
            CREATE TABLE closing_wish (
                partition_id INTEGER NOT NULL,
                account_id   INTEGER NOT NULL,
                state        TEXT    NOT NULL,  -- waiting, done or withdrawn
                since_on     INTEGER NOT NULL,
                ended_on     INTEGER NOT NULL,  -- 0 = waits
                tried_at     INTEGER NOT NULL,  -- when it was last looked at, microseconds since 1970 UTC
                refused      TEXT    NOT NULL,  -- why the account did not close last time; empty = it was not refused
                PRIMARY KEY (partition_id, account_id)
            ) WITHOUT ROWID;
            CREATE INDEX closing_wish_waiting ON closing_wish (partition_id, tried_at) WHERE state = 'waiting';
            """),
        // How the person confirmed it, such as pin+passkey; empty = nothing was confirmed.
        new("leaving", 2, "ALTER TABLE closing_step ADD COLUMN means TEXT NOT NULL DEFAULT ''"),
    ];
}
