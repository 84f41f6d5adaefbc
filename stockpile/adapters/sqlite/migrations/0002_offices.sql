-- What a chain says of its own officers and rules, found without a walk through all the rest.
CREATE INDEX ev_of_office ON ev (node, seq) WHERE kind IN (
    'officer.appointed', 'officer.suspended', 'officer.retired', 'guard.set', 'act.proposed',
    'act.settled'
);

-- Entries that stand in the ledger and were written without the right to it; derived from there.
-- Whatever two officers accepted is folded in like any other.
CREATE TABLE unheeded (
    node TEXT NOT NULL,
    no INTEGER NOT NULL,
    hash TEXT NOT NULL,
    act TEXT NOT NULL,
    lack TEXT NOT NULL,
    judged TEXT NOT NULL DEFAULT '' CHECK (judged IN ('', 'accepted', 'rejected')),
    PRIMARY KEY (node, no)
) STRICT, WITHOUT ROWID;
CREATE INDEX unheeded_by_hash ON unheeded (hash);
