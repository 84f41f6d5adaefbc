-- Open conflicts are read by their id, a page at a time, all of them or those of one class; and how
-- many of each class are open is kept as a figure, in the transaction that raises them or lets go.
CREATE INDEX conflict_id ON conflict (id);
CREATE INDEX conflict_kind ON conflict (kind, id);
DELETE FROM tally WHERE facet = 'open_conflicts';
INSERT INTO tally (facet, value, keeper, n)
SELECT 'open_conflicts', kind, '', count(*) FROM conflict GROUP BY kind
