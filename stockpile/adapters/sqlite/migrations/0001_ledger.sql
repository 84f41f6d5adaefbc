-- The ledger and what is not derived from it. Frozen: a later change is a later file.

CREATE TABLE node (
    node TEXT NOT NULL PRIMARY KEY,
    public_key BLOB NOT NULL,
    number INTEGER NOT NULL DEFAULT 0,
    seq INTEGER NOT NULL DEFAULT 0,
    hash TEXT NOT NULL,
    lamport INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE ev (
    node TEXT NOT NULL,
    seq INTEGER NOT NULL,
    kind TEXT NOT NULL,
    subj TEXT NOT NULL,
    cno INTEGER NOT NULL,
    payload BLOB NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (node, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX ev_by_subject ON ev (subj, node, seq);

CREATE TABLE cm (
    node TEXT NOT NULL,
    no INTEGER NOT NULL,
    first INTEGER NOT NULL,
    n INTEGER NOT NULL,
    header BLOB NOT NULL,
    hash BLOB NOT NULL,
    sig BLOB NOT NULL,
    usig BLOB NOT NULL,
    PRIMARY KEY (node, no)
) STRICT, WITHOUT ROWID;

CREATE TABLE body (
    hash BLOB NOT NULL PRIMARY KEY,
    content BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TRIGGER ev_is_never_edited BEFORE UPDATE ON ev
BEGIN SELECT RAISE(ABORT, 'a fact is never edited'); END;
CREATE TRIGGER ev_is_never_removed BEFORE DELETE ON ev
BEGIN SELECT RAISE(ABORT, 'a fact is never removed'); END;
CREATE TRIGGER cm_is_never_edited BEFORE UPDATE ON cm
BEGIN SELECT RAISE(ABORT, 'an entry is never edited'); END;
CREATE TRIGGER cm_is_never_removed BEFORE DELETE ON cm
BEGIN SELECT RAISE(ABORT, 'an entry is never removed'); END;

CREATE TABLE peer (
    url TEXT NOT NULL PRIMARY KEY,
    node TEXT NOT NULL,
    registry_key BLOB NOT NULL,
    acknowledged INTEGER NOT NULL DEFAULT 0,
    cursor INTEGER NOT NULL DEFAULT 0,
    tree_size INTEGER,
    tree_root TEXT,
    heard_at INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Derived too, but for the time since when each has been open, which a rebuild must not forget.
CREATE TABLE conflict (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    scope TEXT NOT NULL,
    weapons TEXT NOT NULL,
    about TEXT NOT NULL,
    opened_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX conflict_by_scope ON conflict (scope);

-- Which shape of the register stands in this file; 0 while it is being derived.
CREATE TABLE register (shape INTEGER NOT NULL) STRICT;
INSERT INTO register VALUES (0);
