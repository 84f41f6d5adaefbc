from __future__ import annotations

from pathlib import Path

import pytest

from stockpile.adapters.marking.panasonic import marker as panasonic
from stockpile.adapters.marking.panasonic.marker import PanasonicMarker, open_panasonic
from stockpile.adapters.marking.talk import Times
from stockpile.domain.errors import (
    MachineNotReady,
    MachineRefused,
    MarkNotPossible,
    PortLost,
    StockpileError,
)
from stockpile.domain.facts import MachineSet
from stockpile.services.ports import EndResult, Evidence, MachineState, StartResult, Work
from tests.helpers.benches import TEXT, Transcript, driven, simulated

HASTY = Times(answer=0.05, start=0.05, poll=0.01, settle=0.05, pause=0.01)
YES = b"\x0600\r"
READY, COLD, OPEN = b"\x02STSA02110\r", b"\x02STSA00000\r", b"\x02STSA02100\r"
SHUT, ALARM = b"\x02STSA02000\r", b"\x02STSA12000\r"
FINISHED = b"\x02MSTA0000\r"


class Laser:
    """The answers of a laser that is pumped and shut, command by command; the last one stays."""

    def __init__(self, **changed: list[bytes]) -> None:
        said = {
            "STSR": [SHUT, SHUT, SHUT, SHUT, OPEN, READY],
            "MSTS1": [YES],
            "FNOS0007": [YES],
            "FNOR": [b"\x02FNOA0007\r"],
            "SHTS1": [YES],
            "SINS00UG-1": [YES],
            "MSTR": [b"\x02MSTA1\r"],
            "MRKS1": [YES],
            **changed,
        }
        self.link = Transcript({f"\x02{command}": answers for command, answers in said.items()})
        machine = MachineSet("laser", "panasonic", "socket://x:1", "7")
        self.marker = PanasonicMarker(machine, self.link, HASTY, summed=False)

    @property
    def sent(self) -> list[str]:
        return [frame.decode().strip("\x02\r") for frame in self.link.sent]

    def prepared(self) -> PanasonicMarker:
        self.marker.prepare(Work("UG-1"))
        return self.marker


def test_the_preparation_is_these_commands_in_this_order():
    laser = Laser()
    laser.prepared()
    assert laser.sent == [
        *("STSR", "STSR", "STSR"),  # at rest, pumped, and so it is
        "MSTS1",
        *("STSR", "FNOS0007", "FNOR"),
        *("SHTS1", "STSR"),
        *("SINS00UG-1", "STSR"),
    ]


def test_a_cold_laser_is_pumped_first():
    laser = Laser(STSR=[COLD, COLD, b"\x02STSA01000\r", SHUT, SHUT, OPEN, READY], LSRS1=[YES])
    laser.prepared()
    assert laser.sent[:5] == ["STSR", "STSR", "LSRS1", "STSR", "STSR"]


def test_an_open_laser_is_told_to_take_settings_and_to_stop_taking_them():
    laser = Laser(
        STSR=[OPEN, OPEN, OPEN, OPEN, OPEN, READY],
        MKMS0=[YES],
        MKMS1=[YES],
        SHTS1=[b"\x1503\r"],
    )
    laser.prepared()
    assert laser.sent.index("MKMS0") < laser.sent.index("FNOS0007")
    assert laser.sent.index("SHTS1") + 1 == laser.sent.index("MKMS1")


def test_the_start_asks_afresh_and_sends_the_announced_bytes_once():
    laser = Laser()
    marker = laser.prepared()
    before = len(laser.sent)
    assert [marker.start(), marker.start()] == [StartResult.ACCEPTED, StartResult.ACCEPTED]
    assert laser.sent[before:] == ["STSR", "MSTR", "MRKS1"]
    assert marker.start_bytes == b"\x02MRKS1\r"


def test_the_start_bytes_on_rs_232_have_a_sum():
    machine = MachineSet("laser", "panasonic", "x")
    marker = PanasonicMarker(machine, Transcript({}), summed=True)
    assert marker.start_bytes == bytes.fromhex("02 4D 52 4B 53 31 37 30 0D")


