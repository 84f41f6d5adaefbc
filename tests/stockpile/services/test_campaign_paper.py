from __future__ import annotations

from stockpile.domain.campaigns import Means, Pace, plan
from stockpile.language import plain
from stockpile.services.campaign_paper import (
    Sheet,
    campaign_sheet,
    forecast_rows,
    numbers_sentence,
    pace_sentence,
)
from stockpile.services.documents import Table
from stockpile.services.weapon_files import Printing

PACE = Pace(20, 12, 300, 15.0, 0.02)


def told(**means: float) -> Sheet:
    have = Means(**means)  # type: ignore[arg-type]
    return Sheet(plan(1000, PACE, have, 500), PACE, have, "2027-01-11", "2027-02-01", "2027-03-01")


def test_fuel_and_pins_are_rows_only_where_they_are_used_up():
    assert not any("Fuel" in name for name, *_ in forecast_rows(told()))
    rows = {name: usual for name, usual, _slow in forecast_rows(told(litres=2, pin_life=400))}
    assert plain(rows["Pins or styluses"]) == "3"
    assert rows["Last day"] == "2027-02-01"


def test_missing_numbers_and_a_guessed_pace_are_said_in_words():
    assert "521" in numbers_sentence(told().plan)
    assert "There are enough." in numbers_sentence(plan(10, PACE, Means(), 500))
    assert "measured" in pace_sentence(PACE)
    assert "assumed" in pace_sentence(Pace(12, 6, 0, 0, 0))


def test_the_sheet_has_a_table_of_both_paces():
    paper = campaign_sheet(told(), Printing("Sgt. A", 1_790_000_000_000, 120, 7, "ab" * 32))
    (table,) = [block for block in paper.blocks if isinstance(block, Table)]
    assert len(table.columns) == 3
    assert paper.code == "MC-7"
