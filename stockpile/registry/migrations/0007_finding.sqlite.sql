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
    since INTEGER NOT NULL,
    recorded INTEGER NOT NULL,
    counted INTEGER NOT NULL,
    marked INTEGER NOT NULL,
    lost INTEGER NOT NULL,
    destroyed INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
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
    id INTEGER PRIMARY KEY,
    weapon TEXT NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    key TEXT NOT NULL,
    fold TEXT NOT NULL
) STRICT;
CREATE INDEX sought_weapon ON sought (weapon);
CREATE INDEX sought_key ON sought (key);
CREATE INDEX sought_fold ON sought (fold);
CREATE VIRTUAL TABLE sought_part USING fts5 (
    fold, content = 'sought', content_rowid = 'id', tokenize = 'trigram'
);
CREATE TRIGGER sought_in AFTER INSERT ON sought BEGIN INSERT INTO sought_part (rowid, fold) VALUES (new.id, new.fold); END;
CREATE TRIGGER sought_out AFTER DELETE ON sought BEGIN INSERT INTO sought_part (sought_part, rowid, fold) VALUES ('delete', old.id, old.fold); END;

-- How many weapons each node keeps, by one property at a time: kept as weapons change, so that no
-- page counts a country's weapons to show a figure.
CREATE TABLE tally (
    facet TEXT NOT NULL,
    value TEXT NOT NULL,
    keeper TEXT NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (facet, value, keeper)
) STRICT, WITHOUT ROWID;

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
) STRICT, WITHOUT ROWID;
CREATE INDEX waybill_under_way ON waybill (due, id) WHERE state IN ('open', 'partly');
CREATE TABLE paper (
    subject TEXT PRIMARY KEY,
    number TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX paper_number ON paper (number);

-- By how much each movement of ammunition changed what is left of its lot.
CREATE TABLE rounds (
    subject TEXT PRIMARY KEY,
    lot TEXT NOT NULL,
    change INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX rounds_lot ON rounds (lot);

-- Losses and recoveries, newest first, found without a walk through all the rest.
CREATE INDEX ev_of_loss ON ev (pos, seq) WHERE kind IN ('weapon.lost', 'weapon.recovered');

CREATE TABLE finding_followed (one INTEGER PRIMARY KEY CHECK (one = 1)) STRICT;
