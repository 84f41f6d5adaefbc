-- The station asks after each mark which jobs somebody still has to look at: few among many.
CREATE INDEX job_in_question ON job (opened_at, job)
    WHERE state IN ('unknown', 'done_reported', 'started');
