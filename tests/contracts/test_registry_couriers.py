"""Courier files at a registry on either database: brought, taken in, answered."""

from __future__ import annotations

from stockpile.domain.courier import Held
from stockpile.registry import courier_answers, courier_rows
from stockpile.registry.courier_rows import Said
from tests.helpers import nations
from tests.helpers.sites import Site
from tests.helpers.sticks import taken


def test_a_file_waits_for_who_brought_it_as_it_came(registry):
    whole = bytes(range(256)) * 4_096
    with registry.books.writing() as connection:
        id_ = courier_rows.bring(connection, "amina", 1_000, "a.courier", "", whole)
    with registry.books.reading() as connection:
        assert courier_rows.brought(connection, id_, "amina", 1_001).content == whole
    with registry.books.writing() as connection:
        courier_rows.put_away(connection, id_, "done")
        assert courier_rows.brought(connection, id_, "amina", 1_001).outcome == "done"
        courier_rows.keep(connection, "n", Said("f"), 7)
        courier_rows.keep(connection, "n", Said("g"))
        assert courier_rows.said_by(connection, "n").file == "g"


def test_a_chain_is_taken_in_once_and_answered_from_there(registry):
    nation = nations.found(registry)
    nations.fill(nation)
    site, own = Site(), registry.books.key.node
    registry.enrol(site, "KLA", ["KLA"])
    site.found_with_officers()
    site.fill(20, weapons=5)
    found = taken(registry, site)
    assert (found.number, found.facts) == (21, 103)
    assert taken(registry, site, made=6).facts == 0
    made = courier_answers.answer(registry.books, site.node)
    assert (made.number, made.left) == (21, 0)
    assert made.facts
    tip = registry.books.tip(own)
    taken(registry, site, (), made=7, holds=(Held(own, tip.number, tip.hash),))
    again = courier_answers.answer(registry.books, site.node)
    assert again.entries == made.entries - tip.number
    with registry.books.reading() as connection:
        assert [one.node for one in courier_rows.heard(connection, 9)] == [site.node]


def test_another_history_is_kept_as_evidence(registry):
    site = Site()
    registry.enrol(site)
    site.found_with_officers()
    twin = site.copy()
    site.fill(1)
    twin.fill(2, weapons=1)
    taken(registry, site)
    assert taken(registry, twin).evidence == 2
    assert len(registry.books.evidence()) == 2
