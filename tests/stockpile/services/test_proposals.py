"""Tests of acts that one officer signs and a second confirms later."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stockpile.domain import facts
from stockpile.domain.errors import (
    ActUnsigned,
    NeverLater,
    OfficerNotAuthorised,
    PlanTooLarge,
    ProposalSettled,
    ProposalStale,
    ProposalUnknown,
    ReasonMissing,
    SecondOfficerMissing,
)
from stockpile.domain.facts import Draft, GuardSet
from stockpile.domain.losses import Loss
from stockpile.language import figure
from stockpile.plan_words import Change, planned
from stockpile.services.plan_lines import plan_lines
from stockpile.services.signing import MOST_DRAFTS, Later, propose
from tests.helpers.house import PIN, copied_house

LATER = Later("the other officer is at the gate")


@pytest.fixture(scope="module")
def held(tmp_path_factory):
    """One home with two officers for all tests of this file."""
    built = copied_house(tmp_path_factory.mktemp("held") / "home")
    assert built.second
    yield built
    built.stockpile.close()


def corrected(held, weapon, model="AKMS"):
    """Sign a correction for later; return the proposal."""
    receiving = held.stockpile.receiving
    recorded = receiving.correct(
        weapon, {"model": model}, "misread", by=held.officer, witness=LATER
    )
    return held.stockpile.proposals.one(recorded.facts[0].subject)


def test_nothing_of_an_act_has_happened_before_the_second_officer_confirms(held):
    weapon = held.register("P-1")
    proposal = corrected(held, weapon)
    assert held.stockpile.books.weapon(weapon).model == "AKM"
    assert (proposal.act, proposal.name, proposal.reason) == (
        "correct", "A. Mbuyi", LATER.reason,
    )  # fmt: skip
    recorded = held.stockpile.proposals.confirm(proposal.id, by=held.second)
    assert held.stockpile.books.weapon(weapon).model == "AKMS"
    first = recorded.facts[0]
    assert (first.by, first.witnesses) == (held.officer.id, (held.second.id,))
    assert held.stockpile.proposals.open() == ()
    with pytest.raises(ProposalSettled):
        held.stockpile.proposals.confirm(proposal.id, by=held.second)


def test_an_act_that_always_wants_two_is_done_by_the_second_ones_confirmation(held):
    weapon = held.register("P-2")
    loss = Loss("lost", "2026-09-01", circumstances="Not in its rack")
    held.stockpile.losses.report([weapon], loss, by=held.officer, witness=LATER)
    (proposal,) = held.stockpile.proposals.open()
    assert held.stockpile.books.weapon(weapon).status == "in_store"
    held.stockpile.proposals.confirm(proposal.id[:20], by=held.second)
    assert held.stockpile.books.weapon(weapon).status == "lost"
    assert held.stockpile.books.check(deep=True).entries


def test_the_second_officer_sees_every_value_before_and_after(held):
    weapon = held.register("P-3")
    proposal = corrected(held, weapon)
    books = held.stockpile.books
    (line,) = plan_lines(books, planned(proposal.drafts, proposal.officer, proposal.at))
    assert line.weapon == weapon
    assert "P-3" in line.about
    assert "misread" in line.sentence
    assert [(one.before, one.after) for one in line.changes if "AKMS" in one.after] != []
    held.stockpile.proposals.withdraw(proposal.id, by=held.officer)


def test_rules_of_the_site_are_shown_before_and_after(held):
    guard = held.stockpile.guard
    guard.set(GuardSet(lock_after=3), by=held.officer, witness=LATER)
    (proposal,) = held.stockpile.proposals.open()
    (line,) = plan_lines(held.stockpile.books, planned(proposal.drafts, None, 0))
    assert line.changes == (Change("The screen locks after, in minutes", figure(10), figure(3)),)
    held.stockpile.proposals.withdraw(proposal.id, by=held.officer)


def test_nobody_confirms_what_they_signed_themselves(held):
    proposal = corrected(held, held.register("P-4"))
    with pytest.raises(SecondOfficerMissing):
        held.stockpile.proposals.confirm(proposal.id, by=held.officer)
    held.stockpile.proposals.withdraw(proposal.id, by=held.officer)


def test_a_clerk_confirms_nothing_and_takes_back_nothing_of_others(held):
    people = held.stockpile.people
    people.appoint("C. Clerk", ("clerk",), PIN, by=held.officer)
    clerk = people.sign_in("C. Clerk", PIN)
    proposal = corrected(held, held.register("P-5"))
    proposals = held.stockpile.proposals
    with pytest.raises(OfficerNotAuthorised):
        proposals.confirm(proposal.id, by=clerk)
    with pytest.raises(OfficerNotAuthorised):
        proposals.refuse(proposal.id, "no", by=clerk)
    with pytest.raises(OfficerNotAuthorised):
        proposals.withdraw(proposal.id, by=clerk)
    with pytest.raises(ReasonMissing):
        proposals.refuse(proposal.id, " ", by=held.second)
    proposals.refuse(proposal.id, "it reads AKM", by=held.second)
    assert proposals.count() == 0


def test_what_changed_since_it_was_signed_cannot_be_confirmed(held):
    weapon = held.register("P-6")
    proposal = corrected(held, weapon)
    held.stockpile.receiving.correct(weapon, {"year": "1978"}, "seen now", by=held.officer)
    (stale,) = held.stockpile.proposals.open()
    assert stale.is_stale
    with pytest.raises(ProposalStale):
        held.stockpile.proposals.confirm(proposal.id, by=held.second)
    held.stockpile.proposals.withdraw(proposal.id, by=held.officer)


def test_a_report_whose_number_was_given_meanwhile_is_not_confirmed(held):
    losses, by = held.stockpile.losses, held.officer
    one, other = held.register("P-7"), held.register("P-8")
    loss = Loss("lost", "2026-09-01", circumstances="Not in its rack")
    losses.report([one], loss, by=by, witness=LATER)
    (proposal,) = held.stockpile.proposals.open()
    losses.report([other], loss, by=by, witness=held.second)
    with pytest.raises(ProposalStale):
        held.stockpile.proposals.confirm(proposal.id, by=held.second)
    held.stockpile.proposals.withdraw(proposal.id, by=held.officer)


def test_what_needs_both_at_once_cannot_wait(held):
    draft = Draft("person:x", facts.PersonDisclosed("A court", "Its order"))
    with pytest.raises(NeverLater):
        held.stockpile.proposals.propose([draft], "disclose_person", "later", by=held.officer)


def test_an_act_without_reason_or_about_too_much_is_not_left_for_later(held):
    draft = Draft("guard:x", GuardSet())
    with pytest.raises(ReasonMissing):
        propose(held.stockpile.books, "set_guard", [draft], " ", by=held.officer)
    with pytest.raises(PlanTooLarge):
        propose(
            held.stockpile.books, "set_guard", [draft] * (MOST_DRAFTS + 1), "x", by=held.officer
        )


def test_a_proposal_that_nobody_knows_is_refused(held):
    for text in ("", "proposal:", "0000"):
        with pytest.raises(ProposalUnknown):
            held.stockpile.proposals.one(text)


def test_an_officer_who_left_office_meanwhile_signed_nothing_any_more(held):
    people, offices = held.stockpile.people, held.stockpile.offices
    people.appoint("G. Gone", ("commander",), PIN, by=held.officer)
    gone = people.sign_in("G. Gone", PIN)
    weapon = held.register("P-9")
    leaver = replace(held, officer=gone)
    proposal = corrected(leaver, weapon)
    offices.suspend(gone.id, "under inquiry", by=held.officer)
    held.stockpile.guard.set(GuardSet(("correct",)), by=held.officer)
    with pytest.raises(ActUnsigned):
        held.stockpile.proposals.confirm(proposal.id, by=held.second)
    assert held.stockpile.books.weapon(weapon).model == "AKM"
