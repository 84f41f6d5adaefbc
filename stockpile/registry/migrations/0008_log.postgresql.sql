-- The head that was signed last: every process shows the same one, and signs at most one a second.
CREATE TABLE signed_head (
    one SMALLINT PRIMARY KEY CHECK (one = 1),
    size BIGINT NOT NULL,
    at BIGINT NOT NULL,
    note BYTEA NOT NULL
);

-- What witnesses cosigned: the line under the checkpoint of that size, and its second.
CREATE TABLE cosignature (
    key BYTEA NOT NULL,
    size BIGINT NOT NULL,
    second BIGINT NOT NULL,
    line TEXT NOT NULL,
    PRIMARY KEY (key, size)
);

-- Heads of this very log that a node's entry says it was shown, and that the log never had.
CREATE TABLE sighting (
    size BIGINT NOT NULL,
    root TEXT NOT NULL,
    node INTEGER NOT NULL REFERENCES node (id),
    no BIGINT NOT NULL,
    received BIGINT NOT NULL,
    PRIMARY KEY (size, root)
);
