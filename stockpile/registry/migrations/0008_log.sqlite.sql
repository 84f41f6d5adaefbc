-- The head that was signed last: every process shows the same one, and signs at most one a second.
CREATE TABLE signed_head (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    size INTEGER NOT NULL,
    at INTEGER NOT NULL,
    note BLOB NOT NULL
) STRICT;

-- What witnesses cosigned: the line under the checkpoint of that size, and its second.
CREATE TABLE cosignature (
    key BLOB NOT NULL,
    size INTEGER NOT NULL,
    second INTEGER NOT NULL,
    line TEXT NOT NULL,
    PRIMARY KEY (key, size)
) STRICT;

-- Heads of this very log that a node's entry says it was shown, and that the log never had.
CREATE TABLE sighting (
    size INTEGER NOT NULL,
    root TEXT NOT NULL,
    node INTEGER NOT NULL REFERENCES node (id),
    no INTEGER NOT NULL,
    received INTEGER NOT NULL,
    PRIMARY KEY (size, root)
) STRICT;
