-- Where witnesses are asked to cosign the newest head, and what the last asking came to.
CREATE TABLE witness_address (
    key BYTEA PRIMARY KEY,
    url TEXT NOT NULL,
    asked_at BIGINT NOT NULL,
    seen BIGINT NOT NULL,
    trouble TEXT NOT NULL
)
