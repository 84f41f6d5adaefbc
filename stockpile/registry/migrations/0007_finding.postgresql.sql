-- What weapons are listed and counted by; derived from their states, written where it changed.
CREATE TABLE listed (
    weapon TEXT PRIMARY KEY,
    number TEXT NOT NULL,
    keeper TEXT NOT NULL,
    held INTEGER NOT NULL,
    status TEXT NOT NULL,
    type TEXT NOT NULL,
    make TEXT NOT NULL,
    model TEXT NOT NULL,
    calibre TEXT NOT NULL,
    place TEXT NOT NULL,
    paper TEXT NOT NULL,
    bears INTEGER NOT NULL,
    since BIGINT NOT NULL,
    recorded BIGINT NOT NULL,
    counted BIGINT NOT NULL,
    marked BIGINT NOT NULL,
    lost BIGINT NOT NULL,
    destroyed BIGINT NOT NULL
);
CREATE INDEX listed_number ON listed (number);
CREATE INDEX listed_keeper ON listed (keeper, weapon);
CREATE INDEX listed_status ON listed (status, weapon);
CREATE INDEX listed_type ON listed (type, weapon);
CREATE INDEX listed_make ON listed (make, weapon);
CREATE INDEX listed_model ON listed (model, weapon);
CREATE INDEX listed_calibre ON listed (calibre, weapon);
CREATE INDEX listed_place ON listed (place, weapon);
CREATE INDEX listed_paper ON listed (paper) WHERE paper <> '';
CREATE INDEX listed_recorded ON listed (recorded);
CREATE INDEX listed_counted ON listed (counted);
CREATE INDEX listed_marked ON listed (marked) WHERE marked > 0;
CREATE INDEX listed_lost ON listed (lost) WHERE lost > 0;
CREATE INDEX listed_destroyed ON listed (destroyed) WHERE destroyed > 0;

-- Every text a weapon is sought by: marks, serials, tags; as an exact key and as its looks.
CREATE TABLE sought (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    weapon TEXT NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    key TEXT NOT NULL,
    fold TEXT NOT NULL
);
CREATE INDEX sought_weapon ON sought (weapon);
CREATE INDEX sought_key ON sought (key);
CREATE INDEX sought_fold ON sought (fold);
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE INDEX sought_part ON sought USING gin (fold gin_trgm_ops);

-- How many weapons each node keeps, by one property at a time: kept as weapons change, so that no
-- page counts a country's weapons to show a figure.
CREATE TABLE tally (
    facet TEXT NOT NULL,
    value TEXT NOT NULL,
    keeper TEXT NOT NULL,
    n BIGINT NOT NULL,
    PRIMARY KEY (facet, value, keeper)
);

-- Transfers as they stand, and every paper by its number.
CREATE TABLE waybill (
    id TEXT PRIMARY KEY,
    number TEXT NOT NULL,
    state TEXT NOT NULL,
    due TEXT NOT NULL,
    node TEXT NOT NULL,
    out_of TEXT NOT NULL,
    destination TEXT NOT NULL,
    destination_name TEXT NOT NULL,
    weapons INTEGER NOT NULL,
    missing INTEGER NOT NULL
);
CREATE INDEX waybill_under_way ON waybill (due, id) WHERE state IN ('open', 'partly');
CREATE TABLE paper (
    subject TEXT PRIMARY KEY,
    number TEXT NOT NULL
);
CREATE INDEX paper_number ON paper (number);

-- By how much each movement of ammunition changed what is left of its lot.
CREATE TABLE rounds (
    subject TEXT PRIMARY KEY,
    lot TEXT NOT NULL,
    change BIGINT NOT NULL
);
CREATE INDEX rounds_lot ON rounds (lot);

-- Losses and recoveries, newest first, found without a walk through all the rest.
CREATE INDEX ev_of_loss ON ev (pos, seq) WHERE kind IN ('weapon.lost', 'weapon.recovered');

CREATE TABLE finding_followed (one SMALLINT PRIMARY KEY CHECK (one = 1));
