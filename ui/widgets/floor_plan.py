# ruff: noqa: N802 — Qt names what is overridden
"""A room seen from above: its racks as tiles where they stand, each filled as full as it is.

Arrow keys walk from tile to tile, Enter opens one, Ctrl with an arrow moves it on the plan.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QGridLayout,
    QScrollArea,
    QSizePolicy,
    QWidget,
)

from stockpile.language import plain
from ui.theme import Radius, Space, Text, Tone, colour, font, paint_icon, style_font, tokens
from ui.widgets.arrange import clear, is_mirrored
from ui.widgets.drawing import facing, rounded, smooth, words
from ui.widgets.ring import KeyRing

_WIDTH, _WIDEST, _HEIGHT = 128, 168, 92
_EDGE = 2
_PAD, _ICON, _BAR = 10, 16, 6
_SCROLL_BAR = 14
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_WAYS: Final = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


@dataclass(frozen=True, slots=True)
class Tile:
    """A place on the plan: what it is called, how much is in it, and what is amiss.

    ``share`` is how full it is, from 0 to 1 and above, negative where nobody said what fits.
    ``is_now`` marks the one that scans go to.
    """

    key: str
    name: str
    icon: str
    figure: str
    said: str
    share: float
    tone: Tone
    across: int
    down: int
    is_now: bool = False

    @property
    def spoken(self) -> str:
        """Return the tile as it is read aloud."""
        return plain(". ".join(part for part in (self.name, self.figure, self.said) if part))


class FloorPlan(QScrollArea):
    """The tiles of one room.

    Signals:
        chosen: the cursor came to a tile: its key.
        opened: Enter, or a double press: the key.
        moved: the tile is to stand on another field: its key, across and down from 1.
    """

    chosen = Signal(str)
    opened = Signal(str)
    moved = Signal(str, int, int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tiles: dict[str, _Tile] = {}
        self._current = ""
        self._ground = QWidget()
        self._ground.setProperty("surface", "none")
        self._grid = QGridLayout(self._ground)
        self._grid.setContentsMargins(_EDGE, _EDGE, _EDGE, _EDGE)
        self._grid.setSpacing(Space.S)
        self.setWidget(self._ground)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self._ground.setAutoFillBackground(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(plain(name))

    @property
    def tiles(self) -> tuple[Tile, ...]:
        """Return what is shown."""
        return tuple(one.tile for one in self._tiles.values())

    @property
    def current(self) -> str:
        """Return the key of the tile with the cursor; nothing without one."""
        return self._current

    @property
    def fields_across(self) -> int:
        """Return how many tiles stand side by side, the room for a scroll bar left free."""
        return max(1, (self._room_across + Space.S) // (_WIDTH + Space.S))

    @property
    def _room_across(self) -> int:
        return self.width() - _SCROLL_BAR - 2 * _EDGE

    def show_tiles(self, tiles: Sequence[Tile]) -> None:
        """Show other tiles; those that stay are drawn anew only where they changed."""
        stand = [(one.key, one.across, one.down) for one in tiles]
        if stand != [(key, one.tile.across, one.tile.down) for key, one in self._tiles.items()]:
            self._lay_out(tiles)
        for tile in tiles:
            self._tiles[tile.key].show_tile(tile)

    def choose(self, key: str) -> None:
        """Put the cursor on a tile and bring it in sight; an unknown one changes nothing."""
        if key not in self._tiles:
            return
        self._current = key
        for name, one in self._tiles.items():
            one.setFocusPolicy(
                Qt.FocusPolicy.StrongFocus if name == key else Qt.FocusPolicy.ClickFocus
            )
        self.ensureWidgetVisible(self._tiles[key])

    def focus_tile(self) -> None:
        """Give the tile with the cursor the keys."""
        if self._current in self._tiles:
            self._tiles[self._current].setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the tiles share the new width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        fields = self.fields_across
        width = (self._room_across - (fields - 1) * Space.S) // fields
        for one in self._tiles.values():
            one.setFixedWidth(min(max(width, _WIDTH), _WIDEST))

    def sizeHint(self) -> QSize:
        """Return the room for a small plan; what is larger scrolls."""
        return QSize(3 * _WIDTH, 2 * _HEIGHT)

    # --- for its tiles ----------------------------------------------------------------------

    def walk(self, key: Qt.Key, *, carry: bool) -> None:
        """Go to the next tile in a direction, or carry this one a field that way."""
        across, down = _WAYS[key]
        if is_mirrored():
            across = -across
        now = self._tiles[self._current].tile
        if carry:
            field = (now.across + across, now.down + down)
            if min(field) >= 1:
                self.moved.emit(now.key, *field)
            return
        found = _nearest(now, [one.tile for one in self._tiles.values()], across, down)
        if found is not None:
            self.choose(found.key)
            self.focus_tile()

    def took(self, key: str) -> None:
        """Note that a tile got the keys."""
        if self._current != key:
            self.choose(key)
        self.chosen.emit(key)

    def _lay_out(self, tiles: Sequence[Tile]) -> None:
        focused = any(one.hasFocus() for one in self._tiles.values())
        clear(self._grid)
        self._tiles = {one.key: _Tile(self, one) for one in tiles}
        for line in range(self._grid.rowCount()):
            self._grid.setRowStretch(line, 0)
        for field in range(self._grid.columnCount()):
            self._grid.setColumnStretch(field, 0)
        for one in self._tiles.values():
            self._grid.addWidget(one, one.tile.down - 1, one.tile.across - 1)
        self._fit()
        self._grid.setRowStretch(self._grid.rowCount(), 1)
        self._grid.setColumnStretch(self._grid.columnCount(), 1)
        self.choose(self._current if self._current in self._tiles else next(iter(self._tiles), ""))
        if focused:
            self.focus_tile()


class _Tile(KeyRing, QAbstractButton):
    """One place."""

    def __init__(self, plan: FloorPlan, tile: Tile) -> None:
        super().__init__()
        self.tile = tile
        self._plan = plan
        self.setFixedSize(_WIDTH, _HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(lambda: plan.opened.emit(tile.key))

    def show_tile(self, tile: Tile) -> None:
        """Show it as it is now."""
        self.tile = tile
        self.setAccessibleName(tile.spoken)
        self.setToolTip(tile.spoken)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk, carry, open; letters are not for the plan: a scanner types them."""
        key, modifiers = Qt.Key(event.key()), event.modifiers()
        if key in _WAYS:
            self._plan.walk(key, carry=bool(modifiers & Qt.KeyboardModifier.ControlModifier))
        elif key in _ENTER:
            self._plan.opened.emit(self.tile.key)
        else:
            event.ignore()

    def focusInEvent(self, event: object) -> None:
        """Tell that the cursor is here."""
        super().focusInEvent(event)  # type: ignore[arg-type]  # Qt's own event
        self._plan.took(self.tile.key)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the name, the figure, what is amiss, and how full it is."""
        del event
        painter, now, tile = smooth(self), tokens(), self.tile
        place = QRectF(self.rect())
        loud = tile.tone not in (Tone.GREY, Tone.OK, Tone.INFO)
        ground = tile.tone.fill(now) if loud else now.hover if self.underMouse() else now.surface
        edge = now.accent if tile.is_now else colour(tile.tone.ink).name() if loud else now.border
        if self.ringed:
            edge = now.focus
        rounded(painter, place, Radius.CARD, ground, edge, 2 if tile.is_now or self.ringed else 1)
        inner = self.rect().adjusted(_PAD, _PAD - 2, -_PAD, -_PAD)
        sign = QRect(inner.right() - _ICON + 1, inner.top() + 1, _ICON, _ICON)
        icon = "scan-barcode" if tile.is_now else tile.icon
        ink = now.accent if tile.is_now else now.text3
        paint_icon(painter, QRectF(facing(self, sign)), icon, ink)
        name = QRect(inner.left(), inner.top(), inner.width() - _ICON - 4, 18)
        words(painter, facing(self, name), tile.name, style_font(Text.HEADING), now.text)
        self._paint_figures(painter, inner)
        bar = QRect(inner.left(), inner.bottom() - _BAR + 1, inner.width(), _BAR)
        self._paint_bar(painter, bar)

    def _paint_figures(self, painter: QPainter, inner: QRect) -> None:
        now, tile = tokens(), self.tile
        figure = QRect(inner.left(), inner.top() + 21, inner.width(), 20)
        words(painter, facing(self, figure), tile.figure, font(15, 600), now.text)
        said = QRect(inner.left(), inner.top() + 43, inner.width(), 16)
        ink = colour(tile.tone.ink).name() if tile.tone is not Tone.OK else now.text2
        words(painter, facing(self, said), tile.said, style_font(Text.SECONDARY), ink)

    def _paint_bar(self, painter: QPainter, bar: QRect) -> None:
        now, tile = tokens(), self.tile
        if tile.share < 0:
            return
        rounded(painter, QRectF(bar), _BAR / 2, now.grid)
        width = round(bar.width() * min(1.0, tile.share))
        if width:
            filled = QRect(bar.left(), bar.top(), max(_BAR, width), _BAR)
            ink = now.bad if tile.share > 1 else now.chart2
            rounded(painter, QRectF(facing(self, filled)), _BAR / 2, ink)


def _nearest(now: Tile, among: Sequence[Tile], across: int, down: int) -> Tile | None:
    """Return the next tile that way: on the same line first, else the nearest line."""

    def away(one: Tile) -> tuple[int, int]:
        x, y = one.across - now.across, one.down - now.down
        return (abs(y), abs(x)) if across else (abs(x), abs(y))

    ahead = [
        one
        for one in among
        if (one.across - now.across) * across + (one.down - now.down) * down > 0
    ]
    return min(ahead, key=away, default=None)
