"""The columns of the register: all of them, those chosen, and how they are kept."""

from __future__ import annotations

from typing import get_args

import pytest

from stockpile.language import isolated, plain
from stockpile.services.ports import Order, RegisterRow
from stockpile.wording import Names
from ui.pages.weapon_columns import (
    USUAL,
    all_columns,
    found_columns,
    read,
    register_columns,
    written,
)
from ui.view_models.register import Listed

pytestmark = pytest.mark.usefixtures("light")


def line(number, **more):
    given = {
        "id": f"w{number:06d}", "number": f"N-{number}", "serial": f"KB{number:06d}", "mark": "",
        "type": "ASR", "make": "Izhmash", "model": "AKM", "calibre": "7.62x39 mm",
        "condition": "serviceable", "status": "in_store", "place": "Rack 01", "tag": "",
        "recorded_at": 0,
    }  # fmt: skip
    return Listed(RegisterRow(**(given | more)))


def test_numbers_and_marks_are_isolated_where_they_are_shown():
    row = line(1, mark="UG 0001", model="", type="ASR")
    serial, mark, model, *_rest = register_columns()
    assert serial.text(row) == isolated("KB000001")
    assert mark.text(row) == isolated("UG 0001")
    assert plain(model.text(row)) == "Assault rifle"
    assert isolated("7.62x39 mm") in model.second(row)


def test_only_orders_that_there_are_are_offered():
    offered = {column.sort_key for column in all_columns().values()} - {""}
    assert offered <= set(get_args(Order))
    assert not any(column.sort_key for column in found_columns())


def test_every_column_says_something_of_a_weapon():
    row = line(1, recorded_by="o1", recorded_at=1_790_000_000_000, document="ab" * 32)
    columns = all_columns(lambda: Names({"o1": "A. Clerk"}))
    assert plain(columns["officer"].text(row)) == "A. Clerk"
    assert plain(columns["recorded"].text(row)).startswith("2026-09-2")
    assert len(plain(columns["document"].text(row))) == 12
    assert all(column.code == code for code, column in columns.items())


def test_an_arrangement_is_kept_and_read():
    kept = [("make", 140), ("serial", 126)]
    assert read(written(kept)) == kept
    shown = register_columns([*kept, ("year", 3), ("gone", 50)])
    assert [(one.code, one.width) for one in shown] == [*kept, ("year", 64)]


@pytest.mark.parametrize("text", ["", "[]", "{", "[1]", '[["serial"]]', "null"])
def test_what_is_not_readable_is_the_usual(text):
    assert [one.code for one in register_columns(read(text))] == list(USUAL)
