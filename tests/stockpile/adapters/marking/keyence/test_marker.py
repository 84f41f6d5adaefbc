from __future__ import annotations

from pathlib import Path

import pytest

from stockpile.adapters.marking.keyence.marker import KeyenceMarker, open_keyence
from stockpile.adapters.marking.talk import Times
from stockpile.domain.errors import (
    MachineMisread,
    MachineNotReady,
    MachineRefused,
    MachineSilent,
    MarkNotPossible,
    PortLost,
    StockpileError,
)
from stockpile.domain.facts import MachineSet
from stockpile.services.ports import EndResult, Evidence, MachineState, StartResult, Work
from tests.helpers.benches import TEXT, Transcript, driven, simulated

HASTY = Times(answer=0.05, start=0.1, poll=0.01, settle=0.05, pause=0.01)
YES = b"WX,OK\r"
READY, ERROR, BUSY = b"RX,OK,0\r", b"RX,OK,1\r", b"RX,OK,2\r"
PUT = "WX,JOB=0007,BLK=003,CharacterString=UG-1"
HELD = "RX,JOB=0007,BLK=003,CharacterString"
MARKED, RESULT, START = "RX,MarkedCharacter=0007,003", "RX,MarkingResult", "WX,StartMarking=1"


class Laser:
    """The answers of a laser, command by command; the last one stays."""

    def __init__(self, changed: dict[str, list[bytes]] | None = None) -> None:
        self.link = Transcript(
            {
                "RX,Ready": [READY],
                "WX,TriggerLock=1": [YES],
                "WX,JobNo=0007": [YES],
                "RX,JobNo": [b"RX,OK,0007\r"],
                PUT: [YES],
                HELD: [b"RX,OK,UG-1\r"],
                MARKED: [b"RX,OK,OLD\r"],
                RESULT: [b"RX,OK,1,000000002200\r"],
                START: [YES],
                **(changed or {}),
            }
        )
        self.marker = KeyenceMarker(
            MachineSet("laser", "keyence", "socket://x:1", "7,3"), self.link, HASTY
        )

    @property
    def sent(self) -> list[str]:
        return [frame.decode().removesuffix("\r") for frame in self.link.sent]

    def prepared(self) -> KeyenceMarker:
        self.marker.prepare(Work("UG-1"))
        return self.marker


def test_the_preparation_is_these_commands_in_this_order():
    laser = Laser()
    laser.prepared()
    assert laser.sent == [
        *("RX,Ready", "WX,TriggerLock=1", "WX,JobNo=0007", "RX,JobNo", PUT, HELD, "RX,Ready"),
    ]


def test_the_start_asks_afresh_and_sends_the_announced_bytes_once():
    laser = Laser()
    marker = laser.prepared()
    before = len(laser.sent)
    assert [marker.start(), marker.start()] == [StartResult.ACCEPTED, StartResult.ACCEPTED]
    assert laser.sent[before:] == [MARKED, RESULT, "RX,Ready", HELD, START]
    assert marker.start_bytes == b"WX,StartMarking=1\r"


def test_without_a_preparation_nothing_is_sent():
    laser = Laser()
    assert laser.marker.start() is StartResult.REFUSED
    assert laser.marker.watch(1.0) is EndResult.SILENT
    assert laser.sent == []


@pytest.mark.parametrize("text", ["A\rWX,StartMarking=1", "A,B", "", "é", "2", "A" * 65])
def test_a_hostile_text_puts_no_byte_on_the_wire(text: str):
    laser = Laser()
    with pytest.raises(MarkNotPossible):
        laser.marker.prepare(Work(text))
    assert laser.sent == []


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"RX,Ready": [ERROR]}, MachineNotReady),
        ({"RX,Ready": [BUSY]}, MachineNotReady),
        ({"RX,Ready": [b"RX,NG,S1,x\r"]}, MachineNotReady),
        ({"RX,Ready": [READY, BUSY]}, MachineNotReady),
        ({"WX,TriggerLock=1": [b"WX,NG,S1,x\r"]}, MachineRefused),
        ({"WX,JobNo=0007": [b"WX,NG,S1,x\r"]}, MachineRefused),
        ({"RX,JobNo": [b"RX,OK,0008\r"]}, MachineMisread),
        ({"RX,JobNo": [b"RX,NG,S1,x\r"]}, MachineRefused),
        ({PUT: [b"WX,NG,S1,x\r"]}, MachineRefused),
        ({PUT: [b""]}, MachineSilent),
        ({HELD: [b"RX,OK,UG-2\r"]}, MachineMisread),
        ({HELD: [b"RX,NG,S1,x\r"]}, MachineMisread),
    ],
)
def test_what_is_not_as_it_should_be_prepares_nothing(
    changed: dict[str, list[bytes]], refusal: type[StockpileError]
):
    laser = Laser(changed)
    with pytest.raises(refusal):
        laser.prepared()
    assert laser.marker.start() is StartResult.REFUSED
    assert START not in laser.sent


