from __future__ import annotations

import threading
from pathlib import Path

import pytest

from stockpile.adapters.marking.tl07.marker import CAPABILITIES, Tl07Marker, open_tl07
from stockpile.adapters.marking.tl07.words import Framing
from stockpile.domain.errors import (
    MachineMisread,
    MachineRefused,
    MachineStranger,
    MarkNotPossible,
    PortLost,
)
from stockpile.domain.facts import MachineSet
from stockpile.services.ports import EndResult, MachineState, StartResult, Work
from tests.helpers.benches import QUICK, TEXT, Transcript, driven, simulated
from tests.helpers.wires import needs_ptys

IDENTITY = '"MODEL":"UC500","SERIAL":"SIM-0001","VERSION":"2.12"'
GOOD = {
    "ST": b"ST 4 0 0\r\n",
    'LD "UGA.tml" 1 N': b"LD 1\r\n",
    'VS 0 "UG-1"': b"VS 1\r\n",
    "VG 0": b'VG 0 "UG-1"\r\n',
    "GO": b"GO M\r\n",
}


def recorded(**changed: bytes) -> tuple[Tl07Marker, Transcript]:
    answers = {**GOOD, **{name.replace("_", " "): said for name, said in changed.items()}}
    link = Transcript({command: [said] for command, said in answers.items()})
    machine = MachineSet("desk", "tl07", "socket://x:1", "UGA.tml")
    return Tl07Marker(machine, link, Framing.TCP, QUICK), link


def test_the_preparation_is_these_bytes_in_this_order():
    marker, link = recorded()
    marker.prepare(Work("UG-1"))
    assert link.sent == [
        *(b"ST\r", b'LD "UGA.tml" 1 N\r', b'VS 0 "UG-1"\r', b"VG 0\r", b"ST\r"),
    ]


def test_the_start_asks_afresh_and_sends_the_announced_bytes_once():
    marker, link = recorded()
    marker.prepare(Work("UG-1"))
    before = len(link.sent)
    assert marker.start() is StartResult.ACCEPTED
    assert link.sent[before:] == [b"ST\r", b"VG 0\r", b"GO\r"]
    assert marker.start_bytes == b"GO\r"


def test_the_start_bytes_of_a_serial_machine_are_a_counted_frame():
    marker = Tl07Marker(MachineSet("desk", "tl07", "x"), Transcript({}), Framing.SERIAL)
    assert marker.start_bytes == bytes.fromhex("1B 00 00 02 47 4F 0D")


def test_without_a_preparation_nothing_is_sent():
    marker, link = recorded()
    assert marker.start() is StartResult.REFUSED
    assert marker.watch(1.0) is EndResult.SILENT
    assert link.sent == []


@pytest.mark.parametrize("text", ['A"\rGO', "GO F", "", "é", "A" * 65])
def test_a_hostile_text_puts_no_byte_on_the_wire(text: str):
    marker, link = recorded()
    with pytest.raises(MarkNotPossible):
        marker.prepare(Work(text))
    assert link.sent == []


@pytest.mark.parametrize(
    ("said", "result"),
    [
        (b"GO M\r\n", StartResult.ACCEPTED),
        (b"ER 3 8\r\n", StartResult.REFUSED),
        (b"ER 2 32\r\n", StartResult.REFUSED),
        (b"ER 4 1\r\n", StartResult.REFUSED),
        (b"ER 2 8\r\n", StartResult.UNCERTAIN),
        (b"ER 9 9\r\n", StartResult.UNCERTAIN),
        (b"VS 1\r\nGO M\r\n", StartResult.ACCEPTED),
    ],
)
def test_only_a_plain_answer_decides_the_start(said: bytes, result: StartResult):
    marker, link = recorded(GO=said)
    marker.prepare(Work("UG-1"))
    assert marker.start() is result
    assert marker.start() is result
    assert link.sent.count(b"GO\r") == 1


def test_a_cable_pulled_at_the_very_start_is_uncertain_and_never_raises():
    marker, link = recorded()
    marker.prepare(Work("UG-1"))

    def pull(frame: bytes) -> None:
        link.lost = frame == b"GO\r"

    link.on_send = pull
    assert marker.start() is StartResult.UNCERTAIN
    assert marker.watch(1.0) is EndResult.LINK_LOST
    with pytest.raises(PortLost):
        marker.evidence()


@pytest.mark.parametrize("lost_at", [b"ST\r", b"VG 0\r"])
def test_a_cable_pulled_before_the_start_has_started_nothing(lost_at: bytes):
    marker, link = recorded()
    marker.prepare(Work("UG-1"))

    def pull(frame: bytes) -> None:
        link.lost = link.lost or frame == lost_at

    link.on_send = pull
    assert marker.start() is StartResult.REFUSED
    assert b"GO\r" not in link.sent


@pytest.mark.parametrize("step", [b"ST\r", b'LD "UGA.tml" 1 N\r', b'VS 0 "UG-1"\r', b"VG 0\r"])
def test_a_cable_pulled_at_any_step_of_the_preparation_is_said(step: bytes):
    marker, link = recorded()

    def pull(frame: bytes) -> None:
        link.lost = link.lost or frame == step

    link.on_send = pull
    with pytest.raises(PortLost):
        marker.prepare(Work("UG-1"))
    assert marker.start() is StartResult.REFUSED


