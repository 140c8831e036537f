using Mingzhang.Store;

namespace Mingzhang.Services.Certificates;

/// <summary>The tables of certificates. Files and codes stand in them sealed with the person's key.</summary>
public static class CertificateMigrations
{
    /// <summary>In order of version.</summary>
    public static IReadOnlyList<Migration> All { get; } =
    [
        new("certificates", 1, """
            CREATE TABLE certificate_key (
                key_id      TEXT PRIMARY KEY,
                certificate BLOB    NOT NULL,   -- the public half, X.509
                sealed      BLOB    NOT NULL,   -- the private half, under the house's secret; empty = only signatures of it are checked
                made_at     INTEGER NOT NULL    -- microseconds since 1970 UTC; the latest signs
            ) WITHOUT ROWID;
            CREATE TABLE certificate (
                partition_id     INTEGER NOT NULL,
                sequence         INTEGER NOT NULL,
                customer_id      INTEGER NOT NULL,
                account_id       INTEGER NOT NULL,
                kind             INTEGER NOT NULL,  -- 1 settlement, 2 statement
                loan_id          TEXT    NOT NULL,  -- empty = the account
                from_day         INTEGER NOT NULL,
                to_day           INTEGER NOT NULL,
                language         TEXT    NOT NULL,
                full_name        INTEGER NOT NULL,
                journal_sequence INTEGER NOT NULL,  -- the account's row up to which it was made
                content_hash     TEXT    NOT NULL,
                code_hash        BLOB    NOT NULL,  -- keyed hash of the verification code
                code             BLOB    NOT NULL,  -- the code, sealed with the person's key
                key_id           TEXT    NOT NULL,  -- the signing key
                made_at          INTEGER NOT NULL,  -- microseconds since 1970 UTC by the clock of the house
                made_by          TEXT    NOT NULL,
                request_key      TEXT    NOT NULL,  -- the same key, the same certificate
                status           INTEGER NOT NULL,  -- 1 valid, 2 superseded, 3 revoked
                status_at        INTEGER NOT NULL,
                reason           TEXT    NOT NULL,
                checked_to       INTEGER NOT NULL,  -- the account's row up to which it is known to say what the books say
                PRIMARY KEY (partition_id, sequence)
            ) WITHOUT ROWID;
            CREATE INDEX certificate_account ON certificate (partition_id, account_id, sequence);
            CREATE UNIQUE INDEX certificate_request ON certificate (partition_id, request_key);
            CREATE TABLE certificate_file (
                partition_id INTEGER NOT NULL,
                sequence     INTEGER NOT NULL,
                format       TEXT    NOT NULL,  -- pdf, xlsx or csv
                sha256       TEXT    NOT NULL,
                size         INTEGER NOT NULL,
                content      BLOB    NOT NULL,  -- sealed with the person's key
                PRIMARY KEY (partition_id, sequence, format)
            );
            """),

        // The latest correction of the account that somebody has to hold the certificate against; an upload is found by its hash.
        new("certificates", 2, """
            ALTER TABLE certificate ADD COLUMN doubted INTEGER NOT NULL DEFAULT 0;
            CREATE INDEX certificate_doubted ON certificate (partition_id, sequence) WHERE status = 1 AND doubted > checked_to;
            CREATE INDEX certificate_file_hash ON certificate_file (sha256, partition_id);
            """),

        // A key that got into other hands: what it signed from a moment on no longer counts.
        new("certificates", 3, """
            ALTER TABLE certificate_key ADD COLUMN withdrawn_at INTEGER NOT NULL DEFAULT 0;    -- microseconds since 1970; 0 = it is good
            ALTER TABLE certificate_key ADD COLUMN withdrawn_since INTEGER NOT NULL DEFAULT 0; -- what it signed from then on; 0 = all
            ALTER TABLE certificate_key ADD COLUMN withdrawn_why TEXT NOT NULL DEFAULT '';
            """),
    ];
}
