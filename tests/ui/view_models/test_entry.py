"""Each Enter is one weapon on record, in the order of the Enters; none is lost."""

from __future__ import annotations

from functools import partial

import pytest

from stockpile.domain.errors import FieldMissing, FieldUnreadable
from stockpile.domain.receiving import Description
from stockpile.services.ports import RegisterFilter
from tests.helpers.house import PIN
from ui.view_models.entry import EntryModel, differing


@pytest.fixture
def model(seat):
    return EntryModel(*seat.made_with)


@pytest.fixture
def rack(seat):
    return seat.open_place("Rack 01")


def said(serial, **more):
    return Description(type="ASR", model="AKM", serial=serial, **more)


def serials_on_record(seat):
    page = partial(seat.stockpile.register.page, "recorded", 0, 128, RegisterFilter())
    return [row.serial for row in seat.on_books(page)]


def test_forty_quick_submissions_are_all_saved_in_their_order(model, seat, rack, qtbot):
    typed = [f"KB{number:07d}" for number in range(40)]
    for serial in typed:
        model.submit(said(serial), rack)
    assert model.waiting == 40
    qtbot.waitUntil(lambda: model.waiting == 0, timeout=20_000)
    assert [line.said.serial for line in model.lines] == typed
    assert [line.state for line in model.lines] == ["saved"] * 40
    assert serials_on_record(seat) == typed
    assert model.saved_count == 40


def test_what_was_submitted_is_written_also_when_the_desk_closes_at_once(model, seat, rack):
    for number in range(5):
        model.submit(said(f"KB{number}"), rack)
    assert len(serials_on_record(seat)) == 5  # asked behind them on the same lane


def test_a_refused_weapon_keeps_its_text_and_its_reason_and_the_next_is_saved(
    model, seat, rack, qtbot
):
    model.submit(said("KB1", year="1"), rack)
    model.submit(said("KB2", year="1974"), rack)
    qtbot.waitUntil(lambda: model.waiting == 0)
    first, second = model.lines
    assert first.state == "refused"
    assert first.error.field == "year"
    assert first.said.serial == "KB1"
    assert second.state == "saved"
    assert serials_on_record(seat) == ["KB2"]


@pytest.mark.parametrize(
    ("serial", "with_place", "field"), [("", True, "serial"), ("KB1", False, "place")]
)
def test_what_cannot_be_meant_is_refused_before_the_core_is_asked(
    model, seat, rack, serial, with_place, field
):
    line = model.submit(said(serial), rack if with_place else None)
    assert line.state == "refused"
    assert line.error.details() == FieldMissing(field).details()
    assert serials_on_record(seat) == []


def test_a_saved_line_warns_of_what_was_on_record_before_it(model, seat, rack, qtbot):
    before = seat.register("KB4471902", rack)
    model.submit(said("KB44719O2"), rack)
    qtbot.waitUntil(lambda: model.waiting == 0)
    (line,) = model.lines
    assert [hit.row.id for hit in line.alike] == [before]
    assert line.weapon != before


def test_look_alikes_come_while_typing_and_go_with_the_text(model, seat, rack, qtbot):
    weapon = seat.register("KB4471902", rack)
    seen = []
    model.alike.connect(lambda text, hits: seen.append((text, [hit.row.id for hit in hits])))
    for length in range(1, 10):
        model.look("KB4471902"[:length])
    qtbot.waitUntil(lambda: bool(seen) and seen[-1] == ("KB4471902", [weapon]))
    model.look("K")
    assert seen[-1] == ("K", [])


def test_the_pace_is_that_of_the_last_weapons(model, rack, qtbot):
    assert model.pace is None
    for number in range(3):
        model.submit(said(f"KB{number}"), rack)
    qtbot.waitUntil(lambda: model.waiting == 0)
    assert model.pace is not None
    assert len(model.gaps) == 2
    assert sum(model.gaps) / 2 == pytest.approx(model.pace)


