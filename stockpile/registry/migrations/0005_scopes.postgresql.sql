-- Who is told what. A node is certified for a scope, a list of sites; nobody named is everything.
ALTER TABLE node ADD COLUMN scope TEXT NOT NULL DEFAULT '[]';
ALTER TABLE code ADD COLUMN scope TEXT NOT NULL DEFAULT '[]';

CREATE TABLE site (
    id INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
);
INSERT INTO site (name) SELECT DISTINCT site FROM node WHERE site <> '' ORDER BY site;

-- Which sites a weapon, a waybill or a place matters to, for ever; site 0 stands for everybody.
CREATE TABLE matters (
    subject TEXT NOT NULL,
    site INTEGER NOT NULL,
    PRIMARY KEY (subject, site)
);

-- What is on its way to a place that nobody opened yet: whose it is shows when its chain comes.
CREATE TABLE bound_for (
    place TEXT NOT NULL,
    subject TEXT NOT NULL,
    PRIMARY KEY (place, subject)
);

-- One feed for each scope. Its order is its own: what begins to matter late is told late.
CREATE TABLE scope (
    id INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    sites TEXT NOT NULL UNIQUE,
    epoch BIGINT NOT NULL,
    size BIGINT NOT NULL,
    told BIGINT NOT NULL,
    seal TEXT NOT NULL,
    checked BIGINT NOT NULL
);

CREATE TABLE scope_site (
    site INTEGER NOT NULL REFERENCES site (id),
    scope INTEGER NOT NULL REFERENCES scope (id),
    PRIMARY KEY (site, scope)
);

-- Where an entry lies, and which of its facts are told; none named is the whole of it.
CREATE TABLE feed (
    scope INTEGER NOT NULL REFERENCES scope (id),
    place BIGINT NOT NULL,
    pos BIGINT NOT NULL,
    parts TEXT NOT NULL,
    PRIMARY KEY (scope, place)
);

CREATE UNIQUE INDEX cm_pos ON cm (pos);

CREATE TABLE scopes_followed (one SMALLINT PRIMARY KEY CHECK (one = 1));
