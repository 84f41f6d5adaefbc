"""From facts to the register's rows."""

from __future__ import annotations

from stockpile.adapters.sqlite.folding import PlaceNames, place_name
from stockpile.domain import references, weapons
from stockpile.domain.facts import (
    Draft,
    OfficerAppointed,
    PlaceClosed,
    PlaceOpened,
    TagBound,
    WeaponCounted,
    WeaponRelocated,
)
from stockpile.domain.references import Reference
from stockpile.services.ports import RegisterFilter
from tests.helpers.books import registration
from tests.helpers.builders import recorded


def reference(*bodies):
    made = Reference("x")
    for fact in recorded(*(Draft("x", body) for body in bodies)):
        made = references.after(made, fact)
    return made


def test_a_place_has_the_name_it_was_opened_with_last():
    assert place_name(reference(PlaceOpened("A"))) == "A"
    assert place_name(reference(PlaceOpened("A"), PlaceOpened("B"))) == "B"
    assert place_name(reference(PlaceOpened("A"), PlaceClosed("x"))) == "A"
    assert place_name(reference(OfficerAppointed("A", (), ""))) is None


def test_names_are_learnt_from_places_only():
    names = PlaceNames()
    names.learn(reference(OfficerAppointed("A", (), "")))
    assert names.of("x") == ""
    names.learn(reference(PlaceOpened("A")))
    assert names.of("x") == "A"


def test_several_facts_about_one_weapon_in_one_act(depot):
    rack = depot.found()
    weapon = depot.id()
    drafts = [
        registration(weapon, place=rack),
        Draft(weapon, TagBound("T1")),
        Draft(weapon, TagBound("T2")),
    ]
    depot.books.record(drafts, by=None)
    assert depot.books.weapon(weapon).tags == ("T1", "T2")
    assert depot.register.rows([weapon])[0].tag == "T2"
    depot.books.check(deep=True)


def test_a_fact_that_cannot_be_added_last_folds_the_set_again(depot):
    """Two moves from one shelf, neither of which knew the other: both stand."""
    rack = depot.found()
    weapon = depot.register_weapon(place=rack)
    for _ in range(2):
        move = Draft(weapon.id, WeaponRelocated(rack), weapon.heads.custody)
        depot.books.record([move], by=None)
    now = depot.books.weapon(weapon.id)
    assert now.status == "disputed"
    assert now == weapons.folded(weapon.id, depot.books.history(weapon.id))
    assert depot.register.count(RegisterFilter(status="disputed")) == 1
    depot.books.check(deep=True)


def test_what_changes_no_column_changes_the_state_alone(depot):
    rack = depot.found()
    weapon = depot.register_weapon(place=rack)
    (before,) = depot.register.rows([weapon.id])
    depot.books.record(
        [Draft(weapon.id, WeaponCounted("s", rack), saw=weapon.heads.custody)], by=None
    )
    assert depot.register.rows([weapon.id]) == (before,)
    assert len(depot.books.weapon(weapon.id).sightings) == 1
    depot.books.check(deep=True)


def test_a_place_renamed_in_the_same_act_as_its_weapons(depot):
    rack = depot.found("Old")
    drafts = [
        registration(depot.id(), "A1", place=rack),
        Draft(rack, PlaceOpened("New"), depot.books.reference(rack).heads),
        registration(depot.id(), "A2", place=rack),
    ]
    depot.books.record(drafts, by=None)
    rows = depot.register.page("serial", 0, 9, RegisterFilter(place=rack))
    assert [row.place for row in rows] == ["New", "New"]
    depot.books.check(deep=True)
