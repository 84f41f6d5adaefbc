"""The question about the metal: it is answered with a reason and a proof, or not at all."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget  # noqa: TID251 — a dialog stands over one

from tests.helpers.readable import displayed, faults
from tests.helpers.shots import a_file
from ui.pages.marking_settle import SettleDialog, Typing
from ui.view_models.marking import Settled

TEXT = "UG 26 000124"


@pytest.fixture
def page(light, qtbot):
    return displayed(QWidget(), qtbot, 900, 600)


def asked(page, outcome="marked"):
    dialog = SettleDialog(outcome, TEXT, page)
    dialog.open()
    return dialog


def test_a_reason_without_a_proof_settles_nothing(page, qtbot):
    dialog = asked(page)
    dialog._reason.set_text("It is whole.")
    assert not dialog.confirm.isEnabled()
    dialog.reject()


def test_a_proof_without_a_reason_settles_nothing(page, qtbot):
    dialog = asked(page)
    qtbot.keyClicks(dialog.read.edit, TEXT)
    assert not dialog.confirm.isEnabled()
    dialog.reject()


def test_what_was_scanned_is_the_proof(page, qtbot):
    dialog = asked(page)
    qtbot.keyClicks(dialog.read.edit, TEXT)
    dialog._reason.set_text("It is whole.")
    with qtbot.waitSignal(dialog.decided) as said:
        dialog.confirm.click()
    assert said.args == [Settled("marked", "It is whole.", TEXT, "scan")]
    assert not said.args[0].needs_two


def test_a_photo_is_a_proof_by_itself(page, qtbot, tmp_path):
    dialog = asked(page, "unmarked")
    dialog._reason.set_text("Bare steel.")
    file = a_file(tmp_path)
    dialog.take(file)
    with qtbot.waitSignal(dialog.decided) as said:
        dialog.confirm.click()
    assert said.args == [Settled("unmarked", "Bare steel.", "", "scan", file)]


def test_what_was_typed_is_read_by_two_unless_there_is_a_photo():
    assert Settled("partial", "half", "UG", "typed").needs_two
    assert not Settled("partial", "half", "UG", "typed", b"png").needs_two


def test_fingers_are_told_from_a_scanner(qtbot):
    typing = Typing()
    typing.follow("U")
    assert typing.sight("U" * 40) == "scan"
    qtbot.waitUntil(lambda: typing.sight("UG") == "typed")
    typing.follow("")
    assert typing.sight("UG") == "scan"


@pytest.mark.parametrize("outcome", ["marked", "partial", "unmarked"])
def test_everybody_can_use_it(tongue, qtbot, outcome):
    under = displayed(QWidget(), qtbot, 900, 600)
    dialog = asked(under, outcome)
    assert faults(dialog) == []
    dialog.reject()
