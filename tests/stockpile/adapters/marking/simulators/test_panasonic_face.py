from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockpile.adapters.marking.panasonic.words import checksum
from stockpile.adapters.marking.simulators.face import LATE_SECONDS
from stockpile.adapters.marking.simulators.faults import FaultPlan
from stockpile.adapters.marking.simulators.panasonic_face import PanasonicFace, frames
from stockpile.adapters.marking.simulators.panasonic_machine import PanasonicMachine
from stockpile.adapters.marking.simulators.truth import Happening

PREPARED = ("LSRS1", "MSTS1", "FNOS0001", "SHTS1")


class Bench:
    """A face without a wire, whose time the test tells; ten times as fast as life."""

    def __init__(self, fault: str = "", *, summed: bool = False) -> None:
        self.metal: list[Happening] = []
        self.now = 0.0
        self.summed = summed
        self.machine = PanasonicMachine(self.metal.append, speed=10.0)
        self.face = PanasonicFace(self.machine, FaultPlan(fault), summed=summed)
        self.face.advance(0.0)

    def says(self, *commands: str) -> list[str]:
        for command in commands:
            frame = b"\x02" + command.encode()
            self.face.receive(frame + (checksum(frame) if self.summed else b"") + b"\r", self.now)
        return self.heard()

    def heard(self) -> list[str]:
        said, self.face.outbox = b"".join(self.face.outbox), []
        names = {0x02: "", 0x06: "ACK ", 0x15: "NAK "}
        frames = [frame for frame in said.split(b"\r") if frame]
        cut = -2 if self.summed else None
        return [names.get(one[0], "?") + one[1:cut].decode("latin-1") for one in frames]

    def later(self, seconds: float) -> list[str]:
        for _ in range(round(seconds / 0.01)):
            self.now += 0.01
            self.face.advance(self.now)
        return self.heard()

    def ready(self) -> None:
        assert set(self.says(*PREPARED)) == {"ACK 00"}
        self.later(1.5)
        assert self.says("SINS00AB12", "STSR") == ["ACK 00", "STSA02110"]


@pytest.mark.parametrize("summed", [False, True])
def test_a_job_without_faults_is_this_talk(*, summed: bool):
    bench = Bench(summed=summed)
    assert bench.says("STSR") == ["STSA00000"]
    assert bench.says("LSRS1", "STSR") == ["ACK 00", "STSA01000"]
    bench.later(1.1)
    assert bench.says("STSR", "MSTS1", "MSTR") == ["STSA02000", "ACK 00", "MSTA1"]
    assert bench.says("FNOS0001", "FNOR", "FNMR") == ["ACK 00", "FNOA0001", "FNMASLIDE"]
    assert bench.says("SHTS1", "SHTS1") == ["ACK 00", "NAK 03"]
    bench.later(0.1)
    assert bench.says("STSR", "SINS00AB12", "STSR") == ["STSA02100", "ACK 00", "STSA02110"]
    assert bench.says("MRKS1", "STSR", "MRKS1") == ["ACK 00", "STSA02100", "NAK 03"]
    assert bench.later(0.5) == ["MSTA0000"]
    assert bench.says("MRKS1", "STSR") == ["NAK 03", "STSA02100"]
    assert [one.event for one in bench.metal if one.event != "dot"] == ["start", "done"]


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("XXXS1", "NAK 04"),
        ("XXXR", "NAK 04"),
        ("x", "NAK 04"),
        ("FNOX1", "NAK 08"),
        ("FNOS0999", "NAK 09"),
        ("SINSxxAB", "NAK 09"),
        ("SINS00" + "A" * 100, "NAK 09"),
        ("SINS00AB", "NAK 11"),  # behind the shutter
        ("MKMS0", "NAK 03"),
        ("MKMSx", "NAK 09"),
        ("LSRSx", "NAK 09"),
        ("SHTSx", "NAK 09"),
        ("MSTSx", "NAK 09"),
        ("MRKS0", "NAK 09"),
        ("MRKS1", "NAK 03"),
        ("SINS00" + "A" * 200, "NAK 06"),
        ("LSRR", "LSRA0"),
        ("MKMR", "MKMA0"),
        ("MSTR", "MSTA0"),
    ],
)
def test_what_cannot_be_done_is_refused_with_its_code(command: str, answer: str):
    assert Bench().says(command) == [answer]


