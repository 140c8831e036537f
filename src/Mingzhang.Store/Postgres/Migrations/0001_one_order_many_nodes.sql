-- What PostgreSQL has otherwise (decision 0019). The index of an account's rows is the journal's own key, so that a row and its place are
-- one, and whoever reads the database finds every acknowledged fact. The order of the whole house is one row that every commit moves.

ALTER TABLE journal ADD COLUMN key_hash BIGINT;
UPDATE journal SET key_hash = entry.key_hash FROM entry
WHERE entry.partition_id = journal.partition_id AND entry.account_id = journal.account_id AND entry.sequence = journal.sequence;
ALTER TABLE journal ALTER COLUMN key_hash SET NOT NULL;
ALTER TABLE journal DROP CONSTRAINT journal_pkey;
ALTER TABLE journal ADD PRIMARY KEY (partition_id, account_id, sequence);
CREATE INDEX journal_position ON journal (position);

CREATE TABLE journal_head (
    id       BIGINT PRIMARY KEY CHECK (id = 1),
    position BIGINT NOT NULL,           -- of the last row
    stamp    BIGINT NOT NULL,           -- of the last transaction: node and number, never twice
    facts    BIGINT NOT NULL,           -- how often date, clocks or product versions changed
    nodes    BIGINT NOT NULL            -- numbers given to nodes so far
);

INSERT INTO journal_head (id, position, stamp, facts, nodes)
SELECT 1, coalesce(max(position), 0), 0, 0, 0 FROM journal WHERE partition_id >= 0;

DROP TABLE entry;
CREATE VIEW entry AS SELECT partition_id, account_id, sequence, key_hash, position FROM journal WHERE partition_id >= 0;
DROP TABLE settled;
CREATE VIEW settled AS SELECT id, position FROM journal_head;

-- Room on the page for the next version of a row, so that no index is touched by it.
ALTER TABLE account SET (fillfactor = 70);
ALTER TABLE snapshot SET (fillfactor = 70);
ALTER TABLE ledger_day SET (fillfactor = 70);

-- Every key begins with the partition, as a distributed database wants it.
ALTER TABLE IF EXISTS inbox DROP CONSTRAINT inbox_pkey;
ALTER TABLE IF EXISTS inbox ADD PRIMARY KEY (partition_id, position, part);

-- The processes that run the house on this database. One of them leads: it does what has to be done once.
CREATE TABLE node (
    number     BIGINT PRIMARY KEY,
    name       TEXT   NOT NULL,
    held_until BIGINT NOT NULL          -- by the database's clock, milliseconds since 1970 UTC
);

CREATE TABLE leader (
    id     BIGINT PRIMARY KEY CHECK (id = 1),
    number BIGINT NOT NULL              -- of the node; 0 = nobody yet
);

INSERT INTO leader (id, number) VALUES (1, 0);
DROP TABLE IF EXISTS writer_lease;
