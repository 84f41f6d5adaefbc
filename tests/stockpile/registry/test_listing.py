from __future__ import annotations

from stockpile.domain import weapons
from stockpile.domain.facts import Draft, Mark, TagBound, WeaponCorrected, WeaponCounted
from stockpile.domain.weapons import Weapon
from stockpile.registry import listing
from tests.helpers.sites import Site, a_move, a_weapon


def life(*more):
    """The facts of a weapon that was registered, and then what more is said of it."""
    site = Site()
    site.write(a_weapon("w1", serial="AB-1"))
    for one in more:
        site.write(one(site.facts) if callable(one) else one)
    return site.facts


def changed(known, before_last=1):
    """What the last facts of a life change in the lists."""
    old = known[:-before_last]
    before = weapons.folded("w1", old)
    row = listing.row_of(before, "n1", "number")
    now = weapons.folded("w1", known)
    return listing.change(before, now, row, known[-before_last:], lambda _weapon: known)


def test_a_month_is_of_an_instant_and_of_no_impossible_one():
    assert listing.month(1_790_000_000_000) == "2026-09"
    assert listing.month(0) == listing.month(10**18) == ""


def test_a_new_weapon_gets_a_row_and_its_texts():
    known = life()
    now = weapons.folded("w1", known)
    made = listing.change(None, now, None, known, lambda _weapon: [])
    assert (made.key, made.old, made.now.keeper, made.now.held) == ("w1", None, known[0].node, 1)
    assert [(one.kind, one.key) for one in made.texts] == [("serial", "AB1")]
    assert not made.is_sought_anew


def test_what_leaves_the_marks_as_they_were_writes_no_text():
    made = changed(life(lambda known: a_move("w1", "rack 2", known[0].hash)))
    assert (made.now.place, made.texts) == ("rack 2", ())
    assert made.now.keeper != made.old.keeper  # who wrote where it is keeps it


def test_who_keeps_it_is_looked_up_where_its_account_is_an_older_one():
    known = life(lambda known: a_move("w1", "rack 2", known[0].hash), Draft("w1", TagBound("T1")))
    before, now = (weapons.folded("w1", known[:one]) for one in (1, 3))
    made = listing.change(before, now, None, known[2:], lambda _weapon: known)
    assert made.now.keeper == known[1].node


def test_a_text_more_is_written_beside_those_that_stay():
    made = changed(life(Draft("w1", TagBound("SP1"))))
    assert [(one.kind, one.key) for one in made.texts] == [("tag", "SP1")]
    assert not made.is_sought_anew


def test_where_a_text_is_gone_all_are_written_anew():
    marks = (Mark("serial", "AB-7", is_identity=True),)
    made = changed(life(Draft("w1", WeaponCorrected("misread", marks=marks))))
    assert [one.key for one in made.texts] == ["AB7"]
    assert made.is_sought_anew


def test_a_weapon_of_which_nothing_is_left_has_no_row():
    known = life()
    before = weapons.folded("w1", known)
    row = listing.row_of(before, "n1", "number")
    made = listing.change(before, Weapon("w1"), row, known, lambda _weapon: [])
    assert (made.old, made.now, made.is_sought_anew) == (row, None, True)


def test_figures_count_what_is_held_and_what_happened():
    known = life(lambda known: Draft("w1", WeaponCounted("c1", "rack 1"), saw=(known[0].hash,)))
    row = listing.row_of(weapons.folded("w1", known), "n1", "number")
    facets = {(facet, value) for facet, value, _keeper in listing.facets(row)}
    assert {("held", ""), ("status", "in_store"), ("bears", "0")} <= facets
    assert ("counted_in", listing.month(known[1].at)) in facets
    gone = {facet for facet, *_rest in listing.facets(row._replace(held=0))}
    assert gone == {"recorded_in", "status"}
