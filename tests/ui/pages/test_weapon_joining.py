"""Two records side by side: found, compared, joined, told apart or parted again."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QWidget  # noqa: TID251 — a test drives widgets

from stockpile.domain.errors import WeaponsSame
from tests.helpers.readable import faults
from ui.pages.weapon_joining import JoiningDialog
from ui.widgets.button import Button
from ui.widgets.compared import Compared
from ui.widgets.text import Label


@pytest.fixture
def files(tongue, seat):
    """The file of a weapon, of its look-alike, and a way to read one again."""
    one, other = seat.register("KB4471902"), seat.register("KB44719O2", make="Tula")
    dossiers = seat.stockpile.dossiers

    def read(weapon):
        return seat.on_books(lambda: dossiers.open(weapon))

    return read(one), read(other), read


@pytest.fixture
def dialog(files, qtbot):
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(1024, 640)
    host.show()
    dialog = JoiningDialog(files[0], ["one photo"], host, offered=files[0].alike)
    dialog.show()
    yield dialog
    host.close()


def shown(dialog, kind):
    QApplication.processEvents()
    return [one for one in dialog.findChildren(kind) if one.isVisible()]


def test_the_other_record_of_a_contradiction_is_offered(dialog, files, qtbot):
    offer = next(one for one in shown(dialog, Button) if "KB44719O2" in one.text())
    with qtbot.waitSignal(dialog.chosen) as blocker:
        offer.click()
    assert blocker.args == [files[1].life.weapon.id]


def test_what_differs_is_marked_and_said(dialog, files):
    dialog.compare(files[1])
    mine, theirs = shown(dialog, Compared)
    assert (mine.accessibleName(), theirs.accessibleName()) != ("KB4471902", "KB44719O2")
    makes = [one.text() for one in shown(dialog, Label) if one.text().strip("\u2066\u2069")
              in ("Izhmash", "Tula")]  # fmt: skip
    assert len(makes) == 2
    assert faults(dialog) == []


def test_nothing_is_decided_without_another_record_and_a_reason(dialog, files):
    for button in (dialog._join, dialog._apart):
        assert not button.isEnabled()
    dialog.compare(files[1])
    assert not dialog._join.isEnabled()
    dialog._reason.take("one photo")
    assert dialog._join.isEnabled()
    assert dialog._apart.isEnabled()
    assert not dialog._part.isVisible()


@pytest.mark.parametrize("way", ["joined", "told_apart"])
def test_it_is_decided_one_way_or_the_other(dialog, files, qtbot, way):
    dialog.compare(files[1])
    dialog._reason.take("one photo")
    button = {"joined": dialog._join, "told_apart": dialog._apart}[way]
    with qtbot.waitSignal(getattr(dialog, way)) as blocker:
        button.click()
    assert blocker.args == [files[1].life.weapon.id, "one photo"]
    assert not button.isEnabled()
    dialog.close_decided()
    assert not dialog.isVisible()


def test_a_refusal_is_said_and_it_can_be_tried_again(dialog, files):
    dialog.compare(files[1])
    dialog._reason.take("one photo")
    dialog._join.click()
    dialog.show_error(WeaponsSame("w1"))
    assert dialog._trouble.isVisible()
    assert dialog._join.isEnabled()


def test_a_joined_record_can_only_be_parted(seat, files, qtbot):
    one, other, read = files
    ids = one.life.weapon.id, other.life.weapon.id
    merge, by = seat.stockpile.correcting.merge, seat.session.officer
    seat.on_books(lambda: merge(*ids, "one photo", by=by))
    host = QWidget()
    qtbot.addWidget(host)
    host.show()
    dialog = JoiningDialog(read(ids[0]), [], host)
    dialog.show()
    dialog.compare(read(ids[1]))
    dialog._reason.take("two after all")
    assert dialog._part.isVisible()
    assert not dialog._join.isVisible()
    with qtbot.waitSignal(dialog.parted) as blocker:
        dialog._part.click()
    assert blocker.args == [ids[1], "two after all"]


def test_hits_of_an_older_question_are_not_shown(dialog, files, qtbot):
    with qtbot.waitSignal(dialog.typed):
        qtbot.keyClicks(dialog._search, "K")
    before = len(shown(dialog, Button))
    dialog.show_hits("something else", ())
    assert len(shown(dialog, Button)) == before
    dialog.show_hits("K", ())
    assert len(shown(dialog, Button)) < before
