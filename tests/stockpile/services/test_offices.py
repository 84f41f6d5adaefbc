"""The officers of a depot through a year: appointed, given badges, suspended, a PIN forgotten."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stockpile.domain import ledger
from stockpile.domain.errors import (
    BadgeUnknown,
    FieldUnreadable,
    NeverLater,
    OfficerNotAuthorised,
    OfficerUnknown,
    OwnOffice,
    PinTooSoon,
    ProposalStale,
    SecondOfficerMissing,
    WrongPin,
)
from stockpile.domain.facts import GuardSet
from stockpile.language import isolated
from stockpile.plan_words import planned
from stockpile.services.code_cards import badge_card
from stockpile.services.plan_lines import plan_lines
from stockpile.services.signing import Later
from tests.helpers.house import PIN, SECOND

CLERK = "P. Ilunga"
LATER = Later("the commander is back on Monday")


@pytest.fixture
def clerk(house):
    offices, by = house.stockpile.offices, house.officer
    offices.appoint(CLERK, ("clerk",), "1357", by=by)
    return offices.named(CLERK)


def states(house):
    return {one.body.name: one.state for one in house.stockpile.offices.all()}


def test_a_forgotten_pin_is_answered_and_what_was_signed_stays_proved(house, clerk):
    offices, people, by = house.stockpile.offices, house.stockpile.people, house.officer
    before = people.sign_in(CLERK, "1357")
    house.stockpile.offices.set_roles(clerk.id, ("registrar",), "promoted", by=by)
    registrar = people.sign_in(CLERK, "1357")
    assert registrar.key.officer == before.key.officer
    offices.appoint("N. Novak", ("clerk",), PIN, by=registrar)  # signed with the first key
    recorded = offices.new_pin(clerk.id, "2468", "forgotten", by=by)
    assert recorded.facts[0].body.reason == "forgotten"
    ledger.check_officers(recorded.entries[0], lambda _one: by.officer.public_key)
    with pytest.raises(WrongPin):
        people.sign_in(CLERK, "1357")
    fresh = people.sign_in(CLERK, "2468")
    assert fresh.officer.public_key != registrar.officer.public_key
    with pytest.raises(OfficerUnknown):  # the old key, opened before, appoints nobody any more
        offices.appoint("X. Late", ("clerk",), PIN, by=registrar)
    house.stockpile.checking.check(deep=True)


def test_a_suspended_officer_is_out_at_once_and_comes_back_with_the_same_pin(house, clerk):
    offices, people, by = house.stockpile.offices, house.stockpile.people, house.officer
    offices.suspend(clerk.id, "under inquiry", by=by)
    assert states(house) == {"A. Mbuyi": "in_office", CLERK: "suspended"}
    assert offices.named(CLERK).reason == "under inquiry"
    with pytest.raises(OfficerUnknown):
        people.sign_in(CLERK, "1357")
    offices.reinstate(clerk.id, "cleared", by=by)
    assert people.sign_in(CLERK, "1357").officer.roles == ("clerk",)
    offices.retire(clerk.id, "moved away", by=by)
    assert states(house)[CLERK] == "left"
    offices.appoint(CLERK, ("clerk",), "9753", by=by)  # a name is free again; the office is another
    with pytest.raises(FieldUnreadable):
        offices.reinstate(clerk.id, "came back", by=by)
    house.stockpile.checking.check(deep=True)


def test_only_who_may_appoint_changes_offices_and_never_their_own(house, clerk):
    offices, people = house.stockpile.offices, house.stockpile.people
    as_clerk = people.sign_in(CLERK, "1357")
    tip = house.stockpile.books.tip()
    for change in (
        lambda: offices.set_roles(house.officer.id, ("clerk",), "why", by=as_clerk),
        lambda: offices.suspend(house.officer.id, "why", by=as_clerk),
        lambda: offices.new_pin(house.officer.id, "1111", "why", by=as_clerk),
        lambda: offices.give_badge(house.officer.id, by=as_clerk),
        lambda: offices.unlock(house.officer.id, by=as_clerk),
    ):
        with pytest.raises(OfficerNotAuthorised):
            change()
    for change in (
        lambda: offices.retire(house.officer.id, "why", by=house.officer),
        lambda: offices.unlock(house.officer.id, by=house.officer),
    ):
        with pytest.raises(OwnOffice):
            change()
    assert house.stockpile.books.tip() == tip
    assert people.sign_in("A. Mbuyi", PIN)


def test_a_badge_names_its_officer_and_a_lost_one_nobody(house, clerk):
    offices, by = house.stockpile.offices, house.officer
    recorded, lost = offices.give_badge(clerk.id, by=by)
    assert lost not in str(recorded.facts)
    assert offices.of_badge(f" {lost.lower()} ").name == CLERK
    _again, fresh = offices.give_badge(clerk.id, "lost on patrol", by=by)
    with pytest.raises(BadgeUnknown):
        offices.of_badge(lost)
    assert offices.of_badge(fresh).id == clerk.id
    offices.suspend(clerk.id, "under inquiry", by=by)
    with pytest.raises(BadgeUnknown):
        offices.of_badge(fresh)


def test_a_badge_is_drawn_and_its_codes_are_read_back(house, clerk, tmp_path):
    _recorded, badge = house.stockpile.offices.give_badge(clerk.id, by=house.officer)
    card = badge_card(clerk.officer, badge, "Kampala Central")
    assert {one.code for one in card.rows} == {badge}
    file = house.stockpile.code_cards.print_badge(clerk.officer, badge, "KLA", tmp_path / "b.pdf")
    assert file.read_bytes().startswith(b"%PDF")  # drawn only where both codes were read back


def test_after_wrong_pins_another_lifts_the_wait_for_one_try(house, clerk):
    offices, people = house.stockpile.offices, house.stockpile.people
    for _time in range(3):
        with pytest.raises(WrongPin):
            people.sign_in(CLERK, "0000")
    assert offices.wait(clerk.id) > 0
    with pytest.raises(PinTooSoon) as told:
        people.sign_in(CLERK, "1357")
    assert told.value.name == CLERK
    offices.unlock(clerk.id, by=house.officer)
    assert offices.wait(clerk.id) == 0
    with pytest.raises(WrongPin):
        people.sign_in(CLERK, "0000")
    assert offices.wait(clerk.id) > 1  # as long again, not from the beginning
    offices.unlock(clerk.id, by=house.officer)
    assert people.sign_in(CLERK, "1357")
    assert offices.wait(clerk.id) == 0


def test_where_the_site_asks_for_two_a_second_officer_signs_appointments(house):
    offices, by = house.stockpile.offices, house.officer
    rules = replace(house.stockpile.guard.rules(), two_officers=("appoint",))
    assert isinstance(rules, GuardSet)
    second = house.second
    house.stockpile.guard.set(rules, by=by)
    with pytest.raises(SecondOfficerMissing):
        offices.appoint(CLERK, ("clerk",), "1357", by=by)
    recorded = offices.appoint(CLERK, ("clerk",), "1357", by=by, witness=second)
    assert recorded.facts[0].witnesses == (second.id,)
    assert SECOND in states(house)


def test_an_appointment_opens_nothing_before_a_second_officer_confirms_it(house):
    stockpile, by = house.stockpile, house.officer
    offices, proposals, second = stockpile.offices, stockpile.proposals, house.second
    offices.appoint(CLERK, ("clerk",), "1357", by=by, witness=LATER)
    with pytest.raises(OfficerUnknown):
        stockpile.people.sign_in(CLERK, "1357")
    (waits,) = proposals.open()
    (line,) = plan_lines(stockpile.books, planned(waits.drafts, waits.officer, waits.at))
    assert isolated(CLERK) in {change.after for change in line.changes}
    proposals.confirm(waits.id, by=second)
    assert stockpile.people.sign_in(CLERK, "1357").officer.roles == ("clerk",)
    assert stockpile.books.check(deep=True).entries


def test_the_pin_of_before_is_good_until_the_new_one_is_confirmed(house, clerk):
    stockpile, by = house.stockpile, house.officer
    offices, people, proposals = stockpile.offices, stockpile.people, stockpile.proposals
    second = house.second
    for pin in ("2222", "3333"):  # asked for twice: only the one of the newest key can be confirmed
        offices.new_pin(clerk.id, pin, "forgotten", by=by, witness=LATER)
    assert people.sign_in(CLERK, "1357")
    older, newer = proposals.open()
    with pytest.raises(ProposalStale):
        proposals.confirm(older.id, by=second)
    proposals.confirm(newer.id, by=second)
    assert people.sign_in(CLERK, "3333")
    with pytest.raises(WrongPin):
        people.sign_in(CLERK, "1357")


def test_a_name_or_the_last_who_appoints_is_not_taken_meanwhile(house, clerk):
    stockpile, by, second = house.stockpile, house.officer, house.second
    offices, proposals = stockpile.offices, stockpile.proposals
    offices.appoint("N. New", ("clerk",), "1357", by=by, witness=LATER)
    offices.set_roles(second.id, ("clerk",), "asked for it", by=by, witness=LATER)
    offices.appoint("N. New", ("clerk",), "2468", by=by)
    offices.suspend(by.id, "under inquiry", by=second)
    assert [one.is_stale for one in proposals.open()] == [True, True]


def test_who_lost_the_right_since_they_sat_down_leaves_nothing_for_later(house):
    offices, people = house.stockpile.offices, house.stockpile.people
    offices.appoint("D. Deputy", ("commander",), "1357", by=house.officer)
    deputy = people.sign_in("D. Deputy", "1357")
    offices.set_roles(deputy.id, ("clerk",), "replaced", by=house.officer)
    with pytest.raises(OfficerNotAuthorised):
        offices.appoint(CLERK, ("clerk",), "2468", by=deputy, witness=LATER)
    assert house.stockpile.proposals.open() == ()


def test_a_suspension_waits_for_nobody(house, clerk):
    with pytest.raises(NeverLater):
        house.stockpile.offices.suspend(clerk.id, "lost", by=house.officer, witness=LATER)
    house.stockpile.offices.suspend(clerk.id, "lost", by=house.officer)


def test_an_officer_chooses_another_pin_and_the_record_says_nothing(house, clerk):
    people, tip = house.stockpile.people, house.stockpile.books.tip()
    officer = people.sign_in(CLERK, "1357").officer
    people.change_pin(officer, "1357", "8642")
    assert people.sign_in(CLERK, "8642").officer == officer
    with pytest.raises(WrongPin) as told:
        people.change_pin(officer, "1357", "1111")
    assert told.value.name == CLERK
    assert house.stockpile.books.tip() == tip


def test_the_same_roles_again_are_no_act(house, clerk):
    tip = house.stockpile.books.tip()
    house.stockpile.offices.set_roles(clerk.id, ("clerk",), "", by=house.officer)
    assert house.stockpile.books.tip() == tip