@pytest.mark.parametrize(
    ("said", "ready", "memory", "result"),
    [
        (YES, READY, b"RX,OK,UG-1\r", StartResult.ACCEPTED),
        (b"", BUSY, b"RX,OK,OLD\r", StartResult.ACCEPTED),
        (b"", READY, b"RX,OK,OLD\r", StartResult.UNCERTAIN),
        (b"\x93\xff\r", READY, b"RX,OK,OLD\r", StartResult.UNCERTAIN),
        (b"WX,NG,S0123,Refused\r", READY, b"RX,OK,OLD\r", StartResult.REFUSED),
        (b"WX,NG,S0123,Busy\r", BUSY, b"RX,OK,OLD\r", StartResult.UNCERTAIN),
        (b"WX,NG,S0200,Error\r", ERROR, b"RX,OK,OLD\r", StartResult.UNCERTAIN),
        (b"WX,NG,S0300,Stopped\r", READY, b"RX,OK,UG-1\r", StartResult.UNCERTAIN),
    ],
)
def test_what_came_of_the_start(said: bytes, ready: bytes, memory: bytes, result: StartResult):
    laser = Laser({START: [said]})
    marker = laser.prepared()
    laser.link.answers["RX,Ready"] = [READY, ready]
    laser.link.answers[MARKED] = [b"RX,OK,OLD\r", memory]
    assert [marker.start(), marker.start()] == [result, result]
    assert laser.sent.count(START) == 1


def test_a_no_after_a_failed_marking_is_not_believed():
    """One failure after another may look alike, so the memory does not prove that none began."""
    laser = Laser({START: [b"WX,NG,S1,x\r"], RESULT: [b"RX,OK,0,000000000300\r"]})
    assert laser.prepared().start() is StartResult.UNCERTAIN


def test_nothing_is_started_while_an_answer_to_a_setting_is_out():
    laser = Laser()
    marker = laser.prepared()
    marker.talk.doubt("WX")
    assert marker.start() is StartResult.REFUSED
    assert START not in laser.sent


@pytest.mark.parametrize("step", [PUT, HELD, "WX,JobNo=0007", "RX,Ready"])
def test_a_cable_pulled_at_any_step_of_the_preparation_is_said(step: str):
    laser = Laser()

    def pull(frame: bytes) -> None:
        laser.link.lost |= step.encode() in frame

    laser.link.on_send = pull
    with pytest.raises(PortLost):
        laser.prepared()
    assert laser.marker.start() is StartResult.REFUSED


@pytest.mark.parametrize("lost_at", [MARKED, "RX,Ready", HELD, START])
def test_a_cable_pulled_at_the_start_is_uncertain_only_if_the_start_went_out(lost_at: str):
    laser = Laser()
    marker = laser.prepared()

    def pull(frame: bytes) -> None:
        laser.link.lost |= lost_at.encode() in frame

    laser.link.on_send = pull
    went_out = lost_at == START
    assert marker.start() is (StartResult.UNCERTAIN if went_out else StartResult.REFUSED)
    assert marker.watch(1.0) is (EndResult.LINK_LOST if went_out else EndResult.SILENT)
    with pytest.raises(PortLost):
        marker.evidence()


def test_a_machine_that_was_restarted_between_preparation_and_start_is_not_started():
    laser = Laser()
    marker = laser.prepared()
    laser.link.answers[HELD] = [b"RX,OK,\r"]
    assert marker.start() is StartResult.REFUSED
    assert START not in laser.sent


@pytest.mark.parametrize(
    ("said", "state"),
    [
        (READY, MachineState.READY),
        (ERROR, MachineState.FAULT),
        (BUSY, MachineState.MARKING),
        (b"RX,OK,7\r", MachineState.NOT_READY),
        (b"RX,NG,S1,x\r", MachineState.NOT_READY),
    ],
)
def test_states_are_what_the_machine_says(said: bytes, state: MachineState):
    laser = Laser({"RX,Ready": [said]})
    assert laser.marker.status() is state
    assert laser.marker.evidence() == Evidence(state, "UG-1")


def test_disarming_blanks_the_text_and_never_clears_an_error():
    blank = "WX,JOB=0007,BLK=003,CharacterString="
    laser = Laser({blank: [YES], HELD: [b"RX,OK,\r"], "RX,Ready": [ERROR]})
    laser.marker.disarm()
    assert laser.sent == [blank, HELD]
    with pytest.raises(MachineMisread):
        Laser({blank: [YES]}).marker.disarm()


def test_a_stop_goes_out_at_once_and_no_start_after_it():
    laser = Laser({"WX,StopMarking": [YES]})
    marker = laser.prepared()
    marker.abort()
    assert marker.start() is StartResult.REFUSED
    assert laser.sent[7] == "WX,StopMarking"
    assert START not in laser.sent


def test_two_lasers_are_told_apart_by_the_title_of_their_job(tmp_path: Path):
    prints = []
    for fault in ("", "", "stranger"):
        with (
            simulated(tmp_path, "tcp", fault, "keyence") as sim,
            driven(sim, driver="keyence") as marker,
        ):
            prints.append(marker.fingerprint())
            assert marker.identity() == ""
    assert prints[0] == prints[1] != prints[2]


def test_the_external_trigger_is_locked_and_stays_so(tmp_path: Path):
    with (
        simulated(tmp_path, "tcp", "", "keyence") as sim,
        driven(sim, driver="keyence") as marker,
    ):
        marker.prepare(Work(TEXT))
        assert sim.order("pedal") == {"started": False}
        marker.disarm()
        assert sim.order("pedal") == {"started": False}
        assert not sim.truth.all()


def test_a_keyence_machine_is_opened_where_its_address_says():
    asked: list[str] = []

    def open_link(place: str) -> Transcript:
        asked.append(place)
        return Transcript({})

    open_keyence(MachineSet("laser", "keyence", "socket://x:50002"), open_link).close()
    assert asked == ["socket://x:50002"]
