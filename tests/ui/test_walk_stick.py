"""A long exchange by stick in the real window: how far it is, stopped by a click, done again."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog  # noqa: TID251 — a test drives widgets

from stockpile.language import plain
from stockpile.services import courier_taking
from tests.helpers import desktops
from tests.helpers.desktops import PATIENCE, sign_in
from tests.helpers.long_files import door_before, long_file
from tests.helpers.neighbours import OTHER, a_depot
from ui.widgets.button import IconButton
from ui.widgets.progress import Meter

Key = Qt.Key


@pytest.fixture
def window(desktop, qtbot):
    window = sign_in(desktop, qtbot)
    with qtbot.waitActive(desktop):
        desktop.activateWindow()
    return window


@pytest.fixture
def on_books(desktop):
    return partial(desktops.on_books, desktop.desk)


@pytest.fixture
def folder(desktop, window, on_books, tmp_path):
    """A stick with a long file of another depot; each knows the other."""
    depot, folder = a_depot(tmp_path / "gulu", OTHER), tmp_path / "stick"
    here, by = desktop.session.stockpile, desktop.session.officer
    theirs, ours = depot.stockpile.keys, here.keys
    vouch = here.couriers.introduce
    on_books(partial(vouch, theirs.node, theirs.public_key, "Gulu Depot", by=by))
    depot.stockpile.couriers.introduce(ours.node, ours.public_key, "Practice", by=depot.by)
    folder.mkdir()
    long_file(depot, ours.node, folder / "from gulu.courier")
    yield folder, depot
    depot.stockpile.close()


def chosen(page, qtbot, folder):
    """F8, the folder, and Enter in the dialog that says what lies there."""
    QTest.keyClick(page, Key.Key_F8)
    chooser = page.findChildren(QFileDialog)[-1]
    with qtbot.waitSignal(page.meetings.looked, timeout=PATIENCE):
        chooser.fileSelected.emit(str(folder))
        chooser.close()
    QTest.keyClick(page.dialog.confirm, Key.Key_Return)


def test_a_long_file_says_how_far_it_is_is_stopped_by_a_click_and_goes_on(
    desktop, window, on_books, folder, qtbot, monkeypatch
):
    stick, depot = folder
    books = desktop.session.stockpile.books
    monkeypatch.setattr(courier_taking, "FACTS_AT_ONCE", 4)
    door = door_before(books, 3, monkeypatch)
    QTest.keyClick(window, Key.Key_7, Qt.KeyboardModifier.AltModifier)
    page = window.page("transfers")
    qtbot.waitUntil(page.isVisible)
    chosen(page, qtbot, stick)
    qtbot.waitUntil(door.reached.is_set, timeout=PATIENCE)
    bar = page._record_bar
    qtbot.waitUntil(bar.isVisible)
    qtbot.waitUntil(lambda: " of " in plain(bar.findChild(Meter).accessibleName()))
    assert not page._load.isEnabled()
    assert not page._meet.isEnabled()
    with qtbot.waitSignal(page.model.work.stopped, timeout=PATIENCE) as stopped:
        qtbot.mouseClick(bar.findChild(IconButton), Qt.MouseButton.LeftButton)
        door.open()
    assert stopped.args[1] > 0
    assert f"{stopped.args[1]} facts came and stay" in plain(page.news.said)
    assert bar.isHidden()
    assert page._load.isEnabled()
    held = dict(on_books(books.tips))[depot.node].number
    assert 0 < held < depot.stockpile.books.tip().number
    assert [file.name for file in stick.iterdir()] == ["from gulu.courier"]

    with qtbot.waitSignal(page.meetings.met, timeout=PATIENCE) as met:
        chosen(page, qtbot, stick)
    assert met.args[0].facts > 0
    assert dict(on_books(books.tips))[depot.node] == depot.stockpile.books.tip()
    assert len(list(stick.glob("*.courier"))) == 2
    assert "Written for Gulu Depot" in plain(page.news.said)
