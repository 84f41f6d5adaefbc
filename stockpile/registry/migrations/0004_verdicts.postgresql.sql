-- What a chain says of its own officers and rules, found without a walk through all the rest. Each
-- part of the table has its own piece of this index.
CREATE INDEX ev_of_office ON ev (node, seq) WHERE kind IN (
    'officer.appointed', 'officer.suspended', 'officer.retired', 'guard.set', 'act.proposed',
    'act.settled'
);

-- Entries that stand in the log and were written without the right to it; derived from there.
-- Whatever two officers accepted is folded in like any other.
CREATE TABLE unheeded (
    pos BIGINT PRIMARY KEY,
    node INTEGER NOT NULL REFERENCES node (id),
    no BIGINT NOT NULL,
    hash TEXT NOT NULL,
    act TEXT NOT NULL,
    lack TEXT NOT NULL,
    judged TEXT NOT NULL CHECK (judged IN ('', 'accepted', 'rejected')),
    UNIQUE (node, no)
);
CREATE INDEX unheeded_by_hash ON unheeded (hash);

CREATE TABLE verdicts_followed (one SMALLINT PRIMARY KEY CHECK (one = 1));

-- What an entry told ahead of its chain lacks, by what was known of the chain then.
ALTER TABLE urgent ADD COLUMN lack TEXT NOT NULL DEFAULT '';
