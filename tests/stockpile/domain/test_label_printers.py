"""The printers of this computer: what is kept comes back, and nonsense is forgotten."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockpile.domain.errors import FieldMissing, FieldUnreadable, PrinterUnknown
from stockpile.domain.label_printers import (
    LabelPrinter,
    demand_printer,
    keep_printers,
    kept_printers,
    printer_named,
    with_printer,
    without_printer,
)

ZEBRA = LabelPrinter("Zebra", "zpl", "socket://10.0.0.7:9100", "roll-58x40")
DESK = LabelPrinter("desk", "tspl", "/dev/ttyUSB0", "roll-80x50", 300, "Ours", mute=True)


def test_printers_come_back_as_they_were_kept():
    assert kept_printers(keep_printers([ZEBRA, DESK])) == (DESK, ZEBRA)
    assert keep_printers([]) == ""
    assert kept_printers("") == ()


def test_a_printer_replaces_the_one_of_its_name():
    other = replace(ZEBRA, name="zebra", stock="roll-80x50")
    assert with_printer([DESK, ZEBRA], other) == (DESK, other)
    assert without_printer([DESK, ZEBRA], " ZEBRA ") == (DESK,)


def test_a_printer_is_found_by_its_name():
    assert printer_named("DESK", [ZEBRA, DESK]) == DESK
    with pytest.raises(PrinterUnknown):
        printer_named("other", [ZEBRA])


@pytest.mark.parametrize("field", ["name", "url", "stock"])
def test_what_is_missing_is_said(field: str):
    with pytest.raises(FieldMissing) as raised:
        demand_printer(replace(ZEBRA, **{field: "  "}))
    assert raised.value.field == field


@pytest.mark.parametrize(("field", "value"), [("kind", "epl"), ("dots_per_inch", 96)])
def test_what_no_printer_has_is_refused(field: str, value: object):
    with pytest.raises(FieldUnreadable):
        demand_printer(replace(ZEBRA, **{field: value}))  # type: ignore[arg-type]


@given(st.text(max_size=60) | st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["name", "kind", "url", "stock", "mute"]), inner, max_size=5),
    max_leaves=8,
).map(json.dumps))  # fmt: skip
def test_nonsense_is_forgotten(kept: str):
    assert all(one.kind in ("zpl", "tspl", "escpos") for one in kept_printers(kept))
