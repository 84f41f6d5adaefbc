"""The rooms beside the plan: every place that others stand in, each with how much is in it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from stockpile.domain.places import Branch, PlaceKind
from stockpile.domain.values import PlaceId
from stockpile.language import _, isolated
from ui.theme import Text
from ui.widgets.arrange import STRETCH, Share, boxed, clear, column, row, scrolled
from ui.widgets.card import Card, Ground
from ui.widgets.nav_row import NavRow
from ui.widgets.text import Label

ICONS: Final[dict[PlaceKind, str]] = {
    "site": "warehouse", "building": "building", "room": "layout-dashboard", "rack": "rows-3",
    "slot": "minus", "crate": "package", "vehicle": "truck",
}  # fmt: skip
_STEP: Final = 14
_ROOMS: Final = frozenset({"site", "building", "room"})


class PlacesTree(Card):
    """Rooms and what is in them.

    Signals:
        chosen: a room is wanted on the plan: its id.
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        self._slot: QVBoxLayout = column(gap=2)
        self._rows: dict[PlaceId, NavRow] = {}
        self._shape: list[tuple[PlaceId, str, int]] = []
        inner = boxed(column(self._slot, STRETCH, gap=0))
        whole = column(Label(_("Rooms"), Text.HEADING), Share(scrolled(inner)), gap=8)
        super().__init__(whole, Ground.CARD, margins=(10, 12, 6, 8))
        self.setFixedWidth(232)

    @property
    def rows(self) -> dict[PlaceId, NavRow]:
        """Return the row of each room."""
        return self._rows

    def show_places(self, tree: Sequence[Branch], room: PlaceId | None) -> None:
        """Show the rooms; rows are made anew only where a room came, went or has another name."""
        listed = [
            (branch, depth)
            for branch, depth in _levels(tree, 0)
            if branch.branches or branch.place.kind in _ROOMS
        ]
        shape = [(one.place.id, one.place.name, depth) for one, depth in listed]
        if shape != self._shape:
            self._shape = shape
            self._make(listed)
        for branch, _depth in listed:
            line = self._rows[branch.place.id]
            line.set_counter(QLocale().toString(branch.total))
            line.setChecked(branch.place.id == room)

    def _make(self, listed: Sequence[tuple[Branch, int]]) -> None:
        clear(self._slot)
        self._rows = {}
        for branch, depth in listed:
            place = branch.place
            line = NavRow(ICONS[place.kind], isolated(place.name), place.name)
            line.clicked.connect(partial(self._choose, place.id))
            self._rows[place.id] = line
            indented: QWidget = boxed(row(_STEP * depth, Share(line), gap=0))
            self._slot.addWidget(indented)

    def _choose(self, place: PlaceId) -> None:
        self._rows[place].setChecked(True)  # a second press does not let go of it
        self.chosen.emit(place)


def _levels(tree: Sequence[Branch], depth: int) -> list[tuple[Branch, int]]:
    found: list[tuple[Branch, int]] = []
    for one in tree:
        found += [(one, depth), *_levels(one.branches, depth + 1)]
    return found
