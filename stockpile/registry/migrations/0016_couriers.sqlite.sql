-- Courier files that somebody brought to the pages and looks at before they are taken in; locked as
-- they came, each put away once it is taken, left, or an hour old.
CREATE TABLE courier_brought (
    id TEXT PRIMARY KEY,
    officer TEXT NOT NULL,
    at INTEGER NOT NULL,
    name TEXT NOT NULL,
    words TEXT NOT NULL,
    content BLOB NOT NULL,
    outcome TEXT NOT NULL
) STRICT;

-- What each node said in the last courier file that was taken in: the answer begins there.
CREATE TABLE courier_heard (
    node TEXT PRIMARY KEY,
    at INTEGER NOT NULL,
    said TEXT NOT NULL
) STRICT, WITHOUT ROWID
