using Mingzhang.Store;

namespace Mingzhang.Services.Lenders;

/// <summary>The tables of what lenders are told, and of the days compared with their statements (decision 0031).</summary>
public static class LenderMigrations
{
    /// <summary>In order of version.</summary>
    public static IReadOnlyList<Migration> All { get; } =
    [
        new("lenders", 1, """
            CREATE TABLE lender_account (
                partition_id INTEGER NOT NULL,
                account_id   INTEGER NOT NULL,
                sequence     INTEGER NOT NULL,  -- the lenders are told of the account's journal up to here
                PRIMARY KEY (partition_id, account_id)
            ) WITHOUT ROWID;
            CREATE TABLE lender_line (
                partition_id INTEGER NOT NULL,
                line_id      TEXT    NOT NULL,  -- also the lender's name of it
                account_id   INTEGER NOT NULL,
                lender       TEXT    NOT NULL,
                day          INTEGER NOT NULL,
                loan         TEXT    NOT NULL,
                ledger       INTEGER NOT NULL,  -- ledger account; 0 = clearing with the other lenders
                amount       INTEGER NOT NULL,  -- minor units, debit positive
                currency     TEXT    NOT NULL,
                tries        INTEGER NOT NULL,
                confirmed    INTEGER NOT NULL,  -- 1: the lender has booked it
                next_at      INTEGER NOT NULL,  -- when to tell it (again), microseconds since 1970 UTC; 0 = nothing to do
                PRIMARY KEY (partition_id, line_id)
            ) WITHOUT ROWID;
            CREATE INDEX lender_line_account ON lender_line (partition_id, account_id);
            CREATE INDEX lender_line_day ON lender_line (partition_id, lender, day);
            CREATE INDEX lender_line_next ON lender_line (partition_id, next_at) WHERE next_at > 0;
            CREATE TABLE lender_day (
                day      INTEGER NOT NULL,
                lender   TEXT    NOT NULL,  -- empty = the house wrote its lines of the day
                lines    INTEGER NOT NULL,
                breaks   INTEGER NOT NULL,
                done_at  INTEGER NOT NULL,  -- microseconds since 1970 UTC
                PRIMARY KEY (day, lender)
            );
            """),
        new("lenders", 2, """
            CREATE TABLE lender_book (
                partition_id INTEGER NOT NULL,
                account_id   INTEGER NOT NULL,
                sequence     INTEGER NOT NULL,  -- of the account's journal the books follow from
                format       INTEGER NOT NULL,  -- of the text, and of the rules that made it
                books        TEXT    NOT NULL,  -- JSON: shared loans with their shares and balances
                PRIMARY KEY (partition_id, account_id)
            ) WITHOUT ROWID;
            """),

        // What is to go on with is looked for all the time, the longest waiting first.
        new("lenders", 3, """
            DROP INDEX lender_line_next;
            CREATE INDEX lender_line_next ON lender_line (next_at, partition_id) WHERE next_at > 0;
            """),

        // Where the journal was read to: the next day goes on from there and looks at no account that did not move.
        new("lenders", 4, "ALTER TABLE lender_day ADD COLUMN position INTEGER NOT NULL DEFAULT 0;"),
    ];
}