def test_a_machine_that_was_restarted_between_preparation_and_start_is_not_started():
    marker, link = recorded()
    marker.prepare(Work("UG-1"))
    link.answers["VG 0"] = [b'VG 0 ""\r\n']
    assert marker.start() is StartResult.REFUSED
    assert b"GO\r" not in link.sent


def test_no_answer_but_the_plain_yes_prepares():
    marker, _ = recorded(**{'LD "UGA.tml" 1 N': b"LD 0\r\n"})
    with pytest.raises(MachineRefused) as caught:
        marker.prepare(Work("UG-1"))
    assert caught.value.said == "LD 0"


@pytest.mark.parametrize(
    ("said", "state"),
    [
        (b"ST 1 0 0\r\n", MachineState.NOT_READY),
        (b"ST 2 0 0\r\n", MachineState.NOT_READY),
        (b"ST 4 0 0\r\n", MachineState.READY),
        (b"ST 8 0 0\r\n", MachineState.MARKING),
        (b"ST 16 0 0\r\n", MachineState.PAUSED),
        (b"ST 32 0 0\r\n", MachineState.FAULT),
        (b"ST 4 0 1\r\n", MachineState.SIMULATION),
        (b"ST 4 0 2\r\n", MachineState.SIMULATION),
        (b"ST 5 0 0\r\n", MachineState.NOT_READY),
        (b"ER 4 1\r\n", MachineState.NOT_READY),
    ],
)
def test_states_are_what_the_machine_says(said: bytes, state: MachineState):
    marker, _ = recorded(ST=said)
    assert marker.status() is state


def test_disarming_that_does_not_read_back_is_said():
    marker, _ = recorded(**{'VS 0 ""': b"VS 1\r\n"})
    with pytest.raises(MachineMisread):
        marker.disarm()


def test_a_machine_says_who_it_is(tmp_path: Path):
    with simulated(tmp_path, "tcp") as sim, driven(sim, identity=IDENTITY) as marker:
        assert marker.identity() == IDENTITY
        marker.prepare(Work(TEXT))


def test_a_machine_that_will_not_say_who_it_is_has_refused():
    marker, _ = recorded(**{"GI *": b"ER 1 1\r\n"})
    with pytest.raises(MachineRefused):
        marker.identity()


def test_another_machine_on_the_port_is_not_prepared(tmp_path: Path):
    with simulated(tmp_path, "tcp") as sim, driven(sim, identity="another") as marker:
        with pytest.raises(MachineStranger) as caught:
            marker.prepare(Work(TEXT))
        assert caught.value.found == IDENTITY
        assert sim.order("status")["job"] == 0


def test_a_proven_witness_settles_what_a_gap_in_hearing_leaves_open(tmp_path: Path):
    with simulated(tmp_path, "tcp", "restart-mid") as sim, driven(sim, proven=True) as marker:
        marker.prepare(Work(TEXT))
        assert marker.start() is StartResult.ACCEPTED
        assert marker.watch(10.0) is EndResult.RESTARTED


def test_an_abort_from_another_thread_stops_the_run_that_is_watched(tmp_path: Path):
    with simulated(tmp_path, "tcp", speed=0.5) as sim, driven(sim) as marker:
        marker.prepare(Work(TEXT))
        assert marker.start() is StartResult.ACCEPTED
        assert sim.truth.wait_for("dot")
        stopper = threading.Thread(target=marker.abort)
        stopper.start()
        assert marker.watch(10.0) is EndResult.STOPPED
        stopper.join()
        assert sim.truth.count("partial") == 1


def test_an_abort_before_the_start_leaves_nothing_to_start(tmp_path: Path):
    with simulated(tmp_path, "tcp") as sim, driven(sim) as marker:
        marker.prepare(Work(TEXT))
        marker.abort()
        assert marker.start() is StartResult.REFUSED
        assert sim.truth.all() == ()


@needs_ptys
def test_a_mark_in_cyrillic_reads_back_and_is_cut_as_written(tmp_path: Path):
    with simulated(tmp_path, "pty") as sim, driven(sim) as marker:
        marker.prepare(Work("СРБ-0001"))
        assert marker.start() is StartResult.ACCEPTED
        assert marker.watch(10.0) is EndResult.DONE
        assert {happening.text for happening in sim.truth.all()} == {"СРБ-0001"}


@pytest.mark.parametrize(
    ("url", "opened", "start"),
    [
        ("/dev/ttyUSB0", "/dev/ttyUSB0", b"\x1b"),
        ("/dev/ttyUSB0?baud=19200", "/dev/ttyUSB0?baud=19200", b"\x1b"),
        ("COM4?framing=tcp&baud=19200", "COM4?baud=19200", b"G"),
        ("socket://10.0.0.7:55555", "socket://10.0.0.7:55555", b"G"),
        ("socket://10.0.0.7:4001?framing=serial", "socket://10.0.0.7:4001", b"\x1b"),
    ],
)
def test_the_address_says_how_commands_are_framed(url: str, opened: str, start: bytes):
    asked: list[str] = []

    def open_link(place: str) -> Transcript:
        asked.append(place)
        return Transcript({})

    marker = open_tl07(MachineSet("desk", "tl07", url), open_link)
    assert asked == [opened]
    assert marker.start_bytes.startswith(start)
    assert marker.capabilities is CAPABILITIES
