"""What is on record that looks like the serial being typed: to compare, never to stop."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from stockpile import wording
from stockpile.language import _, isolated, ngettext
from stockpile.services.ports import Hit
from ui.pages.standing import joined, model_or_type
from ui.theme import Ink, Text, Tone
from ui.view_models.entry import differing
from ui.widgets.arrange import Share, boxed, column, row
from ui.widgets.button import IconButton
from ui.widgets.card import Card, Ground
from ui.widgets.chip import Chip
from ui.widgets.compared import Compared
from ui.widgets.picture import Tile
from ui.widgets.text import Identifier, Label, ShortLabel, secondary

MOST = 3
"""The most look-alikes that are shown; of more only the number is told."""

_SMALL = 28
_CERTAIN = "serial"


class LookAlikes(Card):
    """The weapons whose serial is, or looks like, the one in the field.

    Signals:
        wanted: open one of them: its id.
    """

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        self._title = Label("", Text.HEADING, wrap=True)
        self._rows = QGridLayout()
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setHorizontalSpacing(14)
        self._rows.setVerticalSpacing(6)
        self._rows.setColumnStretch(2, 1)
        said = secondary(_("Compare before you decide; both can be right."), wrap=True)
        tile = Tile("package-search", Tone.WARN, 32, 18)
        head = row(tile, Share(column(self._title, said, gap=0)), gap=10)
        self._body = boxed(self._rows)
        super().__init__(
            column(head, self._body, gap=10), Ground.INSET, margins=(14, 12, 14, 12), parent=parent
        )
        self._hits: tuple[Hit, ...] = ()
        self.hide()

    @property
    def hits(self) -> tuple[Hit, ...]:
        """Return what is shown."""
        return self._hits

    def show_hits(self, typed: str, hits: Sequence[Hit]) -> None:
        """Show what looks like the text typed; nothing hides the card."""
        self._hits = tuple(hits[:MOST])
        self._clear()
        self._title.setText(_title(hits))
        for number, hit in enumerate(self._hits):
            self._add(number, typed, hit)
        self.setVisible(bool(hits))

    def _add(self, number: int, typed: str, hit: Hit) -> None:
        line = hit.row
        serial = Compared(line.serial, _marked(typed, hit))
        said = wording.reason_found(hit.reasons, hit.why)
        why = Chip(said, Tone.BAD if hit.why == _CERTAIN else Tone.WARN)
        known = joined(isolated(model_or_type(line)), isolated(line.calibre), isolated(line.place))
        mark = Identifier(line.mark or "", Text.IDENTIFIER_SMALL, Ink.SECONDARY)
        show = IconButton("eye", _("Open this weapon"), size=_SMALL)
        show.clicked.connect(partial(self.wanted.emit, line.id))
        parts = (serial, why, ShortLabel(known, Text.BODY, Ink.SECONDARY), mark, show)
        for place, part in enumerate(parts):
            self._rows.addWidget(part, number, place)
        self._rows.setAlignment(serial, Qt.AlignmentFlag.AlignLeft)  # mirrored by Qt itself

    def _clear(self) -> None:
        while self._rows.count():
            widget = self._rows.takeAt(0).widget()
            widget.hide()
            widget.deleteLater()


def _marked(typed: str, hit: Hit) -> tuple[bool, ...]:
    """Return which characters of the serial differ, as the search saw it where it says so."""
    serial = hit.row.serial
    if hit.mark != serial or (not hit.at and hit.why != _CERTAIN):
        return differing(typed, serial)
    return tuple(place in hit.at for place in range(len(serial)))


def _title(hits: Sequence[Hit]) -> str:
    count = len(hits)
    if any(hit.why == _CERTAIN for hit in hits):
        words = ngettext(
            "This serial, or one like it, is on record",
            "This serial, or one like it, is on record {count} times",
            count,
        )
    else:
        words = ngettext(
            "One weapon on record looks alike", "{count} weapons on record look alike", count
        )
    return words.format(count=count)
