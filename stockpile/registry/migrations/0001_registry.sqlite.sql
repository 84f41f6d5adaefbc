CREATE TABLE node (
    id INTEGER PRIMARY KEY,
    node TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    site TEXT NOT NULL,
    public_key BLOB NOT NULL,
    status TEXT NOT NULL,
    tip_no INTEGER NOT NULL,
    tip_seq INTEGER NOT NULL,
    tip_hash TEXT NOT NULL,
    enrolled_at INTEGER NOT NULL
) STRICT;

CREATE TABLE cm (
    node INTEGER NOT NULL REFERENCES node (id),
    no INTEGER NOT NULL,
    pos INTEGER NOT NULL,
    first INTEGER NOT NULL,
    n INTEGER NOT NULL,
    size INTEGER NOT NULL,
    leaf_pos INTEGER NOT NULL,
    received INTEGER NOT NULL,
    hash BLOB NOT NULL,
    header BLOB NOT NULL,
    sig BLOB NOT NULL,
    PRIMARY KEY (node, no)
) STRICT, WITHOUT ROWID;

CREATE TABLE ev (
    pos INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    node INTEGER NOT NULL,
    kind TEXT NOT NULL,
    subj TEXT NOT NULL,
    payload BLOB NOT NULL,
    PRIMARY KEY (pos, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX ev_subj ON ev (subj);

CREATE TABLE leaf (
    pos INTEGER PRIMARY KEY,
    node INTEGER NOT NULL,
    no INTEGER NOT NULL
) STRICT;

CREATE TABLE tree (
    level INTEGER NOT NULL,
    idx INTEGER NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (level, idx)
) STRICT, WITHOUT ROWID;

CREATE TABLE log_head (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    size INTEGER NOT NULL,
    root TEXT NOT NULL,
    peaks BLOB NOT NULL
) STRICT;

CREATE TABLE fork (
    node INTEGER NOT NULL REFERENCES node (id),
    hash TEXT NOT NULL,
    no INTEGER NOT NULL,
    why TEXT NOT NULL,
    received INTEGER NOT NULL,
    entry BLOB NOT NULL,
    PRIMARY KEY (node, hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE code (
    hash BLOB PRIMARY KEY,
    name TEXT NOT NULL,
    site TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    used_by TEXT,
    used_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE weapon (
    id TEXT PRIMARY KEY,
    state BLOB NOT NULL,
    number TEXT NOT NULL,
    serial TEXT NOT NULL,
    serial_key TEXT NOT NULL,
    serial_fold TEXT NOT NULL,
    shown_mark TEXT NOT NULL,
    type TEXT NOT NULL,
    make TEXT NOT NULL,
    model TEXT NOT NULL,
    calibre TEXT NOT NULL,
    condition TEXT NOT NULL,
    status TEXT NOT NULL,
    place TEXT NOT NULL,
    tag TEXT NOT NULL,
    duplicate_key TEXT NOT NULL,
    recorded_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX weapon_serial ON weapon (serial_key);
CREATE INDEX weapon_fold ON weapon (serial_fold);
CREATE INDEX weapon_duplicate ON weapon (duplicate_key) WHERE duplicate_key <> '';

CREATE TABLE mark (
    weapon TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (weapon, text)
) STRICT, WITHOUT ROWID;
CREATE INDEX mark_text ON mark (text);

CREATE TABLE reference (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    closed INTEGER NOT NULL,
    heads TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE conflict (
    owner TEXT NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    weapons TEXT NOT NULL,
    about TEXT NOT NULL,
    PRIMARY KEY (owner, id)
) STRICT, WITHOUT ROWID;
