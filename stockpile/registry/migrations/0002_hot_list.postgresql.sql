CREATE TABLE hot (
    weapon TEXT PRIMARY KEY,
    texts TEXT NOT NULL,
    stretched BYTEA
);
CREATE INDEX hot_new ON hot (weapon) WHERE stretched IS NULL;

CREATE TABLE hot_list (
    one SMALLINT PRIMARY KEY CHECK (one = 1),
    salt BYTEA NOT NULL,
    changes BIGINT NOT NULL,
    listed BIGINT NOT NULL,
    number BIGINT NOT NULL,
    content BYTEA
);

CREATE TABLE urgent (
    node INTEGER NOT NULL REFERENCES node (id),
    no BIGINT NOT NULL,
    hash TEXT NOT NULL,
    received BIGINT NOT NULL,
    entry BYTEA NOT NULL,
    PRIMARY KEY (node, no)
);

CREATE TABLE urgent_weapon (
    weapon TEXT NOT NULL,
    node INTEGER NOT NULL,
    no BIGINT NOT NULL,
    PRIMARY KEY (weapon, node, no)
);

CREATE INDEX weapon_claimed_lost ON weapon (id) WHERE status IN ('lost', 'disputed');
