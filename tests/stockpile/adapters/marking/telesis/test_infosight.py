from __future__ import annotations

import pytest

from stockpile.adapters.marking.telesis.frames import BROKEN, Reply, encode
from stockpile.adapters.marking.telesis.infosight import (
    CAPABILITIES,
    InfoSightMarker,
    InfoSightTongue,
    open_infosight,
    order,
)
from stockpile.domain.errors import (
    MachineMisread,
    MachineRefused,
    MachineStranger,
    MarkNotPossible,
    PortLost,
    StopByHand,
    Unavailable,
)
from stockpile.domain.facts import MachineSet
from stockpile.services.ports import EndResult, Evidence, MachineState, StartResult, Work
from tests.helpers.benches import QUICK, Transcript


def asked(kind: str, data: str = "") -> bytes:
    return encode(kind, data, sealed=False)


def yes(kind: str, data: str = "") -> bytes:
    return b"\x01%b\x06\x02%b\x03\r" % (kind.encode(), data.encode())


def no(kind: str) -> bytes:
    return yes(kind).replace(b"\x06", b"\x15")


LINK, ONLINE, ASSIGN, ASSIGNED = asked("C"), asked("O"), asked("A", "3"), asked("B")
TEXT, BLANK, START = asked("1", "UG-1"), asked("1"), asked("G")
GOOD = {
    LINK: [yes("C")], ONLINE: [yes("O")], ASSIGN: [yes("A")], ASSIGNED: [yes("B", "3")],
    TEXT: [yes("1", "UG-1")], BLANK: [yes("1")], START: [yes("G")],
}  # fmt: skip


def recorded(
    changed: dict[bytes, list[bytes]] | None = None, **settings: str
) -> tuple[InfoSightMarker, Transcript]:
    answers = {**{frame: list(said) for frame, said in GOOD.items()}, **(changed or {})}
    link = Transcript({frame[:-1].decode(): said for frame, said in answers.items()})
    machine = MachineSet("desk", "infosight", "socket://x:5001", **{"layout": "3", **settings})
    return InfoSightMarker(machine, link, QUICK), link


def test_a_job_is_these_frames_and_its_end_is_untold():
    marker, link = recorded()
    marker.prepare(Work("UG-1"))
    assert link.sent == [LINK, ONLINE, ASSIGN, ASSIGNED, TEXT]
    assert [marker.start(), marker.start()] == [StartResult.ACCEPTED] * 2
    assert link.sent[5:] == [TEXT, START]
    assert marker.start_bytes == b"\x01G\x02\x03\r"
    assert marker.watch(1.0) is EndResult.UNTOLD
    marker.disarm()
    assert link.sent[7:] == []


def test_it_promises_nothing_but_that_the_text_was_repeated():
    assert CAPABILITIES.evidence == 0
    assert CAPABILITIES.beta
    assert CAPABILITIES.scan_always
    assert CAPABILITIES.end == "none"
    assert not order("G").repeatable


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({LINK: [no("C")]}, MachineRefused),
        ({ASSIGN: [no("A")]}, MachineRefused),
        ({ASSIGNED: [yes("B", "1")]}, MachineMisread),
        ({TEXT: [no("1")]}, MachineRefused),
        ({TEXT: [yes("1", "UG-7")]}, MachineMisread),
        ({TEXT: [yes("1")]}, MachineMisread),
    ],
)
def test_only_a_repeated_text_is_prepared(
    changed: dict[bytes, list[bytes]], refusal: type[Unavailable]
):
    marker, link = recorded(changed)
    with pytest.raises(refusal):
        marker.prepare(Work("UG-1"))
    assert marker.start() is StartResult.REFUSED
    assert START not in link.sent
    assert marker.watch(0.1) is EndResult.SILENT


