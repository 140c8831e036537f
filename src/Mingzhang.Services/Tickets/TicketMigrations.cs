using Mingzhang.Services.Tickets.Files;
using Mingzhang.Services.Tickets.Identity;
using Mingzhang.Services.Tickets.Playbooks;
using Mingzhang.Store;

namespace Mingzhang.Services.Tickets;

/// <summary>The tables of tickets.</summary>
public static class TicketMigrations
{
    /// <summary>In order of version.</summary>
    public static IReadOnlyList<Migration> All { get; } =
    [
        new("tickets", 1, """
            CREATE TABLE ticket (
                partition_id INTEGER NOT NULL,
                sequence     INTEGER NOT NULL,  -- 1, 2, 3 … within the partition; with a check digit the ticket's number
                customer_id  INTEGER NOT NULL,
                account_id   INTEGER NOT NULL,  -- 0 = none
                kind         TEXT    NOT NULL,
                channel      TEXT    NOT NULL,  -- app, phone, letter or house
                subject      TEXT    NOT NULL,
                playbook     TEXT    NOT NULL,
                opened_by    TEXT    NOT NULL,
                owner        TEXT    NOT NULL,
                queue        TEXT    NOT NULL,
                route        TEXT    NOT NULL,  -- the rule that sent it there
                state        TEXT    NOT NULL,
                is_open      INTEGER NOT NULL,  -- 1 until answered or closed
                escalated    INTEGER NOT NULL,
                opened_at    INTEGER NOT NULL,  -- microseconds since 1970 UTC by the clock of the house, as all below
                answered_at  INTEGER NOT NULL,  -- 0 = never
                changed_at   INTEGER NOT NULL,
                rating       INTEGER NOT NULL,  -- 0 = not rated
                version      INTEGER NOT NULL,
                PRIMARY KEY (partition_id, sequence)
            ) WITHOUT ROWID;
            CREATE UNIQUE INDEX ticket_subject ON ticket (partition_id, customer_id, kind, subject) WHERE is_open = 1;
            CREATE INDEX ticket_customer ON ticket (partition_id, customer_id, sequence);
            CREATE TABLE ticket_step (
                partition_id INTEGER NOT NULL,
                sequence     INTEGER NOT NULL,
                number       INTEGER NOT NULL,
                at           INTEGER NOT NULL,
                recorded_at  INTEGER NOT NULL,  -- by the machine, for readers that go on where they stopped
                actor        TEXT    NOT NULL,
                what         TEXT    NOT NULL,
                from_state   TEXT    NOT NULL,
                to_state     TEXT    NOT NULL,
                detail       TEXT    NOT NULL,  -- nothing personal
                text         TEXT    NOT NULL,  -- the person's; written by ITicketText
                key          TEXT    NOT NULL,  -- of the request, so that it counts once; empty = none
                PRIMARY KEY (partition_id, sequence, number)
            ) WITHOUT ROWID;
            CREATE INDEX ticket_step_recorded ON ticket_step (partition_id, recorded_at);
            CREATE TABLE ticket_clock (
                partition_id INTEGER NOT NULL,
                sequence     INTEGER NOT NULL,
                number       INTEGER NOT NULL,
                code         TEXT    NOT NULL,
                started_at   INTEGER NOT NULL,
                amount       INTEGER NOT NULL,
                unit         TEXT    NOT NULL,
                met_by       TEXT    NOT NULL,
                paused_at    INTEGER NOT NULL,  -- 0 = it runs
                stood        INTEGER NOT NULL,  -- microseconds
                extensions   INTEGER NOT NULL,
                ended_at     INTEGER NOT NULL,  -- 0 = not yet
                withdrawn    INTEGER NOT NULL,
                PRIMARY KEY (partition_id, sequence, number)
            ) WITHOUT ROWID;
            CREATE INDEX ticket_clock_open ON ticket_clock (partition_id, started_at) WHERE ended_at = 0;
            """),

        // The feed goes on where it stopped, over all partitions.
        new("tickets", 2, """
            DROP INDEX ticket_step_recorded;
            CREATE INDEX ticket_step_recorded ON ticket_step (recorded_at, partition_id, sequence, number);
            """),
        .. IdentityMigrations.All, .. PlaybookMigrations.All, .. TicketFileMigrations.All,
    ];
}
