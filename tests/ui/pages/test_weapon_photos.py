"""What new photos show is asked once for all of them."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget  # noqa: TID251 — a test drives widgets

from stockpile.domain.errors import FieldUnreadable
from tests.helpers.files import MARKS
from tests.helpers.readable import displayed, faults
from ui.pages.weapon_photos import PhotoDialog, view_of


@pytest.fixture
def dialog(tongue, qtbot):
    host = QWidget()
    displayed(host, qtbot, 700, 500)
    dialog = PhotoDialog(2, MARKS, "right", host)
    dialog.show()
    yield dialog
    host.close()


def test_the_view_taken_last_is_there_already(dialog, qtbot):
    assert faults(dialog) == []
    assert not dialog._mark.isVisible()
    dialog._caption.set_text("with scale")
    with qtbot.waitSignal(dialog.decided) as told:
        dialog.confirm.click()
    assert told.args == ["right", "with scale", None]


def test_a_photo_of_a_mark_says_which_one(dialog, qtbot):
    dialog._view.set_value("mark")
    dialog._judge_view()
    assert dialog._mark.isVisible()
    dialog._mark.set_value("2")
    with qtbot.waitSignal(dialog.decided) as told:
        dialog.confirm.click()
    assert told.args == ["mark", "", 2]


def test_a_view_of_no_list_is_refused():
    assert view_of("left") == "left"
    with pytest.raises(FieldUnreadable):
        view_of("upside down")
