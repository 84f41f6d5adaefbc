"""A short table: words wrap, identifiers keep their order, each cell is told with its column."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint

from tests.helpers.readable import displayed, faults
from ui.theme import Tone
from ui.widgets.chip import Chip
from ui.widgets.detail_table import Cell, DetailTable
from ui.widgets.picture import Picture
from ui.widgets.text import Identifier, Label

ORIGIN = QPoint(0, 0)
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


def test_what_speaks_against_a_cell_stands_beneath_it_with_a_sign(light, qtbot):
    table = DetailTable(("Since", "Place"), (3, 4))
    table.show_rows([[Cell("2026-11-28 10:00", warning="clock in doubt"), Cell("Rack 1")]])
    displayed(table, qtbot, 300, 120)
    assert faults(table) == []
    said = {one.text(): one for one in table.findChildren(Label) if one.isVisible()}
    assert said["clock in doubt"].mapTo(table, ORIGIN).y() > (
        said["2026-11-28 10:00"].mapTo(table, ORIGIN).y()
    )
    assert len(table.findChildren(Picture)) == 1
