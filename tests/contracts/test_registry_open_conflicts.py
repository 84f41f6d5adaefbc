"""How many conflicts are open and which come next is not found by counting, on either database."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import select, text

from stockpile.registry import database, raising, settling
from stockpile.registry.database import fill
from stockpile.registry.tables import CONFLICT
from tests.helpers import nations
from tests.helpers.sites import a_move

_PAGE = "SELECT owner FROM conflict WHERE id > '0' ORDER BY id LIMIT 9"
_OF_KIND = "SELECT owner FROM conflict WHERE kind = 'authority' AND id > '0' ORDER BY id LIMIT 9"
_ONE = "SELECT owner FROM conflict WHERE id = 'a' LIMIT 1"


def a_nation(registry):
    """Two sites of which each raises something, alone and with the other."""
    nation = nations.found(registry)
    for at in range(1, 5):
        nation.kampala.write(nations.registered(2 * at, f"S-{at}"))
        nation.gulu.write(nations.registered(2 * at + 1, f"S-{at}"))
    born = nation.kampala.facts[-1]
    nation.kampala.write(*(a_move(born.subject, rack, born.hash) for rack in ("r1", "r2")))
    nation.send()


def kept_and_held(registry):
    with registry.database.reading() as connection:
        rows = connection.execute(select(CONFLICT.c.kind)).scalars().all()
        assert settling.counts(connection) == raising.open_by_class(connection)
        return raising.open_by_class(connection), Counter(rows)


def test_the_figures_are_those_of_the_rows_and_a_rebuild_s(registry):
    a_nation(registry)
    kept, held = kept_and_held(registry)
    assert kept == held == {"possible_duplicate": 4, "custody_fork": 1}
    registry.books.rebuild()
    assert kept_and_held(registry) == (kept, held)


def test_a_registry_of_an_earlier_program_counts_them_once(registry):
    a_nation(registry)
    kept, _held = kept_and_held(registry)
    step = database._steps("postgresql" if registry.database.is_postgres else "sqlite")[21]
    with registry.database.writing() as connection:
        for index in ("conflict_id", "conflict_kind"):
            connection.execute(text(f"DROP INDEX {index}"))
        connection.execute(text("DELETE FROM tally WHERE facet = 'open_conflicts'"))
        for statement in step.split(";\n"):
            connection.exec_driver_sql(statement)
    assert kept_and_held(registry)[0] == kept


def test_a_page_and_a_card_are_read_in_order_of_an_index(registry):
    explain = "EXPLAIN" if registry.database.is_postgres else "EXPLAIN QUERY PLAN"
    with registry.database.writing() as connection:
        kinds = ["authority", *["custody_fork"] * 49] * 60
        fill(connection, CONFLICT, [
            {"owner": f"w:{at}", "id": f"{at:064x}", "kind": kind, "weapons": "[]", "about": "[]"}
            for at, kind in enumerate(kinds)
        ])  # fmt: skip
        if registry.database.is_postgres:
            connection.execute(text("ANALYZE conflict"))
        for asked, index in ((_PAGE, "conflict_id"), (_OF_KIND, "conflict_kind"),
                             (_ONE, "conflict_id")):  # fmt: skip
            told = str(connection.execute(text(f"{explain} {asked}")).all()).lower()
            assert index in told
            assert "sort" not in told
            assert "b-tree" not in told
        connection.rollback()
