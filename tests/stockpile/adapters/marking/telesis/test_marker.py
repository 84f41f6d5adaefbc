from __future__ import annotations

from pathlib import Path

import pytest

from stockpile.adapters.marking.telesis import words
from stockpile.adapters.marking.telesis.frames import encode
from stockpile.adapters.marking.telesis.marker import CAPABILITIES, TelesisMarker, open_telesis
from stockpile.domain.errors import (
    MachineMisread,
    MachineNotReady,
    MachineRefused,
    MachineStranger,
    MarkNotPossible,
    PortLost,
    StopByHand,
    Unavailable,
)
from stockpile.domain.facts import MachineSet
from stockpile.services.ports import EndResult, Evidence, MachineState, StartResult, Work
from tests.helpers.benches import QUICK, TEXT, Transcript, driven, simulated
from tests.helpers.wires import needs_ptys

ONLINE, STATUS, SIGNAL = encode("O"), encode("S"), encode("G")
LOAD, WHICH = encode("P", "UGA"), encode("P", "~")
BLANK, PUT, ASK = encode("V", "01"), encode("V", "01UG-1"), encode("V", "?01")


def yes(kind: str, data: str = "") -> bytes:
    return encode(kind, data).replace(kind.encode(), kind.encode() + b"\x06", 1)


def no(kind: str) -> bytes:
    return yes(kind).replace(b"\x06", b"\x15")


READY, WORKING, OFFLINE = yes("S", "00000010"), yes("S", "00000052"), yes("S", "00000000")
GOOD = {
    STATUS: [READY],
    LOAD: [yes("P")],
    WHICH: [yes("P", "UGA.TTP")],
    BLANK: [yes("V")],
    PUT: [yes("V")],
    ASK: [yes("V"), yes("V", "UG-1")],
    SIGNAL: [yes("G")],
}


def recorded(
    changed: dict[bytes, list[bytes]] | None = None, **settings: str
) -> tuple[TelesisMarker, Transcript]:
    """The driver on a recorded talk: the answers to each frame in order, the last for good."""
    answers = {**{frame: list(said) for frame, said in GOOD.items()}, **(changed or {})}
    link = Transcript({frame[:-1].decode(): said for frame, said in answers.items()})
    machine = MachineSet("desk", "telesis", "socket://x:1", **{"layout": "UGA", **settings})
    return TelesisMarker(machine, link, QUICK), link


def test_the_preparation_is_these_frames_in_this_order():
    marker, link = recorded()
    marker.prepare(Work("UG-1"))
    assert link.sent == [STATUS, LOAD, WHICH, BLANK, ASK, PUT, ASK, STATUS]


def test_the_start_asks_afresh_and_sends_the_announced_bytes_once():
    marker, link = recorded()
    marker.prepare(Work("UG-1"))
    before = len(link.sent)
    assert [marker.start(), marker.start()] == [StartResult.ACCEPTED] * 2
    assert link.sent[before:] == [STATUS, ASK, SIGNAL]
    assert marker.start_bytes == b"\x01G\x02\x03071\r"


def test_without_a_preparation_nothing_is_sent():
    marker, link = recorded()
    assert marker.start() is StartResult.REFUSED
    assert marker.watch(1.0) is EndResult.SILENT
    assert link.sent == []


def test_an_offline_machine_at_rest_is_put_online_and_another_is_left_alone():
    marker, link = recorded({STATUS: [OFFLINE, READY], ONLINE: [yes("O")]})
    marker.prepare(Work("UG-1"))
    assert link.sent[:3] == [STATUS, ONLINE, STATUS]
    for word in ("00000001", "00000052", "00000152", "00000212", "00000090"):
        marker, link = recorded({STATUS: [yes("S", word)]})
        with pytest.raises(MachineNotReady):
            marker.prepare(Work("UG-1"))
        assert link.sent == [STATUS]


def test_a_machine_that_stays_offline_is_not_ready():
    marker, _ = recorded({STATUS: [OFFLINE], ONLINE: [yes("O")]})
    with pytest.raises(MachineNotReady) as caught:
        marker.prepare(Work("UG-1"))
    assert caught.value.state == "not_ready"


@pytest.mark.parametrize("numbered", ["", "01"])
def test_a_field_read_back_bare_or_with_its_number_is_the_same_text(numbered: str):
    marker, _ = recorded({ASK: [yes("V", numbered), yes("V", f"{numbered}UG-1")]})
    marker.prepare(Work("UG-1"))
    assert marker.held() == "UG-1"
    assert marker.start() is StartResult.ACCEPTED


