"""Exchange by itself, with a real registry that goes away and comes back on the same address."""

from __future__ import annotations

import threading
from contextlib import ExitStack

import pytest

from stockpile.domain.errors import NodeQuarantined, RegistryUnreachable
from stockpile.registry.serving import listening, server
from stockpile.settings import Settings
from tests.helpers.every import every
from tests.helpers.registries import open_registry
from ui.view_models.by_itself import ByItself, Paces, minutes_between, photos_now

SOON = Paces(first=10, quiet=60, asking=40, longest=80, minute=100_000)


class Centre:
    """A registry whose line is cut and mended."""

    def __init__(self, registry):
        self.registry = registry
        self.port = 0
        self._open = ExitStack()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    @property
    def enrolment(self):
        return self.registry.enrolment

    def come(self):
        begun = threading.Event()
        running = server(self.registry.books, lambda _host, _port: begun.set())
        opened = self._open.enter_context(listening(f"127.0.0.1:{self.port}"))
        self.port = opened.getsockname()[1]
        thread = threading.Thread(target=running.run, kwargs={"sockets": [opened]})
        thread.start()
        begun.wait()
        self._open.callback(thread.join)

        def stop():
            running.should_exit = True

        self._open.callback(stop)

    def go(self):
        self._open.close()

    def heard(self, seat):
        return self.registry.books.tip(seat.stockpile.keys.node).number


@pytest.fixture
def centre(tmp_path):
    registry = open_registry(str(tmp_path / "registry.db"))
    made = Centre(registry)
    made.come()
    yield made
    made.go()
    registry.database.close()


@pytest.fixture
def itself(seat, qtbot):
    made = ByItself(*seat.made_with, SOON)
    made.standing = None
    made.stands.connect(lambda standing: setattr(made, "standing", standing))
    qtbot.waitUntil(lambda: made.standing is not None)
    return made


@pytest.fixture
def enrolled(itself, centre, seat, qtbot):
    with qtbot.waitSignal(itself._sync.enrolled):
        itself._sync.enrol(centre.url, centre.enrolment.make_code("Kampala"))
    return itself


def tip(seat):
    return seat.on_books(seat.stockpile.books.tip).number


def all_heard(itself):
    standing = itself.standing
    return standing.is_enrolled and standing.number > 0 and standing.acts == 0


def test_without_a_registry_nothing_is_tried(itself, seat, qtbot):
    began = []
    itself._sync.began.connect(began.append)
    seat.register("KB1")
    qtbot.waitUntil(lambda: not itself._quiet.isActive() and not itself._due.isActive())
    assert not itself.standing.is_enrolled
    assert began == seat.said == []


def test_once_enrolled_what_is_written_goes_by_itself(enrolled, centre, seat, qtbot):
    qtbot.waitUntil(lambda: all_heard(enrolled))
    seat.register("KB1")
    qtbot.waitUntil(lambda: centre.heard(seat) == tip(seat))
    qtbot.waitUntil(lambda: all_heard(enrolled))
    assert enrolled._due.isActive()


def test_a_line_that_goes_is_no_event_and_one_that_comes_back_is_used_at_once(
    enrolled, centre, seat, qtbot
):
    qtbot.waitUntil(lambda: all_heard(enrolled))
    failed = []
    enrolled._sync.failed.connect(failed.append)
    centre.go()
    seat.register("KB1")
    qtbot.waitUntil(lambda: isinstance(enrolled.standing.trouble, RegistryUnreachable))
    assert not enrolled.standing.is_alarm
    assert enrolled.standing.acts > 0
    qtbot.waitUntil(lambda: enrolled._fails > 1)
    began = []
    enrolled._sync.began.connect(began.append)
    qtbot.waitUntil(lambda: enrolled._fails > 2)
    assert began == []
    centre.come()
    qtbot.waitUntil(lambda: all_heard(enrolled))
    assert centre.heard(seat) == tip(seat)
    assert enrolled.standing.trouble is None
    assert failed == seat.said == []


def test_an_act_of_ones_own_comes_first(enrolled, seat, qtbot):
    qtbot.waitUntil(lambda: all_heard(enrolled))
    outcomes, works = [], []
    enrolled._sync.passed.connect(outcomes.append)

    def act(work):
        works.append(work)
        if len(works) == 1:
            seat.register("KB2")

    enrolled._sync.began.connect(act)
    seat.register("KB1")
    qtbot.waitUntil(lambda: len(works) > 1)
    qtbot.waitUntil(lambda: all_heard(enrolled))
    assert works[0]._cancelled.is_set()


def test_what_does_not_pass_by_itself_is_an_alarm_and_is_not_tried_again(
    enrolled, centre, seat, qtbot
):
    qtbot.waitUntil(lambda: all_heard(enrolled))
    centre.enrolment.revoke(seat.stockpile.keys.node, "stolen")
    seat.register("KB1")
    qtbot.waitUntil(lambda: enrolled.standing.is_alarm)
    assert isinstance(enrolled.standing.trouble, NodeQuarantined)
    began = []
    enrolled._sync.began.connect(began.append)
    enrolled._look()
    assert began == []


def test_who_stops_it_by_hand_has_peace_for_an_interval(enrolled, qtbot):
    qtbot.waitUntil(lambda: all_heard(enrolled) and not enrolled._quiet.isActive())
    qtbot.waitUntil(lambda: enrolled._work is None)
    enrolled._sync.began.connect(lambda work: work.cancel())
    with qtbot.waitSignal(enrolled._sync.failed):
        enrolled._sync.sync()
    assert enrolled._due.remainingTime() > SOON.minute


def test_it_can_be_switched_off_and_on(enrolled, centre, seat, qtbot):
    qtbot.waitUntil(lambda: all_heard(enrolled))
    seat.session.remember(exchange_every="0")
    seat.register("KB1")
    qtbot.waitUntil(lambda: not enrolled._quiet.isActive())
    qtbot.waitUntil(lambda: not seat.desk.is_at_work)
    assert centre.heard(seat) < tip(seat)
    enrolled._due.stop()
    seat.session.remember(exchange_every="15")
    qtbot.waitUntil(lambda: centre.heard(seat) == tip(seat))
    qtbot.waitUntil(lambda: all_heard(enrolled))


def test_there_is_one_for_a_desk_and_it_stops_with_the_session(itself, seat):
    assert ByItself.of(*seat.made_with) is itself
    seat.session.leave()
    assert not itself._due.isActive()


@every([("15", 15), ("0", 0), ("60", 60), ("often", 15), ("999999", 1440)])
def test_the_interval_is_what_this_computer_remembers(said_and_meant):
    said, meant = said_and_meant
    assert minutes_between(Settings(exchange_every=said)) == meant


@every(
    [
        ("always", 12, True), ("night", 12, False), ("night", 23, True), ("night", 3, True),
        ("night", 6, False), ("never", 3, False),
    ]
)  # fmt: skip
def test_photos_go_when_they_may(told):
    said, hour, goes = told
    assert photos_now(Settings(exchange_photos=said), hour) == goes