def test_settings_are_taken_behind_the_shutter_or_when_permitted():
    bench = Bench()
    bench.ready()
    assert bench.says("FNOS0000") == ["NAK 03"]
    assert bench.says("MKMS0", "STSR", "FNOS0000") == ["ACK 00", "STSA02000", "ACK 00"]
    assert bench.says("SINS00AB12", "MKMS1", "STSR") == ["NAK 11", "ACK 00", "STSA02100"]


def test_a_second_text_is_not_wanted():
    bench = Bench()
    bench.ready()
    assert bench.says("SINS00OTHER") == ["NAK 11"]


def test_leaving_the_remote_mode_forgets_to_report():
    bench = Bench()
    bench.ready()
    bench.machine.leave_remote()
    bench.says("MRKS1")
    assert bench.later(1.0) == []
    assert bench.metal[-1].event == "done"


def test_a_wrong_sum_is_refused():
    bench = Bench(summed=True)
    bench.face.receive(b"\x02STSR00\r", 0.0)
    assert bench.heard() == ["NAK 05"]


def test_a_text_that_is_damaged_on_the_way_is_caught_by_the_sum_alone():
    summed, bare = Bench("damage-text", summed=True), Bench("damage-text")
    for bench in (summed, bare):
        bench.says(*PREPARED)
        bench.later(1.5)
    assert summed.says("SINS00AB12") == ["NAK 05"]
    assert bare.says("SINS00AB12") == ["ACK 00"]
    assert bare.machine.text == "AB18"


@pytest.mark.parametrize(
    ("fault", "command", "answers"),
    [
        ("busy", "FNOS0001", ["NAK 03"]),
        ("fault", "STSR", ["STSA10000"]),
        ("alarm", "STSR", ["STSA10000"]),
        ("autonomous", "STSR", ["STSA00001"]),
        ("no-layout", "FNOS0001", ["NAK 09"]),
        ("not-master", "FNOS0001", ["NAK 07"]),
        ("stranger", "FNMR", ["FNMAOTHER RECEIVER"]),
        ("silent", "STSR", []),
    ],
)
def test_faults_before_a_run(fault: str, command: str, answers: list[str]):
    assert Bench(fault).says(command) == answers


def test_a_late_answer_to_the_text_comes_late():
    bench = Bench("late-text")
    bench.says(*PREPARED)
    bench.later(1.5)
    assert bench.says("SINS00AB12") == []
    assert bench.later(LATE_SECONDS + 0.1) == ["ACK 00"]


@pytest.mark.parametrize(
    ("fault", "answered", "ended"),
    [
        ("refuse", ["NAK 03"], []),
        ("lose-answer", [], ["MSTA0000"]),
        ("lose-end", ["ACK 00"], []),
        ("answer-twice", ["ACK 00", "ACK 00"], ["MSTA0000"]),
        ("estop-mid", ["ACK 00"], ["MSTAE400"]),
        ("lose-request", [], []),
    ],
)
def test_faults_of_a_run(fault: str, answered: list[str], ended: list[str]):
    bench = Bench(fault)
    bench.ready()
    assert bench.says("MRKS1") == answered
    assert bench.later(1.0) == ended


def test_noise_stands_in_for_the_status_while_it_marks():
    bench = Bench("garbage:status")
    bench.ready()
    bench.says("MRKS1")
    assert bench.says("STSR")[0] != "STSA02100"


def test_an_alarm_refuses_the_trigger_as_an_alarm():
    assert Bench("fault").says("MRKS1") == ["NAK 10"]


def test_pumping_taken_away_in_a_run_is_reported():
    bench = Bench()
    bench.ready()
    bench.says("MRKS1")
    assert bench.says("LSRS0") == ["MSTAE400", "ACK 00"]


FRAMES = b"noise\x02STSR\r\n\x02SINS00AB\r\x02\x02MRKS1\rnoise\r"


@given(st.lists(st.integers(0, len(FRAMES)), max_size=8))
def test_frames_are_cut_alike_however_they_arrive(cuts: list[int]):
    kept, found = bytearray(), []
    for start, end in itertools.pairwise([0, *sorted(cuts), len(FRAMES)]):
        kept += FRAMES[start:end]
        found += list(frames(kept))
    assert found == [b"\x02STSR", b"\x02SINS00AB", b"\x02MRKS1"]
