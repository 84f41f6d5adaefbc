-- Which weapons bear a number that was drawn from a block: looked at again when more is heard of it.
CREATE TABLE drawn_from (
    block TEXT NOT NULL,
    weapon TEXT NOT NULL,
    PRIMARY KEY (block, weapon)
);
