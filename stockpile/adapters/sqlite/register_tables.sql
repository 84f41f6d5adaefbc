-- The register: derived from the ledger, dropped and derived anew whenever its shape changes.

UPDATE register SET shape = 0;

DROP TABLE IF EXISTS weapon;
DROP TABLE IF EXISTS mark;
DROP TABLE IF EXISTS old_tag;
DROP TABLE IF EXISTS weapon_fts;
DROP TABLE IF EXISTS words_indexed;
DROP TABLE IF EXISTS number;
DROP TABLE IF EXISTS drawn_from;
DROP TABLE IF EXISTS source;
DROP TABLE IF EXISTS reference;
DROP TABLE IF EXISTS facet;
DROP TABLE IF EXISTS facet_value;
DROP TABLE IF EXISTS likeness_part;
DROP TABLE IF EXISTS likeness_kept;
DROP TABLE IF EXISTS likeness_changed;

CREATE TABLE weapon (
    row INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    state BLOB NOT NULL,
    lamport INTEGER NOT NULL,
    registered INTEGER NOT NULL,
    number TEXT NOT NULL,
    serial TEXT NOT NULL,
    mark TEXT NOT NULL,
    type TEXT NOT NULL,
    make TEXT NOT NULL,
    model TEXT NOT NULL,
    calibre TEXT NOT NULL,
    condition TEXT NOT NULL,
    status TEXT NOT NULL,
    place TEXT NOT NULL,
    place_name TEXT NOT NULL,
    tag TEXT NOT NULL,
    recorded_at INTEGER NOT NULL,
    duplicate_key TEXT NOT NULL,
    by_serial TEXT NOT NULL,
    by_mark TEXT NOT NULL,
    by_model TEXT NOT NULL,
    by_place TEXT NOT NULL,
    words TEXT NOT NULL,
    recorded_by TEXT NOT NULL,
    country TEXT NOT NULL,
    year TEXT NOT NULL,
    document TEXT NOT NULL,
    holder TEXT NOT NULL,
    home TEXT NOT NULL,
    due TEXT NOT NULL,
    paper TEXT NOT NULL,
    inspect_by TEXT NOT NULL,
    unfit INTEGER NOT NULL
) STRICT;

CREATE TABLE mark (
    weapon INTEGER NOT NULL,
    pos INTEGER NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    key TEXT NOT NULL,
    fold TEXT NOT NULL,
    is_identity INTEGER NOT NULL,
    is_ours INTEGER NOT NULL,
    PRIMARY KEY (weapon, pos)
) STRICT, WITHOUT ROWID;

-- Tags of labels that were replaced: few, and each is looked for where no label that stands is found.
CREATE TABLE old_tag (
    tag TEXT NOT NULL,
    weapon INTEGER NOT NULL,
    PRIMARY KEY (tag, weapon)
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE weapon_fts USING fts5(
    words, content='', contentless_delete=1, detail=none, tokenize='trigram'
);

-- The last weapon in the word index: the few that came after it are looked through one by one.
-- The index costs a weapon five pages when it comes alone, and next to nothing among others.
CREATE TABLE words_indexed (row INTEGER NOT NULL) STRICT;
INSERT INTO words_indexed VALUES (0);

CREATE TABLE number (
    scheme TEXT NOT NULL,
    number INTEGER NOT NULL,
    job TEXT NOT NULL,
    weapon TEXT NOT NULL,
    PRIMARY KEY (scheme, number, job, weapon)
) STRICT, WITHOUT ROWID;

-- Which weapons bear a number that was drawn from a block: looked at again when more is heard of it.
CREATE TABLE drawn_from (
    block TEXT NOT NULL,
    weapon TEXT NOT NULL,
    PRIMARY KEY (block, weapon)
) STRICT, WITHOUT ROWID;

CREATE TABLE source (
    key TEXT NOT NULL,
    subject TEXT NOT NULL,
    PRIMARY KEY (key, subject)
) STRICT, WITHOUT ROWID;

CREATE TABLE reference (
    subject TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    state BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- What lists are narrowed and counted by, a few bytes a weapon, those of 64 weapons in one page, held
-- in memory while the books are open: one page a registration in the place of an index for each.
CREATE TABLE facet (
    part INTEGER PRIMARY KEY,
    packed BLOB NOT NULL
) STRICT;

CREATE TABLE facet_value (
    code INTEGER PRIMARY KEY,
    facet TEXT NOT NULL,
    value TEXT NOT NULL,
    UNIQUE (facet, value)
) STRICT;

-- The index of likeness as it was kept last, in parts: up to which row it knows the weapons, what it
-- was sealed with, and the rows among them that were written since.
CREATE TABLE likeness_part (
    part INTEGER PRIMARY KEY,
    packed BLOB NOT NULL
) STRICT;

CREATE TABLE likeness_kept (
    last INTEGER NOT NULL,
    seal BLOB NOT NULL
) STRICT;

CREATE TABLE likeness_changed (row INTEGER PRIMARY KEY) STRICT;