def test_a_text_that_only_looks_like_ours_with_a_number_is_another():
    marker, _ = recorded({ASK: [yes("V"), yes("V", "01UG-1")]})
    with pytest.raises(MachineMisread):
        marker.prepare(Work("UG-1"))


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({LOAD: [no("P")]}, MachineRefused),
        ({WHICH: [yes("P", "UGB.TTP")]}, MachineMisread),
        ({WHICH: [no("P")]}, MachineMisread),
        ({BLANK: [no("V")]}, MachineRefused),
        ({PUT: [no("V")]}, MachineRefused),
        ({ASK: [no("V")]}, MachineRefused),
        ({ASK: [yes("V", "OLD")]}, MachineMisread),
        ({ASK: [yes("V"), yes("V", "UG-7")]}, MachineMisread),
        ({STATUS: [READY, yes("S", "00000014")]}, MachineNotReady),
    ],
)
def test_only_what_reads_back_is_prepared(
    changed: dict[bytes, list[bytes]], refusal: type[Unavailable]
):
    marker, link = recorded(changed)
    with pytest.raises(refusal):
        marker.prepare(Work("UG-1"))
    assert marker.start() is StartResult.REFUSED
    assert SIGNAL not in link.sent


def test_a_silent_request_is_sent_again_as_the_manual_has_it():
    marker, link = recorded({PUT: [b"", b"", yes("V")]})
    marker.talk.times = QUICK.__class__(answer=0.05, start=0.05, poll=0.02, settle=0.1)
    marker.prepare(Work("UG-1"))
    assert link.sent.count(PUT) == 3


def test_a_start_without_an_answer_is_not_sent_again():
    marker, link = recorded({SIGNAL: [b""]})
    marker.talk.times = QUICK.__class__(answer=0.05, start=0.05, poll=0.02, settle=0.1)
    marker.prepare(Work("UG-1"))
    assert marker.start() is StartResult.UNCERTAIN
    assert marker.watch(2.0) is EndResult.SILENT
    assert link.sent.count(SIGNAL) == 1


@pytest.mark.parametrize(
    ("said", "after", "result"),
    [
        (yes("G"), READY, StartResult.ACCEPTED),
        (no("G"), READY, StartResult.REFUSED),
        (no("G"), yes("S", "00000001"), StartResult.REFUSED),
        (no("G"), OFFLINE, StartResult.REFUSED),
        (no("G"), WORKING, StartResult.UNCERTAIN),  # its pedal was quicker
        (no("G"), yes("S", "00000212"), StartResult.UNCERTAIN),
        (no("G"), no("S"), StartResult.UNCERTAIN),
        (yes("V") + yes("G"), READY, StartResult.ACCEPTED),
        (yes("V") + no("G"), READY, StartResult.REFUSED),
    ],
)
def test_only_a_plain_answer_decides_the_start(said: bytes, after: bytes, result: StartResult):
    marker, link = recorded({SIGNAL: [said], STATUS: [READY, READY, READY, after]})
    marker.prepare(Work("UG-1"))
    assert marker.start() is result
    assert link.sent.count(SIGNAL) == 1


def test_a_yes_alone_is_not_a_run():
    """The machine said yes, was never seen at work and holds the text: nobody knows."""
    marker, _ = recorded()
    marker.prepare(Work("UG-1"))
    assert marker.start() is StartResult.ACCEPTED
    assert marker.watch(5.0) is EndResult.SILENT


@pytest.mark.parametrize("word", ["00000052", "00000040", "00000152", "00002012", "00000212"])
def test_seen_moving_after_a_yes_and_ready_with_its_text_is_done(word: str):
    marker, _ = recorded({STATUS: [READY, READY, READY, yes("S", word), READY]})
    marker.prepare(Work("UG-1"))
    assert marker.start() is StartResult.ACCEPTED
    assert marker.watch(5.0) is EndResult.DONE


@pytest.mark.parametrize(
    ("word", "end"), [("00000052", EndResult.DONE), ("00000212", EndResult.SILENT)]
)
def test_without_a_yes_only_a_mark_in_the_making_is_the_run(word: str, end: EndResult):
    states = [READY, READY, READY, yes("S", word), READY]
    marker, _ = recorded({SIGNAL: [b""], STATUS: [*states[:3], READY, *states[3:]]})
    marker.talk.times = QUICK.__class__(answer=0.2, start=0.05, poll=0.02, settle=0.1)
    marker.prepare(Work("UG-1"))
    assert marker.start() is StartResult.UNCERTAIN
    assert marker.watch(5.0) is end


