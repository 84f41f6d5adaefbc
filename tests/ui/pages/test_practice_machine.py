from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.helpers.desktops import sign_in
from ui.pages.practice_machine import PracticeMachinePage


@pytest.fixture
def page(desktop, qtbot):
    window = sign_in(desktop, qtbot)
    window.open("practice")
    made = window.page("practice")
    qtbot.waitUntil(lambda: bool(made.machine.value()))
    return made


def test_a_fault_is_chosen_and_the_metal_is_seen(page, qtbot):
    room = page.model._session.stockpile.practice.room
    qtbot.waitUntil(lambda: not page.metal.image.isNull())
    with qtbot.waitSignal(page.model.told):
        qtbot.mouseClick(page.faults["refuse"], Qt.MouseButton.LeftButton)
    assert room._machine._face.due("refuse")
    with qtbot.waitSignal(page.model.told):
        qtbot.mouseClick(page.acts["pedal"], Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(page.model.told):
        qtbot.mouseClick(page.faults[""], Qt.MouseButton.LeftButton)
    assert not room._machine._face.due("refuse")


def test_another_machine_stands_on_the_bench_when_it_is_chosen(page, qtbot):
    room = page.model._session.stockpile.practice.room
    page.machine.chosen.emit("telesis")
    qtbot.waitUntil(lambda: page.machine.value() == "telesis")
    assert room._driver == "telesis"


def test_words_that_name_no_machine_leave_the_one_that_stands_there(page, qtbot):
    room = page.model._session.stockpile.practice.room
    page.machine.box.lineEdit().selectAll()
    qtbot.keyClicks(page.machine.box.lineEdit(), "hammer")
    qtbot.keyClick(page.machine.box.lineEdit(), Qt.Key.Key_Return)
    with qtbot.waitSignal(page.model.told):
        qtbot.mouseClick(page.faults["refuse"], Qt.MouseButton.LeftButton)
    assert room._machine._face.due("refuse")


def test_a_real_depot_has_no_practice_machine(seat, qtbot):
    made = PracticeMachinePage(*seat.made_with)
    qtbot.addWidget(made)
    made.entered("")
    assert made._faces.currentIndex() == 1


def test_the_photo_can_be_saved_to_be_read_back(page, qtbot, tmp_path, monkeypatch):
    file = tmp_path / "mark.png"
    chooser = "ui.pages.practice_machine.QFileDialog.getSaveFileName"
    monkeypatch.setattr(chooser, lambda *_: (str(file), ""))
    qtbot.waitUntil(lambda: not page.metal.image.isNull())
    qtbot.mouseClick(page.photo, Qt.MouseButton.LeftButton)
    assert file.read_bytes().startswith(b"\x89PNG")
    monkeypatch.setattr(chooser, lambda *_: (str(tmp_path / "no" / "mark.png"), ""))
    with qtbot.waitSignal(page.toast) as told:
        qtbot.mouseClick(page.photo, Qt.MouseButton.LeftButton)
    assert "could not be written" in told.args[0]
