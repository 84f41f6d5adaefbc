"""Who sits here, what they may do, and what this machine remembers."""

from __future__ import annotations

import pytest

from stockpile.settings import FILE, Settings
from ui.session import Session


def test_nobody_may_do_anything_before_an_officer_sat_down(qtbot):
    session = Session(Settings())
    assert not session.is_open
    assert not session.may("mark")


def test_an_officer_may_what_the_role_includes(seat):
    assert seat.session.is_open
    assert seat.session.may("appoint")
    seat.sit_down("Auditor", "auditor")
    assert seat.session.may("sync")
    assert not seat.session.may("mark")


def test_everybody_is_told_when_another_officer_sits_down_or_leaves(seat, qtbot):
    with qtbot.waitSignal(seat.session.changed):
        seat.sit_down("Clerk", "clerk")
    with qtbot.waitSignal(seat.session.changed):
        seat.session.leave()
    assert not seat.session.is_open
    assert seat.session.stockpile is seat.stockpile


def test_what_is_remembered_stands_in_the_open_home(seat, qtbot):
    with qtbot.waitSignal(seat.session.settings_changed):
        seat.session.remember(theme="dark", machine="Bench 1")
    read = Settings.read(seat.stockpile.home)
    assert (read.theme, read.machine) == ("dark", "Bench 1")


def test_a_setting_that_does_not_exist_is_a_bug(seat):
    with pytest.raises(TypeError):
        seat.session.remember(colour="dark")


def test_settings_that_cannot_be_written_are_said_and_hold_until_the_end(seat, qtbot):
    file = seat.stockpile.home / FILE
    file.unlink(missing_ok=True)
    file.mkdir()
    with qtbot.waitSignal(seat.session.unsaved) as said:
        seat.session.remember(theme="dark")
    assert str(file) == said.args[0].path
    assert seat.session.settings.theme == "dark"