@pytest.mark.parametrize(
    ("url", "opened", "summed"),
    [
        ("/dev/ttyUSB0", "/dev/ttyUSB0?baud=9600", True),
        ("COM4?baud=19200", "COM4?baud=19200", True),
        ("socket://laser:9094", "socket://laser:9094", False),
        ("socket://server:4001?sum=on", "socket://server:4001", True),
    ],
)
def test_the_address_says_whether_there_is_a_sum(url: str, opened: str, *, summed: bool):
    asked: list[str] = []

    def open_link(place: str) -> Transcript:
        asked.append(place)
        return Transcript({})

    marker = open_panasonic(MachineSet("laser", "panasonic", url), open_link)
    assert asked == [opened]
    assert marker.start_bytes.endswith(b"70\r") is summed


def test_without_a_preparation_nothing_is_sent():
    laser = Laser()
    assert laser.marker.start() is StartResult.REFUSED
    assert laser.marker.watch(1.0) is EndResult.SILENT
    assert laser.sent == []


@pytest.mark.parametrize("text", ["A\rMRKS1", "%SFT:0", "", "é", "A" * 100])
def test_a_hostile_text_puts_no_byte_on_the_wire(text: str):
    laser = Laser()
    with pytest.raises(MarkNotPossible):
        laser.marker.prepare(Work(text))
    assert laser.sent == []


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"STSR": [ALARM]}, MachineNotReady),
        ({"STSR": [b"\x02STSA02101\r"]}, MachineNotReady),
        ({"STSR": [b"\x02STSA9\r"]}, MachineNotReady),
        ({"STSR": [SHUT, SHUT, SHUT, SHUT, ALARM]}, MachineNotReady),
        ({"STSR": [SHUT, SHUT, SHUT, SHUT, OPEN]}, MachineNotReady),
        ({"MSTS1": [b"\x1507\r"]}, MachineRefused),
        ({"FNOS0007": [b"\x1509\r"]}, MachineRefused),
        ({"FNOR": [b"\x02FNOA0008\r"]}, MachineRefused),
        ({"FNOR": [b"\x1504\r"]}, MachineRefused),
        ({"SINS00UG-1": [b"\x1511\r"]}, MachineRefused),
        ({"SHTS1": [b"\x1507\r"], "MKMS1": [b"\x1507\r"]}, MachineRefused),
    ],
)
def test_what_is_not_as_it_should_be_prepares_nothing(
    changed: dict[str, list[bytes]], refusal: type[StockpileError]
):
    laser = Laser(**changed)
    with pytest.raises(refusal):
        laser.prepared()
    assert laser.marker.start() is StartResult.REFUSED
    assert "MRKS1" not in laser.sent


