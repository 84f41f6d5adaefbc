"""Where the record is, and the exchange with a real registry over a real socket."""

from __future__ import annotations

import pytest

from stockpile.domain import wire
from stockpile.domain.errors import (
    CodeUnknown,
    NotEnrolled,
    OfficerNotAuthorised,
    RegistryUnreachable,
)
from stockpile.registry import intake
from tests.helpers.registries import answering, open_registry
from tests.helpers.sites import Site
from tests.helpers.stolen_laptops import stolen_laptop
from ui.view_models.sync import SyncModel

NOWHERE = "http://127.0.0.1:9"


@pytest.fixture
def registry(tmp_path):
    opened = open_registry(str(tmp_path / "registry.db"))
    with answering(opened.books) as url:
        opened.address = url
        yield opened


@pytest.fixture
def model(seat, qtbot):
    made = SyncModel(*seat.made_with)
    made.standing = None
    made.stands.connect(lambda standing: setattr(made, "standing", standing))
    made.start()
    qtbot.waitUntil(lambda: made.standing is not None)
    return made


@pytest.fixture
def enrolled(model, registry, qtbot):
    with qtbot.waitSignal(model.enrolled):
        model.enrol(registry.address, registry.enrolment.make_code("Kampala"))
    qtbot.waitUntil(lambda: model.standing.peer is not None)
    return model


def test_before_any_registry_everything_is_on_this_computer(model, seat):
    tip = seat.on_books(seat.stockpile.books.tip)
    assert model.standing.peer is None
    assert model.standing.waiting == tip.number
    assert model.standing.head_code.startswith(f"{tip.number}-")
    assert model.standing.conflicts == ()


def test_what_is_recorded_waits_to_be_sent(model, seat, qtbot):
    before = model.standing.waiting
    seat.register("KB1")
    qtbot.waitUntil(lambda: model.standing.waiting == before + 1)


def test_an_enrolled_site_sends_all_and_gets_a_receipt(enrolled, registry, seat, qtbot):
    seat.register("KB1")
    with qtbot.waitSignal(enrolled.synced) as done:
        enrolled.sync()
    (synced,) = done.args
    assert synced.sent > 0
    assert synced.receipt is not None
    qtbot.waitUntil(lambda: enrolled.standing.waiting == 0)
    assert enrolled.exchanges == (synced,)
    assert enrolled.registry == seat.session.settings.registry == registry.address


def test_what_others_did_comes_in_and_is_told_to_every_screen(enrolled, registry, seat, qtbot):
    other = Site()
    registry.enrol(other)
    other.found()
    other.fill(1, weapons=2)
    intake.take(registry.books, other.node, wire.squeeze(wire.pack(other.entries)))
    told = []
    seat.desk.recorded.connect(lambda recorded: told.extend(recorded.facts))
    with qtbot.waitSignal(enrolled.synced) as done:
        enrolled.sync()
    own = seat.session.stockpile.keys.node  # what it notes of the clocks is its own
    assert done.args[0].taken == len([fact for fact in told if fact.node != own]) >= 3


def test_pressed_twice_it_runs_once(enrolled, qtbot):
    began = []
    enrolled.began.connect(began.append)
    with qtbot.waitSignal(enrolled.synced):
        enrolled.sync()
        assert enrolled.is_busy
        enrolled.sync()
    assert len(began) == 1
    assert not enrolled.is_busy


def test_without_a_registry_the_exchange_says_so(model, qtbot):
    with qtbot.waitSignal(model.failed) as said:
        model.sync()
    assert isinstance(said.args[0], NotEnrolled)


def test_a_registry_that_cannot_be_reached_is_no_drama(model, seat, qtbot):
    with qtbot.waitSignal(model.not_enrolled) as said:
        model.enrol(NOWHERE, "AAAA")
    assert isinstance(said.args[0], RegistryUnreachable)
    assert not model.is_busy
    assert seat.said == []


def test_a_wrong_code_enrols_nobody(model, registry, qtbot):
    with qtbot.waitSignal(model.not_enrolled) as said:
        model.enrol(registry.address, "AAAA-BBBB")
    assert isinstance(said.args[0], CodeUnknown)


def test_an_exchange_that_is_stopped_keeps_what_was_done(enrolled, seat, qtbot):
    enrolled.began.connect(lambda work: work.cancel())
    with qtbot.waitSignal(enrolled.failed):
        enrolled.sync()
    assert enrolled.exchanges == ()
    assert not enrolled.is_busy


def test_an_officer_without_the_right_talks_to_no_registry(model, seat, qtbot):
    seat.sit_down("Operator", "inspector")
    assert not model.may("enrol")
    with qtbot.waitSignal(model.not_enrolled) as said:
        model.enrol(NOWHERE, "AAAA")
    assert isinstance(said.args[0], OfficerNotAuthorised)


def test_what_a_stolen_laptop_wrote_of_its_clock_is_one_to_decide(model, seat, qtbot):
    def hear():
        stolen = stolen_laptop(seat.stockpile.books)
        stolen.compared(3)
        stolen.heard()
        return seat.stockpile.conflict_room.leading()

    (leading,) = seat.on_books(hear)
    with qtbot.waitSignal(model.stands):
        model.start()
    assert [one.conflict for one in model.standing.conflicts] == [leading]
    assert model.standing.more_conflicts == 0
