-- An index on a date that changes with nearly every command makes every new version of a row an entry in every index (PostgreSQL keeps
-- them on the page only when nothing indexed changes). The day on which an account is looked at is a date of its own: never later than
-- next_date, moved when it has come, and only then to a later day (decision 0020).

ALTER TABLE account ADD COLUMN wake_on BIGINT;
UPDATE account SET wake_on = next_date WHERE partition_id >= 0;
ALTER TABLE account ALTER COLUMN wake_on SET NOT NULL;
ALTER TABLE account ADD CHECK (wake_on <= next_date);
DROP INDEX account_next_date;
CREATE INDEX account_wake_on ON account (partition_id, wake_on) WHERE wake_on < 99991231;
