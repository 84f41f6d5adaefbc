-- Whose numbers of a scheme a block speaks of: marks that name no block are held against all of them.
-- What was derived before such marks were looked at is derived anew, once, when the registry opens.
CREATE TABLE block_of (
    whose TEXT NOT NULL,
    block TEXT NOT NULL,
    PRIMARY KEY (whose, block)
) STRICT, WITHOUT ROWID;
DELETE FROM finding_followed