@pytest.mark.parametrize("step", [STATUS, LOAD, WHICH, BLANK, ASK, PUT])
def test_a_cable_pulled_at_any_step_of_the_preparation_is_said(step: bytes):
    marker, link = recorded()

    def pull(frame: bytes) -> None:
        link.lost = link.lost or frame == step

    link.on_send = pull
    with pytest.raises(PortLost):
        marker.prepare(Work("UG-1"))
    assert marker.start() is StartResult.REFUSED


@pytest.mark.parametrize("step", [STATUS, ASK])
def test_a_cable_pulled_before_the_start_has_started_nothing(step: bytes):
    marker, link = recorded()
    marker.prepare(Work("UG-1"))

    def pull(frame: bytes) -> None:
        link.lost = link.lost or frame == step

    link.on_send = pull
    assert marker.start() is StartResult.REFUSED
    assert SIGNAL not in link.sent


def test_a_cable_pulled_at_the_very_start_is_uncertain_and_never_raises():
    marker, link = recorded()
    marker.prepare(Work("UG-1"))

    def pull(frame: bytes) -> None:
        link.lost = frame == SIGNAL

    link.on_send = pull
    assert marker.start() is StartResult.UNCERTAIN
    assert marker.watch(1.0) is EndResult.LINK_LOST
    with pytest.raises(PortLost):
        marker.evidence()


def test_a_machine_restarted_between_preparation_and_start_is_not_started():
    marker, link = recorded()
    marker.prepare(Work("UG-1"))
    link.answers[ASK[:-1].decode()] = [yes("V")]
    assert marker.start() is StartResult.REFUSED
    assert SIGNAL not in link.sent


def test_a_hostile_text_or_pattern_puts_no_byte_on_the_wire():
    for text, layout in (("UG\rA", "UGA"), ("A\x03B", "UGA"), ("é", "UGA"), ("UG-1", "U\rG")):
        marker, link = recorded(layout=layout)
        with pytest.raises(MarkNotPossible):
            marker.prepare(Work(text))
        assert link.sent == []


def test_no_identity_is_told_so_one_on_record_is_never_met():
    marker, link = recorded(identity="TMC600 SN 12")
    assert marker.identity() == ""
    assert marker.fingerprint() == ""
    with pytest.raises(MachineStranger):
        marker.prepare(Work("UG-1"))
    assert set(link.sent) == {STATUS}


def test_it_cannot_be_stopped_from_here_and_says_so():
    marker, link = recorded()
    marker.prepare(Work("UG-1"))
    with pytest.raises(StopByHand) as caught:
        marker.abort()
    assert caught.value.machine == "desk"
    assert not CAPABILITIES.can_abort
    marker.start()
    assert SIGNAL not in link.sent


def test_disarming_that_does_not_read_back_is_said():
    marker, _ = recorded({ASK: [yes("V", "UG-1")]})
    with pytest.raises(MachineMisread):
        marker.disarm()


@pytest.mark.parametrize("said", [no("S"), yes("S", "10"), yes("S", "0000001G")])
def test_a_status_that_is_none_is_not_ready(said: bytes):
    marker, _ = recorded({STATUS: [said]})
    assert marker.status() is MachineState.NOT_READY
    assert marker.state() is None


def test_a_text_that_it_will_not_tell_is_none():
    marker, _ = recorded({ASK: [no("V")]})
    assert marker.evidence() == Evidence(MachineState.READY, None)


@pytest.mark.parametrize(
    ("url", "opened"),
    [
        ("/dev/ttyUSB0", "/dev/ttyUSB0?baud=9600"),
        ("COM4?baud=19200", "COM4?baud=19200"),
        ("socket://10.0.0.7:5001", "socket://10.0.0.7:5001"),
        ("listen://0.0.0.0:5001", "listen://0.0.0.0:5001"),
    ],
)
def test_a_serial_port_has_the_speed_of_the_family(url: str, opened: str):
    asked: list[str] = []

    def open_link(place: str) -> Transcript:
        asked.append(place)
        return Transcript({})

    marker = open_telesis(MachineSet("desk", "telesis", url), open_link)
    assert asked == [opened]
    assert marker.capabilities is CAPABILITIES
    assert marker.talk.times.answer == 3.0
    assert words.TRIES == 3


@needs_ptys
def test_the_default_pattern_is_loaded_where_none_is_named(tmp_path: Path):
    machine = simulated(tmp_path, "pty", driver="telesis")
    with machine as sim, driven(sim, driver="telesis", layout="") as marker:
        marker.prepare(Work(TEXT))
        assert sim.order("status")["text"] == TEXT
