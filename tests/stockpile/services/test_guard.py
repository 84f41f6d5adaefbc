"""Tests of the site's rules: read, set, asked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stockpile.domain.errors import (
    FieldUnreadable,
    OfficerNotAuthorised,
    ReasonMissing,
    SecondOfficerMissing,
)
from stockpile.domain.facts import ActProposed, Draft, GuardSet
from stockpile.services.guard import guard_subject
from stockpile.services.signing import Later
from tests.helpers.house import PIN, copied_house


@pytest.fixture(scope="module")
def guarded(tmp_path_factory):
    """One home whose rules are set and asked by all tests of this file."""
    built = copied_house(tmp_path_factory.mktemp("guarded") / "home")
    yield built
    built.stockpile.close()


def test_a_site_that_set_no_rules_locks_after_ten_minutes_and_asks_for_nothing_more(guarded):
    assert guarded.stockpile.guard.rules() == GuardSet()


def test_rules_are_set_whole_and_stand_in_the_ledger(guarded):
    guard = guarded.stockpile.guard
    guard.set(GuardSet(("merge", "correct"), 5, 24), by=guarded.officer)
    assert guard.rules() == GuardSet(("correct", "merge"), 5, 24)
    assert guard.history()[-1].by == guarded.officer.id
    assert guard.wants_two("correct")
    assert guard.wants_two("destroy")
    assert not guard.wants_two("register")
    assert guarded.stockpile.places.one(guarded.stockpile.people.site()).name == "Kampala Central"


def test_the_same_rules_again_write_nothing(guarded):
    guard = guarded.stockpile.guard
    assert guard.set(guard.rules(), by=guarded.officer).facts == ()


def test_an_act_by_rule_wants_another_officer_in_office(guarded):
    guard = guarded.stockpile.guard
    guard.set(replace(guard.rules(), two_officers=("correct",)), by=guarded.officer)
    for witness in (None, guarded.officer):
        with pytest.raises(SecondOfficerMissing):
            guard.authorise(guarded.officer, "correct", witness)
    guard.authorise(guarded.officer, "correct", guarded.second)
    guard.authorise(guarded.officer, "register")


def test_who_may_not_set_the_rules_is_refused(guarded):
    people = guarded.stockpile.people
    people.appoint("C. Clerk", ("clerk",), PIN, by=guarded.officer)
    with pytest.raises(OfficerNotAuthorised):
        guarded.stockpile.guard.set(GuardSet(), by=people.sign_in("C. Clerk", PIN))


def test_rules_that_make_no_sense_are_refused(guarded):
    for rules in (
        GuardSet(("destroy",)), GuardSet(("walk",)), GuardSet(lock_after=-1),
        GuardSet(lock_after=481), GuardSet(retain_persons=-1), GuardSet(retain_persons=1201),
    ):  # fmt: skip
        with pytest.raises(FieldUnreadable):
            guarded.stockpile.guard.set(rules, by=guarded.officer)


def test_what_another_node_says_of_our_site_is_no_rule_here(guarded):
    guard, books = guarded.stockpile.guard, guarded.stockpile.books
    before, site = guard.rules(), guarded.stockpile.people.site()
    reference = books.reference(guard_subject(site))
    assert reference is not None
    foreign = replace(
        reference.standing[-1], order=(10**6, "f" * 64, 1), body=GuardSet(lock_after=0)
    )
    foreign = replace(foreign, body=GuardSet(lock_after=0))
    other = replace(reference, standing=(*reference.standing, foreign))

    class Told:
        def reference(self, _subject):
            return other

    assert replace(guard, books=Told()).rules() == before


def test_two_sign_a_change_of_rules_where_the_rules_ask_for_it(guarded):
    guard = guarded.stockpile.guard
    strict = replace(guard.rules(), two_officers=("set_guard",))
    guard.set(strict, by=guarded.officer)
    with pytest.raises(SecondOfficerMissing):
        guard.set(GuardSet(), by=guarded.officer)
    with pytest.raises(ReasonMissing):
        guard.set(GuardSet(), by=guarded.officer, witness=Later(" "))
    proposed = guard.set(GuardSet(), by=guarded.officer, witness=Later("after the inspection"))
    assert isinstance(proposed.facts[0].body, ActProposed)
    assert guard.rules() == strict
    guard.set(GuardSet(), by=guarded.officer, witness=guarded.second)
    assert guard.rules() == GuardSet()


def test_the_books_hold_an_act_by_rule_to_two(guarded):
    guard, books, by = guarded.stockpile.guard, guarded.stockpile.books, guarded.officer
    guard.set(GuardSet(("set_guard",)), by=by)
    subject = guard_subject(guarded.stockpile.people.site())
    with pytest.raises(SecondOfficerMissing):
        books.record([Draft(subject, GuardSet())], by=by.id, signers=[by.key])
    guard.set(GuardSet(), by=by, witness=guarded.second)
