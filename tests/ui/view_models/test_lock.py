"""The lock of the desk: it falls by itself or by a badge, and only a PIN takes it off."""

from __future__ import annotations

from functools import partial

import pytest

from stockpile.domain.errors import BadgeUnknown, PinTooSoon, WrongPin
from stockpile.domain.facts import GuardSet
from tests.helpers.house import PIN, TOLD
from ui.view_models.lock import LockModel


class Clocks:
    """One clock that may stand still, and one that people set."""

    steady = set = 0.0

    @property
    def both(self):
        return (lambda: self.steady), (lambda: self.set)


@pytest.fixture
def clocks():
    return Clocks()


@pytest.fixture
def lock(seat, clocks, qtbot):
    made = LockModel(*seat.made_with, clocks.both)
    qtbot.waitUntil(lambda: len(made._officers) == 1)
    return made


def locks_after(seat, lock, qtbot, minutes):
    guard, by = seat.stockpile.guard, seat.session.officer
    seat.write(lambda: (guard.set(GuardSet(lock_after=minutes), by=by), None))
    qtbot.waitUntil(lambda: lock.minutes == minutes)


@pytest.mark.parametrize("clock", ["steady", "set"])
def test_it_falls_by_whichever_clock_went_on(seat, lock, clocks, clock, qtbot):
    locks_after(seat, lock, qtbot, 3)
    setattr(clocks, clock, 179.0)
    lock.look()
    assert not seat.session.is_locked
    lock.touch()
    setattr(clocks, clock, 358.0)
    lock.look()
    assert not seat.session.is_locked
    setattr(clocks, clock, 359.0)
    lock.look()
    assert seat.session.is_locked


def test_a_badge_locks_and_names_its_officer_and_lets_nobody_in(seat, lock, qtbot):
    offices, by = seat.stockpile.offices, seat.session.officer
    badge = seat.write(partial(offices.give_badge, by.id, by=by))
    qtbot.waitUntil(lambda: bool(lock._officers[0].badge))
    with qtbot.waitSignal(lock.named) as told:
        seat.session.divert(badge)
    assert told.args == [TOLD.officer]
    assert seat.session.is_locked


def test_a_badge_of_nobody_here_is_refused_behind_the_lock(seat, lock, qtbot):
    with qtbot.waitSignal(lock.refused) as told:
        lock.take_badge("#1" + "0" * 16)
    assert isinstance(told.args[0], BadgeUnknown)
    assert seat.session.is_locked


def test_the_right_pin_takes_it_off_and_a_wrong_one_does_not(seat, lock, qtbot):
    with qtbot.waitSignal(lock.fell) as told:
        seat.session.lock()
    assert told.args == [[TOLD.officer], TOLD.officer]
    with qtbot.waitSignal(lock.refused) as told:
        lock.unlock(TOLD.officer, "0000")
    assert isinstance(told.args[0], WrongPin)
    assert seat.session.is_locked
    with qtbot.waitSignal(seat.session.locked):
        lock.unlock(TOLD.officer, PIN)
    assert not seat.session.is_locked
    assert seat.session.settings.officer == seat.session.officer.id


def test_who_waits_after_wrong_pins_is_told_until_it_is_over(seat, lock, clocks):
    told = []
    lock.waits.connect(told.append)
    lock.choose(TOLD.officer)
    assert told == []
    lock._refuse(PinTooSoon(TOLD.officer, 30))
    clocks.steady = 10.0
    lock.choose("S. Second")
    lock.choose(TOLD.officer)
    clocks.steady = 30.0
    lock.choose(TOLD.officer)
    lock.choose(TOLD.officer)
    assert told == [30, 20, 0]
