"""From facts to the register's rows."""

from __future__ import annotations

import pytest

from stockpile.adapters.sqlite.folding import WORDS_WAITING, PlaceNames
from stockpile.domain import references, weapons
from stockpile.domain.errors import RegisterDiffers
from stockpile.domain.facts import (
    Draft,
    Mark,
    OfficerAppointed,
    PlaceOpened,
    TagBound,
    WeaponCorrected,
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


def test_tags_that_were_replaced_are_kept_as_the_fold_orders_them(depot):
    rack, weapon = depot.found(), depot.id()
    first, second, third = "K8Z1PN3K1VKND", "KXDHCMH5HDWHB", "KQVAY7C3WREDQ"
    depot.books.record([registration(weapon, place=rack), Draft(weapon, TagBound(first))], by=None)
    held = depot.open().store.connection.execute
    assert held("SELECT count(*) FROM old_tag").fetchone() == (0,)
    for tags, old in (([second], [first]), ([third, first], [second, third])):
        depot.books.record([Draft(weapon, TagBound(tag)) for tag in tags], by=None)
        kept = held("SELECT tag FROM old_tag").fetchall()
        assert {tag for (tag,) in kept} == set(old)
    depot.books.check(deep=True)
    depot.books.rebuild()
    depot.books.check(deep=True)
    assert held("SELECT count(*) FROM old_tag").fetchone() == (2,)


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


def _found_by_part(depot, part):
    return [hit.row.serial for hit in depot.register.find(part, 9)]


def _indexed(depot):
    connection = depot.open().store.connection
    return connection.execute("SELECT row FROM words_indexed").fetchone()[0]


def test_words_are_found_before_and_after_they_come_into_the_index(depot):
    early = depot.register_weapon("EARLY1")
    assert _found_by_part(depot, "ARLY") == ["EARLY1"]
    more = [registration(depot.id(), f"NUM{n:03}") for n in range(WORDS_WAITING - 2)]
    depot.books.record(more, by=None)
    assert _indexed(depot) == 0
    late = depot.register_weapon("LATER1")
    assert _indexed(depot) == WORDS_WAITING
    waiting = depot.register_weapon("WAITS1")
    assert _indexed(depot) == WORDS_WAITING
    assert [*map(_found_by_part, [depot] * 3, ("ARLY", "ATER", "AITS"))] == [
        ["EARLY1"], ["LATER1"], ["WAITS1"],
    ]  # fmt: skip
    for weapon in (early, waiting):
        corrected = WeaponCorrected("misread", marks=(Mark("serial", "BETTER", is_identity=True),))
        depot.books.record([Draft(weapon.id, corrected, weapon.heads.identity)], by=None)
    assert _found_by_part(depot, "ETTE") == ["BETTER", "BETTER"]
    assert _found_by_part(depot, "ARLY") == _found_by_part(depot, "AITS") == []
    assert [hit.row.id for hit in depot.register.find("LATERX", 1, fuzzy=True)] == [late.id]
    depot.books.check(deep=True)


def test_a_weapon_missing_in_the_word_index_is_found_out(depot):
    drafts = [registration(depot.id(), f"NUM{n:03}") for n in range(WORDS_WAITING)]
    depot.books.record(drafts, by=None)
    depot.books.check(deep=True)
    depot.open().store.connection.execute("DELETE FROM weapon_fts WHERE rowid = 7")
    with pytest.raises(RegisterDiffers):
        depot.books.check(deep=True)
