CREATE TABLE hot (
    weapon TEXT PRIMARY KEY,
    texts TEXT NOT NULL,
    stretched BLOB
) STRICT, WITHOUT ROWID;
CREATE INDEX hot_new ON hot (weapon) WHERE stretched IS NULL;

CREATE TABLE hot_list (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    salt BLOB NOT NULL,
    changes INTEGER NOT NULL,
    listed INTEGER NOT NULL,
    number INTEGER NOT NULL,
    content BLOB
) STRICT;

CREATE TABLE urgent (
    node INTEGER NOT NULL REFERENCES node (id),
    no INTEGER NOT NULL,
    hash TEXT NOT NULL,
    received INTEGER NOT NULL,
    entry BLOB NOT NULL,
    PRIMARY KEY (node, no)
) STRICT, WITHOUT ROWID;

CREATE TABLE urgent_weapon (
    weapon TEXT NOT NULL,
    node INTEGER NOT NULL,
    no INTEGER NOT NULL,
    PRIMARY KEY (weapon, node, no)
) STRICT, WITHOUT ROWID;

CREATE INDEX weapon_claimed_lost ON weapon (id) WHERE status IN ('lost', 'disputed');
