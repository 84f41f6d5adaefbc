-- Which machine really ran each step, where on the weapon, what went over the wire; voided marks.
-- Frozen: a later change is a later file.

ALTER TABLE job ADD COLUMN driver TEXT NOT NULL DEFAULT '';
ALTER TABLE job ADD COLUMN identity TEXT NOT NULL DEFAULT '';
ALTER TABLE job ADD COLUMN component TEXT NOT NULL DEFAULT '';
ALTER TABLE job ADD COLUMN position TEXT NOT NULL DEFAULT '';
ALTER TABLE job ADD COLUMN layout TEXT NOT NULL DEFAULT '';
ALTER TABLE job ADD COLUMN fingerprint TEXT NOT NULL DEFAULT '';
ALTER TABLE job ADD COLUMN "order" TEXT NOT NULL DEFAULT '';
CREATE INDEX job_by_age ON job (opened_at, job);

-- A step is bound to its driver and machine by its hash; steps from before this file name neither.
ALTER TABLE step ADD COLUMN driver TEXT NOT NULL DEFAULT '';
ALTER TABLE step ADD COLUMN identity TEXT NOT NULL DEFAULT '';

INSERT INTO next_state VALUES
    ('done_reported', 'voided'), ('verified', 'voided'), ('resolved_marked', 'voided');

DROP TRIGGER job_stays_what_it_is;
CREATE TRIGGER job_stays_what_it_is BEFORE UPDATE OF
    job, weapon, scheme, text, machine, opened_at, driver, component, position, layout,
    fingerprint, "order"
ON job
BEGIN SELECT RAISE(ABORT, 'a job is never edited'); END;
CREATE TRIGGER job_is_run_by_one_machine BEFORE UPDATE OF identity ON job
WHEN old.identity NOT IN ('', new.identity)
BEGIN SELECT RAISE(ABORT, 'a job is run by one machine'); END;
DROP TRIGGER step_moves_its_job;
CREATE TRIGGER step_moves_its_job AFTER INSERT ON step WHEN new.state <> 'intent'
BEGIN
    UPDATE job SET state = new.state, detail = new.detail WHERE job = new.job;
    UPDATE job SET identity = new.identity WHERE job = new.job AND new.identity <> identity;
END;

CREATE TABLE wire (
    id INTEGER PRIMARY KEY,
    job TEXT NOT NULL REFERENCES job (job),
    monotonic INTEGER NOT NULL,
    direction TEXT NOT NULL CHECK (direction IN ('out', 'in')),
    content BLOB NOT NULL
) STRICT;
CREATE INDEX wire_of_a_job ON wire (job, id);
CREATE TRIGGER wire_is_never_edited BEFORE UPDATE ON wire
BEGIN SELECT RAISE(ABORT, 'what went over the wire is never edited'); END;
CREATE TRIGGER wire_is_never_removed BEFORE DELETE ON wire
BEGIN SELECT RAISE(ABORT, 'what went over the wire is never removed'); END;

CREATE TABLE unread (
    id INTEGER PRIMARY KEY,
    job TEXT NOT NULL REFERENCES job (job),
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX unread_of_a_job ON unread (job);
CREATE TRIGGER unread_is_never_edited BEFORE UPDATE ON unread
BEGIN SELECT RAISE(ABORT, 'a failed reading is never edited'); END;
CREATE TRIGGER unread_is_never_removed BEFORE DELETE ON unread
BEGIN SELECT RAISE(ABORT, 'a failed reading is never removed'); END;
