-- What nodes found of the lost weapons: asked by a proof, which weapon it named ('' for none).
CREATE TABLE find (
    node INTEGER NOT NULL REFERENCES node (id),
    proof TEXT NOT NULL,
    weapon TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (node, proof, weapon)
);
