-- Entries beside a chain: another stands under their number, or they continue one of these. What the
-- node itself signed is evidence that it wrote two histories; it counts nowhere and is never removed.
CREATE TABLE fork (
    node TEXT NOT NULL,
    no INTEGER NOT NULL,
    hash TEXT NOT NULL,
    before TEXT NOT NULL,
    entry BLOB NOT NULL,
    received INTEGER NOT NULL,
    PRIMARY KEY (node, no, hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX fork_by_hash ON fork (hash);

CREATE TRIGGER fork_is_never_edited BEFORE UPDATE ON fork
BEGIN SELECT RAISE(ABORT, 'evidence is never edited'); END;
CREATE TRIGGER fork_is_never_removed BEFORE DELETE ON fork
BEGIN SELECT RAISE(ABORT, 'evidence is never removed'); END;
