"""What waits for a second officer, as the page is told of it."""

from __future__ import annotations

import pytest

from stockpile.domain.errors import ConflictChanged
from stockpile.domain.facts import EntryJudged, WaybillOpened
from stockpile.language import plain
from stockpile.plan_words import PlanLine
from stockpile.services.signing import Later
from tests.helpers.house import second_officer
from tests.helpers.stolen_laptops import stolen_laptop
from tests.ui.view_models.test_handover import counted
from ui.view_models.confirming import ConfirmingModel, Waiting

WAIT = 20_000


def said(*lines):
    return Waiting("p1", "act", "destroy", "A. Mbuyi", "2026-11-28", "why", lines)


def test_its_title_is_the_act_and_its_weapon_the_only_one_it_is_about():
    assert said().title == "Destroy weapons"
    assert said().weapon == ""
    assert said(PlanLine("x", "y", (), "w1"), PlanLine("order", "z")).weapon == "w1"
    assert said(PlanLine("x", "y", (), "w1"), PlanLine("x", "y", (), "w2")).weapon == ""


def test_it_follows_what_is_written_only_while_somebody_looks(seat, qtbot):
    model = ConfirmingModel(*seat.made_with)
    weapon, by = seat.register("KB4471902"), seat.session.officer
    with qtbot.waitSignal(model.came, timeout=WAIT) as came:
        model.watch(watched=True)
    assert came.args == [()]
    correct = seat.stockpile.receiving.correct
    with qtbot.waitSignal(model.came, timeout=WAIT) as came:
        seat.write(
            lambda: (
                correct(weapon, {"model": "AKMS"}, "misread", by=by, witness=Later("alone")), None,
            )
        )  # fmt: skip
    (one,) = came.args[0]
    assert (one.act, one.is_own, one.is_stale, one.reason) == ("correct", True, False, "alone")
    model.watch(watched=False)
    with qtbot.assertNotEmitted(model.came):
        seat.register("KB4471903")


def test_the_paper_of_a_shipment_and_of_a_handover_is_drawn_when_it_is_confirmed(seat, qtbot):
    model, stockpile, by = ConfirmingModel(*seat.made_with), seat.stockpile, seat.session.officer
    weapon, later = seat.register("KB4471902"), Later("in town")
    site = seat.on_books(stockpile.people.site)
    counted(seat, site)

    def prepare():
        second = second_officer(stockpile, by)
        said = WaybillOpened("", (weapon,), site, to_name="Gulu")
        stockpile.transfers.dispatch(said, by=by, witness=later)
        stockpile.custodians.hand_over(site, second.officer, by=by, witness=later)
        return second, stockpile.proposals.open()

    second, waits = seat.on_books(prepare)
    names, settled = [], []
    model.settled.connect(settled.append)
    for one in waits:
        with qtbot.waitSignal(model.printed, timeout=WAIT) as told:
            model.confirm(Waiting(one.id, "act", one.act, "", "", "", ()), second)
        (file,) = told.args
        assert file.read_bytes().startswith(b"%PDF")
        names.append(file.name)
    assert settled == ["confirmed", "confirmed"]
    assert [one.act for one in waits] == ["dispatch", "hand_over"]
    number = seat.on_books(stockpile.transfers.all)[0].opened.number
    assert names[0] == f"{number}.pdf"
    assert names[1].startswith("handover-")


@pytest.fixture
def stolen(seat):
    """A revoked laptop that wrote three comparisons of its clock, as the desk heard of them."""

    def hear():
        found = stolen_laptop(seat.stockpile.books)
        found.compared(3)
        found.heard()
        return found

    return seat.on_books(hear)


def looked(model, qtbot):
    with qtbot.waitSignal(model.came, timeout=WAIT) as came:
        model.watch(watched=True)
    return came.args[0]


def test_entries_about_a_clock_are_one_thing_to_decide_and_each_is_decided_about(
    seat, stolen, qtbot
):
    model, by = ConfirmingModel(*seat.made_with), seat.session.officer
    (one,) = looked(model, qtbot)
    assert (one.kind, one.entries, one.more, one.is_several) == ("entry", 3, 0, True)
    assert plain(one.title) == "3 entries about its own clock"
    assert [plain(line.about)[:8] for line in one.lines] == ["Entry 2,", "Entry 3,", "Entry 4,"]
    assert one.what.startswith(one.title)
    second = seat.on_books(lambda: second_officer(seat.stockpile, by))
    told = []
    seat.desk.recorded.connect(told.append)
    with qtbot.waitSignal(model.settled, timeout=WAIT) as settled:
        model.judge(one, "the thief's own clock", accepted=False, by=by, second=second)
    assert settled.args == ["rejected"]
    judged = [fact.body for fact in told[-1].facts if isinstance(fact.body, EntryJudged)]
    assert [(one.number, one.accepted) for one in judged] == [(2, False), (3, False), (4, False)]
    assert seat.on_books(seat.stockpile.judging_entries.together) == ()


def test_of_entries_that_became_more_since_they_were_seen_none_is_decided_about(
    seat, stolen, qtbot
):
    model, by = ConfirmingModel(*seat.made_with), seat.session.officer
    (seen,) = looked(model, qtbot)

    def more():
        stolen.compared(1)
        stolen.heard()
        return second_officer(seat.stockpile, by)

    second = seat.on_books(more)
    with qtbot.waitSignal(model.refused, timeout=WAIT) as refused:
        model.judge(seen, "the thief's own clock", accepted=True, by=by, second=second)
    assert isinstance(refused.args[0], ConflictChanged)
    (now,) = looked(model, qtbot)
    with qtbot.waitSignal(model.settled, timeout=WAIT) as settled:
        model.judge(now, "at home", accepted=True, by=by, second=Later("alone"))
    assert settled.args == ["later"]
