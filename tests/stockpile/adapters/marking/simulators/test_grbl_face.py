from __future__ import annotations

import pytest

from stockpile.adapters.marking.simulators.face import NOISE
from stockpile.adapters.marking.simulators.faults import FaultPlan
from stockpile.adapters.marking.simulators.grbl_face import BUFFER, GrblFace
from stockpile.adapters.marking.simulators.grbl_machine import GrblMachine
from stockpile.adapters.marking.simulators.truth import Happening

BANNER = "\r\nGrbl 1.1h ['$' for help]\r\n"


class Board:
    """A face and its clock; what it says comes back as text."""

    def __init__(self, fault: str = "") -> None:
        self.log: list[Happening] = []
        self.machine = GrblMachine(self.log.append, speed=1.0)
        self.face = GrblFace(self.machine, FaultPlan(fault))
        self.now = 0.0

    def say(self, sent: str | bytes, seconds: float = 0.0) -> str:
        self.face.receive(sent.encode() if isinstance(sent, str) else sent, self.now)
        return self.wait(seconds)

    def wait(self, seconds: float) -> str:
        end = self.now + seconds
        while self.now < end:
            self.now = min(end, self.now + 0.005)
            self.face.advance(self.now)
        said, self.face.outbox = b"".join(self.face.outbox), []
        return said.decode("latin-1")


def test_a_line_is_ok_long_before_its_move_is_made():
    board = Board()
    assert board.say("G1X10F600\n") == "ok\r\n"
    assert board.machine.moving
    assert board.face.tick < 0.005
    assert board.wait(1.1) == ""
    assert not board.machine.moving


def test_a_dwell_is_ok_when_every_move_is_made():
    board = Board()
    assert board.say("G1X1F600\nG4P0.01\n", 0.05) == "ok\r\n"
    assert board.wait(0.1) == "ok\r\n"


def test_a_full_queue_holds_the_next_line_back_until_a_move_is_made():
    board = Board()
    for step in range(16):
        assert board.say(f"G1X{step + 1}F600\n") == "ok\r\n"
    assert board.say("G1X99\n") == ""
    assert board.wait(0.12) == "ok\r\n"


def test_what_does_not_fit_into_the_buffer_is_lost_without_a_word():
    """The lines are those of the firmware's own example, whose fourth would make 129."""
    board = Board()
    board.say("G1X5F600\nG4P0.01\n")
    lengths = (25, 40, 31, 58)
    for number, length in enumerate(lengths):
        line = f"G0X{number}"
        board.say(f"{line}({'x' * (length - len(line) - 3)})\n")
    assert sum(lengths) > BUFFER
    assert board.wait(1.0).count("ok") == len(lengths)
    assert board.machine.where[0] == 2.0
    assert board.say("\n") == "ok\r\n"


def test_realtime_bytes_are_heard_wherever_they_stand_and_need_no_room():
    board = Board()
    said = board.say("G1X10?F600\n")
    assert said.startswith("<Idle|MPos:12.000,20.000,-4.000|FS:0,0|WCO:12.000,20.000,-4.000>")
    assert said.endswith("ok\r\n")
    board.wait(0.3)
    board.say("!")
    assert board.say("?").startswith("<Hold:0|MPos:")
    board.say("~")
    assert board.say("?").startswith("<Run|MPos:")
    assert board.say(b"\x85\xa1") == ""


def test_the_origin_is_told_now_and_then_and_the_place_as_it_is_set():
    board = Board()
    told = [board.say("?") for _ in range(11)]
    assert ["WCO" in status for status in told] == [True, *[False] * 9, True]
    assert board.say("$10=0\n") == "ok\r\n"
    assert "WPos:0.000,0.000,0.000" in board.say("?")


def test_a_reset_says_the_banner_and_the_start_up_line():
    assert Board().say(b"\x18") == f"{BANNER}>G54:ok\r\n"


def test_a_reset_in_motion_is_an_alarm_that_only_an_unlock_ends():
    board = Board()
    board.say("G1X10F600\n", 0.2)
    said = board.say(b"\x18")
    assert said == f"ALARM:3\r\n{BANNER}[MSG:'$H'|'$X' to unlock]\r\n"
    assert board.say("G0X1\n") == "error:9\r\n"
    assert board.say("?").startswith("<Alarm")
    assert board.say("$X\n") == "[MSG:Caution: Unlocked]\r\nok\r\n"
    assert board.say("G0X1\n") == "ok\r\n"


def test_beyond_its_reach_it_stops_with_an_alarm():
    assert Board().say("G0X500\n") == "ALARM:2\r\n[MSG:Reset to continue]\r\n"


def test_a_dry_run_is_entered_and_left_by_its_own_order():
    board = Board()
    assert board.say("$C\n") == "[MSG:Enabled]\r\nok\r\n"
    assert board.say("?").startswith("<Check")
    assert board.say("G1Z-1F600\nM2\n") == "ok\r\n[MSG:Pgm End]\r\nok\r\n"
    assert board.say("$C\n") == f"[MSG:Disabled]\r\nok\r\n{BANNER}>G54:ok\r\n"
    assert board.log == []
    board.say("G0X1\n")
    assert board.say("$C\n") == "error:8\r\n"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("", "ok"),
        ("(a comment)", "ok"),
        ("g0 x1 y1", "ok"),
        ("G5", "error:20"),
        ("G1X1", "error:22"),
        ("$Q", "error:3"),
        ("$H", "error:5"),
        ("G0X1" + "0" * 90, "error:11"),
        ("$I", "[VER:1.1h.20190825:SIM-0001]\r\n[OPT:V,15,128]\r\nok"),
        ("M5", "ok"),
    ],
)
def test_each_line_has_its_answer(line: str, said: str):
    assert Board().say(f"{line}\n") == f"{said}\r\n"


def test_settings_are_shown_and_set():
    board = Board()
    assert "$32=0\r\n" in board.say("$$\n")
    assert board.say("$32=1\n") == "ok\r\n"
    assert "$32=1\r\n" in board.say("$$\n")


def test_the_safety_door_holds_it_and_no_resume_helps():
    board = Board()
    board.say("G1X10F600\n", 0.2)
    assert board.say(b"\x84") == "[MSG:Check Door]\r\n"
    board.say("~")
    assert board.say("?").startswith("<Door:1")


def test_a_careless_host_restarts_it_by_its_port():
    board = Board()
    board.face.raise_dtr(board.now)
    assert board.say("?") == ""
    assert board.wait(2.6) == BANNER


def test_faults_change_what_it_says():
    assert Board("stranger").say("$I\n").startswith("[VER:1.1h.20190825:SIM-0666]")
    assert Board("simulation").say("?").startswith("<Check")
    assert Board("autonomous").say("?").startswith("<Jog")
    assert Board("door").say("?").startswith("<Door:1")
    assert Board("no-layout").say("$C\n") == "error:8\r\n"
    assert Board("not-master").say("G0X1\n") == "error:9\r\n"
    garbled = Board("garbage:status")
    garbled.say("G1Z-0.1F600\n", 0.5)
    assert garbled.say("?") == NOISE.decode("latin-1")
