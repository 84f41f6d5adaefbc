"""Who is told of what weapons share, as far as it is reckoned; the rest stands in the contract."""

from __future__ import annotations

from sqlalchemy import event

from stockpile.registry import alike, alike_rows
from tests.helpers.finders import enrolled, send
from tests.helpers.sites import a_weapon


def record(registry, site, *said):
    site.write(*(a_weapon(weapon, serial) for weapon, serial in said))
    send(registry, site)


def test_a_weapon_that_comes_to_a_site_brings_its_other_conflicts(registry):
    """Lira's second record shares nothing with Gulu, but with a record that Gulu is told of."""
    lira, gulu, arua = (enrolled(registry, name) for name in ("Lira", "Gulu", "Arua"))
    record(registry, lira, ("l0", "KB 1"))
    record(registry, gulu, ("g0", "KB 1"))
    with registry.books.reading() as connection:
        told = alike_rows.all_told(connection)
    assert told == {"l0": {"Gulu"}, "g0": {"Lira"}}
    record(registry, arua, ("a0", "KB 1"))
    with registry.books.reading() as connection:
        told = alike_rows.all_told(connection)
    assert told == {"l0": {"Gulu", "Arua"}, "g0": {"Lira", "Arua"}, "a0": {"Gulu", "Lira"}}


def test_what_matters_to_everybody_makes_nothing_else_matter_to_them():
    lacking = alike._lacking({"a": {0, 1}, "b": {2}, "c": {1, 2}})
    assert lacking == {"a": {2}, "b": {1}}


def test_a_batch_that_raises_nothing_costs_one_question(registry):
    lira, gulu = (enrolled(registry, name) for name in ("Lira", "Gulu"))
    record(registry, lira, ("l0", "KB 1"))
    asked: list[str] = []

    def heard(_connection, _cursor, said, *_rest):
        if "alike" in said:
            asked.append(said)

    event.listen(registry.database.engine, "before_cursor_execute", heard)
    record(registry, gulu, *((f"g{one}", f"KB {one + 5}") for one in range(20)))
    assert len(asked) == 1
    record(registry, gulu, ("g90", "KB 1"))
    assert len(asked) > 2
