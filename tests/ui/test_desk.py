"""Lanes: work off the screen's thread, answers on it, nothing lost and nothing swallowed."""

from __future__ import annotations

import threading
from functools import partial

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer

from stockpile.domain.errors import Cancelled, DiskFull, MachineSilent, WrongPin
from stockpile.services.deeds import Deed
from stockpile.services.ports import Recorded
from ui.desk import BOOKS, PHOTOS, Desk, Work
from ui.notices import Notices

NOTHING = Recorded((), ())
SOMETHING = Recorded((), ("a fact",))


@pytest.fixture
def notices():
    told = Notices()
    told.listen()
    return told


@pytest.fixture
def desk(qtbot, notices):
    made = Desk(notices)
    yield made
    made.close()


@pytest.fixture
def owner(qtbot):
    return QObject()


@pytest.fixture
def told(desk):
    """What the desk told every screen."""
    heard = []
    desk.recorded.connect(heard.append)
    return heard


def refuse(error):
    raise error


def here():
    return threading.current_thread().name


def gone(owner):
    shiboken6.delete(owner)


def test_a_question_runs_on_the_books_lane_and_is_answered_on_the_screens_thread(
    desk, owner, qtbot
):
    answers = []
    desk.ask(owner, here, lambda where: answers.append((where, here())))
    assert answers == []
    qtbot.waitUntil(lambda: bool(answers))
    ((worked, answered),) = answers
    assert worked.startswith(BOOKS)
    assert answered == "MainThread"


def test_questions_are_answered_in_the_order_they_were_asked(desk, owner, qtbot):
    answers = []
    for number in range(20):
        desk.ask(owner, lambda number=number: number, answers.append)
    qtbot.waitUntil(lambda: len(answers) == 20)
    assert answers == list(range(20))


def test_a_refusal_reaches_whoever_asked(desk, owner, notices, qtbot):
    said, refused = [], []
    notices.said.connect(said.append)
    desk.ask(owner, lambda: refuse(WrongPin("A. Mbuyi")), pytest.fail, refused.append)
    qtbot.waitUntil(lambda: bool(refused))
    assert refused[0].name == "A. Mbuyi"
    assert said == []


def test_a_refusal_that_nobody_waits_for_is_said_in_the_notices(desk, owner, notices, qtbot):
    with qtbot.waitSignal(notices.said) as said:
        desk.ask(owner, lambda: refuse(WrongPin("A. Mbuyi")), pytest.fail)
    assert said.args[0].tone == "refused"
    assert "A. Mbuyi" in said.args[0].text


