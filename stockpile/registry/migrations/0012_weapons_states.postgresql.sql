-- A weapon's state, and the little that is asked of it by value; lists and searches have their own
-- tables, so that these columns were written with every fact and read by nobody.
DROP INDEX weapon_serial;
DROP INDEX weapon_fold;
ALTER TABLE weapon
    DROP COLUMN number, DROP COLUMN serial, DROP COLUMN serial_key, DROP COLUMN serial_fold,
    DROP COLUMN shown_mark, DROP COLUMN type, DROP COLUMN make, DROP COLUMN model,
    DROP COLUMN condition, DROP COLUMN place, DROP COLUMN tag, DROP COLUMN recorded_at
