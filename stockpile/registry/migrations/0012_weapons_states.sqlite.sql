-- A weapon's state, and the little that is asked of it by value; lists and searches have their own
-- tables, so that these columns were written with every fact and read by nobody.
CREATE TABLE weapon_state (
    id TEXT PRIMARY KEY,
    state BLOB NOT NULL,
    calibre TEXT NOT NULL,
    status TEXT NOT NULL,
    duplicate_key TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO weapon_state SELECT id, state, calibre, status, duplicate_key FROM weapon;
DROP TABLE weapon;
ALTER TABLE weapon_state RENAME TO weapon;
CREATE INDEX weapon_duplicate ON weapon (duplicate_key) WHERE duplicate_key <> ''
