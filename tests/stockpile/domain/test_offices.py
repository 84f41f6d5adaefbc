"""An office through its life: what may be changed, by whom, and what always stays."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest

from stockpile.domain import offices
from stockpile.domain.errors import (
    FieldMissing,
    InOfficeAlready,
    NobodyAppoints,
    NotInOffice,
    OwnOffice,
    ReasonMissing,
)
from stockpile.domain.facts import OfficerAppointed, OfficerRetired, OfficerSuspended
from stockpile.domain.offices import Office, office_of
from stockpile.domain.people import acts_of, appoint
from stockpile.domain.references import Reference, after
from tests.helpers.builders import recorded

KEY = b"\x01" * 32


def an_office(name, *roles, state="in_office", badge=""):
    body = OfficerAppointed(name, roles, KEY.hex(), badge=badge)
    return Office(body, f"id-{name}", state, ("h1",))


HEAD, CLERK = an_office("A", "commander"), an_office("C", "clerk")
BOTH = (HEAD, CLERK)


def test_a_suspended_officer_is_put_back_with_the_roles_of_before():
    (opened,) = recorded(appoint("o1", "A. Mbuyi", ("clerk",), KEY, None))
    reference = after(Reference("o1"), opened)
    office = office_of(reference, opened.body)
    assert office.in_office
    drafts = [offices.suspend(office, "lost the badge", HEAD.officer, BOTH)]
    assert drafts[0].replaces == (opened.hash,)
    _, suspended = recorded(appoint("o1", "A. Mbuyi", ("clerk",), KEY, None), drafts[0])
    standing = office_of(after(reference, suspended), opened.body)
    assert (standing.state, standing.reason) == ("suspended", "lost the badge")
    back = offices.reinstate(standing, "badge found")
    assert back.body == replace(opened.body, reason="badge found")
    with pytest.raises(InOfficeAlready):
        offices.reinstate(office, "again")


CHANGES = {
    "roles": lambda office, by: offices.set_roles(office, ("registrar",), "why", by, BOTH),
    "key": lambda office, by: offices.renew_key(office, KEY, "why", by),
    "suspend": lambda office, by: offices.suspend(office, "why", by, BOTH),
    "retire": lambda office, by: offices.retire(office, "why", by, BOTH),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_nobody_does_it_to_themselves(change):
    with pytest.raises(OwnOffice):
        change(HEAD, HEAD.officer)
    assert change(CLERK, HEAD.officer).subject == CLERK.id


@pytest.mark.parametrize("change", ["roles", "key", "suspend"])
def test_who_is_not_in_office_is_not_changed(change):
    with pytest.raises(NotInOffice):
        CHANGES[change](replace(CLERK, state="suspended"), HEAD.officer)


def test_who_is_suspended_may_be_let_go_and_who_left_may_not():
    body = offices.retire(replace(CLERK, state="suspended"), "moved", HEAD.officer, BOTH).body
    assert body == OfficerRetired("moved")
    with pytest.raises(NotInOffice):
        offices.retire(replace(CLERK, state="left"), "moved", HEAD.officer, BOTH)


def test_a_site_keeps_somebody_who_may_appoint():
    clerk = CLERK.officer
    for change in (
        partial(offices.suspend, HEAD, "why", clerk, BOTH),
        partial(offices.retire, HEAD, "why", clerk, BOTH),
        partial(offices.set_roles, HEAD, ("clerk",), "why", clerk, BOTH),
    ):
        with pytest.raises(NobodyAppoints):
            change()
    beside = (*BOTH, an_office("R", "registrar"))
    assert isinstance(offices.suspend(HEAD, "why", clerk, beside).body, OfficerSuspended)
    suspended = (*BOTH, an_office("R", "registrar", state="suspended"))
    with pytest.raises(NobodyAppoints):
        offices.suspend(HEAD, "why", clerk, suspended)


def test_roles_stand_in_the_order_of_all_roles_and_at_least_one():
    draft = offices.set_roles(CLERK, ("armourer", "clerk"), " new  work ", HEAD.officer, BOTH)
    assert (draft.body.roles, draft.body.reason) == (("clerk", "armourer"), "new work")
    with pytest.raises(FieldMissing):
        offices.set_roles(CLERK, (), "why", HEAD.officer, BOTH)


def test_a_change_wants_a_reason_but_a_first_badge_does_not():
    for change in (
        partial(offices.suspend, CLERK, " ", HEAD.officer, BOTH),
        partial(offices.renew_key, CLERK, KEY, "", HEAD.officer),
        partial(
            offices.give_badge, replace(CLERK, body=replace(CLERK.body, badge="old")), "new", ""
        ),
        partial(offices.reinstate, replace(CLERK, state="left"), ""),
    ):
        with pytest.raises(ReasonMissing):
            change()
    assert offices.give_badge(CLERK, "new", "").body.badge == "new"


def test_what_a_role_may_do_is_told_in_the_order_of_all_acts():
    assert acts_of("auditor") == ("sync",)
    assert acts_of("clerk")[0] == "register"
