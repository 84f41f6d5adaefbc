"""A mark by hand and by machines that tell no end: never done by itself, only by the read-back."""

from __future__ import annotations

import pytest

from stockpile.app import Simulator
from stockpile.domain.facts import MachineSet
from tests.helpers.house import house
from tests.helpers.wires import wire

__all__ = ["house"]


def one_mark(house, machine):
    """Put the machine on record and mark one weapon with it; returns the outcome."""
    house.stockpile.marking.set_machine(machine, by=house.officer)
    deed = house.stockpile.marking.mark(house.register(), machine.name, by=house.officer)
    return deed.perform()[1]


def state(house, outcome):
    return house.stockpile.marking.journal.job(outcome.job).state


def test_a_mark_by_hand_is_open_until_it_is_read_back(house):
    outcome = one_mark(house, MachineSet("vice", "by_hand", ""))
    assert outcome.state == "started"
    assert state(house, outcome) == "started"
    assert house.stockpile.marking.needs_read_back(outcome.job)
    house.stockpile.marking.verify(outcome.job, outcome.text, "scan", by=house.officer)
    assert state(house, outcome) == "verified"


@pytest.mark.parametrize(
    ("driver", "layout", "blank"),
    [("sic", "UGA:ISO2,YEAR,SERIAL", "- - -"), ("couth", "", ""), ("scanner_string", "", "")],
)
def test_a_machine_that_tells_no_end_is_read_back_and_then_blanked(
    house, tmp_path, driver, layout, blank
):
    with Simulator(driver, **wire(tmp_path / "bench"), speed=20) as sim:
        outcome = one_mark(house, MachineSet("bench", driver, sim.url, layout))
        assert outcome.state == "started"
        assert sim.truth.wait_for("done")
        assert {happening.text for happening in sim.truth.all()} == {outcome.text}
        house.stockpile.marking.verify(outcome.job, outcome.text, "scan", by=house.officer)
        assert state(house, outcome) == "verified"
        assert house.stockpile.marking.blanking("bench").perform()[1]
        sim.order("pedal")
        assert sim.truth.wait_for("done", 2)
        starts = [h.text for h in sim.truth.all() if h.event == "start"]
    assert starts == [outcome.text, blank]


def test_a_wrong_text_on_the_metal_is_found_by_the_read_back(house, tmp_path):
    with Simulator("couth", **wire(tmp_path / "bench"), fault="damage-text", speed=20) as sim:
        outcome = one_mark(house, MachineSet("bench", "couth", sim.url))
        assert outcome.state == "started"
        assert sim.truth.wait_for("done")
        (cut,) = {happening.text for happening in sim.truth.all()}
    assert cut != outcome.text
    house.stockpile.marking.verify(outcome.job, cut, "scan", by=house.officer)
    assert state(house, outcome) == "unknown"
