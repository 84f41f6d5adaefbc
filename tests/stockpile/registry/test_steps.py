from __future__ import annotations

import pytest

from stockpile.domain import weapons, wire
from stockpile.domain.facts import Draft, TagBound
from stockpile.registry import intake, register, steps
from tests.helpers.sites import Site, a_move, a_weapon


def send(registry, site):
    intake.take(registry.books, site.node, wire.squeeze(wire.pack(site.entries)))


def nobody(_wanted):
    raise AssertionError("asked for whole lives")


def test_facts_are_parted_by_the_weapons_they_are_about(site):
    site.write(a_weapon("w1"), a_weapon("w2"))
    site.write(Draft("w1", TagBound("T1")))
    parted = steps.by_weapon(site.facts)
    assert [one.subject for one in parted["w1"]] == ["w1", "w1"]
    assert parted.keys() == {"w1", "w2"}


def test_a_step_begins_with_the_bytes_that_are_kept(registry, site):
    site.write(a_weapon("w1"))
    born = site.facts[-1].hash
    send(registry, site)
    site.write(a_move("w1", "rack 2", born), a_weapon("w2"))
    with registry.database.reading() as connection:
        made = steps.foreseen(connection, site.facts[-2:], nobody).steps
    assert made["w1"].before == registry.books.weapon("w1")
    assert made["w1"].now == weapons.folded("w1", [site.facts[-3], site.facts[-2]])
    assert (made["w2"].held, made["w2"].before) == (None, None)
    assert made["w1"].row == steps.row_of(made["w1"].now)


def test_what_does_not_simply_come_next_is_not_foreseen(registry, site):
    early = Site()
    early.found()
    site.write(a_weapon("w1"))
    born = site.facts[-1]
    send(registry, site)
    early.write(a_move("w1", "rack 2", born.hash))
    known = [born, early.facts[-1]]
    assert known[1].lamport <= born.lamport  # its place is among what is folded already
    with registry.database.reading() as connection:
        assert steps.foreseen(connection, known[1:], nobody).steps == {}
        taken = steps.taken(connection, known[1:], lambda _wanted: {"w1": known})
    assert taken["w1"].now == weapons.folded("w1", known)


def test_what_contradicts_and_comes_last_is_foreseen(registry, site):
    site.write(a_weapon("w1"))
    born = site.facts[-1].hash
    send(registry, site)
    site.write(a_move("w1", "rack 2", born), a_move("w1", "rack 3", born))
    with registry.database.reading() as connection:
        made = steps.foreseen(connection, site.facts[-2:], nobody).steps["w1"]
    assert made.now == weapons.folded("w1", site.facts[-3:])
    assert [one.kind for one in made.raised] == ["custody_fork"]


@pytest.mark.parametrize("what", ["state", "facts"])
def test_a_step_that_no_longer_holds_is_taken_again(registry, site, what):
    site.write(a_weapon("w1"))
    born = site.facts[-1].hash
    send(registry, site)
    site.write(a_move("w1", "rack 2", born))
    moved = site.facts[-1].hash
    new = site.facts[-1:]
    with registry.database.reading() as connection:
        ahead = steps.foreseen(connection, new, nobody)
        assert steps.taken(connection, new, nobody, ahead)["w1"] is ahead.steps["w1"]
    if what == "state":
        send(registry, site)
        site.write(a_move("w1", "rack 3", moved))
    else:
        site.write(Draft("w1", TagBound("T1")))
    with registry.database.reading() as connection:
        taken = steps.taken(connection, site.facts[-1:], nobody, ahead)
        assert taken["w1"].new == site.facts[-1:]
        again = steps.taken(connection, new, lambda _one: {"w1": site.facts}, ahead, again=True)
    assert again["w1"] is not ahead.steps["w1"]


def test_folded_anew_a_weapon_may_have_nothing_left(registry, site):
    site.write(a_weapon("w1"))
    send(registry, site)
    new = site.facts[-1:]
    with registry.database.reading() as connection:
        unheeded = [register.heeded(site.facts[-1], "office")]
        taken = steps.taken(connection, new, lambda _one: {"w1": unheeded}, again=True)
    assert taken["w1"].before is not None
    assert (taken["w1"].row is None) == (taken["w1"].change.now is None)
