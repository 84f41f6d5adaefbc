# ruff: noqa: N802 — Qt names what is overridden
"""A sheet that was filled by hand: its rows in the same order, ticked by Space or Enter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QDateTime, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QWidget

from stockpile.domain.values import Instant, PlaceId
from stockpile.language import _, isolated, ngettext
from stockpile.services.count_pages import PaperRow
from stockpile.services.counting import Reading
from ui.pages.counting_words import figure
from ui.pages.standing import joined, model_or_type
from ui.theme import Ink, Space
from ui.view_models.counting_shown import Rack
from ui.widgets.arrange import STRETCH, Share, boxed, column, row
from ui.widgets.button import Button, Kind
from ui.widgets.field import Choice, ChoiceField, Field, State
from ui.widgets.keycap import Shortcut
from ui.widgets.line_list import LineList, LiveLine
from ui.widgets.text import card_title, secondary

_WIDTH, _HEIGHT = 720, 620
_WHEN: Final = "yyyy-MM-dd HH:mm"
_TICKS: Final = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
_TOP = Qt.AlignmentFlag.AlignTop


class TickList(LineList):
    """Rows that are ticked: Space or Enter ticks one and goes down.

    Signals:
        ticked: the key of a row.
    """

    ticked = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick and go down; arrow keys walk, as in any list."""
        if event.key() not in _TICKS or not self.current_key():
            super().keyPressEvent(event)
            return
        at = self.currentIndex().row()
        self.ticked.emit(self.current_key())
        self.setCurrentIndex(self.rows.index(min(at + 1, self.rows.rowCount() - 1)))


class SheetDialog(QDialog):
    """The sheet: when it was counted, the rows that are ticked, and what stands beside them.

    Signals:
        decided: the readings, in the order of the sheet.
    """

    decided = Signal(object)

    def __init__(
        self, rows: Sequence[PaperRow], places: Sequence[Rack], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._rows = {str(one.number): one for one in rows}
        self._seen: set[str] = set()
        self._extra: list[tuple[str, PlaceId]] = []
        self.setWindowTitle(_("Type a sheet in"))
        self.setModal(True)
        self.resize(_WIDTH, _HEIGHT)
        self.when = Field(_("Counted at"), hint=_("year-month-day hour:minute"), identifier=True)
        self.when.set_text(QDateTime.currentDateTime().toString(_WHEN))
        self.list = TickList(_("Rows of the sheet"))
        self.place = ChoiceField(
            _("Written beside it: in"), [Choice(one.place.id, isolated(one.path)) for one in places]
        )
        self.text = Field(_("Serial, mark or tag"), identifier=True)
        self._told = secondary("", wrap=True)
        self.cancel = Button(_("Cancel"), hint="Esc")
        self.take = Button(_("Take it in"), Kind.PRIMARY, "check", hint="F5")
        self._lay_out()
        self._listen()
        self._show()
        if self.list.lines:
            self.list.setCurrentIndex(self.list.rows.index(0))
        (self.list if self.list.lines else self.place).setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def readings(self) -> tuple[Reading, ...]:
        """Return what was ticked and written, with the one time of the sheet."""
        at = self._at() or 0
        ticked = (one for key, one in self._rows.items() if key in self._seen)
        rows = (Reading(one.row.number, one.place, at) for one in ticked)
        return (*rows, *(Reading(text, place, at) for text, place in self._extra))

    def accept(self) -> None:
        """Take the sheet in, when its time can be read."""
        if self._at() is None:
            self.when.show_state(State.BAD, _("Write it like 2026-11-28 09:30."))
            self.when.setFocus()
            return
        if self.readings:
            self.decided.emit(self.readings)
            super().accept()

    def _lay_out(self) -> None:
        edges = (Space.XXL, Space.XL, Space.XXL, Space.XL)
        explained = secondary(
            _("Go down the sheet: Space or Enter ticks a row that was ticked by hand."), wrap=True
        )
        hints = boxed(
            row(
                Shortcut("Space", _("seen")), Shortcut("↓", _("not seen")),
                Shortcut("F5", _("take it in")), gap=Space.L,
            )
        )  # fmt: skip
        extra = row(Share(self.place, 1, _TOP), Share(self.text, 1, _TOP), gap=Space.L)
        foot = row(hints, STRETCH, self.cancel, self.take)
        body = column(
            card_title(_("Type a sheet in")), explained, self.when, Share(self.list), extra,
            self._told, foot, gap=Space.M, margins=edges,
        )  # fmt: skip
        self.setLayout(body)
        self.list.setVisible(bool(self._rows))

    def _listen(self) -> None:
        self.list.ticked.connect(self._tick)
        self.list.doubleClicked.connect(lambda _index: self._tick(self.list.current_key()))
        self.text.submitted.connect(self._add)
        self.take.clicked.connect(self.accept)
        self.cancel.clicked.connect(self.reject)
        self.when.edited.connect(lambda _text: self.when.show_state(State.PLAIN))
        QShortcut(QKeySequence("F5"), self).activated.connect(self.accept)

    def _tick(self, key: str) -> None:
        self._seen ^= {key}
        self._show()

    def _add(self) -> None:
        """Take what was written beside the rows: where it is not said, in the place of the row."""
        text = self.text.text().strip()
        row_ = self._rows.get(self.list.current_key())
        place = self.place.value() or (row_.place if row_ else "")
        if not place:
            self.place.show_state(State.BAD, _("Choose the rack it stands in."))
            self.place.setFocus()
        elif text:
            self.place.show_state(State.PLAIN)
            self._extra.append((text, PlaceId(place)))
            self.text.set_text("")
            self._show()

    def _show(self) -> None:
        lines = [_line(one, seen=key in self._seen) for key, one in self._rows.items()]
        self.list.show_lines(lines)
        count = len(self.readings)
        words = ngettext("{count} row seen", "{count} rows seen", count)
        beside = ", ".join(isolated(text) for text, _place in self._extra)
        self._told.setText(joined(words.format(count=isolated(figure(count))), beside))
        self.take.setEnabled(bool(count))

    def _at(self) -> Instant | None:
        read = QDateTime.fromString(self.when.text().strip(), _WHEN)
        return read.toMSecsSinceEpoch() if read.isValid() else None


def _line(one: PaperRow, *, seen: bool) -> LiveLine:
    named = one.row.serial or one.row.mark or one.row.number
    icon, ink = ("square-check", Ink.OK) if seen else ("square", Ink.MUTED)
    said = joined(isolated(figure(one.number)), isolated(one.place_name))
    return LiveLine(str(one.number), named, said, isolated(model_or_type(one.row)), icon, ink)
