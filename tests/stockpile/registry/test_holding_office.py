"""Who is in office, by the registry's own chain; forged appointments are told in the attacks."""

from __future__ import annotations

import pytest

from stockpile.registry import sessions
from stockpile.registry.holding_office import appointments, office, signer_of
from tests.helpers.visitors import VISIT, House


@pytest.fixture
def house(registry):
    return House(registry)


@pytest.fixture
def amina(house):
    return house.first()


def test_the_key_is_the_officers_own(house, amina):
    session = amina.session()
    with house.registry.database.reading() as connection:
        officer = office(connection, amina.officer, house.registry.books.key.node)
        assert office(connection, "nobody", house.registry.books.key.node) is None
    key = signer_of(officer, session.secrets)
    assert bytes(key.verify_key) == officer.public_key
    other = sessions.Secrets(bytes(32), "")
    assert signer_of(officer, other) is None


def test_who_is_suspended_is_in_no_office_and_their_appointments_stay(house, amina):
    bernard = house.add("bernard", "registrar", amina)
    own = house.registry.books.key.node
    house.staff.suspend("bernard", "inquiry", by=amina.signer(), visit=VISIT)
    with house.registry.database.reading() as connection:
        assert office(connection, bernard.officer, own) is None
        kinds = [type(one.body).__name__ for one in appointments(connection, bernard.officer, own)]
    assert kinds == ["OfficerAppointed", "OfficerSuspended"]
