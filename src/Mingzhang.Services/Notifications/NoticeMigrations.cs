using Mingzhang.Store;

namespace Mingzhang.Services.Notifications;

/// <summary>The tables of notices. No name, phone or address of a person is in them.</summary>
public static class NoticeMigrations
{
    /// <summary>In order of version.</summary>
    public static IReadOnlyList<Migration> All { get; } =
    [
        new("notices", 1, """
            CREATE TABLE notice (
                partition_id INTEGER NOT NULL,
                customer_id  INTEGER NOT NULL,
                notice_id    TEXT    NOT NULL,  -- follows from what happened: place in the journal and kind, or kind and subject
                account_id   INTEGER NOT NULL,  -- 0 = about the person
                kind         TEXT    NOT NULL,
                happened_on  INTEGER NOT NULL,
                place        INTEGER NOT NULL,  -- journal position, for order within a day
                made_at      INTEGER NOT NULL,  -- microseconds since 1970 UTC
                fields       TEXT    NOT NULL,  -- JSON: the values of its text
                spread       INTEGER NOT NULL,  -- 1: messages were made of it, or it needs none
                read_at      INTEGER NOT NULL,  -- 0 = unread
                PRIMARY KEY (partition_id, customer_id, notice_id)
            ) WITHOUT ROWID;
            CREATE INDEX notice_latest ON notice (partition_id, customer_id, happened_on, place);
            CREATE INDEX notice_unread ON notice (partition_id, customer_id) WHERE read_at = 0;
            CREATE INDEX notice_fresh ON notice (made_at, partition_id) WHERE spread = 0;
            CREATE TABLE reminder (
                partition_id INTEGER NOT NULL,
                account_id   INTEGER NOT NULL,
                due_on       INTEGER NOT NULL,
                kind         TEXT    NOT NULL,
                on_day       INTEGER NOT NULL,  -- the day on which it is looked at
                state        INTEGER NOT NULL,  -- 0 planned, 1 told, 2 not needed, 3 too late
                PRIMARY KEY (partition_id, account_id, due_on, kind, on_day)
            ) WITHOUT ROWID;
            CREATE INDEX reminder_planned ON reminder (on_day, partition_id) WHERE state = 0;
            """),
    ];
}
