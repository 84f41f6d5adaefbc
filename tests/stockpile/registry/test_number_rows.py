"""Which weapons bear numbers of a block: looked at again, a portion at a time."""

from __future__ import annotations

from sqlalchemy import select

from stockpile.domain import wire
from stockpile.domain.facts import BlockGranted, Draft, MarkingBegun
from stockpile.registry import intake, number_rows
from stockpile.registry.tables import DRAWN_FROM
from tests.helpers.sites import Site, a_weapon


def rows(registry):
    with registry.database.reading() as connection:
        return [tuple(one) for one in connection.execute(select(DRAWN_FROM))]


def send(registry, site):
    intake.take(registry.books, site.node, wire.squeeze(wire.pack(site.entries)))


def test_each_weapon_of_a_block_is_judged_when_the_block_is_heard_of(registry, site, monkeypatch):
    monkeypatch.setattr(number_rows, "_AT_ONCE", 2)
    weapons = [f"w{number}" for number in range(1, 6)]
    site.write(*(a_weapon(one) for one in weapons))
    heads = {one.subject: one.hash for one in site.facts}
    for number, weapon in enumerate(weapons, 1):
        said = MarkingBegun(f"j{number}", "s1", f"X{number}", number, "m", block="b1")
        site.write(Draft(weapon, said, (heads[weapon],)))
    send(registry, site)
    assert sorted(rows(registry)) == [("b1", one) for one in weapons]
    assert registry.books.conflicts() == ()
    site.by_one(Draft("b1", BlockGranted(site.node, "s1", 1, 3)))
    send(registry, site)
    assert len(registry.books.conflicts()) == 5  # granted after they were marked
    registry.books.rebuild()
    assert len(registry.books.conflicts()) == len(rows(registry)) == 5


def test_a_mark_that_names_no_block_is_held_against_all_that_its_node_holds(registry, site):
    site.write(*(a_weapon(one) for one in ("w1", "w2")))
    heads = {one.subject: one.hash for one in site.facts}
    site.by_one(Draft("b1", BlockGranted(site.node, "s1", 1, 3)))
    for number, weapon in ((2, "w1"), (7, "w2")):
        said = MarkingBegun(f"j{number}", "s1", f"X{number}", number, "m")
        site.write(Draft(weapon, said, (heads[weapon],)))
    send(registry, site)
    (conflict,) = registry.books.conflicts()
    assert (conflict.kind, conflict.weapons) == ("mark_outside", ("w2",))
    assert conflict.about == ("j7", "")
    registry.books.rebuild()
    assert registry.books.conflicts() == (conflict,)
    site.by_one(Draft("b2", BlockGranted(site.node, "s1", 5, 9)))  # heard of later: no excuse
    send(registry, site)
    assert registry.books.conflicts() == (conflict,)


def test_a_block_that_is_lent_and_heard_of_later_has_it_judged_again(registry, site):
    lender = Site()
    registry.enrol(lender)
    lender.found_with_officers()
    site.write(a_weapon("w1"))
    head = site.facts[-1].hash
    site.by_one(Draft("b1", BlockGranted(site.node, "s1", 1, 3)))
    site.write(Draft("w1", MarkingBegun("j7", "s1", "X7", 7, "m"), (head,)))
    send(registry, site)
    assert [one.kind for one in registry.books.conflicts()] == ["mark_outside"]
    lender.by_one(Draft("b2", BlockGranted(site.node, "s1", 5, 9)))
    send(registry, lender)
    assert registry.books.conflicts() == ()
    registry.books.rebuild()
    assert registry.books.conflicts() == ()
