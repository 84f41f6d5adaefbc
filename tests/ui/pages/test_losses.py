"""The page of losses: alarms, amending, what is not sent, and what the role does not include."""

from __future__ import annotations

from functools import partial

import pytest

from stockpile.domain.losses import Loss
from stockpile.services.people import SignedIn
from tests.helpers.house import PIN
from tests.helpers.readable import displayed, faults, tongue
from ui.pages.losses import LossesPage, result_of
from ui.sounds import Sound, player
from ui.view_models.losses import Heard
from ui.widgets.scan_result import Outcome

__all__ = ["tongue"]


@pytest.fixture
def second(seat) -> SignedIn:
    people, by = seat.stockpile.people, seat.session.officer

    def appoint():
        people.appoint("J. Okello", ("storekeeper",), PIN, by=by)
        return people.sign_in("J. Okello", PIN)

    return seat.on_books(appoint)


@pytest.fixture
def report(seat, second):
    def report(*weapons):
        losses, by = seat.stockpile.losses, seat.session.officer
        loss = Loss("stolen", "", "lock forced")
        return seat.write(partial(losses.report, weapons, loss, by=by, witness=second))

    return report


@pytest.fixture
def page(seat, qtbot):
    made = LossesPage(*seat.made_with)
    displayed(made, qtbot, 1110, 660)
    made.entered("")
    return made


@pytest.fixture
def heard():
    found = []
    player().played.connect(found.append)
    yield found
    player().played.disconnect(found.append)


def test_a_weapon_of_the_register_begins_its_report(seat, page, qtbot):
    weapon = seat.register("KB 1")
    page.entered(weapon)
    qtbot.waitUntil(lambda: len(page.model.lines) == 1)
    assert page.report.isVisible()
    assert page.report.lines.lines[0].identifier == "KB 1"
    page._escape()
    assert page.board.isVisible()
    page._begin()
    assert len(page.model.lines) == 1  # what is half told stays


def test_a_lost_weapon_sounds_the_alarm_and_is_taken_back(seat, page, report, qtbot, heard):
    weapon = seat.register("KB 1")
    report(weapon)
    qtbot.waitUntil(lambda: len(page.board.reports.lines) == 1)
    page.board.scan.set_text("KB 1")
    page.board.scan.submitted.emit()
    qtbot.waitUntil(page.result.isVisible)
    assert Sound.ALARM in heard
    assert not page._new.isVisible()  # one loud button at a time
    page.result.answered.emit("recover")
    page.dialog.circumstances.edit.setText("under the bench")
    page.dialog.circumstances.edited.emit("under the bench")
    with qtbot.waitSignal(page.model.recovered):
        page.dialog.confirm.click()
    qtbot.waitUntil(lambda: not page.board.reports.lines)
    assert [one.identifier for one in page.board.recovered.lines] == ["KB 1"]


def test_what_is_not_sent_is_said_in_red_until_it_is(seat, page, report, qtbot):
    report(seat.register("KB 1"))
    qtbot.waitUntil(page.unsent.isVisible)
    page._begin()
    assert page.unsent.isVisible()


def test_a_report_is_amended_under_its_number(seat, page, report, second, qtbot):
    number = report(seat.register("KB 1"))
    qtbot.waitUntil(lambda: page.board.shown is not None)
    page._amend_shown()
    qtbot.waitUntil(page.report.isVisible)
    assert page.report.circumstances.text() == "lock forced"
    assert not page.report.scan.isVisible()
    page.report.incident.set_text("CRB 77")
    with qtbot.waitSignal(page.model.reported) as told:
        page.model.report(page.report.loss(), (seat.session.officer, second))
    assert (told.args[0].number, told.args[0].is_amended) == (number, True)
    qtbot.waitUntil(lambda: page.board.shown and page.board.shown.body.incident == "CRB 77")


def test_who_may_not_report_sees_no_way_to(seat, page, report, qtbot):
    report(seat.register("KB 1"))
    seat.sit_down("Auditor", "auditor")
    page.entered("")
    qtbot.waitUntil(lambda: len(page.board.reports.lines) == 1)
    qtbot.waitUntil(lambda: not page._new.isVisible())
    assert not page.board.amend.isVisible()
    assert not page.board.recover.isVisible()
    page._begin()
    assert page.board.isVisible()


@pytest.mark.parametrize(
    ("came", "outcome"),
    [("hot", Outcome.ALARM), ("maybe_hot", Outcome.ALARM), ("twice", Outcome.TWICE),
     ("gone", Outcome.REFUSED), ("unknown", Outcome.REFUSED), ("several", Outcome.REFUSED),
     ("other", Outcome.REFUSED)],
)  # fmt: skip
def test_every_scan_has_its_words(light, came, outcome):
    result = result_of(Heard(came, "KB 1"), may_recover=True)
    assert (result.outcome, result.identifier) == (outcome, "KB 1")
    assert result.title
    assert result.sentence


@pytest.mark.parametrize("size", [(1110, 660), (800, 640)])
@pytest.mark.parametrize("tongue", ["en", "ar"], indirect=True)
def test_everything_can_be_read(seat, tongue, report, qtbot, size):
    page = LossesPage(*seat.made_with)
    displayed(page, qtbot, *size)
    page.entered("")
    report(seat.register("KB 1"))
    qtbot.waitUntil(lambda: len(page.board.reports.lines) == 1)
    assert faults(page) == []
    page._begin()
    assert faults(page) == []
