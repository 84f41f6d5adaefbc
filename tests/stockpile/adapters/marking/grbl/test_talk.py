from __future__ import annotations

import pytest

from stockpile.adapters.marking.grbl.talk import GrblTalk
from stockpile.adapters.marking.grbl.words import Kind, Status
from stockpile.adapters.marking.talk import Times
from stockpile.domain.errors import MachineSilent, PortLost
from tests.helpers.boards import BANNER, Board

SHORT = Times(answer=0.05, start=0.05, poll=0.01, settle=0.02, pause=0.01)


def talk_with(board: Board) -> GrblTalk:
    return GrblTalk("desk", board, SHORT)


def test_the_lines_before_an_ok_are_its_answer():
    board = Board({"$I": ["[VER:1.1h:name]\r\n[OPT:V,15,128]\r\nok"]})
    assert [reply.text for reply in talk_with(board).tell("$I")] == [
        "[VER:1.1h:name]",
        "[OPT:V,15,128]",
        "ok",
    ]


def test_a_start_up_line_is_nobodys_answer():
    board = Board({"$C": [">G54:ok"]})
    with pytest.raises(MachineSilent):
        talk_with(board).tell("$C")


def test_after_a_silence_a_status_must_come_before_anything_else_and_late_answers_are_dropped():
    board = Board({"$C": [""]})
    talk = talk_with(board)
    with pytest.raises(MachineSilent):
        talk.tell("$C")
    board.say("error:9")
    assert [reply.kind for reply in talk.tell("$I")] == [Kind.OK]
    assert board.heard == ["$C", "b'?'", "$I"]


def test_a_machine_that_shows_no_status_stays_out_of_reach():
    board = Board({"$C": [""]}, state="")
    talk = talk_with(board)
    for line in ("$C", "$I"):
        with pytest.raises(MachineSilent):
            talk.tell(line)
    assert "$I" not in board.heard


def test_an_alarm_or_a_banner_ends_the_wait_for_an_answer():
    board = Board({"G0X1": ["ALARM:2"], "G0X2": [BANNER]})
    talk = talk_with(board)
    with pytest.raises(MachineSilent):
        talk.tell("G0X1")
    assert talk.alarm == "ALARM:2"
    talk.forget()
    with pytest.raises(MachineSilent):
        talk.tell("G0X2")
    assert talk.banners == 1


def test_the_place_is_told_from_the_machines_own_zero_and_ours():
    board = Board(place=(1000, 2000, 500))
    talk = talk_with(board)
    assert talk.place() == (
        Status("Idle", machine=(1000, 2000, 500), offset=(0, 0, 0)),
        (1000, 2000, 500),
    )


@pytest.mark.parametrize(
    ("told", "place"),
    [
        ("<Idle|WPos:1.000,2.000,3.000|FS:0,0>", (1000, 2000, 3000)),
        ("<Idle|MPos:1.000,2.000,3.000|FS:0,0>", None),
        ("<Idle|FS:0,0>", None),
    ],
)
def test_a_place_that_is_not_told_is_not_made_up(told: str, place: tuple[int, int, int] | None):
    board = Board(state="")
    talk = talk_with(board)
    board.say(told)
    assert talk.place()[1] == place


def test_without_an_origin_told_there_is_no_zero():
    class Reticent(Board):
        def send(self, frame: bytes) -> None:
            self.say("<Idle|MPos:1.000,2.000,3.000|FS:0,0>")

    assert not talk_with(Reticent()).find_zero()
    assert talk_with(Board()).find_zero()


@pytest.mark.parametrize(
    ("told", "astray"),
    [
        ("<Idle|MPos:0.000,0.000,0.000|FS:0,0|WCO:12.000,20.000,0.000>", True),
        ("<Idle|MPos:12.000,20.000,5.000|FS:0,0|WCO:12.000,20.000,0.000>", False),
        ("<Idle|MPos:0.000,0.000,0.000|FS:0,0|WCO:0.000,0.000,0.000>", False),
        (f"{BANNER}\r\n<Idle|MPos:0.000,0.000,0.000|FS:0,0|WCO:0.000,0.000,0.000>", True),
        (f"{BANNER}\r\n<Idle|MPos:0.000,0.000,5.000|FS:0,0|WCO:0.000,0.000,0.000>", False),
        ("<Idle|WPos:0.000,0.000,0.000|FS:0,0>", False),
    ],
)
def test_a_machine_that_was_switched_on_has_lost_our_zero(told: str, *, astray: bool):
    board = Board(state="")
    talk = talk_with(board)
    board.say(told)
    assert talk.is_astray() is astray


def test_a_reset_waits_for_its_banner():
    board = Board()
    talk = talk_with(board)
    assert talk.reset()
    assert talk.banners == 0
    board.send = lambda _frame: None  # type: ignore[method-assign,assignment]
    assert not talk.reset()


def test_a_stop_holds_and_resets_and_no_line_that_counts_follows():
    board = Board()
    talk = talk_with(board)
    talk.outlet.arm(5)
    talk.stop()
    assert board.heard == ["b'!'", "b'\\x18'"]
    assert not talk.outlet.armed


def test_a_pulled_cable_is_said():
    talk = talk_with(Board(lost=True))
    with pytest.raises(PortLost):
        talk.status()
    talk.close()
