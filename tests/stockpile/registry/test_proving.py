"""What every door asks; that tries at once are no more than one by one is told in the contract."""

from __future__ import annotations

import pytest

from stockpile.domain.errors import SignInRefused, UserUnknown
from stockpile.registry import audit
from stockpile.registry.passphrases import LIGHT
from stockpile.registry.proving import GIVEN_FOR, Proving, row_by, row_of
from tests.helpers.visitors import PASSPHRASE, VISIT, House


@pytest.fixture
def house(registry):
    return House(registry)


@pytest.fixture
def amina(house):
    return house.first()


def test_what_was_typed_in_the_wrong_field_is_nowhere(house, amina):
    """People type their passphrase where their name belongs: the log says that somebody tried."""
    with pytest.raises(SignInRefused):
        house.users.sign_in("seven old rifles", "", "", VISIT)
    with house.registry.database.reading() as connection:
        (line, *_rest) = audit.lines(connection)
    assert (line.act, line.officer, line.about) == ("refused", "", "")


def test_a_first_passphrase_that_lies_about_lets_nobody_in(house):
    given = house.staff.first("amina", "Amina")
    house.registry.clock.at += GIVEN_FOR + 1
    with pytest.raises(SignInRefused):
        house.users.sign_in("amina", given, "", VISIT)


def test_a_passphrase_opens_its_own_row_and_no_other(house, amina):
    proving = Proving(house.registry.books, LIGHT)
    with house.registry.database.reading() as connection:
        row = row_by(connection, "Amina ")
        assert row_of(connection, amina.officer) == row
        assert row_by(connection, "nobody") is None
        with pytest.raises(UserUnknown):
            row_of(connection, "nobody")
    assert proving.opened(row, PASSPHRASE).totp == amina.secret
    assert proving.opened(row, PASSPHRASE + " ") is None
    assert proving.opened(None, PASSPHRASE) is None


def test_a_recovery_code_is_used_up_where_the_digits_are_not_right(house, amina):
    proving = Proving(house.registry.books, LIGHT)
    for said, expected in ((amina.codes[0], True), (amina.codes[0], False), ("000000", False)):
        with house.registry.database.writing() as connection:
            row = row_by(connection, "amina")
            opened = proving.opened(row, PASSPHRASE)
            assert proving.is_second(connection, row, opened, said, VISIT) is expected
    assert house.users.codes_left(amina.officer) == 9
    with house.registry.database.reading() as connection:
        assert len(audit.lines(connection, act="code_used")) == 1
