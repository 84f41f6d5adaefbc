"""The desk of keys: two officers, what stands on record of it, and the papers of a sheet."""

from __future__ import annotations

import dataclasses

import keyring
import keyring.backends.null
import pypdfium2
import pytest
import zxingcpp
from keyring.backend import KeyringBackend

from stockpile.app import open_home, recover_by_sheet
from stockpile.domain.errors import (
    NoRecovery,
    OfficerNotAuthorised,
    PassphraseTooShort,
    SecondOfficerMissing,
    SystemSafeMissing,
    SystemSecretMissing,
    SystemSecretOther,
    WrongPassphrase,
)
from stockpile.domain.facts import ActProposed
from stockpile.domain.recovery_sheets import read_half
from stockpile.services.keys import KeyState
from tests.helpers.house import PASSPHRASE, PIN, copied_house

NEW = "five words that belong apart"


class Safe(KeyringBackend):
    """The safe of a system, in memory."""

    priority = 1

    def __init__(self):
        super().__init__()
        self.held = {}

    def get_password(self, service, username):
        return self.held.get((service, username))

    def set_password(self, service, username, password):
        self.held[service, username] = password

    def delete_password(self, service, username):
        del self.held[service, username]


@pytest.fixture
def house(tmp_path):
    """A home that a test may close itself."""
    built = copied_house(tmp_path / "home")
    closed, close = [], built.stockpile.close

    def once():
        if not closed:
            closed.append(True)
            close()

    built.stockpile = dataclasses.replace(built.stockpile, close=once)
    yield built
    once()


@pytest.fixture
def safe():
    before, own = keyring.get_keyring(), Safe()
    keyring.set_keyring(own)
    yield own
    keyring.set_keyring(before)


def test_a_state_with_neither_sheet_nor_authority_has_no_way_back():
    assert not KeyState().has_way_back
    assert KeyState(sheet="K7ZQ").has_way_back
    assert KeyState(recipient="age1").has_way_back


def test_two_officers_change_the_passphrase_and_both_signed_that(house):
    desk, second = house.stockpile.key_desk, house.second
    with pytest.raises(SecondOfficerMissing):
        desk.change_passphrase(PASSPHRASE, NEW, by=house.officer, witness=None)
    with pytest.raises(PassphraseTooShort):
        desk.change_passphrase(PASSPHRASE, "short", by=house.officer, witness=second)
    with pytest.raises(WrongPassphrase):
        desk.change_passphrase("wrong", NEW, by=house.officer, witness=second)
    recorded = desk.change_passphrase(PASSPHRASE, NEW, by=house.officer, witness=second)
    (entry,) = recorded.entries
    signed = {one.officer for one in entry.officer_signatures}
    assert signed == {house.officer.id, second.id}
    assert recorded.facts[0].body.act == "rotate_keys"
    assert house.stockpile.proposals.open() == ()
    house.stockpile.close()
    with open_home(house.home, NEW) as stockpile:
        assert stockpile.checking.check(deep=True).entries == stockpile.books.tip().number


def test_a_clerk_changes_no_key(house):
    people, second = house.stockpile.people, house.second
    people.appoint("C. Clerk", ("clerk",), PIN, by=house.officer)
    clerk = people.sign_in("C. Clerk", PIN)
    with pytest.raises(OfficerNotAuthorised):
        house.stockpile.key_desk.renew(PASSPHRASE, by=clerk, witness=second)


def test_a_sheet_is_printed_in_two_halves_opens_and_its_files_are_gone_afterwards(house):
    desk = house.stockpile.key_desk
    recorded, made = desk.make_sheet(by=house.officer, witness=house.second)
    assert isinstance(recorded.facts[0].body, ActProposed)
    assert [one.file.stat().st_mode & 0o777 for one in made.halves] == [0o600] * 2
    codes = [_matrix(drawn.file) for drawn in made.halves]
    assert [read_half(one).sheet for one in codes] == [made.sheet] * 2
    kept = b"".join(one.read_bytes() for one in house.home.glob("*.json"))
    assert all(one.encode() not in kept for one in codes)
    desk.destroy_papers()
    assert not made.halves[0].file.parent.exists()
    house.stockpile.close()
    recover_by_sheet(house.home, (codes[0], codes[1]), NEW)
    open_home(house.home, NEW).close()


def test_papers_that_nobody_removed_are_gone_at_the_next_start(house):
    desk = house.stockpile.key_desk
    _recorded, made = desk.make_sheet(by=house.officer, witness=house.second)
    house.stockpile.close()
    open_home(house.home, PASSPHRASE).close()
    assert not made.halves[0].file.exists()


def test_the_safe_of_the_system_is_wanted_only_where_there_is_a_way_back(house, safe):
    desk, second = house.stockpile.key_desk, house.second
    with pytest.raises(NoRecovery):
        desk.use_keyring(PASSPHRASE, on=True, by=house.officer, witness=second)
    desk.make_sheet(by=house.officer, witness=second)
    desk.use_keyring(PASSPHRASE, on=True, by=house.officer, witness=second)
    assert desk.state().keyring
    desk.renew(PASSPHRASE, by=house.officer, witness=second)
    desk.change_passphrase(PASSPHRASE, NEW, by=house.officer, witness=second)
    house.stockpile.close()
    held, safe.held = safe.held, {}
    with pytest.raises(SystemSecretMissing):
        open_home(house.home, NEW)
    safe.held = held
    with open_home(house.home, NEW) as stockpile:
        by = stockpile.people.sign_in(house.officer.officer.name, PIN)
        stockpile.key_desk.use_keyring(NEW, on=False, by=by, witness=second)
    assert safe.held == {}
    open_home(house.home, NEW).close()


def test_a_safe_that_lost_its_secret_never_drops_the_second_factor_by_the_way(house, safe):
    desk, second = house.stockpile.key_desk, house.second
    desk.make_sheet(by=house.officer, witness=second)
    desk.use_keyring(PASSPHRASE, on=True, by=house.officer, witness=second)
    held, safe.held = safe.held, {}
    with pytest.raises(SystemSecretMissing):
        desk.room.set_passphrase(NEW)
    safe.held = dict.fromkeys(held, "78" * 32)
    with pytest.raises(SystemSecretOther):
        desk.change_passphrase(PASSPHRASE, NEW, by=house.officer, witness=second)
    assert desk.state().keyring
    safe.held = held
    house.stockpile.close()
    open_home(house.home, PASSPHRASE).close()


def test_a_safe_that_keeps_nothing_is_none(house):
    desk, second = house.stockpile.key_desk, house.second
    desk.make_sheet(by=house.officer, witness=second)
    before = keyring.get_keyring()
    keyring.set_keyring(keyring.backends.null.Keyring())
    try:
        with pytest.raises(SystemSafeMissing):
            desk.use_keyring(PASSPHRASE, on=True, by=house.officer, witness=second)
    finally:
        keyring.set_keyring(before)
    assert not desk.state().keyring


def _matrix(file):
    """Return the text of the QR Code on a paper."""
    picture = pypdfium2.PdfDocument(file)[0].render(scale=4).to_pil()
    found = zxingcpp.read_barcodes(picture)
    return next(one.text for one in found if "QR" in str(one.format))
