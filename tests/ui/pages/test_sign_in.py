"""The way in, in the hand."""

from __future__ import annotations

from PySide6.QtCore import Qt

from stockpile.app import PRACTICE_PIN
from stockpile.domain.errors import KeysUnreadable, PinTooSoon, SystemSecretMissing
from stockpile.language import plain
from stockpile.settings import Settings
from tests.helpers.desktops import PATIENCE
from tests.helpers.readable import faults
from ui.pages.sign_in import _FOUNDING, _OFFICER, _OPENING, _PASSPHRASE

Key = Qt.Key


def face(desktop):
    return desktop.sign_in.face


def opened(desktop, qtbot):
    with qtbot.waitSignal(desktop.model.opened, timeout=PATIENCE):
        desktop.start()
    return desktop.sign_in


def test_until_the_store_is_open_the_page_says_that_it_opens(desktop, qtbot):
    assert face(desktop) == _OPENING
    opened(desktop, qtbot)
    assert face(desktop) == _OFFICER


def test_a_practice_depot_tells_its_pin_and_takes_it_by_enter(desktop, qtbot):
    page = opened(desktop, qtbot)
    assert PRACTICE_PIN in page._practice_hint.text()
    assert page._pin.edit.hasFocus()
    qtbot.keyClicks(page._pin.edit, PRACTICE_PIN)
    with qtbot.waitSignal(page.signed_in, timeout=PATIENCE):
        qtbot.keyClick(page._pin.edit, Key.Key_Return)


def test_a_wrong_pin_names_the_officer_and_keeps_what_was_typed(desktop, qtbot):
    page = opened(desktop, qtbot)
    page._pin.set_text("0000")
    page._sign_in()
    qtbot.waitUntil(lambda: "Practice officer" in page._pin.message, timeout=PATIENCE)
    assert page._pin.text() == "0000"


def test_a_new_stockpile_says_at_each_field_what_is_missing(desktop, qtbot):
    page = opened(desktop, qtbot)
    qtbot.mouseClick(page._other, Qt.MouseButton.LeftButton)
    assert face(desktop) == _FOUNDING
    assert page._fields._country.edit.hasFocus()
    page._found()
    assert page._fields._officer.message
    assert page._fields.passphrase.message


def test_a_new_stockpile_is_made_and_its_first_officer_sits_in_it(desktop, qtbot):
    page = opened(desktop, qtbot)
    page._turn_to(_FOUNDING)
    fields = page._fields
    told = {
        fields._country: "UG", fields._site: "KLA", fields._name: "Kampala",
        fields._officer: "A. Mbuyi", fields._pin: "2580", fields._again: "2580",
        fields.passphrase: "correct horse", fields._repeated: "correct horse",
    }  # fmt: skip
    for field, text in told.items():
        field.set_text(text)
    with qtbot.waitSignal(page.signed_in, timeout=PATIENCE):
        page._found()
    assert desktop.session.stockpile.home == desktop.model.home
    assert desktop.session.officer.officer.name == "A. Mbuyi"
    desktop.window_.left.emit()
    qtbot.waitUntil(lambda: page._officer.value() == "A. Mbuyi", timeout=PATIENCE)
    assert face(desktop) == _OFFICER
    assert not page._practice_hint.isVisible()


def test_two_pins_that_differ_make_nothing(desktop, qtbot):
    page = opened(desktop, qtbot)
    for field in page._fields.findChildren(type(page._fields._name)):
        field.set_text("2580")
    page._fields._again.set_text("2581")
    assert page._fields.told() is None
    assert page._fields._again.message


def test_two_passphrases_that_differ_make_nothing(desktop, qtbot):
    page = opened(desktop, qtbot)
    for field in page._fields.findChildren(type(page._fields._name)):
        field.set_text("correct horse")
    page._fields._repeated.set_text("correct house")
    assert page._fields.told() is None
    assert page._fields._repeated.message


def test_a_new_stockpile_is_not_called_the_practice_depot(desktop, qtbot):
    page = opened(desktop, qtbot)
    assert page._where.text() == "Practice depot"
    page._turn_to(_FOUNDING)
    assert plain(page._where.text()) == str(desktop.model.home)
    page._turn_to(_OFFICER)
    assert page._where.text() == "Practice depot"


def test_enter_leads_from_field_to_field_and_makes_it_at_the_last(desktop, qtbot):
    page = opened(desktop, qtbot)
    page._turn_to(_FOUNDING)
    for text in ("UG", "KLA", "Kampala", "A. Mbuyi", "2580", "2580", "one two three"):
        qtbot.keyClicks(desktop.focusWidget(), text)
        qtbot.keyClick(desktop.focusWidget(), Key.Key_Return)
    qtbot.keyClicks(desktop.focusWidget(), "one two three")
    with qtbot.waitSignal(page.signed_in, timeout=PATIENCE):
        qtbot.keyClick(desktop.focusWidget(), Key.Key_Return)


def test_tab_comes_to_what_makes_it_before_what_leads_away(desktop, qtbot):
    page = opened(desktop, qtbot)
    page._turn_to(_FOUNDING)
    page._fields._repeated.setFocus()
    passed = []
    for _step in range(3):
        qtbot.keyClick(desktop.focusWidget(), Key.Key_Tab)
        passed.append(desktop.focusWidget().text())
    assert passed == ["Make it", "Back", "Restore a backup…"]


def test_another_language_is_chosen_before_anybody_signs_in(desktop, qtbot):
    page = opened(desktop, qtbot)
    page.language.set_value("fr")
    page.language.box.activated.emit(page.language.box.currentIndex())
    page = desktop.sign_in
    qtbot.waitUntil(lambda: face(desktop) == _OFFICER)
    assert desktop.currentWidget() is page
    assert page._where.text() == "Dépôt d\u2019exercice"
    qtbot.keyClicks(page._pin.edit, PRACTICE_PIN)
    with qtbot.waitSignal(page.signed_in, timeout=PATIENCE):
        qtbot.keyClick(page._pin.edit, Key.Key_Return)
    assert desktop.session.settings.language == "fr"
    assert Settings.read(desktop.session.stockpile.home).language == "fr"
    desktop.window_.left.emit()
    assert page.language.isHidden()


def test_the_longest_refusal_is_read_whole_and_each_way_on_is_in_sight(tongue, desktop):
    page = desktop.sign_in
    desktop.resize(1024, 700)
    page._turn_to(_PASSPHRASE)
    for error in (SystemSecretMissing(), KeysUnreadable("/home/clerk/.local/share/stockpile/keys")):
        page._refused("passphrase", error)
        assert faults(page) == []
        assert page._passphrase.edit.hasFocus()
    assert page.restore.isVisible()
    page._opened(("A. Mbuyi",), practice=True)
    for one in (_OFFICER, _FOUNDING):
        page._turn_to(one)
        page._refused("pin", PinTooSoon("A. Mbuyi", 1_800))
        assert faults(page) == []
