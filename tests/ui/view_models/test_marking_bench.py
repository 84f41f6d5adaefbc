"""What is around the weapon: schemes that can be used, numbers, the next text, the mark drawn."""

from __future__ import annotations

from dataclasses import replace

from stockpile.domain.errors import FieldMissing
from stockpile.domain.facts import Draft, MachineSet, SchemeSet, SchemeWord
from stockpile.domain.marking import MOSAIC_IMPORT
from stockpile.domain.values import SchemeId
from ui.view_models.marking_bench import Plan, bench, next_text, preview

PLAN = Plan("bench")
FORCE = SchemeId("FORCE_STOCK")


def set_up(house):
    marking, by = house.stockpile.marking, house.officer
    marking.set_machine(MachineSet("bench", "tl07", "pty:nowhere", "A.tml"), by=by)
    marking.set_machine(MachineSet("hand", "by_hand", ""), by=by)
    words = (SchemeWord("force", "POL", "Police"), SchemeWord("force", "UPDF", "Army"))
    body = SchemeSet("Force stock", "{force} {yy}", words=words)
    house.stockpile.books.record([Draft(FORCE, body)], by=by.id)


def test_the_bench_knows_machines_schemes_and_numbers(house):
    set_up(house)
    found = bench(house.stockpile, PLAN)
    assert [one.name for one in found.machines] == ["bench", "hand"]
    assert (found.tells_no_end("hand"), found.tells_no_end("bench")) == (True, False)
    assert found.machine("bench").layout == "A.tml"
    assert found.machine("none") is None
    assert FORCE in dict(found.schemes)
    assert (found.scheme.name, found.left, found.is_low) == ("MOSAIC import mark", 10_000, False)
    assert found.to_settle == found.last == ()


def test_a_scheme_that_is_no_longer_used_is_not_offered(house):
    set_up(house)
    books = house.stockpile.books
    known = books.reference(FORCE)
    retired = replace(known.now, retired=True)
    books.record([Draft(FORCE, retired, known.heads)], by=house.officer.id)
    assert FORCE not in dict(bench(house.stockpile, PLAN).schemes)


def test_a_text_is_made_for_the_weapon_or_it_is_said_why_not(house):
    set_up(house)
    weapon = house.register()
    text, error = next_text(house.stockpile, PLAN, weapon)
    assert (text[:3], error) == ("UG ", None)
    text, error = next_text(house.stockpile, replace(PLAN, scheme=FORCE), weapon)
    assert (text, type(error)) == ("", FieldMissing)


def test_the_mark_is_drawn_by_the_layout_of_its_machine(house):
    set_up(house)
    drawn = preview(house.stockpile, PLAN, "UG 26 000001")
    assert drawn.text == "UG 26 000001"
    assert drawn.laid_out.drawing.dots
    assert preview(house.stockpile, replace(PLAN, machine="none"), "UG") is None
    assert preview(house.stockpile, replace(PLAN, scheme=SchemeId("NONE")), "UG") is None


def test_a_bench_without_a_scheme_draws_no_numbers(house):
    found = bench(house.stockpile, Plan("", SchemeId("NONE")))
    assert (found.scheme, found.left, found.is_low, found.draws) == (None, 0, False, False)
    assert MOSAIC_IMPORT in dict(found.schemes)
