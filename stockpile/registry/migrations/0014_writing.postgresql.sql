-- What nobody reads or needs to be told is not written with every batch: an index of the numbers of
-- texts that weapons are sought by, and a look at the node of every entry and the scope of every line
-- of a feed, which the same transaction has locked or read.
ALTER TABLE sought DROP CONSTRAINT sought_pkey;
ALTER TABLE cm DROP CONSTRAINT cm_node_fkey;
ALTER TABLE feed DROP CONSTRAINT feed_scope_fkey
