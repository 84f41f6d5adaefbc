-- What registries signed for, word for word: that a chain is held up to an entry, and where in the
-- log. Asked for again it is signed again; the newest is kept.
CREATE TABLE receipt (
    registry_key BLOB NOT NULL,
    node TEXT NOT NULL,
    number INTEGER NOT NULL,
    hash TEXT NOT NULL,
    position INTEGER NOT NULL,
    log_size INTEGER NOT NULL,
    log_root TEXT NOT NULL,
    at INTEGER NOT NULL,
    signature BLOB NOT NULL,
    PRIMARY KEY (registry_key, node, number)
) STRICT, WITHOUT ROWID;

-- Nodes whose own signed entries came back from outside, later than the database knew: it was an
-- old copy. Their keys write nothing more here.
CREATE TABLE overtaken (
    node TEXT NOT NULL PRIMARY KEY,
    number INTEGER NOT NULL,
    hash TEXT NOT NULL
) STRICT, WITHOUT ROWID;