@pytest.mark.parametrize("said", [no("G"), b"\x01G\x02\x03\r", b"\x01T\x021200\x03\r", b""])
def test_anything_but_a_plain_yes_leaves_the_start_uncertain(said: bytes):
    marker, link = recorded({START: [said]})
    marker.talk.times = QUICK.__class__(answer=0.05, start=0.05, poll=0.02, settle=0.02)
    marker.prepare(Work("UG-1"))
    assert marker.start() is StartResult.UNCERTAIN
    assert marker.watch(1.0) is EndResult.SILENT
    assert link.sent.count(START) == 1


def test_frames_that_the_machine_speaks_first_answer_nothing():
    marker, link = recorded({TEXT: [b"\x01T\x021200\x03\r" + yes("1", "UG-1")]})
    link.waiting.append(b"\x01S\x02\x03\r")
    marker.prepare(Work("UG-1"))
    assert marker.start() is StartResult.ACCEPTED


def test_a_restart_before_the_start_is_met_by_setting_the_text_afresh():
    marker, link = recorded()
    marker.prepare(Work("UG-1"))
    link.answers[TEXT[:-1].decode()] = [no("1")]
    assert marker.start() is StartResult.REFUSED
    assert START not in link.sent


def test_a_cable_pulled_at_the_start_or_after_it_is_a_lost_link():
    marker, link = recorded()
    marker.prepare(Work("UG-1"))

    def pull(frame: bytes) -> None:
        link.lost = frame == START

    link.on_send = pull
    assert marker.start() is StartResult.UNCERTAIN
    assert marker.watch(1.0) is EndResult.LINK_LOST
    with pytest.raises(PortLost):
        marker.evidence()


def test_before_a_start_the_text_is_blanked():
    marker, link = recorded()
    marker.prepare(Work("UG-1"))
    marker.disarm()
    assert link.sent[-1] == BLANK
    assert marker.start() is StartResult.REFUSED
    assert START not in link.sent


@pytest.mark.parametrize(
    ("text", "layout"), [("UG\rA", "3"), ("é", "3"), ("", "3"), ("UG-1", "x"), ("UG-1", "1\r")]
)
def test_a_hostile_text_or_buffer_puts_no_byte_on_the_wire(text: str, layout: str):
    marker, link = recorded(layout=layout)
    with pytest.raises(MarkNotPossible):
        marker.prepare(Work(text))
    assert link.sent == []


def test_that_it_answers_is_all_that_is_known_of_its_state():
    marker, _ = recorded()
    assert marker.identity() == ""
    assert marker.fingerprint() == ""
    assert marker.evidence() == Evidence(MachineState.READY, None)
    assert marker.capabilities is CAPABILITIES
    marker, _ = recorded({LINK: [no("C")]})
    assert marker.status() is MachineState.NOT_READY


def test_an_identity_on_record_is_never_met_and_a_stop_is_by_hand():
    marker, link = recorded(identity="ID8400")
    with pytest.raises(MachineStranger):
        marker.prepare(Work("UG-1"))
    assert ASSIGN not in link.sent
    with pytest.raises(StopByHand):
        marker.abort()


def test_answers_belong_to_the_request_of_their_type():
    tongue = InfoSightTongue()
    assert tongue.probe == order("C")
    assert tongue.is_proof(Reply("C"))
    assert not tongue.is_proof(BROKEN)
    assert tongue.answers(Reply("G", yes=False), "G")
    assert not tongue.answers(Reply("G"), "G")
    assert (tongue.word_of(Reply("G")), tongue.word_of(Reply("x"))) == ("G", "")
    assert tongue.run_of(Reply("G", yes=True)) is None
    assert tongue.refuses(Reply("A", yes=False))


def test_it_is_opened_at_the_speed_of_the_family():
    asked_for: list[str] = []

    def open_link(place: str) -> Transcript:
        asked_for.append(place)
        return Transcript({})

    open_infosight(MachineSet("desk", "infosight", "COM4"), open_link).close()
    assert asked_for == ["COM4?baud=9600"]
