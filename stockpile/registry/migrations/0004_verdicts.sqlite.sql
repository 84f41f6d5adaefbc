-- What a chain says of its own officers and rules, found without a walk through all the rest.
CREATE INDEX ev_of_office ON ev (node, seq) WHERE kind IN (
    'officer.appointed', 'officer.suspended', 'officer.retired', 'guard.set', 'act.proposed',
    'act.settled'
);

-- Entries that stand in the log and were written without the right to it; derived from there.
-- Whatever two officers accepted is folded in like any other.
CREATE TABLE unheeded (
    pos INTEGER PRIMARY KEY,
    node INTEGER NOT NULL REFERENCES node (id),
    no INTEGER NOT NULL,
    hash TEXT NOT NULL,
    act TEXT NOT NULL,
    lack TEXT NOT NULL,
    judged TEXT NOT NULL CHECK (judged IN ('', 'accepted', 'rejected')),
    UNIQUE (node, no)
) STRICT;
CREATE INDEX unheeded_by_hash ON unheeded (hash);

CREATE TABLE verdicts_followed (one INTEGER PRIMARY KEY CHECK (one = 1)) STRICT;

-- What an entry told ahead of its chain lacks, by what was known of the chain then.
ALTER TABLE urgent ADD COLUMN lack TEXT NOT NULL DEFAULT '';
