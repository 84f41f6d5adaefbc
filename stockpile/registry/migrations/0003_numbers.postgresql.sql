-- Blocks of marking numbers, as granted. Each begins above the one it follows, each is followed by
-- at most one, and each scheme has one first block: so no two can ever overlap.
CREATE TABLE block (
    scheme TEXT NOT NULL,
    lo BIGINT NOT NULL,
    hi BIGINT NOT NULL,
    follows BIGINT,
    node INTEGER NOT NULL REFERENCES node (id),
    nth BIGINT,
    until BIGINT NOT NULL,
    granted BIGINT NOT NULL,
    PRIMARY KEY (scheme, lo),
    UNIQUE (scheme, hi),
    UNIQUE (scheme, follows),
    UNIQUE (node, scheme, nth),
    FOREIGN KEY (scheme, follows) REFERENCES block (scheme, hi),
    CHECK (0 < lo AND lo <= hi),
    CHECK (follows IS NULL OR follows < lo)
);
CREATE UNIQUE INDEX block_first ON block (scheme) WHERE follows IS NULL;

-- What nodes took by themselves, founded before they were enrolled: never granted to another.
CREATE TABLE claim (
    node INTEGER NOT NULL REFERENCES node (id),
    scheme TEXT NOT NULL,
    lo BIGINT NOT NULL,
    hi BIGINT NOT NULL,
    PRIMARY KEY (node, scheme, lo, hi)
);
CREATE INDEX claim_by_scheme ON claim (scheme, hi);

CREATE TABLE drawn (
    scheme TEXT NOT NULL,
    number BIGINT NOT NULL,
    PRIMARY KEY (scheme, number)
);

CREATE TABLE numbers_followed (one SMALLINT PRIMARY KEY CHECK (one = 1));
