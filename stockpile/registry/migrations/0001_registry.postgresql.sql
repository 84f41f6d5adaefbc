CREATE TABLE node (
    id INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    node TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    site TEXT NOT NULL,
    public_key BYTEA NOT NULL,
    status TEXT NOT NULL,
    tip_no BIGINT NOT NULL,
    tip_seq BIGINT NOT NULL,
    tip_hash TEXT NOT NULL,
    enrolled_at BIGINT NOT NULL
);

CREATE TABLE cm (
    node INTEGER NOT NULL REFERENCES node (id),
    no BIGINT NOT NULL,
    pos BIGINT NOT NULL,
    first BIGINT NOT NULL,
    n INTEGER NOT NULL,
    size BIGINT NOT NULL,
    leaf_pos BIGINT NOT NULL,
    received BIGINT NOT NULL,
    hash BYTEA NOT NULL,
    header BYTEA NOT NULL,
    sig BYTEA NOT NULL,
    PRIMARY KEY (node, no)
);

CREATE SEQUENCE ev_pos;
CREATE TABLE ev (
    pos BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    node INTEGER NOT NULL,
    kind TEXT NOT NULL,
    subj TEXT NOT NULL,
    payload BYTEA NOT NULL,
    PRIMARY KEY (pos, seq)
) PARTITION BY RANGE (pos);
CREATE INDEX ev_subj ON ev (subj);

CREATE TABLE leaf (
    pos BIGINT PRIMARY KEY,
    node INTEGER NOT NULL,
    no BIGINT NOT NULL
);

CREATE TABLE tree (
    level SMALLINT NOT NULL,
    idx BIGINT NOT NULL,
    hash BYTEA NOT NULL,
    PRIMARY KEY (level, idx)
);

CREATE TABLE log_head (
    one SMALLINT PRIMARY KEY CHECK (one = 1),
    size BIGINT NOT NULL,
    root TEXT NOT NULL,
    peaks BYTEA NOT NULL
);

CREATE TABLE fork (
    node INTEGER NOT NULL REFERENCES node (id),
    hash TEXT NOT NULL,
    no BIGINT NOT NULL,
    why TEXT NOT NULL,
    received BIGINT NOT NULL,
    entry BYTEA NOT NULL,
    PRIMARY KEY (node, hash)
);

CREATE TABLE code (
    hash BYTEA PRIMARY KEY,
    name TEXT NOT NULL,
    site TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    used_by TEXT,
    used_at BIGINT
);

CREATE TABLE weapon (
    id TEXT PRIMARY KEY,
    state BYTEA NOT NULL,
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
    recorded_at BIGINT NOT NULL
);
CREATE INDEX weapon_serial ON weapon (serial_key);
CREATE INDEX weapon_fold ON weapon (serial_fold);
CREATE INDEX weapon_duplicate ON weapon (duplicate_key) WHERE duplicate_key <> '';

CREATE TABLE mark (
    weapon TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (weapon, text)
);
CREATE INDEX mark_text ON mark (text);

CREATE TABLE reference (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    closed INTEGER NOT NULL,
    heads TEXT NOT NULL
);

CREATE TABLE conflict (
    owner TEXT NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    weapons TEXT NOT NULL,
    about TEXT NOT NULL,
    PRIMARY KEY (owner, id)
);

CREATE TABLE secret (
    one SMALLINT PRIMARY KEY CHECK (one = 1),
    seed BYTEA NOT NULL
);
