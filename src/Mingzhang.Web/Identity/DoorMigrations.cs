using Mingzhang.Store;

namespace Mingzhang.Web.Identity;

/// <summary>The tables of log-ins: payment PINs, sessions, passkeys, roles.</summary>
public static class DoorMigrations
{
    /// <summary>In order of version.</summary>
    public static IReadOnlyList<Migration> All { get; } =
    [
        new("door", 1, """
            CREATE TABLE door_pin (
                partition_id INTEGER NOT NULL,
                customer_id  INTEGER NOT NULL,
                hash         TEXT    NOT NULL,
                failures     INTEGER NOT NULL,  -- wrong ones since the last right one
                locked_until INTEGER NOT NULL,  -- microseconds since 1970 UTC, 0 = not locked
                changed_at   INTEGER NOT NULL,
                open_from    INTEGER NOT NULL,  -- from when it may be set without the old one, 0 = not asked for
                PRIMARY KEY (partition_id, customer_id)
            ) WITHOUT ROWID;
            INSERT INTO door_pin (partition_id, customer_id, hash, failures, locked_until, changed_at, open_from)
            SELECT partition_id, customer_id, pin_hash, pin_failures, pin_locked_until, 0, 0 FROM web_person WHERE partition_id >= 0;
            DROP TABLE web_person;
            CREATE TABLE door_session (
                partition_id INTEGER NOT NULL,  -- of the customer; 0 for staff
                id_hash      TEXT    NOT NULL,  -- SHA-256 of what the cookie holds, hexadecimal
                subject      TEXT    NOT NULL,  -- realm and customer number or staff name
                device_hash  TEXT    NOT NULL,  -- SHA-256 of the browser's own number
                device       TEXT    NOT NULL,  -- what people call it, such as Chrome · Android
                via          TEXT    NOT NULL,  -- password, code or passkey
                is_new       INTEGER NOT NULL,  -- 1: from a device this subject had not used
                created_at   INTEGER NOT NULL,  -- microseconds since 1970 UTC
                seen_at      INTEGER NOT NULL,  -- to the minute
                ended_at     INTEGER NOT NULL,  -- 0 = not ended by anybody
                PRIMARY KEY (partition_id, id_hash)
            ) WITHOUT ROWID;
            CREATE INDEX door_session_subject ON door_session (partition_id, subject, created_at);
            """),
        // Who was staff could do everything; so they can until somebody with the right narrows it.
        new("door", 2, """
            CREATE TABLE door_staff (
                login      TEXT    PRIMARY KEY,
                roles      TEXT    NOT NULL,  -- separated by spaces
                active     INTEGER NOT NULL,  -- 0: let in nowhere
                version    INTEGER NOT NULL,  -- changes so far
                changed_at INTEGER NOT NULL,  -- microseconds since 1970 UTC
                changed_by TEXT    NOT NULL
            ) WITHOUT ROWID;
            INSERT INTO door_staff (login, roles, active, version, changed_at, changed_by)
            SELECT login, 'clerk phone-agent collections finance risk product approver auditor administrator', 1, 1, 0, 'migration'
            FROM web_login WHERE realm = 'console';
            """),
        new("door", 3, """
            CREATE TABLE door_key (
                partition_id INTEGER NOT NULL,
                subject      TEXT    NOT NULL,
                credential   TEXT    NOT NULL,  -- the passkey's id, base64
                name         TEXT    NOT NULL,
                public_key   TEXT    NOT NULL,  -- COSE, base64
                sign_count   INTEGER NOT NULL,  -- 0 for passkeys that are synced
                backup       INTEGER NOT NULL,  -- 1 may be, 3 is copied to other devices
                transports   TEXT    NOT NULL,
                created_at   INTEGER NOT NULL,
                used_at      INTEGER NOT NULL,
                PRIMARY KEY (partition_id, subject, credential)
            ) WITHOUT ROWID;
            CREATE TABLE door_challenge (
                partition_id INTEGER NOT NULL,
                id_hash      TEXT    NOT NULL,
                kind         TEXT    NOT NULL,  -- register, enter, step-up or second
                subject      TEXT    NOT NULL,  -- empty while nobody is named
                session      TEXT    NOT NULL,  -- of which session; empty before there is one
                payload      TEXT    NOT NULL,  -- SHA-256 of what is to be confirmed; empty for log-ins
                state        TEXT    NOT NULL,
                expires_at   INTEGER NOT NULL,
                failures     INTEGER NOT NULL,
                PRIMARY KEY (partition_id, id_hash)
            ) WITHOUT ROWID;
            CREATE TABLE door_code (
                partition_id INTEGER NOT NULL,
                subject      TEXT    NOT NULL,
                secret       TEXT    NOT NULL,  -- of the one-time codes, sealed
                confirmed    INTEGER NOT NULL,  -- 0 until a first code was right
                last_step    INTEGER NOT NULL,  -- the latest time step a code was taken for
                failures     INTEGER NOT NULL,
                locked_until INTEGER NOT NULL,
                PRIMARY KEY (partition_id, subject)
            ) WITHOUT ROWID;
            CREATE TABLE door_recovery (
                partition_id INTEGER NOT NULL,
                subject      TEXT    NOT NULL,
                code_hash    TEXT    NOT NULL,
                PRIMARY KEY (partition_id, subject, code_hash)
            ) WITHOUT ROWID;
            CREATE TABLE door_attempt (
                realm        TEXT    NOT NULL,
                login        TEXT    NOT NULL,  -- as in web_login, whether there is one or not
                failures     INTEGER NOT NULL,
                first_at     INTEGER NOT NULL,
                PRIMARY KEY (realm, login)
            ) WITHOUT ROWID;
            """),
        new("door", 4, """
            CREATE TABLE door_once (
                realm        TEXT    NOT NULL,
                login        TEXT    NOT NULL,  -- as in web_login, whether there is one or not
                purpose      TEXT    NOT NULL,  -- password, register or pin
                hash         TEXT    NOT NULL,
                failures     INTEGER NOT NULL,
                expires_at   INTEGER NOT NULL,  -- microseconds since 1970 UTC
                made_by      TEXT    NOT NULL,
                PRIMARY KEY (realm, login, purpose)
            ) WITHOUT ROWID;
            """),
    ];
}
