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
                spread       INTEGER NOT NULL,  -- 1: messages were made of it, or it needs none; 2: not even the inbox shows it
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
        new("notices", 2, """
            CREATE TABLE message (
                partition_id INTEGER NOT NULL,
                message_id   TEXT    NOT NULL,  -- customer, notice and channel; the channel's name of it too
                customer_id  INTEGER NOT NULL,
                notice_id    TEXT    NOT NULL,
                kind         TEXT    NOT NULL,
                channel      TEXT    NOT NULL,  -- email or sms
                state        TEXT    NOT NULL,  -- Waiting, Sent, Dead or Dropped
                attempts     INTEGER NOT NULL,
                next_at      INTEGER NOT NULL,  -- when to go on, microseconds since 1970 UTC; 0 = nothing to do
                made_at      INTEGER NOT NULL,
                sent_at      INTEGER NOT NULL,  -- 0 = not yet
                reason       TEXT    NOT NULL,
                version      INTEGER NOT NULL,
                PRIMARY KEY (partition_id, message_id)
            ) WITHOUT ROWID;
            CREATE INDEX message_next ON message (next_at, partition_id) WHERE next_at > 0;
            CREATE INDEX message_person ON message (partition_id, customer_id, made_at);
            CREATE INDEX message_latest ON message (made_at, partition_id);
            CREATE TABLE contact_ask (
                partition_id INTEGER NOT NULL,
                customer_id  INTEGER NOT NULL,
                number       INTEGER NOT NULL,  -- 1, 2, 3 ... of the person
                asked_at     INTEGER NOT NULL,  -- microseconds since 1970 UTC
                subject      TEXT    NOT NULL,  -- the message, or the call as staff named it
                day          INTEGER NOT NULL,  -- in Shanghai
                purpose      TEXT    NOT NULL,
                channel      TEXT    NOT NULL,
                asked_by     TEXT    NOT NULL,
                third_party  INTEGER NOT NULL,
                reason       TEXT    NOT NULL,  -- Allowed, SameMessage, QuietHours, TriesSpent, ThirdParty or NoConsent
                next_at      INTEGER NOT NULL,  -- 0 = allowed, or never
                PRIMARY KEY (partition_id, customer_id, number)
            ) WITHOUT ROWID;
            CREATE TABLE contact_day (
                partition_id INTEGER NOT NULL,
                customer_id  INTEGER NOT NULL,
                day          INTEGER NOT NULL,
                purpose      TEXT    NOT NULL,
                tries        INTEGER NOT NULL,
                PRIMARY KEY (partition_id, customer_id, day, purpose)
            ) WITHOUT ROWID;
            CREATE TABLE notice_wish (
                partition_id INTEGER NOT NULL,
                customer_id  INTEGER NOT NULL,
                number       INTEGER NOT NULL,  -- 1, 2, 3 ... of the person; the last one about a kind and channel holds
                kind         TEXT    NOT NULL,
                channel      TEXT    NOT NULL,
                wanted       INTEGER NOT NULL,
                said_at      INTEGER NOT NULL,
                PRIMARY KEY (partition_id, customer_id, number)
            ) WITHOUT ROWID;
            """),
        // Asked before every message and every opening: whose data may only be kept and protected.
        new("notices", 3, """
            CREATE TABLE person_restriction (
                partition_id INTEGER NOT NULL,
                customer_id  INTEGER NOT NULL,
                since        INTEGER NOT NULL,  -- microseconds since 1970 UTC
                until        INTEGER NOT NULL,  -- day number; 0 = until its owner lifts it
                why          TEXT    NOT NULL,  -- asked, or legal-hold
                PRIMARY KEY (partition_id, customer_id)
            ) WITHOUT ROWID;
            """),
    ];
}
