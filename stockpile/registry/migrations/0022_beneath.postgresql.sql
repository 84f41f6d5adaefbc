-- Which records were found to be one weapon with another one, and are read beneath it: they matter
-- to whom that one matters. What was merged before is learnt from the ledger, once.
CREATE TABLE beneath (
    kept TEXT NOT NULL,
    absorbed TEXT NOT NULL,
    PRIMARY KEY (kept, absorbed)
);
DELETE FROM scopes_followed;
