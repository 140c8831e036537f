using Mingzhang.Store;

namespace Mingzhang.Services.Privacy;

/// <summary>The table of requests about personal data. It names a number only and outlives the person: it is the proof.</summary>
public static class PrivacyMigrations
{
    /// <summary>In order of version.</summary>
    public static IReadOnlyList<Migration> All { get; } =
    [
        new("privacy", 1, """
            CREATE TABLE privacy_request (
                partition_id INTEGER NOT NULL,
                customer_id  INTEGER NOT NULL,
                number       INTEGER NOT NULL,  -- 1, 2, 3 … of the person
                receipt      TEXT    NOT NULL,  -- drawn; who has it may ask what became of it
                kind         TEXT    NOT NULL,  -- copy, correct, restrict, lift or erase
                route        TEXT    NOT NULL,  -- app, phone, letter or api
                state        TEXT    NOT NULL,  -- open, held, done, refused or withdrawn
                ticket       TEXT    NOT NULL,  -- where it is talked about; empty = answered at once
                outcome      TEXT    NOT NULL,  -- why so, a word; nothing personal
                hold_until   INTEGER NOT NULL,  -- day number until which a law wants the records kept; 0 = none
                asked_at     INTEGER NOT NULL,  -- microseconds since 1970 UTC
                decided_at   INTEGER NOT NULL,  -- 0 = not yet
                decided_by   TEXT    NOT NULL,
                request_key  TEXT    NOT NULL,  -- sent twice is asked once
                PRIMARY KEY (partition_id, customer_id, number)
            ) WITHOUT ROWID;
            CREATE INDEX privacy_request_receipt ON privacy_request (receipt, partition_id);
            CREATE INDEX privacy_request_state ON privacy_request (state, partition_id, asked_at);
            """),
    ];
}
