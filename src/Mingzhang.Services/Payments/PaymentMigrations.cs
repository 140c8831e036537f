using Mingzhang.Store;

namespace Mingzhang.Services.Payments;

/// <summary>The tables of payments.</summary>
public static class PaymentMigrations
{
    /// <summary>In order of version.</summary>
    public static IReadOnlyList<Migration> All { get; } =
    [
        new("payments", 1, """
            CREATE TABLE transfer (
                partition_id INTEGER NOT NULL,
                transfer_id  TEXT    NOT NULL,  -- also the bank's name of it
                account_id   INTEGER NOT NULL,
                purpose      TEXT    NOT NULL,  -- repay, auto-repay or pay-out
                subject      TEXT    NOT NULL,  -- the repayment's or loan's id in the ledger
                token        TEXT    NOT NULL,  -- the customer's bank account
                source       TEXT    NOT NULL,  -- what the customer calls it, such as bank-card
                amount       INTEGER NOT NULL,  -- asked for, minor units
                currency     TEXT    NOT NULL,
                partly       INTEGER NOT NULL,  -- 1: less may be taken
                pay_for      TEXT    NOT NULL,  -- JSON: the loan and what becomes of its rows; empty = the product's order
                state        TEXT    NOT NULL,  -- asked, sent, done, failed, refused or returned
                booked       INTEGER NOT NULL,  -- 1: the ledger knows of that state
                moved        INTEGER NOT NULL,  -- what moved, minor units
                reference    TEXT    NOT NULL,  -- the bank's
                reason       TEXT    NOT NULL,
                asked_on     INTEGER NOT NULL,
                asked_at     INTEGER NOT NULL,  -- microseconds since 1970 UTC
                moved_on     INTEGER NOT NULL,  -- the day it counts for in the ledger, 0 = none
                known_on     INTEGER NOT NULL,  -- the business day on which the house learned how it ended, 0 = not yet
                tries        INTEGER NOT NULL,  -- questions since it was sent
                next_at      INTEGER NOT NULL,  -- when to go on with it, 0 = nothing to do
                version      INTEGER NOT NULL,  -- changes so far
                PRIMARY KEY (partition_id, transfer_id)
            ) WITHOUT ROWID;
            CREATE INDEX transfer_account ON transfer (partition_id, account_id, asked_at);
            CREATE INDEX transfer_moved ON transfer (partition_id, moved_on) WHERE moved_on > 0;
            CREATE INDEX transfer_next ON transfer (partition_id, next_at) WHERE next_at > 0;
            CREATE TABLE transfer_step (
                partition_id INTEGER NOT NULL,
                transfer_id  TEXT    NOT NULL,
                number       INTEGER NOT NULL,
                at           INTEGER NOT NULL,
                step         TEXT    NOT NULL,
                detail       TEXT    NOT NULL,
                PRIMARY KEY (partition_id, transfer_id, number)
            ) WITHOUT ROWID;
            CREATE TABLE settlement_day (
                day      INTEGER PRIMARY KEY,
                lines    INTEGER NOT NULL,
                breaks   INTEGER NOT NULL,
                compared_at INTEGER NOT NULL     -- microseconds since 1970 UTC
            );
            CREATE TABLE settlement_break (
                partition_id INTEGER NOT NULL,  -- of the transfer; 0 for a line without one
                day          INTEGER NOT NULL,
                kind         TEXT    NOT NULL,  -- missing-here, missing-there, amount, state, twice, returned, total
                transfer_id  TEXT    NOT NULL,
                account_id   INTEGER NOT NULL,  -- 0 = none
                ours         INTEGER NOT NULL,  -- minor units
                theirs       INTEGER NOT NULL,
                detail       TEXT    NOT NULL,
                status       TEXT    NOT NULL,  -- open, repaired or closed
                owner        TEXT    NOT NULL,
                note         TEXT    NOT NULL,
                found_on     INTEGER NOT NULL,
                ended_on     INTEGER NOT NULL,
                PRIMARY KEY (partition_id, day, kind, transfer_id)
            ) WITHOUT ROWID;
            """),
        new("payments", 2, """
            CREATE TABLE auto_debit (
                partition_id INTEGER NOT NULL,
                account_id   INTEGER NOT NULL,
                subject      TEXT    NOT NULL,  -- bill:DAY or loan:ID:DAY
                loan         TEXT    NOT NULL,  -- empty = the bill
                due_on       INTEGER NOT NULL,
                amount       INTEGER NOT NULL,  -- what fell due, minor units
                collected    INTEGER NOT NULL,
                attempt      INTEGER NOT NULL,  -- attempts that are over
                source       INTEGER NOT NULL,  -- the source to ask next
                transfer_id  TEXT    NOT NULL,  -- under way; empty = none
                state        INTEGER NOT NULL,  -- 0 waiting, 1 done, 2 given up, 3 stopped
                next_at      INTEGER NOT NULL,  -- when to go on, microseconds since 1970 UTC; 0 = nothing to do
                version      INTEGER NOT NULL,  -- changes so far
                PRIMARY KEY (partition_id, account_id, subject)
            ) WITHOUT ROWID;
            CREATE INDEX auto_debit_next ON auto_debit (partition_id, next_at) WHERE next_at > 0;
            """),
        new("payments", 3, """
            ALTER TABLE auto_debit ADD COLUMN rule TEXT NOT NULL DEFAULT '';     -- of a planned payment; empty = automatic
            ALTER TABLE auto_debit ADD COLUMN sources TEXT NOT NULL DEFAULT '';  -- of a planned payment, a line each
            ALTER TABLE transfer ADD COLUMN mandate TEXT NOT NULL DEFAULT '';    -- of a debit nobody confirmed; empty = confirmed
            CREATE TABLE mandate (
                partition_id INTEGER NOT NULL,
                account_id   INTEGER NOT NULL,
                token        TEXT    NOT NULL,  -- the bank account that may be debited
                number       TEXT    NOT NULL,  -- also the bank's name of it
                most         INTEGER NOT NULL,  -- of one debit, minor units
                agreed_on    INTEGER NOT NULL,
                text_version TEXT    NOT NULL,
                ended_on     INTEGER NOT NULL,  -- 0 = in force
                ended_by     TEXT    NOT NULL,  -- borrower or bank
                turn         INTEGER NOT NULL,  -- how many there were for this bank account
                registered   INTEGER NOT NULL,  -- 1: the bank knows how it stands
                PRIMARY KEY (partition_id, account_id, token)
            ) WITHOUT ROWID;
            CREATE TABLE pay_request (
                partition_id INTEGER NOT NULL,
                account_id   INTEGER NOT NULL,
                code_hash    TEXT    NOT NULL,  -- SHA-256 of the code in the link
                amount       INTEGER NOT NULL,  -- minor units
                note         TEXT    NOT NULL,
                made_on      INTEGER NOT NULL,
                ends_on      INTEGER NOT NULL,  -- the last day it can be paid
                state        TEXT    NOT NULL,  -- open, paid or withdrawn
                transfer_id  TEXT    NOT NULL,  -- the last transfer for it; empty = none
                PRIMARY KEY (partition_id, code_hash)
            ) WITHOUT ROWID;
            CREATE INDEX pay_request_account ON pay_request (partition_id, account_id);
            """),

        // What is to go on with is looked for all the time, the longest waiting first.
        new("payments", 4, """
            DROP INDEX transfer_next;
            DROP INDEX auto_debit_next;
            CREATE INDEX transfer_next ON transfer (next_at, partition_id) WHERE next_at > 0;
            CREATE INDEX auto_debit_next ON auto_debit (next_at, partition_id) WHERE next_at > 0;
            """),
    ];
}
