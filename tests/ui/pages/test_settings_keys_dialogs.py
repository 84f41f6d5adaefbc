"""What is asked before keys are changed."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget  # noqa: TID251 — a test stands in for the window

from stockpile.domain.errors import PassphraseTooShort, SystemSecretOther, WrongPassphrase
from tests.helpers.readable import faults
from ui.pages.settings_keys_dialogs import PassphraseDialog

NEW = "five words that belong apart"


def opened(qtbot, *, changes=True):
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = PassphraseDialog("Change", "Five words.", "Change", parent, changes=changes)
    dialog.owner = parent
    dialog.show()
    return dialog


def test_the_new_passphrase_is_typed_twice_alike(qtbot):
    dialog = opened(qtbot)
    given = []
    dialog.given.connect(lambda *said: given.append(said))
    dialog.accept()
    assert dialog.passphrase.message
    qtbot.keyClicks(dialog.passphrase.edit, "old")
    qtbot.keyClicks(dialog.new.edit, NEW)
    qtbot.keyClicks(dialog.again.edit, "other")
    dialog.accept()
    assert (given, bool(dialog.again.message)) == ([], True)
    dialog.again.set_text(NEW)
    dialog.confirm.click()
    dialog.accept()
    assert given == [("old", NEW)]
    assert dialog.confirm.is_busy


def test_a_refusal_stands_at_its_field_and_what_was_typed_is_gone_when_done(qtbot):
    dialog = opened(qtbot)
    for field in (dialog.passphrase, dialog.new, dialog.again):
        field.set_text(NEW)
    dialog.accept()
    dialog.show_error(PassphraseTooShort(12))
    assert dialog.new.message
    dialog.accept()
    dialog.show_error(WrongPassphrase())
    assert dialog.passphrase.message
    dialog.close_done()
    assert not dialog.isVisible()
    assert dialog.passphrase.text() == dialog.new.text() == ""


def test_without_a_new_one_only_the_passphrase_is_asked(qtbot):
    dialog = opened(qtbot, changes=False)
    assert not dialog.new.isVisible()
    dialog.passphrase.set_text("old")
    with qtbot.waitSignal(dialog.given) as said:
        dialog.accept()
    assert said.args == ["old", ""]
    dialog.wait_again()
    assert not dialog.confirm.is_busy


def test_the_longest_refusal_is_read_whole(light, qtbot):
    dialog = opened(qtbot, changes=False)
    for error in (SystemSecretOther(), PassphraseTooShort(12)):
        dialog.show_error(error)
        assert faults(dialog) == []
