"""The bound book: its last entries are what the fold says, and no entry is ever lost."""

from __future__ import annotations

from hypothesis import given, settings

from stockpile.domain import receiving, views, weapons
from stockpile.domain.facts import Draft, Mark, WeaponCorrected
from stockpile.domain.views import FIELDS, bound_book
from tests.helpers.builders import WEAPON, a_registration, recorded
from tests.helpers.depots import Depot
from tests.helpers.nightly import examples
from tests.helpers.strategies import WEAPON as SUBJECT
from tests.helpers.strategies import histories


def corrected(weapon, **fields):
    return receiving.correct(weapon, fields, "misread")


def book_of(*drafts):
    return {one.name: one for one in bound_book(WEAPON, recorded(*drafts))}


def a_corrected_life():
    first = a_registration(model="AKM", make="Izhmash")
    stands = weapons.folded(WEAPON, recorded(first))
    return first, corrected(stands, model="AK-74", serial="KB4471903")


def test_a_record_without_facts_has_no_book():
    assert bound_book(WEAPON, []) == ()


def test_each_view_shows_its_entries():
    book = book_of(*a_corrected_life())
    model = book["model"]
    assert [one.value for one in model.seen("original")] == ["AKM"]
    assert [one.value for one in model.seen("corrected")] == ["AK-74"]
    assert [one.value for one in model.seen("both")] == ["AKM", "AK-74"]
    assert [one.reason for one in model.versions] == ["", "misread"]
    assert model.is_corrected
    assert not book["make"].is_corrected


def test_the_serial_and_the_marks_it_stands_in_are_both_in_the_book():
    book = book_of(*a_corrected_life())
    assert [one.value for one in book["serial"].versions] == ["KB4471902", "KB4471903"]
    assert book["marks"].current.value == (Mark("serial", "KB4471903", is_identity=True),)


def a_fork():
    """Two depots describe one weapon differently, neither knowing of the other."""
    north, south = Depot("aa"), Depot("bb")
    first = north.write(SUBJECT, a_registration(model="AKM").body)
    south.learn([first])
    one = north.write(SUBJECT, WeaponCorrected("read here", model="AK-47"))
    other = south.write(SUBJECT, WeaponCorrected("read there", model="Type 56", make="Norinco"))
    return north, [first, one, other]


def test_two_who_did_not_know_of_each_other_are_shown_as_a_fork():
    _north, facts = a_fork()
    book = {one.name: one for one in bound_book(SUBJECT, facts)}
    assert set(book["model"].rivals) == {"AK-47", "Type 56"}
    assert [one.blind for one in book["model"].versions] == [False, False, True]
    assert set(book["make"].rivals) == {"", "Norinco"}
    assert book["calibre"].rivals == ()


def test_a_correction_that_knew_both_ends_the_fork_and_the_entries_stay():
    north, facts = a_fork()
    north.learn(facts)
    facts.append(north.write(SUBJECT, WeaponCorrected("looked again", model="Type 56")))
    book = {one.name: one for one in bound_book(SUBJECT, facts)}
    assert book["model"].rivals == ()
    assert any(one.blind for one in book["model"].versions)


@settings(max_examples=examples(60), deadline=None)
@given(histories())
def test_the_last_entry_is_what_the_fold_says(facts):
    state = weapons.folded(SUBJECT, facts)
    book = {one.name: one for one in bound_book(SUBJECT, facts)}
    assert {name: one.current.value for name, one in book.items()} == {
        name: FIELDS[name](state) for name in book
    }
    assert set(book) == set(FIELDS)


@settings(max_examples=examples(40), deadline=None)
@given(histories())
def test_entries_stand_in_causal_order_and_none_repeats_the_one_before(facts):
    before = views.pasts(weapons.in_causal_order(facts))
    for field in bound_book(SUBJECT, reversed(facts)):
        for earlier, later in zip(field.versions, field.versions[1:], strict=False):
            assert earlier.value != later.value
            assert later.fact.hash not in before[earlier.fact.hash]
            assert later.blind == (earlier.fact.hash not in before[later.fact.hash])


@settings(max_examples=examples(40), deadline=None)
@given(histories(honest=True))
def test_only_an_open_fork_has_rivals(facts):
    heads = weapons.folded(SUBJECT, facts).heads.identity
    rivals = [one for one in bound_book(SUBJECT, facts) if one.rivals]
    assert not rivals or len(heads) > 1
    for field in rivals:
        assert field.current.value in field.rivals


def test_a_fact_that_comes_before_the_registration_it_corrects_is_no_entry_of_its_own_field_only():
    early = recorded(Draft(WEAPON, WeaponCorrected("early", model="AKM")))
    assert [one.name for one in bound_book(WEAPON, early)] == ["model"]
