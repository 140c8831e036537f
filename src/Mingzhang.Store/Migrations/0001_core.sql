-- The journal is the truth; every other table can be folded from it.
-- Dates are integers yyyymmdd, amounts whole minor units, instants microseconds since 1970 UTC.

CREATE TABLE journal (
    position     INTEGER PRIMARY KEY,   -- append order of the whole house
    partition_id INTEGER NOT NULL,
    account_id   INTEGER NOT NULL,
    sequence     INTEGER NOT NULL,      -- 1, 2, 3 ... within the account, refusals included
    kind         INTEGER NOT NULL,      -- 1 accepted, 2 refused, 3 a day that passed
    booked_on    INTEGER NOT NULL,
    effective_on INTEGER NOT NULL,
    recorded_at  INTEGER NOT NULL,      -- machine time, metadata only
    actor        TEXT    NOT NULL,
    key          TEXT    NOT NULL,      -- idempotency key, unique within the account
    request_hash BLOB    NOT NULL,      -- 16 bytes of SHA-256 over the command
    body         TEXT    NOT NULL,      -- JSON: the events, or the refusal
    postings     BLOB    NOT NULL,      -- the balanced entry, see PostingCodec
    hash         BLOB    NOT NULL,      -- SHA-256 over the previous hash of the account and this row
    seal         INTEGER NOT NULL       -- 63 bits over hash, position and recorded_at
);

-- Finds an account's rows and its keys. Written with the journal, or behind it under load (decision 0011).
CREATE TABLE entry (
    partition_id INTEGER NOT NULL,
    account_id   INTEGER NOT NULL,
    sequence     INTEGER NOT NULL,
    key_hash     INTEGER NOT NULL,
    position     INTEGER NOT NULL,
    PRIMARY KEY (partition_id, account_id, sequence)
) WITHOUT ROWID;

-- One small hot row per account: what lists and filters need.
CREATE TABLE account (
    partition_id  INTEGER NOT NULL,
    account_id    INTEGER NOT NULL,
    version       INTEGER NOT NULL,     -- sequence this row stands at
    head_hash     BLOB    NOT NULL,     -- hash of that journal row
    status        TEXT    NOT NULL,     -- not-opened, active, closing, closed
    product       TEXT    NOT NULL,
    terms_version INTEGER NOT NULL,
    currency      TEXT    NOT NULL,
    opened_on     INTEGER NOT NULL,     -- 0 = never
    figures_on    INTEGER NOT NULL,     -- business day of the figures below
    total_limit   INTEGER NOT NULL,
    available     INTEGER NOT NULL,
    debt          INTEGER NOT NULL,
    credit        INTEGER NOT NULL,
    overdue_since INTEGER NOT NULL,     -- due day of the oldest missed bill, 0 = none
    restricted    INTEGER NOT NULL,     -- number of restrictions
    next_date     INTEGER NOT NULL,     -- next day on which something happens by itself
    PRIMARY KEY (partition_id, account_id)
) WITHOUT ROWID;

CREATE INDEX account_next_date ON account (partition_id, next_date) WHERE next_date < 99991231;

CREATE TABLE snapshot (
    partition_id INTEGER NOT NULL,
    account_id   INTEGER NOT NULL,
    sequence     INTEGER NOT NULL,
    state        TEXT    NOT NULL,
    seal         BLOB    NOT NULL,      -- SHA-256 over the row hash at that sequence and the state
    PRIMARY KEY (partition_id, account_id)
) WITHOUT ROWID;

-- Meta tables: one row of facts about the house itself.
CREATE TABLE house (
    id            INTEGER PRIMARY KEY CHECK (id = 1),
    sandbox       INTEGER NOT NULL,
    business_date INTEGER NOT NULL,
    next_fork     INTEGER NOT NULL,
    recorded_at   INTEGER NOT NULL
);

CREATE TABLE settled (
    id       INTEGER PRIMARY KEY CHECK (id = 1),
    position INTEGER NOT NULL           -- rows up to here stand in entry and account
);

INSERT INTO settled (id, position) VALUES (1, 0);

CREATE TABLE fork_clock (
    partition_id  INTEGER NOT NULL,
    account_id    INTEGER NOT NULL,
    origin_id     INTEGER NOT NULL,
    business_date INTEGER NOT NULL,
    PRIMARY KEY (partition_id, account_id)
) WITHOUT ROWID;
