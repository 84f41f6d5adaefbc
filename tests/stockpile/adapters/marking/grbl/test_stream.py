from __future__ import annotations

import pytest

from stockpile.adapters.marking.grbl.program import Tool, program_of
from stockpile.adapters.marking.grbl.stream import SPARE, Stream, is_at
from stockpile.adapters.marking.grbl.talk import GrblTalk
from stockpile.adapters.marking.talk import Times
from stockpile.domain.drawings import Drawing
from stockpile.services.ports import EndResult, StartResult
from tests.helpers.boards import BANNER, Board

SHORT = Times(answer=0.03, start=0.03, poll=0.01, settle=0.02, pause=0.0)
TWO_DOTS = Drawing(((1000, 1000), (2000, 1000)))
DOWN = "G1Z-0.120F600"
STOPPED = ["b'!'", "b'\\x18'"]


def streamed(board: Board, *, tool: Tool | None = None) -> tuple[StartResult, EndResult, list[str]]:
    """Run two dots on the board; return how it began and ended, and the lines and stops it got."""
    talk = GrblTalk("desk", board, SHORT)
    program = program_of(TWO_DOTS, tool or Tool())
    talk.find_zero()
    talk.outlet.arm(len(program.steps) + SPARE)
    board.heard.clear()
    stream = Stream(talk, program)
    begun, ended = stream.begin(), stream.finish(0.0)
    assert not stream.running
    return begun, ended, [line for line in board.heard if line != "b'?'"]


def test_every_line_goes_out_once_and_the_end_is_known():
    begun, ended, heard = streamed(Board())
    assert (begun, ended) == (StartResult.ACCEPTED, EndResult.DONE)
    assert heard == [step.line for step in program_of(TWO_DOTS, Tool()).steps]


def test_the_first_cut_refused_means_that_nothing_was_cut():
    begun, ended, heard = streamed(Board({DOWN: ["error:9"]}))
    assert (begun, ended) == (StartResult.REFUSED, EndResult.STOPPED)
    assert heard[-2:] == STOPPED


def test_a_line_before_the_first_cut_that_fails_means_that_nothing_was_cut():
    begun, _ended, heard = streamed(Board({"G0X1.000Y1.000": ["error:2"]}))
    assert begun is StartResult.REFUSED
    assert DOWN not in heard


def test_a_cut_whose_answer_is_lost_is_never_sent_again_and_its_place_tells_that_it_was_made():
    begun, ended, heard = streamed(Board({DOWN: ["(moved)"]}))
    assert (begun, ended) == (StartResult.ACCEPTED, EndResult.DONE)
    assert heard.count(DOWN) == len(TWO_DOTS.dots)


def test_a_cut_that_is_lost_is_never_sent_again_and_nobody_knows():
    begun, ended, heard = streamed(Board({DOWN: [""]}))
    assert (begun, ended) == (StartResult.UNCERTAIN, EndResult.SILENT)
    assert heard.count(DOWN) == 1
    assert heard[-2:] == STOPPED


def test_a_move_over_the_metal_that_is_lost_goes_out_again():
    begun, ended, heard = streamed(Board({"G0X2.000Y1.000": [""], "M2": [""]}))
    assert (begun, ended) == (StartResult.ACCEPTED, EndResult.DONE)
    assert [heard.count(line) for line in ("G0X2.000Y1.000", "M2")] == [2, 2]


def test_a_beat_whose_answer_is_lost_leaves_no_place_that_could_tell():
    board = Board({"M3S500": [""]})
    assert streamed(board, tool=Tool("pulse", power=500))[:2] == (
        StartResult.UNCERTAIN,
        EndResult.SILENT,
    )


def test_an_error_after_an_answer_was_missed_may_be_an_old_one():
    """The answer to the move comes late, as an error, when the cut is waited for."""
    board = Board({"G0X1.000Y1.000": ["", "ok"], DOWN: ["error:2"]})
    assert streamed(board)[0] is StartResult.UNCERTAIN


def test_a_head_that_stands_elsewhere_is_stopped_before_it_cuts():
    board = Board()

    def astray(line: str) -> None:
        if line == "G4 P0.01" and board.place[0] == TWO_DOTS.dots[1][0]:
            board.place = (2050, 1000, 300)

    board.on_line = astray
    begun, ended, heard = streamed(board)
    assert (begun, ended) == (StartResult.ACCEPTED, EndResult.STOPPED)
    assert heard.count(DOWN) == 1


@pytest.mark.parametrize(
    ("said", "ended"),
    [
        ("ALARM:1", EndResult.STOPPED),
        ("error:3", EndResult.STOPPED),
        (BANNER, EndResult.RESTARTED),
    ],
)
def test_what_the_machine_says_of_itself_ends_the_run(said: str, ended: EndResult):
    assert streamed(Board({"G0X2.000Y1.000": [said]}))[:2] == (StartResult.ACCEPTED, ended)


@pytest.mark.parametrize("state", ["Alarm", "Door:1", "Sleep", ""])
def test_a_machine_that_halts_or_tells_nothing_is_not_waited_for(state: str):
    board = Board()

    def halt(line: str) -> None:
        if line == "G0X2.000Y1.000":
            board.state = state
            board.answers[line] = [""]

    board.on_line = halt
    _begun, ended, _heard = streamed(board)
    assert ended is (EndResult.STOPPED if state else EndResult.SILENT)


def test_a_pulled_cable_at_the_first_cut_may_have_carried_it():
    board = Board()
    board.on_line = lambda line: setattr(board, "lost", line == DOWN)
    assert streamed(board)[:2] == (StartResult.UNCERTAIN, EndResult.LINK_LOST)


def test_an_answer_that_comes_twice_is_not_taken_for_the_next_lines():
    board = Board({DOWN: ["ok\r\nok"]})
    begun, ended, heard = streamed(board)
    assert (begun, ended) == (StartResult.ACCEPTED, EndResult.DONE)
    assert heard.count(DOWN) == len(TWO_DOTS.dots)


def test_no_spot_or_no_place_is_never_the_same():
    assert is_at((0, 0, 5), (10, -10, None))
    assert not is_at((0, 0, 0), (0, 0, 31))
    assert not is_at(None, (0, 0, 0))
    assert not is_at((0, 0, 0), None)
