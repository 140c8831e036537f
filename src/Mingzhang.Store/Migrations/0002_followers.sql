-- Followers read the journal from their own checkpoint. Their tables can be dropped and rebuilt from it.

CREATE TABLE follower (
    name     TEXT PRIMARY KEY,
    position INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE ledger_day (
    partition_id INTEGER NOT NULL,
    booked_on    INTEGER NOT NULL,
    currency     TEXT    NOT NULL,
    ledger       INTEGER NOT NULL,
    debit        INTEGER NOT NULL,
    credit       INTEGER NOT NULL,
    PRIMARY KEY (partition_id, booked_on, currency, ledger)
) WITHOUT ROWID;

CREATE TABLE inbox (
    partition_id INTEGER NOT NULL,
    account_id   INTEGER NOT NULL,
    position     INTEGER NOT NULL,
    part         INTEGER NOT NULL,      -- index of the event in its row
    kind         TEXT    NOT NULL,
    booked_on    INTEGER NOT NULL,
    data         TEXT    NOT NULL,
    PRIMARY KEY (position, part)        -- appended in order; the narrow index below is what is scattered (decision 0011)
) WITHOUT ROWID;

CREATE INDEX inbox_account ON inbox (partition_id, account_id, position);

CREATE TABLE webhook (
    id     TEXT PRIMARY KEY,
    url    TEXT NOT NULL,
    secret TEXT NOT NULL,
    since  INTEGER NOT NULL,            -- events after this journal position
    active INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE outbox (
    partition_id INTEGER NOT NULL,
    position     INTEGER NOT NULL,
    part         INTEGER NOT NULL,
    webhook_id   TEXT    NOT NULL,
    account_id   INTEGER NOT NULL,
    type         TEXT    NOT NULL,
    payload      TEXT    NOT NULL,
    attempts     INTEGER NOT NULL,
    next_attempt INTEGER NOT NULL,
    delivered_at INTEGER NOT NULL,      -- 0 = not yet
    last_error   TEXT    NOT NULL,
    PRIMARY KEY (partition_id, position, part, webhook_id)
) WITHOUT ROWID;

CREATE INDEX outbox_waiting ON outbox (next_attempt, partition_id, position) WHERE delivered_at = 0;
