-- Which photos the weapons' records show; derived from their states, written where it changed.
CREATE TABLE photo_shown (
    weapon TEXT NOT NULL,
    digest TEXT NOT NULL,
    size INTEGER NOT NULL,
    named INTEGER NOT NULL,
    node TEXT NOT NULL,
    PRIMARY KEY (weapon, digest)
) STRICT, WITHOUT ROWID;
CREATE INDEX photo_shown_digest ON photo_shown (digest);
CREATE INDEX photo_shown_node ON photo_shown (node, named);

-- What arrived whole, and who brought it; not derived: the bytes lie in files beside the database.
CREATE TABLE photo_kept (
    digest TEXT PRIMARY KEY,
    state TEXT NOT NULL,
    size INTEGER NOT NULL,
    node TEXT NOT NULL,
    received INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX photo_kept_node ON photo_kept (node);
CREATE INDEX photo_kept_forgotten ON photo_kept (digest) WHERE state = 'forgotten';

CREATE TABLE photos_followed (one INTEGER PRIMARY KEY CHECK (one = 1)) STRICT;
