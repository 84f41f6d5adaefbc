-- The highest Lamport counter that stands in the log: what the registry writes comes after it. It is
-- read out of the headers by hand: they hold texts that others chose, and their keys once each. A
-- country's log may take its time over it.
SET LOCAL statement_timeout = 0;
ALTER TABLE log_head ADD COLUMN lamport BIGINT NOT NULL DEFAULT 0;
UPDATE log_head SET lamport = greatest(0, coalesce((
    SELECT max(substring(encode(header, 'escape') from '"lc":(-?[0-9]{1,16})')::bigint) FROM cm
), 0))
