-- The highest Lamport counter that stands in the log: what the registry writes comes after it. It is
-- read out of the headers by hand: they hold texts that others chose, and their keys once each.
ALTER TABLE log_head ADD COLUMN lamport INTEGER NOT NULL DEFAULT 0;
UPDATE log_head SET lamport = max(0, coalesce((
    SELECT max(CAST(substr(CAST(header AS TEXT), instr(CAST(header AS TEXT), '"lc":') + 5) AS INTEGER))
    FROM cm
), 0))
