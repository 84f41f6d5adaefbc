"""The command card where one scans: obeyed as the page's own keys are, or it says why not."""

from __future__ import annotations

from functools import partial

import pytest

from tests.helpers.armouries import armoury
from tests.helpers.counters import set_counter
from ui.pages.counting_board import CountingBoard
from ui.pages.issuing import IssuingPage
from ui.pages.racking import RackingBench
from ui.pages.scan_commands import ScanCommands
from ui.view_models.counting import CountingModel
from ui.view_models.counting_plans import Plan
from ui.view_models.racking import RackingModel
from ui.widgets.scan_result import Outcome, Result, ScanResult


@pytest.fixture
def banner(qtbot):
    banner = ScanResult()
    qtbot.addWidget(banner)
    return banner


def test_what_is_no_command_is_left_to_the_page(banner):
    assert not ScanCommands(banner, {}).took("KB4471902")
    assert banner.result is None


def test_a_command_does_what_the_page_does(banner):
    done = []
    commands = ScanCommands(banner, {"undo": lambda: done.append("undo")})
    assert commands.took("]C0#UNDO\r")
    assert done == ["undo"]
    assert banner.result is None


def test_a_command_that_means_nothing_or_finds_nothing_says_so(banner):
    commands = ScanCommands(banner, {"undo": lambda: False})
    assert commands.took("#UNDO")
    assert banner.result.sentence.startswith("There is nothing to do")
    assert commands.took("#NEXTRACK")
    assert (banner.result.outcome, banner.result.title) == (Outcome.REFUSED, "Next rack")
    assert "means nothing here" in banner.result.sentence


def test_the_last_answer_is_said_again(banner):
    commands = ScanCommands(banner, {})
    assert commands.took("#REPEAT")
    assert "Nothing was scanned" in banner.result.sentence
    last = Result(Outcome.FOUND, "Found", "KB1")
    banner.show_result(last)
    assert commands.took("#REPEAT")
    assert banner.result is last


def test_between_the_racks_by_the_card_alone(seat, qtbot):
    rack = seat.open_place("Rack 1")
    by = seat.session.officer
    seat.on_books(lambda: seat.stockpile.places.change(rack.id, code="R1", by=by))
    weapon = seat.register("KB1")
    bench = RackingBench(RackingModel(*seat.made_with))
    qtbot.addWidget(bench)
    bench.show_allowed()

    def scan(text):
        bench.field.set_text(text)
        bench.field.submitted.emit()

    scan("#UNDO")
    assert "nothing to do" in bench.result.result.sentence
    with qtbot.waitSignal(bench.toast):
        scan("R1")
        scan("KB1")
    with qtbot.waitSignal(bench.label_wanted) as wanted:
        scan("#PRINTLAST")
    assert wanted.args == [weapon]
    with qtbot.waitSignal(bench.toast) as told:
        scan("#UNDO")
    assert "stands where it stood before" in told.args[0]
    scan("#NEXTRACK")
    assert bench.result.result.title == "Next rack"
    qtbot.waitUntil(lambda: bench._model.rack is None)


def test_a_count_goes_on_with_the_next_rack_and_is_never_undone(seat, qtbot):
    store = armoury(seat, racks=2, each=2)
    model = CountingModel(*seat.made_with)
    board = CountingBoard(model)
    qtbot.addWidget(board)
    with qtbot.waitSignal(model.opened):
        model.open(Plan(second=store.second))
    board.begin()

    def scan(text):
        board.scan_field.set_text(text)
        board.scan_field.submitted.emit()

    walked = []
    for _rack in model.count.places:
        before = model.rack
        scan("#NEXTRACK")
        qtbot.waitUntil(lambda before=before: model.rack != before)
        walked.append(model.rack.place.id)
    assert walked == [one.place.id for one in model.count.places]
    scan("#NEXTRACK")
    assert "nothing to do" in board.banner.result.sentence
    scan("#UNDO")
    assert "never taken back" in board.banner.result.sentence
    with qtbot.waitSignal(board.close_wanted):
        scan("#CLOSE")
    assert model.tally.found == 0


def test_at_the_counter_the_card_takes_off_and_goes_on_to_the_signatures(seat, qtbot):
    made = seat.on_books(partial(set_counter, seat.stockpile, seat.session.officer, 2))
    page = IssuingPage(*seat.made_with)
    qtbot.addWidget(page)
    page.entered("")

    def scan(text):
        page._scan.set_text(text)
        page._submit()

    scan("#CLOSE")
    assert "nothing to do" in page._result.result.sentence
    page.model.bring_weapon(made.weapons[0])
    qtbot.waitUntil(lambda: not page.model.counter.is_empty)
    scan("#UNDO")
    qtbot.waitUntil(lambda: page.model.counter.is_empty)
    scan("#NEXTRACK")
    assert "means nothing here" in page._result.result.sentence
