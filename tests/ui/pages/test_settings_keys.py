"""The page of keys: what it warns of, and a change of the passphrase by two officers."""

from __future__ import annotations

import pytest

from stockpile.services.keys import KeyState
from tests.helpers.house import PASSPHRASE, PIN, second_officer
from tests.helpers.readable import displayed, faults
from ui.pages.settings_keys import KeysSection
from ui.view_models.keys import KeysModel, KeysShown

NARROW = 520
NEW = "five words that belong apart"


def shown(seat, qtbot, state):
    model = KeysModel(*seat.made_with)
    section = KeysSection(model)
    section.model = model
    model.came.emit(KeysShown(state, ("A. Mbuyi",) if state.renewed_at else ()))
    displayed(section, qtbot, NARROW, 900)
    return section


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (KeyState(), "There is no way back yet"),
        (KeyState(sheet="K7ZQ"), ""),
        (KeyState(sheet="K7ZQ", put_back_at=1), "An older copy of the key file was put back"),
        (KeyState(sheet="K7ZQ", tries_gone_at=1), "Somebody may have tried passphrases"),
        (KeyState(sheet="K7ZQ", recovered="sheet", recovered_at=2), "The store was recovered"),
        (KeyState(sheet="K7ZQ", recovered="sheet", recovered_at=2, renewed_at=3), ""),
    ],
)
def test_what_wants_to_be_done_is_said_above_all_else(seat, qtbot, state, said):
    section = shown(seat, qtbot, state)
    assert section.warning.isVisible() == bool(said)
    assert said in section.warning.accessibleName()


def test_the_keyring_is_offered_where_it_can_be_turned_on(seat, qtbot):
    for state, can in (
        (KeyState(keyring_possible=True), False),
        (KeyState(keyring_possible=True, sheet="K7ZQ"), True),
        (KeyState(sheet="K7ZQ"), False),
        (KeyState(keyring=True), True),
    ):
        assert shown(seat, qtbot, state).keyring.isEnabled() is can


def test_two_officers_change_the_passphrase_by_keys_alone(seat, qtbot):
    by = seat.session.officer
    seat.on_books(lambda: second_officer(seat.stockpile, by))
    section = shown(seat, qtbot, KeyState())
    section.passphrase.click()
    dialog = section.dialog
    for field, text in ((dialog.passphrase, PASSPHRASE), (dialog.new, NEW), (dialog.again, NEW)):
        qtbot.keyClicks(field.edit, text)
    dialog.accept()
    row = section.pins.rows[0]
    qtbot.waitUntil(lambda: bool(row.name))
    qtbot.keyClicks(row.pin.edit, PIN)
    with qtbot.waitSignal(section.model.done):
        section.pins.confirm.click()
    assert section.dialog is None
    assert section.result.isVisible()
    section.sheet.click()
    section.pins.reject()
    assert section.pins is None
    assert not section.printing.isVisible()


def test_another_key_shows_how_far_it_is_and_is_not_left_halfway(seat, qtbot):
    by = seat.session.officer
    seat.on_books(lambda: second_officer(seat.stockpile, by))
    section = shown(seat, qtbot, KeyState())
    section.renew.click()
    dialog = section.dialog
    qtbot.keyClicks(dialog.passphrase.edit, PASSPHRASE)
    dialog.accept()
    row = section.pins.rows[0]
    qtbot.waitUntil(lambda: bool(row.name))
    qtbot.keyClicks(row.pin.edit, PIN)
    with qtbot.waitSignal(section.model.done):
        with qtbot.waitSignal(section.model.began):
            section.pins.confirm.click()
        assert dialog.bar.isVisible()
        assert not dialog.cancel.isEnabled()
        dialog.reject()
        assert dialog.isVisible()
        assert faults(dialog) == []
    assert section.dialog is None
    assert section.result.isVisible()