def test_the_fields_are_offered_places_and_the_models_of_late(model, seat, rack, qtbot):
    seat.register("KB1", rack, model="AKM")
    seat.register("KB2", rack, model="AKM", make="Tula")
    offered = []
    model.offered.connect(offered.append)
    model.start()
    qtbot.waitUntil(lambda: bool(offered))
    assert rack in offered[-1].places
    assert [(one.model, one.make) for one in offered[-1].patterns] == [("AKM", "Tula")]


def test_a_place_opened_elsewhere_is_offered_at_once(model, seat, qtbot):
    offered = []
    model.offered.connect(offered.append)
    rack = seat.open_place("Rack 77")
    qtbot.waitUntil(lambda: bool(offered) and rack in offered[-1].places)


def test_a_role_without_the_right_is_known_before_anyone_tries(model, seat):
    assert model.may_register
    seat.sit_down("O. Auditor", "auditor")
    assert not model.may_register


@pytest.mark.parametrize(
    ("typed", "found", "marks"),
    [
        ("KB4471902", "KB4471902", "........."),
        ("KB4471902", "KB44719O2", ".......x."),
        ("KB4471902", "KB 4471902", "..x......."),
        ("kb4471902", "KB4471902", "........."),
        ("", "KB1", "xxx"),
    ],
)
def test_the_characters_that_differ_are_told(typed, found, marks):
    assert "".join("x" if one else "." for one in differing(typed, found)) == marks


def test_a_year_that_is_none_is_named_as_typed(model, rack, qtbot):
    model.submit(said("KB1", year="12"), rack)
    qtbot.waitUntil(lambda: model.waiting == 0)
    assert model.lines[0].error.details() == FieldUnreadable("year", "12").details()


def test_undo_of_a_weapon_that_is_being_saved_withdraws_it_as_soon_as_it_is(model, rack, qtbot):
    model.submit(said("KB1"), rack)
    model.submit(said("KB2"), rack)
    assert model.undo().said.serial == "KB2"
    qtbot.waitUntil(lambda: [line.state for line in model.lines] == ["saved", "withdrawn"])
    assert model.saved_count == 1
    assert model.undo().said.serial == "KB1"
    qtbot.waitUntil(lambda: model.saved_count == 0)
    assert model.undo() is None


def test_several_are_one_act_all_or_none_and_withdrawn_together(model, seat, rack, qtbot):
    line = model.submit_several([said(f"KB{n}") for n in range(20)], rack, warned=2)
    assert (line.last, line.count, line.warned) == ("KB19", 20, 2)
    refused = model.submit_several([said("ZZ1"), said("ZZ2", year="1")], rack)
    qtbot.waitUntil(lambda: model.waiting == 0)
    assert model.lines[0].state == "saved"
    assert model.lines[refused.number - 1].state == "refused"
    assert len(serials_on_record(seat)) == 20
    model.undo()
    qtbot.waitUntil(lambda: model.lines[0].state == "withdrawn")
    assert serials_on_record(seat) == []


def test_a_second_reading_is_shown_at_its_line(model, seat, rack, qtbot):
    model.submit(said("KB1"), rack)
    qtbot.waitUntil(lambda: model.waiting == 0)
    people, by = seat.stockpile.people, seat.session.officer
    seat.on_books(partial(people.appoint, "E. Auma", ("clerk",), PIN, by=by))
    second = seat.on_books(partial(people.sign_in, "E. Auma", PIN))
    weapon, read_back = model.lines[0].weapon, seat.stockpile.receiving.read_back
    for read, reading in (("KB7", "differs"), ("KB1", "agreed")):
        act = partial(read_back, weapon, read, by=second)
        seat.write(lambda act=act: (act(), None))
        assert model.lines[0].reading == reading


def test_what_was_said_in_a_place_is_kept_by_the_settings(model, seat, rack):
    model.remember(rack, said("", year="1974"))
    assert EntryModel(*seat.made_with).headers.of(rack.id).year == "1974"
    assert model.headers.last == rack.id
