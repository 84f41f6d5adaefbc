-- Where witnesses are asked to cosign the newest head, and what the last asking came to.
CREATE TABLE witness_address (
    key BLOB PRIMARY KEY,
    url TEXT NOT NULL,
    asked_at INTEGER NOT NULL,
    seen INTEGER NOT NULL,
    trouble TEXT NOT NULL
) STRICT
