using Mingzhang.Store;

namespace Mingzhang.Services.Progress;

/// <summary>The tables of progress management.</summary>
public static class ProgressMigrations
{
    /// <summary>In order of version.</summary>
    public static IReadOnlyList<Migration> All { get; } =
    [
        new("progress", 1, """
            CREATE TABLE spend_purchase (
                partition_id INTEGER NOT NULL,
                account_id   INTEGER NOT NULL,
                purchase_id  TEXT    NOT NULL,
                merchant     TEXT    NOT NULL,
                scene        TEXT    NOT NULL,
                known        INTEGER NOT NULL,  -- journal sequence it was read from
                PRIMARY KEY (partition_id, account_id, purchase_id)
            ) WITHOUT ROWID;
            CREATE TABLE spend_line (
                partition_id INTEGER NOT NULL,
                account_id   INTEGER NOT NULL,
                known        INTEGER NOT NULL,  -- journal sequence by which it is known
                part         INTEGER NOT NULL,
                origin       INTEGER NOT NULL,  -- journal sequence of the fact; 0 = it came with a day
                on_day       INTEGER NOT NULL,
                kind         INTEGER NOT NULL,  -- 0 purchase, 1 refund, 2 dispute decided for the customer
                purchase_id  TEXT    NOT NULL,  -- empty = a refund without a purchase
                merchant     TEXT    NOT NULL,
                scene        TEXT    NOT NULL,
                amount       INTEGER NOT NULL,  -- minor units; spent positive, given back negative
                PRIMARY KEY (partition_id, account_id, known, part)
            ) WITHOUT ROWID;
            CREATE INDEX spend_line_day ON spend_line (partition_id, account_id, on_day);
            CREATE TABLE spend_account (
                partition_id INTEGER NOT NULL,
                account_id   INTEGER NOT NULL,
                stale        INTEGER NOT NULL,  -- sequence of a row that changes what was known; 0 = none
                rebuilt      INTEGER NOT NULL,  -- made anew from the journal up to this sequence; 0 = never
                PRIMARY KEY (partition_id, account_id)
            ) WITHOUT ROWID;
            CREATE INDEX spend_account_stale ON spend_account (partition_id, stale) WHERE stale > rebuilt;
            """),
        new("progress", 2, """
            CREATE TABLE progress_closure (
                partition_id      INTEGER NOT NULL,
                account_id        INTEGER NOT NULL,
                number            INTEGER NOT NULL,
                route             INTEGER NOT NULL,  -- 0 the customer, 1 an agent, 2 the customer's rule
                actor             TEXT    NOT NULL,
                notice            TEXT    NOT NULL,  -- version of the text shown before
                agreement         TEXT    NOT NULL,  -- version of the service agreement in force
                closed_on         INTEGER NOT NULL,
                closed_at         INTEGER NOT NULL,  -- microseconds since 1970 UTC
                sequence          INTEGER NOT NULL,  -- journal sequence the analysis stands at
                sources           TEXT    NOT NULL,  -- of automatic repayment, one a line
                suspended         INTEGER NOT NULL,  -- 1: automatic repayment is off in the ledger
                reopened_on       INTEGER NOT NULL,  -- 0 = still closed
                reopened_sequence INTEGER NOT NULL,
                gap               INTEGER NOT NULL,  -- 0 lasts, 1 filled in, 2 left out
                PRIMARY KEY (partition_id, account_id, number)
            ) WITHOUT ROWID;
            CREATE INDEX progress_closure_open ON progress_closure (partition_id, closed_on) WHERE reopened_on = 0;
            CREATE TABLE progress_rule (
                partition_id  INTEGER NOT NULL,
                account_id    INTEGER NOT NULL,
                closes_itself INTEGER NOT NULL,  -- 1: when nothing is owed any more
                book_days     INTEGER NOT NULL,  -- days before a due day the bookkeeping reminds on; 0 = never
                changed_at    INTEGER NOT NULL,
                PRIMARY KEY (partition_id, account_id)
            ) WITHOUT ROWID;
            CREATE TABLE progress_step (
                partition_id INTEGER NOT NULL,
                account_id   INTEGER NOT NULL,
                step_id      TEXT    NOT NULL,
                notice       TEXT    NOT NULL,
                shown_at     INTEGER NOT NULL,
                ends_at      INTEGER NOT NULL,
                PRIMARY KEY (partition_id, account_id, step_id)
            ) WITHOUT ROWID;
            """),
        new("progress", 3, """
            CREATE TABLE budget (
                partition_id INTEGER NOT NULL,
                account_id   INTEGER NOT NULL,
                what         TEXT    NOT NULL,  -- total, or a merchant type
                amount       INTEGER NOT NULL,  -- of a month, minor units
                set_at       INTEGER NOT NULL,
                PRIMARY KEY (partition_id, account_id, what)
            ) WITHOUT ROWID;
            """),
        new("progress", 4, """
            CREATE TABLE spend_import (
                partition_id INTEGER NOT NULL,
                account_id   INTEGER NOT NULL,
                number       INTEGER NOT NULL,  -- 1, 2, 3 of the account
                batch        INTEGER NOT NULL,  -- what was brought at once
                on_day       INTEGER NOT NULL,
                amount       INTEGER NOT NULL,  -- fen; spent positive, given back negative
                source       TEXT    NOT NULL,  -- alipay, wechat or sms-BANK
                same         TEXT    NOT NULL,  -- hash of what makes two lines one
                line         TEXT    NOT NULL,  -- merchant, what for, paid with, number; sealed with the person's key
                PRIMARY KEY (partition_id, account_id, number)
            ) WITHOUT ROWID;
            CREATE UNIQUE INDEX spend_import_same ON spend_import (partition_id, account_id, same);
            CREATE TABLE progress_tally (
                partition_id INTEGER NOT NULL,
                month        INTEGER NOT NULL,  -- its first day
                what         TEXT    NOT NULL,  -- begun or taken: the steps of closing
                times        INTEGER NOT NULL,
                PRIMARY KEY (partition_id, month, what)
            ) WITHOUT ROWID;
            """),
    ];
}
