"""A short table: words wrap, identifiers keep their order, each cell is told with its column."""

from __future__ import annotations

import pytest

from tests.helpers.readable import displayed, faults
from ui.theme import Tone
from ui.widgets.chip import Chip
from ui.widgets.detail_table import Cell, DetailTable
from ui.widgets.text import Identifier, Label

ROWS = [
    [Cell("Serial number"), Cell("KB 4471902", identifier=True), Cell("Clear", tone=Tone.OK)],
    [Cell("Proof mark, which is written at length"), Cell("10", identifier=True), Cell("")],
]


@pytest.fixture
def table(light, qtbot):
    table = DetailTable(("Kind", "Mark", "Legibility"), (2, 3, 3))
    table.show_rows(ROWS)
    displayed(table, qtbot, 420, 200)
    return table


def test_every_cell_is_read_whole_and_told_with_its_column(table):
    assert faults(table) == []
    names = {one.accessibleName() for one in table.findChildren(Label) if one.isVisible()}
    assert {"Kind: Serial number", "Mark: KB 4471902"} <= names
    assert [one.text for one in table.findChildren(Chip)] == ["Clear"]
    assert len(table.findChildren(Identifier)) == 2


def test_without_rows_it_goes_away(table):
    table.show_rows([])
    assert not table.isVisible()
    table.show_rows(ROWS[:1])
    assert table.isVisible()
