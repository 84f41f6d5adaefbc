-- Who may sign in to the registry's pages. What they may do stands in the registry's own chain:
-- they are its officers. Here lies only what opens their key: nothing of it works without the
-- passphrase.
CREATE TABLE web_user (
    officer TEXT PRIMARY KEY,
    login TEXT NOT NULL UNIQUE,
    salt BLOB NOT NULL,
    passes INTEGER NOT NULL,
    memory INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    is_new INTEGER NOT NULL CHECK (is_new IN (0, 1)),
    last_step INTEGER NOT NULL,
    made_at INTEGER NOT NULL
) STRICT;

-- Codes that stand in once each for a lost second factor, as digests.
CREATE TABLE web_code (
    officer TEXT NOT NULL REFERENCES web_user (officer),
    hash TEXT NOT NULL,
    used_at INTEGER,
    PRIMARY KEY (officer, hash)
) STRICT;

-- Who is signed in. The row is found by a digest of the cookie and opened by the cookie alone.
CREATE TABLE web_session (
    id TEXT PRIMARY KEY,
    officer TEXT NOT NULL REFERENCES web_user (officer),
    is_new INTEGER NOT NULL CHECK (is_new IN (0, 1)),
    sealed BLOB NOT NULL,
    began INTEGER NOT NULL,
    seen INTEGER NOT NULL,
    stepped INTEGER NOT NULL,
    address TEXT NOT NULL,
    program TEXT NOT NULL
) STRICT;
CREATE INDEX web_session_of ON web_session (officer);

-- Tries to sign in that failed or are being judged, by login and by address.
CREATE TABLE web_try (
    id INTEGER PRIMARY KEY,
    who TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX web_try_of ON web_try (who, at);

-- What was done and looked at by pages: each row names the one before it by its hash.
CREATE TABLE audit (
    no INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    officer TEXT NOT NULL,
    address TEXT NOT NULL,
    act TEXT NOT NULL,
    about TEXT NOT NULL,
    hash TEXT NOT NULL
) STRICT;
CREATE INDEX audit_of ON audit (officer, no);

CREATE TABLE audit_head (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    no INTEGER NOT NULL,
    hash TEXT NOT NULL,
    sealed_day INTEGER NOT NULL
) STRICT;
INSERT INTO audit_head (one, no, hash, sealed_day) VALUES (1, 0, '', 0);

CREATE TRIGGER audit_stays BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is never changed'); END;

CREATE TRIGGER audit_never_shrinks BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is never changed'); END;
