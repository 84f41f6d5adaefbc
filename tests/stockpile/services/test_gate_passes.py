"""A pass from a receipt, a waybill or a choice, shown at the gate and closed there."""

from __future__ import annotations

import time
from dataclasses import replace

import pypdfium2
import pytest

from stockpile.domain.errors import GatePassUnknown
from stockpile.domain.facts import WaybillOpened
from stockpile.domain.issuing import Line, Terms
from stockpile.domain.people import Role
from stockpile.language import plain
from stockpile.services.slips import HandOver
from tests.helpers.counters import counter

__all__ = ["counter"]


def handed(counter, *at):
    """Hand weapons to one person under a receipt and return its number."""
    person = counter.person("P. Otim")
    lines = tuple(Line(counter.weapons[one], person.id) for one in at)
    slips = counter.issuing.prepare(
        HandOver(lines, terms=Terms("2026-11-30 18:00", "patrol north")), by=counter.officer
    )
    counter.issuing.issue(slips, {}, by=counter.officer)
    return slips[0].content.number


def words(file):
    with pypdfium2.PdfDocument(file) as document:
        return plain("\n".join(page.get_textpage().get_text_bounded() for page in document))


def test_a_patrol_shows_a_pass_made_from_its_receipt_and_the_gate_closes_it(counter):
    gate, officer = counter.stockpile.gate_passes, counter.officer
    number = handed(counter, 0, 1)
    said = gate.from_receipt(number)
    assert (said.bearer, said.until, said.purpose) == (
        "P. Otim",
        "2026-11-30 18:00",
        "patrol north",
    )
    made = gate.issue(replace(said, vehicle="UAA 123X", to="North post"), by=officer)[1]
    assert made.issued.number == "GP-KLA-26-0001"
    assert gate.open_ones() == (made,)
    english = words(gate.print(made.id, by=officer, language="en").file)
    for one in ("GP-KLA-26-0001", "P. Otim", "UAA 123X", "KB4470000", "KB4470001", number,
                "Guard: time out", "2026-11-30 18:00"):  # fmt: skip
        assert one in english
    arabic = gate.print(made.id, by=officer, language="ar", to=counter.stockpile.home / "ar.pdf")
    assert "KB4470000" in words(arabic.file)
    closed = gate.close("gp-kla-26-0001", "left", by=officer)[1]
    assert (closed.state, gate.open_ones()) == ("left", ())
    assert "has left" in words(gate.print(made.id, by=officer, language="en").file)
    with pytest.raises(GatePassUnknown):
        gate.one("GP-KLA-26-0002")


def test_a_waybill_and_chosen_weapons_make_a_pass_too(counter):
    gate, people = counter.stockpile.gate_passes, counter.stockpile.people
    roles: tuple[Role, ...] = ("commander",)
    people.appoint("S. Second", roles, "9876", by=counter.officer)
    second = people.sign_in("S. Second", "9876")
    waybill = WaybillOpened(
        "", counter.weapons[:1], people.site(), to_name="Lira", carrier="4 Bn", vehicle="UG 7"
    )
    opened = counter.stockpile.transfers.dispatch(waybill, by=counter.officer, witness=second)[1]
    said = gate.from_waybill(opened.opened.number)
    assert (said.bearer, said.to, said.vehicle) == ("4 Bn", "Lira", "UG 7")
    assert said.about == opened.opened.number
    first = gate.issue(said, by=counter.officer)[1]
    chosen = replace(gate.of_weapons(counter.weapons[1:]), bearer="C. Driver")
    time.sleep(0.002)  # two of one millisecond stand in no order
    other = gate.issue(chosen, by=counter.officer)[1]
    assert [one.issued.number[-4:] for one in gate.latest()] == ["0002", "0001"]
    assert gate.close(first.id, "withdrawn", "lorry broke down", by=counter.officer)[1].closed
    assert gate.open_ones() == (other,)
    assert "lorry broke down" in words(gate.print(first.id, by=counter.officer).file)
