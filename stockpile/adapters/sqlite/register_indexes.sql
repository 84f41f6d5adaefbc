-- One index for each way in which the register is looked at; the row at its end makes the keyset.
-- Each costs every registration a page, sealed and written: ends of marks are found by the word
-- index, duplicates by the fold, the weapons of a place by its name.

CREATE INDEX weapon_by_serial ON weapon (by_serial) WHERE registered;
CREATE INDEX weapon_by_mark ON weapon (by_mark) WHERE registered;
CREATE INDEX weapon_by_model ON weapon (by_model) WHERE registered;
CREATE INDEX weapon_by_place ON weapon (by_place);
CREATE INDEX weapon_by_recorded ON weapon (recorded_at) WHERE registered;
CREATE INDEX weapon_by_status ON weapon (status) WHERE registered;
CREATE INDEX weapon_by_number ON weapon (number);
CREATE INDEX weapon_by_tag ON weapon (tag) WHERE tag <> '';
CREATE INDEX mark_by_key ON mark (key);
CREATE INDEX mark_by_fold ON mark (fold);
CREATE INDEX reference_by_kind ON reference (kind);
