"""Signing without a PIN: by hand, on paper, or not at all and why."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.helpers.readable import displayed, faults
from ui.pages.signing import SigningDialog

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def dialog(light, qtbot):
    dialog = SigningDialog("Sgt P. Otim", "For HR-KLA-26-0001: 12 weapons.")
    displayed(dialog, qtbot, 560, dialog.sizeHint().height())
    return dialog


def draw(pad):
    QTest.mousePress(pad, LEFT, pos=QPoint(20, 60))
    for x in range(40, 200, 20):
        QTest.mouseMove(pad, QPoint(x, 40 + x % 50))
    QTest.mouseRelease(pad, LEFT, pos=QPoint(200, 60))


def test_a_drawn_signature_is_given_as_a_picture(dialog, qtbot):
    assert not dialog.confirm.isEnabled()
    draw(dialog.pad)
    with qtbot.waitSignal(dialog.drawn) as told:
        dialog.confirm.click()
    assert told.args[0].startswith(b"\xff\xd8")
    assert not dialog.isVisible()


def test_without_a_signature_a_reason_is_enough_and_nothing_is_not(dialog, qtbot):
    dialog.reason.submitted.emit()
    assert dialog.reason.message
    qtbot.keyClicks(dialog.reason.edit, "hand bandaged")
    assert dialog.confirm.text() == "Go on unsigned"
    with qtbot.waitSignal(dialog.unsigned) as told:
        qtbot.keyClick(dialog.reason.edit, Qt.Key.Key_Return)
    assert told.args == ["hand bandaged"]


def test_a_signed_paper_may_take_its_place_and_a_bad_stroke_is_wiped(dialog, qtbot):
    draw(dialog.pad)
    dialog._wipe.click()
    assert not dialog.pad.is_signed
    with qtbot.waitSignal(dialog.paper_wanted):
        dialog._paper.click()


def test_the_dialog_is_whole_in_every_language(tongue, qtbot):
    dialog = SigningDialog("Sgt P. Otim", "For HR-KLA-26-0001: 12 weapons.")
    displayed(dialog, qtbot, 560, dialog.sizeHint().height())
    assert faults(dialog) == []
