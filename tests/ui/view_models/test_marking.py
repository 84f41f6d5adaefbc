"""The bench on the screen and a simulated machine: what is shown is what the record says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stockpile.app import Simulator
from stockpile.domain.errors import WeaponUnknown
from stockpile.domain.facts import Draft, MachineSet, TagBound
from stockpile.domain.marking import MOSAIC_IMPORT
from tests.helpers.wires import wire
from ui.view_models.marking import MarkingModel, Settled
from ui.view_models.marking_order import OrderModel
from ui.view_models.marking_setup import Setup
from ui.view_models.marking_state import Stage


@pytest.fixture
def machine(seat, tmp_path):
    """A machine that is set up as "bench" and does what its fault says."""
    with Simulator("tl07", **wire(tmp_path / "bench"), speed=20) as sim:
        told = MachineSet("bench", "tl07", sim.url, "STOCKPILE.tml")
        marking, by = seat.stockpile.marking, seat.session.officer
        seat.write(lambda: (marking.set_machine(told, by=by), None))
        yield sim


@pytest.fixture
def orders(seat, machine):
    return OrderModel(*seat.made_with)


@pytest.fixture
def model(seat, machine, orders, qtbot):
    made = MarkingModel(*seat.made_with, orders)
    orders.changed.connect(made.order_changed)
    made.start()
    qtbot.waitUntil(lambda: bool(made.bench.machines))
    return made


def reach(model, qtbot, stage):
    qtbot.waitUntil(lambda: model.state.stage is stage, timeout=15_000)


def marked(model, qtbot, weapon, stage=Stage.READ_BACK):
    model.bring(weapon)
    reach(model, qtbot, Stage.READY)
    model.mark()
    reach(model, qtbot, stage)


def starts(machine):
    return [one for one in machine.truth.all() if one.event == "begin"]


def test_the_bench_knows_machines_numbers_and_the_next_mark(model):
    assert model.machine == "bench"
    assert model.bench.scheme.name == "MOSAIC import mark"
    assert model.bench.left == 10_000
    assert model.bench.to_settle == model.bench.last == ()


def test_a_weapon_is_brought_by_any_mark_and_waits_to_be_marked(model, seat, qtbot):
    weapon = seat.register("KB1")
    model.bring(" KB1 ")
    reach(model, qtbot, Stage.READY)
    assert model.state.weapon.id == weapon
    assert model.state.text.startswith("UG ")


def test_a_label_that_was_replaced_names_its_weapon_and_is_told(model, seat, qtbot):
    weapon, old = seat.register("KB1"), "K5RET0H2MCPZ0"
    books, by = seat.stockpile.books, seat.session.officer.id
    for tag in (old, "K42SM3PBQZTQT"):
        draft = Draft(weapon, TagBound(tag))
        seat.write(lambda draft=draft: (books.record([draft], by=by), None))
    model.bring(old)
    reach(model, qtbot, Stage.READY)
    assert (model.state.weapon.id, model.state.wrong_label.label) == (weapon, "void")
    model.bring("K42SM3PBQZTQT")
    qtbot.waitUntil(lambda: model.state.wrong_label is None)


def test_a_frame_of_plastic_asks_for_the_mark_on_a_part_of_metal_too(model, seat, qtbot):
    model.bring(seat.register("KB1"))
    reach(model, qtbot, Stage.READY)
    assert model.state.also is None
    model.bring(seat.register("KB2", frame="polymer"))
    qtbot.waitUntil(lambda: model.state.weapon.serial == "KB2")
    assert model.state.also is not None


def test_the_books_are_tidied_while_a_hand_reaches_for_the_scanner(model, seat, qtbot, monkeypatch):
    tidied = []
    monkeypatch.setattr(
        type(seat.stockpile.books), "tidy", lambda _books: tidied.append(model.state.stage)
    )
    marked(model, qtbot, seat.register("KB1"))
    assert tidied == []
    qtbot.waitUntil(lambda: tidied == [Stage.READ_BACK])


def test_what_names_no_weapon_is_said_and_changes_nothing(model, qtbot):
    with qtbot.waitSignal(model.unnamed) as said:
        model.bring("nothing")
    assert isinstance(said.args[0], WeaponUnknown)
    assert model.state.stage is Stage.SCAN


def test_a_weapon_is_marked_read_back_and_verified(model, machine, seat, qtbot):
    weapon = seat.register("KB1")
    with qtbot.waitSignal(model.previewed) as drawn:
        model.bring(weapon)
    reach(model, qtbot, Stage.READY)
    text = model.state.text
    assert drawn.args[0].text == text
    model.mark()
    reach(model, qtbot, Stage.READ_BACK)
    assert (model.state.text, model.state.machine) == (text, "bench")
    qtbot.waitUntil(lambda: len(model.bench.to_settle) == 1)
    model.read_back(text, "scan")
    reach(model, qtbot, Stage.VERIFIED)
    qtbot.waitUntil(lambda: model.bench.to_settle == ())
    assert [line.job.state for line in model.bench.last] == ["verified"]
    assert seat.session.settings.machine == "bench"


def test_pressed_twice_it_is_started_once(model, machine, seat, qtbot):
    weapon = seat.register("KB1")
    model.bring(weapon)
    reach(model, qtbot, Stage.READY)
    model.mark()
    assert model.state.stage is Stage.MARKING
    model.mark()
    model.clear()
    model.bring(weapon)
    assert model.state.stage is Stage.MARKING
    reach(model, qtbot, Stage.READ_BACK)
    model.mark()
    jobs = seat.on_books(seat.stockpile.marking.jobs)
    assert len(jobs) == 1


def test_a_mark_that_reads_otherwise_is_wrong_until_a_person_has_looked(model, seat, qtbot):
    weapon = seat.register("KB1")
    marked(model, qtbot, weapon)
    model.read_back("UG 26 999999", "scan")
    reach(model, qtbot, Stage.WRONG)
    assert model.state.why == "UG 26 999999"
    model.settle(Settled("marked", "The scanner misread it.", model.state.text))
    reach(model, qtbot, Stage.BORNE)


def test_a_machine_stopped_in_the_middle_is_in_doubt_and_is_settled(model, machine, seat, qtbot):
    machine.order("fault", "estop-mid")
    weapon = seat.register("KB1")
    marked(model, qtbot, weapon, Stage.DOUBT)
    qtbot.waitUntil(lambda: len(model.bench.to_settle) == 1)
    model.mark()
    assert model.state.stage is Stage.DOUBT
    model.settle(Settled("partial", "Half of the digits are there.", "UG 26"))
    qtbot.waitUntil(lambda: model.bench.to_settle == ())
    reach(model, qtbot, Stage.READY)
    assert model.state.text != ""


def test_a_program_started_anew_shows_what_is_in_doubt(model, machine, seat, qtbot):
    machine.order("fault", "estop-mid")
    weapon = seat.register("KB1")
    marked(model, qtbot, weapon, Stage.DOUBT)
    again = MarkingModel(*seat.made_with, OrderModel(*seat.made_with))
    again.start()
    reach(again, qtbot, Stage.DOUBT)
    assert again.state.weapon.id == weapon
    again.clear()
    again.start()
    qtbot.waitUntil(lambda: len(again.bench.to_settle) == 1)
    assert again.state.stage is Stage.SCAN  # once is enough: other machines go on


def test_what_the_machine_refused_was_not_marked_and_may_be_tried_again(
    model, machine, seat, qtbot
):
    machine.order("fault", "refuse@1")
    weapon = seat.register("KB1")
    marked(model, qtbot, weapon, Stage.NOT_STARTED)
    assert model.state.why
    model.mark()
    reach(model, qtbot, Stage.READ_BACK)


def test_a_weapon_that_bears_its_mark_is_not_marked_again(model, seat, qtbot):
    weapon = seat.register("KB1")
    marked(model, qtbot, weapon)
    model.read_back(model.state.text, "typed")
    reach(model, qtbot, Stage.VERIFIED)
    model.clear()
    model.bring(weapon)
    reach(model, qtbot, Stage.BORNE)
    model.mark()
    assert model.state.stage is Stage.BORNE


def test_for_an_officer_without_the_right_nothing_begins(model, seat, qtbot):
    weapon = seat.register("KB1")
    seat.sit_down("Clerk", "clerk")
    assert not model.may_mark
    model.bring(weapon)
    reach(model, qtbot, Stage.READY)
    model.mark()
    assert model.state.stage is Stage.READY
    assert seat.on_books(seat.stockpile.marking.jobs) == ()


def test_a_mark_that_cannot_be_read_gets_other_light_and_then_eyes(model, seat, qtbot):
    marked(model, qtbot, seat.register("KB1"))
    text = model.state.text
    model.unreadable()
    reach(model, qtbot, Stage.UNREADABLE)
    model.unreadable()
    reach(model, qtbot, Stage.BLIND)
    model.unreadable()
    model.read_back(text.lower(), "typed")
    reach(model, qtbot, Stage.VERIFIED)


def test_a_label_is_no_mark_and_changes_nothing(model, seat, qtbot):
    weapon = seat.register("KB1")
    marked(model, qtbot, weapon)
    before = seat.on_books(seat.stockpile.books.tip)
    model.read_back(model.state.weapon.number, "scan")
    reach(model, qtbot, Stage.LABEL)
    assert seat.on_books(seat.stockpile.books.tip) == before
    model.read_back(model.state.text, "scan")
    reach(model, qtbot, Stage.VERIFIED)


def test_the_mark_of_another_weapon_raises_the_alarm_on_both(model, seat, qtbot):
    first, second = seat.register("KB1"), seat.register("KB2")
    marked(model, qtbot, first)
    text = model.state.text
    model.read_back(text, "scan")
    reach(model, qtbot, Stage.VERIFIED)
    marked(model, qtbot, second)
    model.read_back(text, "scan")
    reach(model, qtbot, Stage.ANOTHERS)
    assert model.state.other.id == first
    cases = seat.on_books(seat.stockpile.investigations.open_ones)
    assert {one.investigation.opened.weapon for one in cases} == {first, second}


def test_a_weapon_reported_lost_is_never_at_the_bench_to_be_marked(model, seat, qtbot, monkeypatch):
    weapon = seat.register("KB1")
    real = seat.stockpile.scanning.read
    monkeypatch.setattr(
        type(seat.stockpile.scanning), "read", lambda _self, text: replace(real(text), alarm="lost")
    )
    model.bring("KB1")
    reach(model, qtbot, Stage.LOST)
    assert model.state.weapon.id == weapon
    assert not model.may_start


def test_an_order_in_hand_says_what_is_outside_it_and_what_is_set_aside(model, orders, seat, qtbot):
    first, second, other = (seat.register(f"KB{n}") for n in range(3))
    service, by = seat.stockpile.marking_orders, seat.session.officer
    seat.write(lambda: (service.open("", [first, second], MOSAIC_IMPORT, by=by), None))
    orders.start()
    qtbot.waitUntil(lambda: bool(orders.orders))
    orders.take(orders.orders[0])
    qtbot.waitUntil(lambda: orders.in_hand is not None)
    model.bring(other)
    reach(model, qtbot, Stage.OUTSIDE)
    assert not model.may_start
    model.mark_outside()
    assert model.may_start
    orders.set_aside(first, "The receiver is cracked.", problem=True)
    qtbot.waitUntil(lambda: orders.in_hand.state.aside == 1)
    model.bring(first)
    reach(model, qtbot, Stage.ASIDE)
    assert model.state.why == "The receiver is cracked."
    model.bring_back()
    reach(model, qtbot, Stage.READY)
    marked(model, qtbot, second)
    job = seat.on_books(seat.stockpile.marking.jobs)[0]
    assert job.order == orders.order.id


def test_a_machine_is_used_for_what_it_was_set_up_for(model, seat, qtbot):
    weapon = seat.register("KB1")
    model.bring(weapon)
    reach(model, qtbot, Stage.READY)
    model.set_up("bench", Setup(component="barrel", position="left", reason="state_stock"), "F13")
    assert seat.session.settings.pedal == "F13"
    reach(model, qtbot, Stage.READY)
    model.mark()
    reach(model, qtbot, Stage.READ_BACK)
    applied = seat.on_books(lambda: seat.stockpile.books.weapon(weapon)).applied[-1]
    assert (applied.component, applied.position) == ("barrel", "left")
