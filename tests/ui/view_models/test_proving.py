"""The deep check by itself: at a quiet moment, never in the way, and its word is kept."""

from __future__ import annotations

from dataclasses import replace
from threading import Event

import pytest

from stockpile.adapters.clock import SystemClock
from stockpile.domain.errors import Cancelled, DiskFull, RegisterDiffers
from stockpile.services.checking import Checking
from tests.helpers.patience import PATIENCE
from ui.desk import Work
from ui.view_models.proving import ProofPaces, ProofStanding, Prover

DAY = 24 * 3_600_000
SOON = ProofPaces(look=10, quiet=30, rest=40, again=60_000, peace=60_000, fresh=60_000)


class Ahead(SystemClock):
    """A clock eight days on: the record was proved for longer than a week ago."""

    def now(self):
        return super().now() + 8 * DAY


@pytest.fixture
def due(seat):
    for number in range(3):
        seat.register(f"KB{number}")
    days = replace(seat.stockpile.days, clock=Ahead())
    seat.session._stockpile = replace(seat.stockpile, days=days)
    return seat


def prover_of(seat, paces=SOON):
    made = Prover(seat.desk, seat.session, seat.notices, paces)
    made.told = []
    made.stands.connect(made.told.append)
    return made


def with_checking(seat, **changed):
    """Have another part stand in the check of this home."""
    old = seat.stockpile.checking
    parts = {"books": old.books, "beside": old.beside, "photos": old.photos} | changed
    seat.session._stockpile = replace(seat.stockpile, checking=Checking(**parts))


def proved(seat):
    return seat.on_books(seat.stockpile.books.proved)


def test_it_begins_by_itself_when_it_is_quiet_and_the_proof_is_on_record(due, qtbot):
    prover = prover_of(due)
    with qtbot.waitSignal(prover.ended, timeout=PATIENCE):
        pass
    qtbot.waitUntil(lambda: prover.standing.is_fresh and prover.standing.proved_at > 0)
    assert proved(due) == prover.standing.proved_at
    assert prover.standing.days == 0
    assert not prover.standing.is_running
    shares = [one.share for one in prover.told if one.is_running]
    assert shares == sorted(shares)
    assert due.said == []  # no dialog, no toast
    prover.look()  # and not again before it is due
    qtbot.waitUntil(lambda: not due.desk.is_at_work)
    assert prover.work is None


def test_what_is_not_due_or_not_wanted_is_not_begun(seat, due, qtbot):
    due.session.remember(proof_every="never")
    prover = prover_of(due)
    qtbot.waitUntil(lambda: not prover._quiet.isActive())
    prover.look()
    qtbot.waitUntil(lambda: not due.desk.is_at_work)
    assert (prover.work, proved(due)) == (None, 0)
    due.session.remember(proof_every="month")
    prover.look()
    qtbot.waitUntil(lambda: not due.desk.is_at_work)
    assert (prover.work, proved(due)) == (None, 0)


def test_an_act_or_a_hand_has_it_rest_and_it_goes_on_when_it_is_quiet(due, qtbot):
    prover = prover_of(due, replace(SOON, rest=100_000))
    steps, old = [], due.stockpile.checking

    def gentle(progress, rest):
        prover._calm.clear()  # as a touch does at this very moment, on the screen's thread
        for step in range(3):
            rest()
            steps.append(step)
        return old.beside(progress, lambda: None)

    with_checking(due, beside=gentle)
    qtbot.waitUntil(lambda: prover.work is not None, timeout=PATIENCE)
    prover.touch()
    assert prover.standing.is_resting
    due.register("KB9")  # nobody waits for the check: the act is on record while it rests
    assert steps == []
    assert not due.desk.is_at_work  # nor does the exchange by itself
    prover._rest.start(0)
    with qtbot.waitSignal(prover.ended, timeout=PATIENCE):
        pass
    assert steps == [0, 1, 2]
    assert not prover.standing.is_resting