def test_a_change_of_mind_is_not_worth_a_notice(desk, owner, notices, qtbot):
    said, answers = [], []
    notices.said.connect(said.append)
    desk.ask(owner, lambda: refuse(Cancelled()), pytest.fail)
    desk.ask(owner, lambda: 1, answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    assert said == []


def test_a_bug_rises_to_the_crash_hook(desk, owner, qtbot):
    def bug():
        raise ZeroDivisionError

    with qtbot.capture_exceptions() as caught:
        desk.ask(owner, bug, pytest.fail)
        qtbot.waitUntil(lambda: bool(caught))
    assert caught[0][0] is ZeroDivisionError


def test_a_question_beside_the_books_does_not_wait_for_them(desk, owner, qtbot):
    held, answers = threading.Event(), []
    desk.ask(owner, held.wait, answers.append)
    desk.ask(owner, here, answers.append, lane=PHOTOS)
    qtbot.waitUntil(lambda: bool(answers))
    held.set()
    assert answers[0].startswith(PHOTOS)
    qtbot.waitUntil(lambda: len(answers) == 2)


def test_what_was_found_in_the_books_is_worked_with_beside_them(desk, owner, qtbot):
    answers = []
    desk.ask_in_turn(owner, here, lambda asked_on: (asked_on, here()), answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    ((asked_on, worked_on),) = answers
    assert asked_on.startswith(BOOKS)
    assert worked_on.startswith(PHOTOS)


@pytest.mark.parametrize("at", ["question", "work"])
def test_either_half_of_a_work_in_turn_may_refuse(desk, owner, qtbot, at):
    refused = []
    question = partial(refuse, WrongPin("A")) if at == "question" else here
    desk.ask_in_turn(owner, question, lambda _found: refuse(DiskFull("")), print, refused.append)
    qtbot.waitUntil(lambda: bool(refused))
    assert isinstance(refused[0], WrongPin if at == "question" else DiskFull)


def test_an_answer_for_a_page_that_has_gone_is_dropped(desk, owner, qtbot):
    held, answers = threading.Event(), []
    desk.ask(owner, held.wait, answers.append)
    gone(owner)
    held.set()
    desk.ask(desk, lambda: "later", answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == ["later"]


def test_a_refusal_for_a_page_that_has_gone_is_said_in_the_notices(desk, owner, notices, qtbot):
    held, refused = threading.Event(), []
    desk.record(
        owner, lambda: held.wait() and refuse(DiskFull("books.db")), pytest.fail, refused.append
    )
    gone(owner)
    with qtbot.waitSignal(notices.said) as said:
        held.set()
    assert said.args[0].tone == "trouble"
    assert refused == []


def test_what_was_recorded_is_told_before_the_answer(desk, owner, told, qtbot):
    answers = []
    desk.record(owner, lambda: (SOMETHING, 7), lambda answer: answers.append((answer, list(told))))
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == [(7, [SOMETHING])]


def test_an_act_that_wrote_nothing_is_told_to_nobody(desk, owner, told, qtbot):
    answers = []
    desk.record(owner, lambda: (NOTHING, 7), answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    assert told == []


def test_what_was_recorded_is_told_though_the_page_has_gone(desk, owner, told, qtbot):
    held, answers = threading.Event(), []
    desk.record(owner, lambda: (held.wait() and SOMETHING, 7), answers.append)
    gone(owner)
    held.set()
    qtbot.waitUntil(lambda: bool(told))
    assert answers == []


def deed(steps, act=lambda _intent: "outcome"):
    """A deed that writes down which step ran where."""

    def begin():
        steps.append(("begin", here()))
        return SOMETHING, "intent"

    def do(intent):
        steps.append(("act", here()))
        return act(intent)

    def finish(intent, outcome):
        steps.append((f"finish {intent} {outcome}", here()))
        return SOMETHING

    return Deed(begin, do, finish)


def lanes(steps):
    return [(step, lane.rpartition("_")[0]) for step, lane in steps]


def test_a_deed_states_its_intent_acts_on_its_own_lane_and_writes_the_outcome(
    desk, owner, told, qtbot
):
    steps, begun, done = [], [], []
    desk.perform(owner, deed(steps), "machine:1", done.append, begun=begun.append)
    qtbot.waitUntil(lambda: bool(done))
    assert lanes(steps) == [
        ("begin", BOOKS), ("act", "machine:1"), ("finish intent outcome", BOOKS),
    ]  # fmt: skip
    assert (begun, done, told) == (["intent"], ["outcome"], [SOMETHING, SOMETHING])


def test_the_outcome_of_a_deed_is_written_though_the_page_has_gone(desk, owner, told, qtbot):
    steps, held, done = [], threading.Event(), []
    desk.perform(owner, deed(steps, lambda _intent: held.wait()), "machine:1", done.append)
    qtbot.waitUntil(lambda: len(told) == 1)
    gone(owner)
    held.set()
    qtbot.waitUntil(lambda: len(told) == 2)
    assert steps[-1][0] == "finish intent True"
    assert done == []


def test_a_deed_that_is_refused_at_its_beginning_does_nothing(desk, owner, told, qtbot):
    steps, refused = [], []
    refusing = Deed(lambda: refuse(MachineSilent("bench", "?")), steps.append, steps.append)
    desk.perform(owner, refusing, "machine:1", pytest.fail, refused.append)
    qtbot.waitUntil(lambda: bool(refused))
    assert (steps, told) == ([], [])


def test_a_slow_machine_does_not_hold_up_a_question_to_the_books(desk, owner, qtbot):
    held, answers, done = threading.Event(), [], []
    desk.perform(owner, deed([], lambda _intent: held.wait()), "machine:1", done.append)
    desk.ask(owner, lambda: 1, answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    assert done == []
    held.set()
    qtbot.waitUntil(lambda: bool(done))


def test_an_object_of_the_books_is_used_from_elsewhere_on_its_own_lane(desk):
    class Books:
        def where(self, one, *, other):
            return one, other, here()

    one, other, where = desk.on_books(Books()).where(1, other=2)
    assert (one, other) == (1, 2)
    assert where.startswith(BOOKS)


def test_closing_waits_until_a_deed_that_has_begun_has_written_its_outcome(desk, owner, told):
    steps, held = [], threading.Event()
    desk.perform(owner, deed(steps, lambda _intent: held.wait()), "machine:1", lambda _done: None)
    threading.Timer(0.05, held.set).start()
    desk.close()
    assert steps[-1][0] == "finish intent True"
    assert len(told) == 2


def test_closing_stops_what_can_be_stopped(desk, owner):
    work, refused = Work(), []
    desk.closing.connect(work.cancel)
    started = threading.Event()

    def endless():
        started.set()
        while True:
            work.step(0, 1)

    desk.ask(owner, endless, pytest.fail, refused.append)
    started.wait()
    desk.close()
    assert isinstance(refused[0], Cancelled)


def test_a_work_tells_its_beginning_and_its_end(owner, qtbot):
    work, steps = Work(), []
    work.progressed.connect(lambda done, total: steps.append((done, total)))
    for done in range(1001):
        work.step(done, 1000)
    assert steps[0] == (0, 1000)
    assert steps[-1] == (1000, 1000)
    assert len(steps) < 1000


def test_a_cancelled_work_stops_at_its_next_step(owner):
    work = Work()
    work.step(1, 2)
    work.cancel()
    with pytest.raises(Cancelled):
        work.step(2, 2)


def test_it_says_whether_anything_is_under_way(desk, owner, qtbot):
    held = threading.Event()
    assert not desk.is_at_work
    desk.ask(owner, held.wait, lambda _said: None, lane=PHOTOS)
    assert desk.is_at_work
    held.set()
    qtbot.waitUntil(lambda: not desk.is_at_work)


class Fleeting(QObject):
    """A dialog that goes as soon as its question was answered, with a timer that runs."""

    def __init__(self, ends):
        super().__init__()
        timer = QTimer(self, interval=10)
        timer.start()
        told = Qt.ConnectionType.DirectConnection
        self.destroyed.connect(lambda: ends.append(here()), told)


def test_a_page_that_goes_with_its_answer_is_taken_down_on_the_screens_thread(desk, qtbot):
    ends, rounds = [], 300
    for _one in range(rounds):
        page = Fleeting(ends)
        desk.ask(page, page.objectName, page.setObjectName)
        del page
        QCoreApplication.processEvents()
    qtbot.waitUntil(lambda: len(ends) == rounds)
    assert set(ends) == {"MainThread"}


def test_a_page_that_goes_with_its_refusal_is_taken_down_there_too(desk, qtbot):
    ends, rounds = [], 300

    def refuse_it(page):
        if page.isWidgetType() is False:
            raise MachineSilent("bench", "status")

    for _one in range(rounds):
        page = Fleeting(ends)
        heard = lambda _error, page=page: page.objectName()  # noqa: E731
        desk.ask(page, partial(refuse_it, page), pytest.fail, heard)
        del page, heard
        QCoreApplication.processEvents()
    qtbot.waitUntil(lambda: len(ends) == rounds)
    assert set(ends) == {"MainThread"}


def test_what_nobody_waits_for_is_no_work_of_the_desk(desk, owner, qtbot):
    go, answers = threading.Event(), []
    desk.ask_aside(owner, go.wait, answers.append)
    assert not desk.is_at_work
    desk.ask(owner, lambda: "books", answers.append)  # nor does anything wait behind it
    qtbot.waitUntil(lambda: answers == ["books"])
    go.set()
    qtbot.waitUntil(lambda: answers == ["books", True])
