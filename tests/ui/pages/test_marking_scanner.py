"""A scanner on a port of its own at the station: heard wherever the cursor stands."""

from __future__ import annotations

from io import BytesIO

import pytest
import zxingcpp
from PIL import Image
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QImage

from stockpile.app import Simulator
from stockpile.domain.facts import MachineSet
from tests.helpers.guns import Gun, gun
from tests.helpers.wires import needs_ptys, wire
from ui.pages.marking import MarkingPage
from ui.view_models.marking_state import Stage

__all__ = ["gun"]

Key = Qt.Key


@pytest.fixture
def machine(seat, tmp_path):
    with Simulator("tl07", **wire(tmp_path / "bench"), speed=20) as sim:
        told = MachineSet("bench", "tl07", sim.url, "STOCKPILE.tml")
        marking, by = seat.stockpile.marking, seat.session.officer
        seat.write(lambda: (marking.set_machine(told, by=by), None))
        yield sim


@pytest.fixture
def page(seat, machine, qtbot):
    seat.register("KB4471902")
    page = MarkingPage(*seat.made_with)
    qtbot.addWidget(page)
    page.resize(1110, 670)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    page.entered("")
    qtbot.waitUntil(lambda: bool(page.model.bench.machines))
    return page


@pytest.fixture
def heard(page, seat, gun, qtbot):
    """The scanner of this page, listened to."""
    seat.session.remember(scanner=gun.url)
    qtbot.waitUntil(lambda: page.scanner.is_listening)
    return gun


@pytest.fixture
def symbol_of():
    """Draw the Data Matrix of a text, as a PNG."""

    def drawn(text):
        made = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.DataMatrix)
        content = BytesIO()
        Image.fromarray(made.to_image(scale=8, add_quiet_zones=True)).save(content, "png")
        return content.getvalue()

    return drawn


def reach(page, qtbot, stage):
    qtbot.waitUntil(lambda: page.model.state.stage is stage, timeout=15_000)


@needs_ptys
def test_two_pulls_of_the_trigger_mark_a_weapon_wherever_the_cursor_stands(page, heard, qtbot):
    page._orders_button.setFocus()
    heard.read("KB4471902")
    reach(page, qtbot, Stage.READY)
    assert page.dialog is None  # the button with the focus was not pressed
    page._start()
    reach(page, qtbot, Stage.READ_BACK)
    page._orders_button.setFocus()
    heard.read(page.model.state.text)
    reach(page, qtbot, Stage.VERIFIED)


@needs_ptys
def test_a_scan_is_a_scan_even_where_the_mark_is_to_be_typed(page, heard, seat, qtbot):
    heard.read("KB4471902")
    reach(page, qtbot, Stage.READY)
    page._start()
    reach(page, qtbot, Stage.READ_BACK)
    text, weapon = page.model.state.text, page.model.state.weapon.id
    for stage in (Stage.UNREADABLE, Stage.BLIND):
        page._unread()
        reach(page, qtbot, stage)
    heard.read(text)
    reach(page, qtbot, Stage.VERIFIED)
    facts = seat.on_books(lambda: seat.stockpile.books.history(weapon))
    assert facts[-1].body.how == "scan"


@needs_ptys
def test_what_names_no_weapon_stands_in_the_field(page, heard, qtbot):
    heard.read("NOTHING")
    qtbot.waitUntil(lambda: "NOTHING" in page._weapon.message)
    assert page._weapon.text() == "NOTHING"


@needs_ptys
def test_where_something_is_to_be_settled_a_scan_is_its_proof_or_said_to_be_lost(
    page, machine, heard, qtbot
):
    said = []
    page.toast.connect(lambda words, *_more: said.append(words))
    machine.order("fault", "estop-mid")
    heard.read("KB4471902")
    reach(page, qtbot, Stage.READY)
    page._start()
    reach(page, qtbot, Stage.DOUBT)
    heard.read("UG 26")
    qtbot.waitUntil(lambda: bool(said))
    assert page.model.state.stage is Stage.DOUBT
    page._ask_settle("partial")
    heard.read("UG 26")
    qtbot.waitUntil(lambda: page.dialog.read.text() == "UG 26")
    page.dialog._reason.set_text("Half of the digits are there.")
    assert page.dialog.confirm.isEnabled()
    page.dialog.accept()
    reach(page, qtbot, Stage.READY)  # by one officer: it was scanned, not typed


@needs_ptys
@pytest.mark.logs_warnings
def test_a_lost_scanner_is_said_and_tried_anew(page, heard, seat, qtbot):
    heard.pull()
    qtbot.waitUntil(page._unheard.isVisible)
    assert heard.url in page._unheard.accessibleName()
    other = Gun()
    seat.session.remember(scanner=other.url)
    qtbot.mouseClick(page._unheard.again, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.scanner.is_listening)
    assert not page._unheard.isVisible()
    other.read("KB4471902")
    reach(page, qtbot, Stage.READY)
    page.left()
    seat.desk.wait()
    assert not page.scanner.is_listening
    other.pull()


def test_a_pasted_picture_of_the_mark_is_read_and_pasted_text_is_text(page, qtbot, symbol_of):
    clipboard = QGuiApplication.clipboard()
    page.model.bring("KB4471902")
    reach(page, qtbot, Stage.READY)
    clipboard.setText("UG 2")
    page._start()
    reach(page, qtbot, Stage.READ_BACK)
    qtbot.keyClick(page._mark.edit, Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert page._mark.text() == "UG 2"
    page._mark.set_text("")
    picture = QMimeData()
    picture.setImageData(QImage.fromData(symbol_of(page.model.state.text)))
    clipboard.setMimeData(picture)
    qtbot.keyClick(page._mark.edit, Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    reach(page, qtbot, Stage.VERIFIED)


def test_a_picture_is_pasted_wherever_the_cursor_stands(page, qtbot, symbol_of):
    page.model.bring("KB4471902")
    reach(page, qtbot, Stage.READY)
    page._start()
    reach(page, qtbot, Stage.READ_BACK)
    QGuiApplication.clipboard().setImage(QImage.fromData(symbol_of(page.model.state.text)))
    page._orders_button.setFocus()
    qtbot.keyClick(page._orders_button, Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    reach(page, qtbot, Stage.VERIFIED)


def test_a_question_for_a_picture_that_is_given_up_gives_the_cursor_back(page, qtbot):
    page.model.bring("KB4471902")
    reach(page, qtbot, Stage.READY)
    page._start()
    reach(page, qtbot, Stage.READ_BACK)
    page._pick_picture()
    page.dialog.reject()
    assert page.dialog is None
