-- Who may sign in to the registry's pages. What they may do stands in the registry's own chain:
-- they are its officers. Here lies only what opens their key: nothing of it works without the
-- passphrase.
CREATE TABLE web_user (
    officer TEXT PRIMARY KEY,
    login TEXT NOT NULL UNIQUE,
    salt BYTEA NOT NULL,
    passes INTEGER NOT NULL,
    memory BIGINT NOT NULL,
    sealed BYTEA NOT NULL,
    is_new SMALLINT NOT NULL CHECK (is_new IN (0, 1)),
    last_step BIGINT NOT NULL,
    made_at BIGINT NOT NULL
);

-- Codes that stand in once each for a lost second factor, as digests.
CREATE TABLE web_code (
    officer TEXT NOT NULL REFERENCES web_user (officer),
    hash TEXT NOT NULL,
    used_at BIGINT,
    PRIMARY KEY (officer, hash)
);

-- Who is signed in. The row is found by a digest of the cookie and opened by the cookie alone.
CREATE TABLE web_session (
    id TEXT PRIMARY KEY,
    officer TEXT NOT NULL REFERENCES web_user (officer),
    is_new SMALLINT NOT NULL CHECK (is_new IN (0, 1)),
    sealed BYTEA NOT NULL,
    began BIGINT NOT NULL,
    seen BIGINT NOT NULL,
    stepped BIGINT NOT NULL,
    address TEXT NOT NULL,
    program TEXT NOT NULL
);
CREATE INDEX web_session_of ON web_session (officer);

-- Tries to sign in that failed or are being judged, by login and by address.
CREATE TABLE web_try (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    who TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX web_try_of ON web_try (who, at);

-- What was done and looked at by pages: each row names the one before it by its hash.
CREATE TABLE audit (
    no BIGINT PRIMARY KEY,
    at BIGINT NOT NULL,
    officer TEXT NOT NULL,
    address TEXT NOT NULL,
    act TEXT NOT NULL,
    about TEXT NOT NULL,
    hash TEXT NOT NULL
);
CREATE INDEX audit_of ON audit (officer, no);

CREATE TABLE audit_head (
    one SMALLINT PRIMARY KEY CHECK (one = 1),
    no BIGINT NOT NULL,
    hash TEXT NOT NULL,
    sealed_day BIGINT NOT NULL
);
INSERT INTO audit_head (one, no, hash, sealed_day) VALUES (1, 0, '', 0);

CREATE FUNCTION audit_stays() RETURNS trigger LANGUAGE plpgsql AS
'BEGIN RAISE EXCEPTION ''the audit log is never changed''; END';

CREATE TRIGGER audit_stays BEFORE UPDATE OR DELETE ON audit
FOR EACH ROW EXECUTE FUNCTION audit_stays();

CREATE TRIGGER audit_never_emptied BEFORE TRUNCATE ON audit
FOR EACH STATEMENT EXECUTE FUNCTION audit_stays();