def test_a_laser_that_never_warms_up_is_said(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(panasonic, "PUMP_SECONDS", 0.05)
    laser = Laser(STSR=[b"\x02STSA01000\r"])
    with pytest.raises(MachineNotReady):
        laser.prepared()


@pytest.mark.parametrize(
    ("said", "status", "result"),
    [
        (YES, READY, StartResult.ACCEPTED),
        (b"\x1503\r", READY, StartResult.REFUSED),
        (b"\x1510\r", ALARM, StartResult.REFUSED),
        (b"\x1503\r", OPEN, StartResult.UNCERTAIN),  # its text is used up
        (b"\x1599\r", READY, StartResult.UNCERTAIN),
        (b"\x1542\r", READY, StartResult.UNCERTAIN),
        (b"\x93\xff\r", READY, StartResult.UNCERTAIN),
    ],
)
def test_a_no_is_believed_while_the_text_still_waits(
    said: bytes, status: bytes, result: StartResult
):
    laser = Laser(MRKS1=[said])
    marker = laser.prepared()
    laser.link.answers["\x02STSR"] = [READY, status]
    assert marker.start() is result
    assert laser.sent.count("MRKS1") == 1


def test_a_laser_that_forgot_to_report_ends_is_not_started():
    laser = Laser()
    marker = laser.prepared()
    laser.link.answers["\x02MSTR"] = [b"\x02MSTA0\r"]
    assert marker.start() is StartResult.REFUSED
    assert "MRKS1" not in laser.sent


@pytest.mark.parametrize("lost_at", ["STSR", "MSTR", "MRKS1"])
def test_a_cable_pulled_at_the_start_is_uncertain_only_if_the_trigger_went_out(lost_at: str):
    laser = Laser()
    marker = laser.prepared()

    def pull(frame: bytes) -> None:
        laser.link.lost |= lost_at.encode() in frame

    laser.link.on_send = pull
    went_out = lost_at == "MRKS1"
    assert marker.start() is (StartResult.UNCERTAIN if went_out else StartResult.REFUSED)
    assert marker.watch(1.0) is (EndResult.LINK_LOST if went_out else EndResult.SILENT)
    with pytest.raises(PortLost):
        marker.evidence()


@pytest.mark.parametrize(
    ("report", "status", "end"),
    [
        (FINISHED, OPEN, EndResult.DONE),
        (b"\x02MSTAE400\r", ALARM, EndResult.STOPPED),
        (b"", ALARM, EndResult.STOPPED),
        (b"", COLD, EndResult.RESTARTED),
        (b"", SHUT, EndResult.RESTARTED),
        (b"", OPEN, EndResult.SILENT),
        (b"", READY, EndResult.SILENT),
        (b"\x02MSTAx\r", OPEN, EndResult.SILENT),
    ],
)
def test_only_the_report_of_the_end_is_an_end(report: bytes, status: bytes, end: EndResult):
    laser = Laser()
    marker = laser.prepared()
    marker.start()
    laser.link.answers["\x02STSR"] = [status]
    laser.link.waiting.append(report)
    assert marker.watch(0.3) is end


@pytest.mark.parametrize(
    ("said", "state"),
    [
        (READY, MachineState.READY),
        (ALARM, MachineState.FAULT),
        (COLD, MachineState.NOT_READY),
        (SHUT, MachineState.NOT_READY),
        (OPEN, MachineState.NOT_READY),
        (b"\x02STSA02111\r", MachineState.SIMULATION),
        (b"\x1504\r", MachineState.NOT_READY),
    ],
)
def test_states_are_what_the_machine_says(said: bytes, state: MachineState):
    laser = Laser(STSR=[said])
    assert laser.marker.status() is state
    assert laser.marker.evidence() == Evidence(state, None)


def test_disarming_shuts_an_open_laser_and_drops_the_text():
    laser = Laser(STSR=[READY, SHUT], SHTS0=[YES])
    laser.marker.disarm()
    assert laser.sent == ["STSR", "SHTS0", "STSR", "FNOS0007"]
    shut = Laser(STSR=[SHUT])
    shut.marker.disarm()
    assert shut.sent == ["STSR", "FNOS0007"]


def test_a_stop_takes_the_pumping_away_and_lets_no_trigger_follow():
    laser = Laser()
    marker = laser.prepared()
    marker.abort()
    assert marker.start() is StartResult.REFUSED
    assert "MRKS1" not in laser.sent
    assert "LSRS0" in laser.sent


def test_two_lasers_are_told_apart_by_the_name_of_their_file(tmp_path: Path):
    prints = []
    for fault in ("", "", "stranger"):
        with (
            simulated(tmp_path, "tcp", fault, "panasonic") as sim,
            driven(sim, driver="panasonic") as marker,
        ):
            prints.append(marker.fingerprint())
            assert marker.identity() == ""
    assert prints[0] == prints[1] != prints[2]


def test_a_laser_on_an_rs_232_server_is_marked_with_sums(tmp_path: Path):
    with (
        simulated(tmp_path, "tcp", "", "panasonic") as sim,
        driven(sim, driver="panasonic", options="?sum=on") as marker,
    ):
        # The simulated one on TCP knows no sums: to it they are part of the data.
        with pytest.raises(StockpileError):
            marker.prepare(Work(TEXT))
        assert marker.start() is StartResult.REFUSED
