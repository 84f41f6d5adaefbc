-- Each costs every registration a page, sealed and written. Lists are counted and narrowed by their
-- facets, ends of marks are found by the word index, duplicates by the fold, the weapons of a place
-- by its name. Of holders, papers and due dates only the weapons are indexed that have one.

CREATE INDEX weapon_by_serial ON weapon (by_serial);
CREATE INDEX weapon_by_mark ON weapon (by_mark);
CREATE INDEX weapon_by_place ON weapon (by_place);
CREATE INDEX weapon_by_number ON weapon (number);
CREATE INDEX weapon_by_tag ON weapon (tag) WHERE tag <> '';
CREATE INDEX weapon_by_holder ON weapon (holder) WHERE holder <> '';
CREATE INDEX weapon_by_paper ON weapon (paper) WHERE paper <> '';
CREATE INDEX weapon_by_due ON weapon (due) WHERE due <> '';
CREATE INDEX mark_by_key ON mark (key);
CREATE INDEX mark_by_fold ON mark (fold);
CREATE INDEX reference_by_kind ON reference (kind);
