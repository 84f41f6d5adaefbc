-- Who is told what. A node is certified for a scope, a list of sites; nobody named is everything.
ALTER TABLE node ADD COLUMN scope TEXT NOT NULL DEFAULT '[]';
ALTER TABLE code ADD COLUMN scope TEXT NOT NULL DEFAULT '[]';

CREATE TABLE site (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;
INSERT INTO site (name) SELECT DISTINCT site FROM node WHERE site <> '' ORDER BY site;

-- Which sites a weapon, a waybill or a place matters to, for ever; site 0 stands for everybody.
CREATE TABLE matters (
    subject TEXT NOT NULL,
    site INTEGER NOT NULL,
    PRIMARY KEY (subject, site)
) STRICT, WITHOUT ROWID;

-- What is on its way to a place that nobody opened yet: whose it is shows when its chain comes.
CREATE TABLE bound_for (
    place TEXT NOT NULL,
    subject TEXT NOT NULL,
    PRIMARY KEY (place, subject)
) STRICT, WITHOUT ROWID;

-- One feed for each scope. Its order is its own: what begins to matter late is told late.
CREATE TABLE scope (
    id INTEGER PRIMARY KEY,
    sites TEXT NOT NULL UNIQUE,
    epoch INTEGER NOT NULL,
    size INTEGER NOT NULL,
    told INTEGER NOT NULL,
    seal TEXT NOT NULL,
    checked INTEGER NOT NULL
) STRICT;

CREATE TABLE scope_site (
    site INTEGER NOT NULL REFERENCES site (id),
    scope INTEGER NOT NULL REFERENCES scope (id),
    PRIMARY KEY (site, scope)
) STRICT, WITHOUT ROWID;

-- Where an entry lies, and which of its facts are told; none named is the whole of it.
CREATE TABLE feed (
    scope INTEGER NOT NULL REFERENCES scope (id),
    place INTEGER NOT NULL,
    pos INTEGER NOT NULL,
    parts TEXT NOT NULL,
    PRIMARY KEY (scope, place)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX cm_pos ON cm (pos);

CREATE TABLE scopes_followed (one INTEGER PRIMARY KEY CHECK (one = 1)) STRICT;
