-- Single facts of foreign entries, each with the path that proves it: held where a chain is not
-- held whole, and given up for the whole entry when that comes.
CREATE TABLE excerpt (
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
CREATE INDEX excerpt_by_hash ON excerpt (hash);

CREATE TABLE excerpted (
    node TEXT NOT NULL,
    seq INTEGER NOT NULL,
    kind TEXT NOT NULL,
    subj TEXT NOT NULL,
    cno INTEGER NOT NULL,
    payload BLOB NOT NULL,
    hash BLOB NOT NULL,
    path BLOB NOT NULL,
    PRIMARY KEY (node, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX excerpted_by_subject ON excerpted (subj, node, seq);

CREATE TRIGGER excerpt_is_never_edited BEFORE UPDATE ON excerpt
BEGIN SELECT RAISE(ABORT, 'an excerpt is never edited'); END;
CREATE TRIGGER excerpted_is_never_edited BEFORE UPDATE ON excerpted
BEGIN SELECT RAISE(ABORT, 'a fact is never edited'); END;
CREATE TRIGGER excerpt_gives_way_to_its_entry_only BEFORE DELETE ON excerpt
WHEN NOT EXISTS (SELECT 1 FROM cm WHERE node = OLD.node AND no = OLD.no AND hash = OLD.hash)
BEGIN SELECT RAISE(ABORT, 'an excerpt is never removed'); END;
CREATE TRIGGER excerpted_gives_way_to_its_entry_only BEFORE DELETE ON excerpted
WHEN NOT EXISTS (SELECT 1 FROM ev WHERE node = OLD.node AND seq = OLD.seq AND hash = OLD.hash)
BEGIN SELECT RAISE(ABORT, 'a fact is never removed'); END;

-- Every fact that is held, by whatever way it came.
CREATE VIEW held_fact AS
SELECT node, seq, kind, subj, cno, payload, hash FROM ev
UNION ALL
SELECT node, seq, kind, subj, cno, payload, hash FROM excerpted;

CREATE VIEW held_entry AS
SELECT node, no, first, n, hash FROM cm
UNION ALL
SELECT node, no, first, n, hash FROM excerpt;

-- What a registry's chain says of the authority, found without a walk through all the rest.
CREATE INDEX ev_of_authority ON ev (node, seq) WHERE kind IN (
    'roots.set', 'key.named', 'node.revoked', 'node.readmitted'
);

-- Which feed a cursor belongs to, and what that feed told in excerpts so far.
ALTER TABLE peer ADD COLUMN scope TEXT NOT NULL DEFAULT '';
ALTER TABLE peer ADD COLUMN told INTEGER NOT NULL DEFAULT 0;
ALTER TABLE peer ADD COLUMN seal TEXT NOT NULL DEFAULT '';
