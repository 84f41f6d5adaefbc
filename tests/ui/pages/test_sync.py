"""Where the record is, in the hand: enrolling, sending, and being offline in peace."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from stockpile.domain.errors import (
    LogSplit,
    NodeQuarantined,
    RegistryAsksToWait,
    RegistryRewritten,
)
from stockpile.language import plain
from stockpile.services.turns import Synced
from tests.helpers.registries import answering, open_registry
from ui.pages.sync import SyncPage


@pytest.fixture
def page(seat, qtbot):
    made = SyncPage(*seat.made_with)
    qtbot.addWidget(made)
    made.resize(1110, 660)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.entered("")
    qtbot.waitUntil(lambda: bool(made._standing.head_code))
    return made


def test_without_a_registry_the_way_in_is_shown_and_says_what_is_missing(page, qtbot):
    assert page._enrol.isVisible()
    assert not page._sync.isVisible()
    qtbot.mouseClick(page._enrol._enrol, Qt.MouseButton.LeftButton)
    assert page._enrol._url.message
    assert page._enrol._code.message


def test_enrolled_and_sent_and_then_offline(page, seat, tmp_path, qtbot):
    registry = open_registry(str(tmp_path / "registry.db"))
    with answering(registry.books) as url:
        page._enrol._url.set_text(url)
        page._enrol._code.set_text(registry.enrolment.make_code("Kampala"))
        with qtbot.waitSignal(page.model.enrolled):
            qtbot.keyClick(page._enrol._code.edit, Qt.Key.Key_Return)
        qtbot.waitUntil(page._sync.isVisible)
        assert page._status.property("tone") == "warn"
        with qtbot.waitSignal(page.model.synced):
            qtbot.keyClick(page._sync, Qt.Key.Key_F5)
        qtbot.waitUntil(lambda: page._status.property("tone") == "ok")
    with qtbot.waitSignal(page.model.failed, timeout=30_000):
        page._press()
    assert "Nothing is lost" in page._result.accessibleName()
    assert page._sync.isEnabled()


def test_the_head_code_is_copied_without_its_isolates(page):
    page._head._copy.click()
    assert QGuiApplication.clipboard().text() == page._standing.head_code


def test_a_registry_that_asks_for_time_is_said_to_be_busy_and_not_gone(page):
    page.model.waits.emit(RegistryAsksToWait("https://registry.example", "HTTP 429", 7))
    said = plain(page._result.accessibleName())
    assert "goes on by itself" in said
    assert "7 s" in said


def test_another_history_is_said_and_the_way_in_is_shown_again(page, seat, tmp_path, qtbot):
    registry = open_registry(str(tmp_path / "registry.db"))
    with answering(registry.books) as url:
        page._enrol._url.set_text(url)
        page._enrol._code.set_text(registry.enrolment.make_code("Kampala"))
        with qtbot.waitSignal(page.model.enrolled):
            qtbot.keyClick(page._enrol._code.edit, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: not page._enrol.isVisible())
        page.model.failed.emit(RegistryRewritten(url, 22))
        said = plain(page._result.accessibleName())
        assert "shows another history" in said
        assert "enrol again" in said
        assert page._enrol.isVisible()
        page._enrol._code.set_text(registry.enrolment.make_code("Kampala again"))
        with qtbot.waitSignal(page.model.enrolled):
            qtbot.keyClick(page._enrol._code.edit, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: not page._enrol.isVisible())
        with qtbot.waitSignal(page.model.synced):
            qtbot.keyClick(page._sync, Qt.Key.Key_F5)


def test_a_history_that_somebody_else_was_shown_has_its_own_title(page):
    split = LogSplit("https://registry.example", "n" * 16, 22)
    page.model.synced.emit(Synced(0, 0, 0, None, None, split))
    assert plain(page._result.accessibleName()).startswith("The registry shows another history")


def test_all_is_sent_does_not_stand_above_an_alarm(page):
    assert page._status.isVisible()
    page.model.failed.emit(NodeQuarantined("n" * 16))
    assert not page._status.isVisible()
    assert "trusts this stockpile no more" in page._result.accessibleName()
    page.model.failed.emit(RegistryAsksToWait("https://registry.example", "HTTP 429", 7))
    assert page._status.isVisible()
