"""Taking a list in, in the hand: the empty page, the preview, the report."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit  # noqa: TID251 — a test drives widgets

from stockpile.services.ports import RegisterFilter
from ui.pages.import_dialogs import LayoutNameDialog, TakeBackDialog
from ui.pages.importing import _BACK, _EMPTY, _LIST, _REPORT, _UNCLEAR, ImportPage

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
    assert page._preview.table.rows.rowCount() == 2
    assert "1" in page._preview.bring_in.text()
    asked = []
    page.go.connect(lambda *where: asked.append(where))
    with qtbot.waitSignal(page.model.imported):
        qtbot.keyClick(page._preview.table, Qt.Key.Key_F5)
    assert face(page) == _REPORT
    qtbot.mouseClick(page._report._show_register, Qt.MouseButton.LeftButton)
    assert asked == [("register", "")]


def test_only_the_refused_rows_are_shown_when_asked_for(page, file, qtbot):
    previewed(page, qtbot, file)
    refused = page._preview.filter_menu().actions()[4]
    refused.trigger()
    assert page._preview.table.rows.rowCount() == 1
    assert page._preview.table.rows.row_at(0).outcome == "refused"


def test_a_column_is_told_by_its_field(page, file, qtbot):
    previewed(page, qtbot, file)
    field = page._columns.fields[4]
    assert field.value() == "quantity"
    field.set_value("-")
    with qtbot.waitSignal(page.model.previewed):
        field.box.activated.emit(0)
    assert "2" in page._preview.bring_in.text()


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


def brought_in(page, qtbot, file):
    previewed(page, qtbot, file)
    with qtbot.waitSignal(page.model.imported):
        page.model.bring_in()


def decided(page, dialog, qtbot, typed):
    """Type into the dialog that is open, and confirm it."""
    (open_one,) = (one for one in page.findChildren(dialog) if one.isVisible())
    line = open_one.findChild(QPlainTextEdit) or open_one.findChild(QLineEdit)
    qtbot.keyClicks(line, typed)
    qtbot.mouseClick(open_one.confirm, Qt.MouseButton.LeftButton)


def test_a_list_is_taken_back_from_its_report(page, seat, file, qtbot):
    brought_in(page, qtbot, file)
    qtbot.mouseClick(page._report._back, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(page.earlier_model.taken_back):
        decided(page, TakeBackDialog, qtbot, "the wrong list")
    assert face(page) == _BACK
    count = seat.on_books(lambda: seat.stockpile.register.count(RegisterFilter()))
    assert count == 0
    qtbot.mouseClick(page._went_back.again, Qt.MouseButton.LeftButton)
    assert face(page) == _EMPTY


def test_an_earlier_list_is_taken_back_by_keys(page, file, qtbot):
    brought_in(page, qtbot, file)
    with qtbot.waitSignal(page.earlier_model.listed):
        page._again()
    table = page._earlier.table
    assert table.isVisible()
    table.selectRow(0)
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Delete)
    with qtbot.waitSignals([page.earlier_model.taken_back, page.earlier_model.listed]):
        decided(page, TakeBackDialog, qtbot, "typed twice")
    page._again()
    assert not page._earlier.take_back.isEnabled()
    assert table.rows.row_at(0).reason == "typed twice"


def test_what_somebody_told_of_the_columns_is_remembered(page, tmp_path, qtbot):
    first = tmp_path / "first.csv"
    first.write_text("aaa,bbb\nA1,x\n", "utf-8")
    with qtbot.waitSignal(page.model.failed):
        page.model.open(first)
    with qtbot.waitSignal(page.model.previewed):
        page.model.tell("aaa", "serial")
    with qtbot.waitSignal(page.model.imported):
        page.model.bring_in()
    qtbot.mouseClick(page._report._remember, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(page.model.remembered) as said:
        decided(page, LayoutNameDialog, qtbot, "Our list")
    assert said.args == ["our-list"]
    assert not page._report._remember.isVisible()
    second = tmp_path / "second.csv"
    second.write_text("aaa,bbb\nA2,y\n", "utf-8")
    previewed(page, qtbot, second)
    assert page.model.shown.preview.layout.profile == "our-list"


def test_a_layout_that_the_program_knows_keeps_its_name(page, file, qtbot):
    previewed(page, qtbot, file)
    with qtbot.waitSignal(page.model.previewed):
        page.model.tell("Qty", "")
    with qtbot.waitSignal(page.model.imported):
        page.model.bring_in()
    with qtbot.waitSignal(page.model.failed):
        page.model.remember("sinarm")
    assert "sinarm" in page._trouble.accessibleName()


def test_the_verdicts_in_sight_are_saved(page, file, tmp_path, qtbot):
    previewed(page, qtbot, file)
    page._preview.keep("refused")
    with qtbot.waitSignal(page.model.written):
        page.model.write_verdicts(page._preview.kept, tmp_path / "verdicts.csv")
    lines = (tmp_path / "verdicts.csv").read_text("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("3,Refused")


def test_a_file_that_cannot_be_saved_is_said(page, file, tmp_path, qtbot):
    previewed(page, qtbot, file)
    with qtbot.waitSignal(page.model.failed):
        page.model.write_verdicts("all", tmp_path)
    assert page._trouble.isVisible()


def test_that_serials_are_not_filled_up_is_told(page, tmp_path, qtbot):
    padded = tmp_path / "padded.csv"
    padded.write_text("Serial,Type\n" + "".join(f"{n:011},rifle\n" for n in range(9, 20)), "utf-8")
    previewed(page, qtbot, padded)
    padding = page._columns.padding
    assert padding.value() == "filled_up"
    padding.set_value("as_written")
    with qtbot.waitSignal(page.model.previewed):
        padding.box.activated.emit(0)
    assert page.model.shown.preview.verdicts[0].bodies[0].marks[0].text == "00000000009"
    assert padding.isVisible()
