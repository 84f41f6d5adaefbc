"""Taking a list in, in the hand: the empty page, the preview, the report."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from ui.pages.importing import _EMPTY, _LIST, _REPORT, _UNCLEAR, ImportPage

LIST = "Serial,Maker,Model,Calibre,Qty\nA1,Izhmash,AKM,7.62x39,1\nA2,Izhmash,AKM,7.62x39,many\n"


@pytest.fixture
def page(seat, qtbot):
    made = ImportPage(*seat.made_with)
    qtbot.addWidget(made)
    made.resize(1110, 660)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.entered("")
    return made


@pytest.fixture
def file(tmp_path):
    written = tmp_path / "list.csv"
    written.write_text(LIST, "utf-8")
    return written


def face(page):
    return page._faces.currentIndex()


def previewed(page, qtbot, file):
    with qtbot.waitSignal(page.model.previewed):
        page.model.open(file)


def test_a_list_is_previewed_brought_in_and_shown_in_the_register(page, file, qtbot):
    assert face(page) == _EMPTY
    previewed(page, qtbot, file)
    assert face(page) == _LIST
    assert page._table.rows.rowCount() == 2
    assert "1" in page._import.text()
    asked = []
    page.go.connect(lambda *where: asked.append(where))
    with qtbot.waitSignal(page.model.imported):
        qtbot.keyClick(page._table, Qt.Key.Key_F5)
    assert face(page) == _REPORT
    qtbot.mouseClick(page._report._show_register, Qt.MouseButton.LeftButton)
    assert asked == [("register", "")]


def test_only_the_refused_rows_are_shown_when_asked_for(page, file, qtbot):
    previewed(page, qtbot, file)
    refused = page.filter_menu().actions()[1]
    refused.trigger()
    assert page._table.rows.rowCount() == 1
    assert page._table.rows.row_at(0).outcome == "refused"


def test_a_column_is_told_by_its_field(page, file, qtbot):
    previewed(page, qtbot, file)
    field = page._columns.fields[4]
    assert field.value() == "quantity"
    field.set_value("-")
    with qtbot.waitSignal(page.model.previewed):
        field.box.activated.emit(0)
    assert "2" in page._import.text()


def test_a_file_is_dropped_on_the_page(page, file, qtbot):
    carried = QMimeData()
    carried.setUrls([QUrl.fromLocalFile(str(file))])
    drop = QDropEvent(
        QPointF(9, 9), Qt.DropAction.CopyAction, carried, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    with qtbot.waitSignal(page.model.previewed):
        page.dropEvent(drop)


def test_columns_that_are_not_understood_are_asked_for(page, tmp_path, qtbot):
    unclear = tmp_path / "unclear.csv"
    unclear.write_text("aaa,bbb\nA1,x\n", "utf-8")
    with qtbot.waitSignal(page.model.failed):
        page.model.open(unclear)
    assert face(page) == _UNCLEAR
    assert page._trouble.isVisible()
    assert len(page._unclear_columns.fields) == 2


def test_a_file_that_cannot_be_read_is_said(page, tmp_path, qtbot):
    with qtbot.waitSignal(page.model.failed):
        page.model.open(tmp_path / "nothing.csv")
    assert "nothing.csv" in page._trouble.accessibleName()
