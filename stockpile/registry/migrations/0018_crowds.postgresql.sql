-- Which weapons somebody joined with others, or told apart from them, by what they share: those who
-- say the same of a thousand weapons are found without reading the thousand. Of marks only those
-- texts are kept that may stand on no other weapon. All of it is derived anew, once, when the
-- registry opens.
CREATE TABLE tied (
    shared TEXT NOT NULL,
    weapon TEXT NOT NULL,
    PRIMARY KEY (shared, weapon)
);
CREATE INDEX tied_weapon ON tied (weapon);
DELETE FROM finding_followed