def test_damage_is_said_over_every_start_until_a_check_finds_all_well(due, qtbot):
    def damage():
        connection = due.stockpile.books._store.connection
        connection.execute("UPDATE weapon SET place_name = 'elsewhere' WHERE row = 2")

    due.on_books(damage)
    prover = prover_of(due)
    qtbot.waitUntil(lambda: bool(prover.standing.found), timeout=PATIENCE)
    assert due.said[-1].tone == "damage"
    assert proved(due) == 0
    again = Prover(due.desk, due.session, due.notices, SOON)  # as after a start
    qtbot.waitUntil(lambda: again.standing.found == prover.standing.found)
    due.on_books(due.stockpile.checking.rebuild)
    checked = due.on_books(lambda: due.stockpile.checking.check(deep=True))
    due.on_books(lambda: due.stockpile.books.note_proved(Ahead().now(), checked))
    again.refresh()
    qtbot.waitUntil(lambda: again.standing.found == "")


def test_what_could_not_be_made_says_why_and_is_tried_again(due, qtbot):
    def full(_progress, _rest):
        raise DiskFull("/home")

    with_checking(due, beside=full)
    prover = prover_of(due)
    qtbot.waitUntil(lambda: bool(prover.standing.why_not), timeout=PATIENCE)
    assert prover._later.isActive()
    assert prover.standing.found == ""
    assert due.said == []


def test_who_stops_it_has_peace_and_what_is_half_proved_is_not_proved(due, qtbot):
    prover = prover_of(due)
    with qtbot.waitSignal(prover.began, timeout=PATIENCE) as begun:
        pass
    begun.args[0].cancel()
    with qtbot.waitSignal(prover.ended, timeout=PATIENCE):
        pass
    assert prover._later.isActive()
    assert proved(due) == 0


def test_a_program_that_is_closed_does_not_wait_for_a_check_that_rests(due, qtbot):
    prover = prover_of(due)

    def asleep(progress, rest):
        prover._calm.clear()
        rest()
        progress(1, 2)

    with_checking(due, beside=asleep)
    qtbot.waitUntil(lambda: prover.work is not None, timeout=PATIENCE)
    due.desk.wait()
    assert prover.work is None


def test_what_was_found_by_hand_is_kept_too(seat, qtbot):
    prover = prover_of(seat)
    prover.note(RegisterDiffers("w1"))
    qtbot.waitUntil(lambda: bool(prover.standing.found))
    assert "proof_found" in seat.session.settings.sealed()
    prover.note(None)
    qtbot.waitUntil(lambda: prover.standing.found == "")
    assert prover.standing == ProofStanding(days=0)


def by_hand(prover):
    """Ask for a check, and keep what it comes to."""
    work, said = Work(), []
    prover.prove_now(work, said.append, said.append)
    return work, said


def test_one_by_hand_holds_nobody_up_and_is_not_begun_a_second_time_by_itself(due, qtbot):
    prover, old, begun, go_on = prover_of(due), due.stockpile.checking, Event(), Event()

    def held(progress, rest):
        begun.set()
        assert go_on.wait(PATIENCE / 1000)
        return old.beside(progress, rest)

    with_checking(due, beside=held)
    _work, said = by_hand(prover)
    assert begun.wait(PATIENCE / 1000)
    due.register("KB9")  # on record while the check is at it
    qtbot.waitUntil(lambda: not prover._quiet.isActive())
    prover.look()
    assert (prover.work, due.desk.is_at_work, said) == (None, False, [])
    go_on.set()
    qtbot.waitUntil(lambda: bool(said), timeout=PATIENCE)
    assert said[0].weapons == 4
    assert proved(due) > 0
    assert prover.standing.is_fresh


def test_one_by_hand_takes_the_place_of_one_by_itself_and_can_be_stopped(due, qtbot):
    prover = prover_of(due)
    with qtbot.waitSignal(prover.began, timeout=PATIENCE):
        pass
    work, said = by_hand(prover)
    work.cancel()
    qtbot.waitUntil(lambda: bool(said), timeout=PATIENCE)
    assert isinstance(said[0], Cancelled)
    assert (prover.work, proved(due)) == (None, 0)


def test_a_program_that_is_closed_stops_one_by_hand(due, qtbot):
    _work, said = by_hand(prover_of(due))
    due.desk.wait()
    assert len(said) == 1
