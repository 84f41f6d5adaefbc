-- The journal of marking jobs. Frozen: a later change is a later file.
-- Steps are only ever added; the database itself knows which may follow which, and forbids a second
-- open or finished job of one weapon and scheme, and a second unsettled job of one machine.

CREATE TABLE job (
    job TEXT NOT NULL PRIMARY KEY,
    weapon TEXT NOT NULL,
    scheme TEXT NOT NULL,
    text TEXT NOT NULL,
    machine TEXT NOT NULL,
    state TEXT NOT NULL,
    detail TEXT NOT NULL,
    opened_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX one_job_of_a_weapon_and_scheme ON job (weapon, scheme)
    WHERE state IN ('intent', 'prepared', 'armed', 'started', 'unknown',
                    'done_reported', 'verified', 'resolved_marked');
CREATE UNIQUE INDEX one_unsettled_job_of_a_machine ON job (machine)
    WHERE state IN ('intent', 'prepared', 'armed', 'started', 'unknown');

CREATE TABLE step (
    id INTEGER PRIMARY KEY,
    job TEXT NOT NULL REFERENCES job (job),
    state TEXT NOT NULL,
    detail TEXT NOT NULL,
    at INTEGER NOT NULL,
    monotonic INTEGER NOT NULL,
    boot TEXT NOT NULL,
    sent BLOB,
    previous BLOB NOT NULL,
    hash BLOB NOT NULL
) STRICT;
CREATE INDEX step_of_a_job ON step (job, id);

CREATE TABLE next_state (
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    PRIMARY KEY (before, after)
) STRICT, WITHOUT ROWID;
INSERT INTO next_state VALUES
    ('intent', 'prepared'), ('intent', 'not_started'),
    ('prepared', 'armed'), ('prepared', 'not_started'),
    ('armed', 'started'), ('armed', 'not_started'), ('armed', 'unknown'),
    ('started', 'done_reported'), ('started', 'unknown'),
    ('done_reported', 'verified'), ('done_reported', 'unknown'),
    ('unknown', 'resolved_marked'), ('unknown', 'resolved_partial'),
    ('unknown', 'resolved_not_marked');

CREATE TRIGGER job_begins_with_intent BEFORE INSERT ON job WHEN new.state <> 'intent'
BEGIN SELECT RAISE(ABORT, 'a job begins with its intent'); END;
CREATE TRIGGER job_is_never_removed BEFORE DELETE ON job
BEGIN SELECT RAISE(ABORT, 'a job is never removed'); END;
CREATE TRIGGER job_goes_on_by_the_rules BEFORE UPDATE OF state ON job
WHEN NOT EXISTS (SELECT 1 FROM next_state WHERE before = old.state AND after = new.state)
BEGIN SELECT RAISE(ABORT, 'no such step'); END;
CREATE TRIGGER job_stays_what_it_is BEFORE UPDATE OF job, weapon, scheme, text, machine, opened_at
ON job
BEGIN SELECT RAISE(ABORT, 'a job is never edited'); END;
CREATE TRIGGER step_is_never_edited BEFORE UPDATE ON step
BEGIN SELECT RAISE(ABORT, 'a step is never edited'); END;
CREATE TRIGGER step_is_never_removed BEFORE DELETE ON step
BEGIN SELECT RAISE(ABORT, 'a step is never removed'); END;
CREATE TRIGGER step_moves_its_job AFTER INSERT ON step WHEN new.state <> 'intent'
BEGIN UPDATE job SET state = new.state, detail = new.detail WHERE job = new.job; END;
