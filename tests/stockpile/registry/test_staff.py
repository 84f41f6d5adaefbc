from __future__ import annotations

import pytest

from stockpile.domain.errors import (
    FieldUnreadable,
    InOfficeAlready,
    NobodyAppoints,
    OfficerNotAuthorised,
    OwnOffice,
    ReasonMissing,
    SignInRefused,
    UserUnknown,
)
from stockpile.registry import audit, sessions
from tests.helpers.visitors import PASSPHRASE, VISIT, House


@pytest.fixture
def house(registry):
    return House(registry)


@pytest.fixture
def amina(house):
    return house.first()


@pytest.fixture
def bernard(house, amina):
    return house.add("bernard", "registrar", amina)


def offices(house):
    return {one.user.login: one.office for one in house.staff.all()}


def test_the_first_is_made_once(house, amina):
    with pytest.raises(InOfficeAlready):
        house.staff.first("mallory", "Mallory")
    assert set(offices(house)) == {"amina"}
    assert offices(house)["amina"].body.roles == ("commander",)


def test_an_appointment_is_signed_in_the_chain(house, amina, bernard):
    (fact,) = house.registry.books.history(bernard.officer)
    assert fact.by == amina.officer
    assert not house.registry.books.unheeded()


def test_who_may_not_appoint_does_not(house, amina):
    auditor = house.add("chantal", "auditor", amina).signer()
    for deed in (
        lambda: house.staff.add("x1", "X", ("auditor",), by=auditor, visit=VISIT),
        lambda: house.staff.suspend("amina", "because", by=auditor, visit=VISIT),
        lambda: house.staff.reset("amina", "because", by=auditor, visit=VISIT),
        lambda: house.staff.set_roles("chantal", ("commander",), "so", by=auditor, visit=VISIT),
        lambda: house.staff.put_back("amina", "because", by=auditor, visit=VISIT),
    ):
        with pytest.raises(OfficerNotAuthorised):
            deed()
    assert set(offices(house)) == {"amina", "chantal"}


def test_a_suspended_user_is_out_at_once(house, amina, bernard):
    cookie, _new = house.users.sign_in("bernard", PASSPHRASE, bernard.digits(), VISIT)
    by = amina.signer()
    with pytest.raises(ReasonMissing):
        house.staff.suspend("bernard", " ", by=by, visit=VISIT)
    house.staff.suspend("bernard", "under inquiry", by=by, visit=VISIT)
    with house.registry.database.reading() as connection:
        assert sessions.find(connection, cookie, house.registry.clock.at) is None
    with pytest.raises(SignInRefused):
        house.users.sign_in("bernard", PASSPHRASE, bernard.digits(), VISIT)
    assert offices(house)["bernard"].state == "suspended"
    house.staff.put_back("bernard", "cleared", by=by, visit=VISIT)
    assert house.users.sign_in("bernard", PASSPHRASE, bernard.digits(), VISIT)


def test_somebody_who_may_appoint_always_stays(house, amina, bernard):
    with pytest.raises(OwnOffice):
        house.staff.suspend("amina", "me", by=amina.signer(), visit=VISIT)
    house.staff.suspend("amina", "on leave", by=bernard.signer(), visit=VISIT)
    with pytest.raises((NobodyAppoints, OwnOffice)):
        house.staff.suspend("bernard", "all", by=bernard.signer(), visit=VISIT)


def test_a_forgotten_passphrase_is_a_new_key_and_a_new_start(house, amina, bernard):
    before = offices(house)["bernard"].body.public_key
    given = house.staff.reset("bernard", "forgotten", by=amina.signer(), visit=VISIT)
    assert offices(house)["bernard"].body.public_key != before
    with pytest.raises(SignInRefused):
        house.users.sign_in("bernard", PASSPHRASE, bernard.digits(), VISIT)
    assert house.users.codes_left(bernard.officer) == 0
    assert house.begun("bernard", given).signer()


def test_roles_are_changed_by_another_and_only_to_ours(house, amina, bernard):
    by = amina.signer()
    house.staff.set_roles("bernard", ("inspector",), "new post", by=by, visit=VISIT)
    assert offices(house)["bernard"].body.roles == ("inspector",)
    with pytest.raises(FieldUnreadable):
        house.staff.set_roles("bernard", ("armourer",), "x", by=by, visit=VISIT)
    with pytest.raises(UserUnknown):
        house.staff.set_roles("nobody", ("auditor",), "x", by=by, visit=VISIT)


def test_who_stands_at_the_machine_proves_who_they_are(house, amina):
    signer = house.staff.signed_in("amina", PASSPHRASE, amina.digits())
    assert signer.id == amina.officer
    given = house.staff.add("bernard", "B", ("registrar",), by=signer, visit=VISIT)
    with pytest.raises(OfficerNotAuthorised):
        house.staff.signed_in("bernard", given, "")


def test_each_change_stands_in_the_audit_log(house, amina, bernard):
    house.staff.suspend("bernard", "x", by=amina.signer(), visit=VISIT)
    with house.registry.database.reading() as connection:
        found = [(one.act, one.about, one.address) for one in audit.lines(connection)]
    assert ("user_suspended", "bernard", VISIT.address) in found
    assert ("user_added", "amina", "") in found
