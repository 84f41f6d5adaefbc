-- What weapons of several sites share: conflicts that wait to be told to all of those sites, by the
-- node whose entry raised them, and from when on; and which weapon matters to which site since because of one. What
-- is open when this step is taken waits for the registry itself, which founded its own chain first.
CREATE TABLE alike_waiting (
    node TEXT NOT NULL,
    shared TEXT NOT NULL,
    due INTEGER NOT NULL,
    PRIMARY KEY (node, shared)
) STRICT, WITHOUT ROWID;
CREATE TABLE alike_told (
    weapon TEXT NOT NULL,
    site TEXT NOT NULL,
    node TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (weapon, site)
) STRICT, WITHOUT ROWID;
CREATE INDEX alike_told_lately ON alike_told (node, at);
CREATE INDEX alike_told_there ON alike_told (site, at);
INSERT INTO alike_waiting (node, shared, due)
SELECT DISTINCT node.node, conflict.owner, 0 FROM conflict
JOIN node ON node.id = (SELECT min(id) FROM node)
WHERE conflict.kind IN ('possible_duplicate', 'mark_doubled')
