from __future__ import annotations

from stockpile.domain import tiles, wire
from stockpile.registry import intake, log, log_rows
from tests.helpers.naive_trees import NaiveTree


def test_every_head_that_the_log_had_is_found_again(registry, site):
    heads = {}
    for _time in range(20):
        site.fill(1, weapons=1)
        intake.take(registry.books, site.node, wire.squeeze(wire.pack(site.entries[-3:])))
        head = registry.books.head()
        heads[head.size] = head.root
    with registry.books.reading() as connection:
        assert log_rows.root_at(connection, 0) == log.EMPTY_ROOT
        for size, root in heads.items():
            assert log_rows.root_at(connection, size) == root
        last = max(heads)
        raw = log_rows.tile(connection, tiles.Tile(tiles.ENTRIES, 0, last))
    whole = NaiveTree([raw[at + 2 : at + 34] for at in range(0, len(raw), 34)])
    assert all(whole.root(size) == root for size, root in heads.items())
