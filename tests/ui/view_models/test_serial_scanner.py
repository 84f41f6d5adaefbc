"""A scanner on its own port as a screen hears it: opened, heard, lost, tried anew, let go."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QThread

from stockpile.domain.errors import FieldUnreadable, PortLost, PortMissing
from tests.helpers.guns import Gun, gun
from tests.helpers.wires import needs_ptys
from ui.view_models.serial_scanner import ScannerSaid, SerialScannerModel

__all__ = ["gun"]

SIGNS = st.text(st.characters(max_codepoint=0xFF), max_size=4)


@pytest.fixture
def model(seat):
    return SerialScannerModel(*seat.made_with)


@pytest.fixture
def listening(model, seat, gun, qtbot):
    seat.session.remember(scanner=gun.url)
    model.start()
    qtbot.waitUntil(lambda: model.is_listening)
    return model


@given(prefix=SIGNS, suffix=SIGNS)
def test_the_parts_of_a_scanner_are_kept_whatever_signs_it_sends(prefix, suffix):
    said = ScannerSaid("COM4", prefix, suffix)
    again = ScannerSaid.read(said.setting)
    assert (again.url, again.prefix.replace(r"\x3b", ";")) == ("COM4", prefix.replace(r"\x3b", ";"))
    assert again.suffix.replace(r"\x3b", ";") == suffix.replace(r"\x3b", ";")


def test_a_setting_without_signs_is_the_address_alone():
    assert ScannerSaid(" /dev/ttyACM0 ").setting == "/dev/ttyACM0"
    assert ScannerSaid("", "x", "y").setting == ""
    assert ScannerSaid.read("") == ScannerSaid()


def test_a_sign_that_no_scanner_sends_is_refused():
    with pytest.raises(FieldUnreadable):
        _ = ScannerSaid("COM4", "\u2192").setting


@needs_ptys
def test_what_is_read_is_told_on_the_screens_thread(listening, gun, qtbot):
    threads = []
    listening.heard.connect(lambda _text: threads.append(QThread.currentThread()))
    with qtbot.waitSignal(listening.heard) as heard:
        gun.read(" UG 26 000123 ")
    assert heard.args == ["UG 26 000123"]
    assert threads == [listening.thread()]


@needs_ptys
def test_what_stands_around_a_text_is_taken_off(model, seat, gun, qtbot):
    model.keep(ScannerSaid(gun.url, r"\x02", ";"))
    model.start()
    qtbot.waitUntil(lambda: model.is_listening)
    with qtbot.waitSignal(model.heard) as heard:
        gun.read("\x02KB4471902", ";")
    assert heard.args == ["KB4471902"]


def test_without_a_setting_nothing_is_opened(model, seat):
    model.start()
    seat.desk.wait()
    assert not model.is_listening
    assert model.error is None


def test_a_port_that_is_not_there_is_said_and_tried_anew(model, seat, tmp_path, qtbot):
    seat.session.remember(scanner=str(tmp_path / "none"))
    model.start()
    qtbot.waitUntil(lambda: model.error is not None)
    assert isinstance(model.error, PortMissing)
    model.again()
    assert model.error is None
    qtbot.waitUntil(lambda: isinstance(model.error, PortMissing))


@needs_ptys
@pytest.mark.logs_warnings
def test_a_pulled_cable_is_noticed_and_a_plugged_one_heard_again(listening, seat, gun, qtbot):
    gun.pull()
    qtbot.waitUntil(lambda: isinstance(listening.error, PortLost))
    assert not listening.is_listening
    assert [one.tone for one in seat.said] == ["trouble"]
    other = Gun()
    seat.session.remember(scanner=other.url)  # often the same port again
    for _each in range(3):  # somebody is impatient
        listening.again()
    qtbot.waitUntil(lambda: listening.is_listening)
    with qtbot.waitSignal(listening.heard):
        other.read("KB4471902")
    listening.stop()
    seat.desk.wait()
    other.pull()
    assert listening.error is None  # nobody listens: nothing is lost


@needs_ptys
def test_who_leaves_hears_nothing_and_the_port_is_free(listening, seat, gun, qtbot):
    heard = []
    listening.heard.connect(heard.append)
    listening.stop()
    other = SerialScannerModel(*seat.made_with)
    other.start()
    qtbot.waitUntil(lambda: other.is_listening)
    with qtbot.waitSignal(other.heard):
        gun.read("KB4471902")
    assert heard == []


@needs_ptys
def test_who_leaves_before_the_port_is_open_leaves_it_free(model, seat, gun):
    seat.session.remember(scanner=gun.url)
    model.start()
    model.stop()
    seat.desk.wait()
    assert not model.is_listening


@needs_ptys
def test_an_officer_who_stands_up_takes_the_ear_along(listening, seat):
    seat.session.leave()
    seat.desk.wait()
    assert not listening.is_listening


@needs_ptys
def test_a_scanner_is_tried_before_it_is_kept(model, seat, gun, qtbot):
    model.try_out(ScannerSaid(gun.url))
    qtbot.waitUntil(lambda: model.is_listening)
    with qtbot.waitSignal(model.heard):
        gun.read("KB4471902")
    assert seat.session.settings.scanner == ""
