-- What one person proposes and another decides (decision 0015). A row is written once and decided once; nothing is deleted.
-- Proposals that concern no account stand in partition 0 with account 0.

CREATE TABLE proposal (
    partition_id  INTEGER NOT NULL,
    number        INTEGER NOT NULL,     -- 1, 2, 3 ... in the whole house
    account_id    INTEGER NOT NULL,
    kind          TEXT    NOT NULL,     -- which part of the house carries it out
    act           TEXT    NOT NULL,     -- what is proposed, such as reverse-fact
    payload       TEXT    NOT NULL,     -- JSON, carried out exactly as it stands here
    seal          TEXT    NOT NULL,     -- SHA-256 over all that is approved, hexadecimal
    bound_version INTEGER NOT NULL,     -- the state it was previewed on
    bound_on      INTEGER NOT NULL,
    preview       TEXT    NOT NULL,     -- JSON: what would follow
    makers        TEXT    NOT NULL,     -- persons who made and renewed it, one a line; none of them may approve
    actor         TEXT    NOT NULL,     -- login or key it was made with
    reason        TEXT    NOT NULL,
    proposed_on   INTEGER NOT NULL,
    proposed_at   INTEGER NOT NULL,
    last_on       INTEGER NOT NULL,     -- last business day on which it can be approved
    replaces      INTEGER NOT NULL,     -- the number it renews, 0 = none
    status        TEXT    NOT NULL,     -- open, approved, done, refused, rejected, withdrawn, renewed
    decider       TEXT    NOT NULL,     -- person; empty while open
    decided_with  TEXT    NOT NULL,     -- login or key
    note          TEXT    NOT NULL,
    decided_on    INTEGER NOT NULL,
    decided_at    INTEGER NOT NULL,
    outcome       TEXT    NOT NULL,     -- JSON: what the act answered; empty until it did
    PRIMARY KEY (partition_id, number)
) WITHOUT ROWID;

CREATE UNIQUE INDEX proposal_number ON proposal (number, partition_id);

CREATE INDEX proposal_account ON proposal (partition_id, account_id, number);
