from __future__ import annotations

import pytest

from stockpile.adapters.marking.sic.marker import SicMarker, open_sic
from stockpile.domain.errors import MachineRefused, MachineSilent, MarkNotPossible
from stockpile.domain.facts import MachineSet
from stockpile.services.ports import EndResult, Evidence, MachineState, StartResult, Work
from tests.helpers.benches import QUICK, Transcript

GOOD = {
    "SETVAR": b"SETVAR BAD ARGUMENTS \r\n",
    "LOADFILE UGA": b"LOADFILE OK\r\n",
    "SETVAR SERIAL UG-1": b"SETVAR OK\r\n",
    "SETVAR SERIAL -": b"SETVAR OK\r\n",
    "RUN": b"RUN OK\r\n",
}


def recorded(changed: dict[str, bytes] | None = None) -> tuple[SicMarker, Transcript]:
    link = Transcript({command: [said] for command, said in {**GOOD, **(changed or {})}.items()})
    machine = MachineSet("desk", "sic", "COM4", "UGA:SERIAL")
    return open_sic(machine, lambda _url: link, QUICK), link


def test_the_preparation_and_the_start_are_these_bytes_in_this_order():
    marker, link = recorded()
    marker.prepare(Work("UG-1"))
    assert link.sent == [b"LOADFILE UGA\n", b"SETVAR SERIAL UG-1\n"]
    assert marker.start() is StartResult.ACCEPTED
    assert link.sent[2:] == [b"SETVAR\n", b"RUN\n"]
    assert marker.start_bytes == b"RUN\n"
    assert marker.watch(1.0) is EndResult.UNTOLD


@pytest.mark.parametrize(
    ("said", "start", "end"),
    [
        (b"RUN OK\r\n", StartResult.ACCEPTED, EndResult.UNTOLD),
        (b"RUN BAD ARGUMENTS \r\n", StartResult.REFUSED, EndResult.SILENT),
        (b"RUN O\x0b\r\n", StartResult.UNCERTAIN, EndResult.SILENT),
        (b"", StartResult.UNCERTAIN, EndResult.SILENT),
        (b"SETVAR OK\r\n", StartResult.UNCERTAIN, EndResult.SILENT),
    ],
)
def test_only_the_answer_to_run_says_what_came_of_it(
    said: bytes, start: StartResult, end: EndResult
):
    marker, _link = recorded({"RUN": said})
    marker.prepare(Work("UG-1"))
    assert (marker.start(), marker.watch(0.1)) == (start, end)


def test_an_answer_that_comes_at_the_end_says_that_run_was_taken_and_no_more():
    marker, link = recorded({"RUN": b""})
    marker.prepare(Work("UG-1"))
    assert marker.start() is StartResult.UNCERTAIN
    link.waiting = [b"noise\r\n", b"RUN OK\r\n"]
    assert marker.watch(1.0) is EndResult.UNTOLD


def test_an_answer_at_the_end_of_a_usual_mark_is_waited_for():
    marker = open_sic(MachineSet("desk", "sic", "COM4"), lambda _url: Transcript({}))
    assert marker.talk.times.start >= 30.0


def test_a_port_lost_while_waiting_for_a_late_answer_is_said():
    marker, link = recorded({"RUN": b""})
    marker.prepare(Work("UG-1"))
    marker.start()
    link.lost = True
    assert marker.watch(1.0) is EndResult.LINK_LOST


def test_a_machine_that_says_no_is_not_prepared():
    marker, link = recorded({"LOADFILE UGA": b"LOADFILE BAD ARGUMENTS \r\n"})
    with pytest.raises(MachineRefused):
        marker.prepare(Work("UG-1"))
    assert marker.start() is StartResult.REFUSED
    assert b"RUN\n" not in link.sent


def test_a_machine_that_went_away_after_the_preparation_gets_no_run():
    marker, link = recorded({"SETVAR": b""})
    marker.prepare(Work("UG-1"))
    assert marker.start() is StartResult.REFUSED
    assert b"RUN\n" not in link.sent


@pytest.mark.parametrize("text", ["A B", "A\nRUN", "A\r\nRUN", "", "a", "A" * 21])
def test_a_hostile_text_puts_no_byte_on_the_wire(text: str):
    marker, link = recorded()
    with pytest.raises(MarkNotPossible):
        marker.prepare(Work(text))
    assert link.sent == []


def test_the_text_is_blanked_on_a_link_of_its_own_and_not_while_a_mark_may_be_made():
    marker, link = recorded()
    marker.prepare(Work("UG-1"))
    marker.start()
    marker.disarm()
    assert link.sent[-1] == b"RUN\n"
    after, link = recorded()
    after.disarm()
    assert link.sent == [b"LOADFILE UGA\n", b"SETVAR SERIAL -\n"]


def test_no_command_clears_an_error_or_adds_a_line():
    marker, link = recorded()
    marker.prepare(Work("UG-1"))
    marker.start()
    marker.watch(0.1)
    marker.evidence()
    assert {frame.split()[0] for frame in link.sent} == {b"LOADFILE", b"SETVAR", b"RUN"}


def test_it_is_asked_by_an_order_that_can_set_nothing():
    marker, link = recorded()
    assert (marker.identity(), marker.fingerprint()) == ("", "")
    assert marker.evidence() == Evidence(MachineState.READY, None)
    assert set(link.sent) == {b"SETVAR\n"}
    silent, _ = recorded({"SETVAR": b""})
    with pytest.raises(MachineSilent):
        silent.identity()


def test_an_abort_keeps_an_unsent_run_back():
    marker, link = recorded()
    marker.prepare(Work("UG-1"))
    marker.abort()
    assert marker.start() is not StartResult.ACCEPTED
    assert b"RUN\n" not in link.sent
    marker.close()
    assert link.closed


def test_without_a_layout_it_asks_for_the_usual_file():
    link = Transcript({"LOADFILE STOCKPILE": [b"LOADFILE OK\r\n"],
                       "SETVAR MARK UG-1": [b"SETVAR OK\r\n"]})  # fmt: skip
    SicMarker(MachineSet("desk", "sic", "COM4"), link, QUICK).prepare(Work("UG-1"))
    assert link.sent == [b"LOADFILE STOCKPILE\n", b"SETVAR MARK UG-1\n"]
