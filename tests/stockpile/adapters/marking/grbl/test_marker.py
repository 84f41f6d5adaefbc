from __future__ import annotations

import pytest

from stockpile.adapters.marking.grbl.marker import CAPABILITIES, GrblMarker, open_grbl
from stockpile.adapters.marking.grbl.program import Tool, program_of
from stockpile.adapters.marking.talk import Times
from stockpile.domain.drawings import Drawing
from stockpile.domain.errors import (
    FieldUnreadable,
    MachineNotReady,
    MachineRefused,
    MachineSilent,
    MarkNotPossible,
    StockpileError,
)
from stockpile.domain.facts import MachineSet
from stockpile.services.ports import EndResult, StartResult, Work
from tests.helpers.boards import BANNER, Board

SHORT = Times(answer=0.05, start=0.05, poll=0.01, settle=0.02, pause=0.0)
WORK = Work("A1", Drawing(((1000, 1000), (2000, 1000))))
DOWN = "G1Z-0.120F600"
STRAIGHT = "G0X2.000Y1.000"


def marker_on(board: Board, url: str = "board", method: str = "dot_peen") -> GrblMarker:
    machine = MachineSet("desk", "grbl", url, method=method)  # type: ignore[arg-type]
    return open_grbl(machine, lambda _url: board, SHORT)


def test_it_draws_and_promises_no_more_than_an_end():
    assert CAPABILITIES.draws
    assert (CAPABILITIES.evidence, CAPABILITIES.can_read_back) == (2, False)
    assert not {"~", "$H", DOWN} & CAPABILITIES.repeatable
    assert marker_on(Board()).capabilities is CAPABILITIES


def test_the_journal_gets_the_whole_program_before_it_is_sent():
    marker = marker_on(Board())
    assert marker.start_bytes == b""
    marker.prepare(WORK)
    assert WORK.drawing is not None
    assert marker.start_bytes == program_of(WORK.drawing, Tool()).frames
    assert (marker.start(), marker.watch(1.0)) == (StartResult.ACCEPTED, EndResult.DONE)


def test_in_preparing_every_line_is_checked_once_and_none_is_carried_out():
    board = Board()
    marker_on(board).prepare(WORK)
    assert board.place == (0, 0, 0)
    assert board.heard.count(DOWN) == 1
    assert board.heard.index("$C") < board.heard.index(DOWN) < board.heard.index("b'\\x18'")


@pytest.mark.parametrize(
    ("answers", "refusal"),
    [
        ({"$$": ["$13=1\r\nok"]}, MachineRefused),
        ({"$$": ["$32=1\r\nok"]}, MachineRefused),
        ({"$C": ["error:8"]}, MachineRefused),
        ({STRAIGHT: ["error:2"]}, MachineRefused),
        ({STRAIGHT: ["ALARM:2"]}, MachineRefused),
        ({STRAIGHT: [""]}, MachineSilent),
        ({STRAIGHT: [BANNER]}, MachineSilent),
    ],
)
def test_what_goes_wrong_in_the_dry_run_means_that_nothing_is_started(
    answers: dict[str, list[str]], refusal: type[StockpileError]
):
    board = Board(dict(answers))
    marker = marker_on(board)
    with pytest.raises(refusal):
        marker.prepare(WORK)
    board.heard.clear()
    assert (marker.start(), marker.watch(0.1)) == (StartResult.REFUSED, EndResult.SILENT)
    assert board.heard == []


def test_a_machine_that_fell_out_of_its_dry_run_is_told_no_cut():
    board = Board()

    def fall(line: str) -> None:
        if line == "G0Z2.000":
            board.state = "Idle"

    board.on_line = fall
    with pytest.raises(MachineNotReady):
        marker_on(board).prepare(WORK)
    assert DOWN not in board.heard


def test_without_a_drawing_nothing_can_be_cut():
    with pytest.raises(MarkNotPossible):
        marker_on(Board()).prepare(Work("A1"))


def test_settings_that_change_the_size_of_a_mark_change_the_fingerprint():
    prints = {
        marker_on(Board({"$$": [f"$100={steps}.000\r\nok"]})).fingerprint() for steps in (80, 250)
    }
    assert len(prints) == 2


def test_disarming_before_anything_was_started_sends_nothing():
    board = Board()
    marker = marker_on(board)
    marker.prepare(WORK)
    board.heard.clear()
    marker.disarm()
    marker.close()
    assert board.heard == []


@pytest.mark.parametrize(
    ("url", "opened"),
    [
        ("/dev/ttyUSB0", "/dev/ttyUSB0?reset=off"),
        ("COM4?z=-0.1&baud=57600&tool=pin", "COM4?baud=57600&reset=off"),
        ("/dev/ttyUSB0?reset=off", "/dev/ttyUSB0?reset=off"),
        ("socket://10.0.0.7:23?z=-0.1", "socket://10.0.0.7:23"),
    ],
)
def test_the_address_is_opened_without_the_tool_and_without_a_reset(url: str, opened: str):
    asked: list[str] = []

    def open_link(place: str) -> Board:
        asked.append(place)
        return Board()

    open_grbl(MachineSet("desk", "grbl", url), open_link)
    assert asked == [opened]


def test_a_tool_that_cannot_be_is_refused_before_the_port_is_opened():
    with pytest.raises(FieldUnreadable):
        open_grbl(MachineSet("desk", "grbl", "board?z=deep"), lambda _url: pytest.fail("opened"))


def test_a_laser_is_a_laser_without_being_told():
    board = Board({"$$": ["$32=1\r\nok"]})
    marker_on(board, method="laser").prepare(WORK)
    assert "M4S500" in board.heard
