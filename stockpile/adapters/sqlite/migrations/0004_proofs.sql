-- When the whole ledger and the register were last proved right, and up to which entry.
CREATE TABLE proof (
    at INTEGER NOT NULL PRIMARY KEY,
    number INTEGER NOT NULL
) STRICT;
