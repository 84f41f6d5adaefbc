-- How often the key file was written: an older copy in its place has a lower count.
CREATE TABLE key_turn (
    only INTEGER NOT NULL PRIMARY KEY CHECK (only = 1),
    turn INTEGER NOT NULL
) STRICT;
INSERT INTO key_turn VALUES (1, 0);
CREATE TRIGGER turns_never_go_back BEFORE UPDATE ON key_turn WHEN new.turn < old.turn
BEGIN SELECT RAISE(ABORT, 'a turn never goes back'); END;
CREATE TRIGGER turns_are_never_removed BEFORE DELETE ON key_turn
BEGIN SELECT RAISE(ABORT, 'a turn is never removed'); END;
