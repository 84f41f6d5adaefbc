"""How the columns of a list were understood, and a way to say it better."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from stockpile.domain.headings import FIELDS
from stockpile.language import _, isolated
from stockpile.services.import_words import field_name, why_words
from ui.pages.standing import joined
from ui.theme import Space
from ui.view_models.importing import ColumnLine
from ui.widgets.arrange import STRETCH, Share, boxed, clear, column, scrolled
from ui.widgets.field import Choice, ChoiceField, State
from ui.widgets.progress import percent
from ui.widgets.text import card_title, secondary

_UNUSED = "-"
_AS_WRITTEN, _FILLED_UP = "as_written", "filled_up"


class ImportColumns(QWidget):
    """One field for each column of the list.

    Signals:
        told: a column means another field: its name, and the field or nothing.
        padded: serial numbers are filled up with zeros, or they are not.
    """

    told = Signal(str, str)
    padded = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._fields: list[ChoiceField] = []
        self._columns: tuple[ColumnLine, ...] = ()
        self._list: QVBoxLayout = column(gap=Space.M)
        self.padding = ChoiceField(
            _("Serial numbers"),
            [
                Choice(_AS_WRITTEN, _("As written")),
                Choice(_FILLED_UP, _("Filled with zeros to 11")),
            ],
        )
        self.padding.box.activated.connect(self._tell_padding)
        self.padding.hide()
        inner = boxed(
            column(
                self.padding, boxed(self._list), STRETCH, gap=Space.M, margins=(0, 0, Space.M, 0)
            )
        )
        said = secondary(
            _("Say it better where a guess is wrong; every row is judged again."), wrap=True
        )
        self.setLayout(
            column(
                card_title(_("What the columns mean")), said, Share(scrolled(inner)), gap=Space.S
            )
        )

    @property
    def fields(self) -> tuple[ChoiceField, ...]:
        """Return the fields, in the order of the columns."""
        return tuple(self._fields)

    def show_columns(self, columns: Sequence[ColumnLine]) -> None:
        """Show the columns; the same ones again keep the cursor where it is."""
        if [one.name for one in columns] != [one.name for one in self._columns]:
            self._build(columns)
        self._columns = tuple(columns)
        for field, line in zip(self._fields, columns, strict=True):
            field.set_value(line.field or _UNUSED)
            field.show_state(State.PLAIN, _about(line))

    def show_padding(self, *, padded: bool) -> None:
        """Show whether serials are filled up; asked of those lists only that looked like it."""
        self.padding.set_value(_FILLED_UP if padded else _AS_WRITTEN)
        self.padding.setVisible(padded or not self.padding.isHidden())

    def forget_padding(self) -> None:
        """Ask of no padding any more: another list comes."""
        self.padding.hide()

    def _tell_padding(self, _index: int = 0) -> None:
        self.padded.emit(self.padding.value() == _FILLED_UP)

    def _build(self, columns: Sequence[ColumnLine]) -> None:
        for field in self._fields:  # one that goes away with the cursor in it would tell of others
            field.box.blockSignals(True)
        clear(self._list)
        choices = [
            Choice(_UNUSED, _("Not used")),
            *(Choice(one, field_name(one)) for one in FIELDS),
        ]
        self._fields = []
        for number, line in enumerate(columns):
            field = ChoiceField(isolated(line.name) or _("No heading"), choices)
            field.setEnabled(bool(line.name.strip()))
            field.box.activated.connect(partial(self._tell, number))
            self._fields.append(field)
            self._list.addWidget(field)

    def _tell(self, number: int, _index: int = 0) -> None:
        value, line = self._fields[number].value(), self._columns[number]
        if value and value != (line.field or _UNUSED):
            self.told.emit(line.name, "" if value == _UNUSED else value)


def _about(line: ColumnLine) -> str:
    """Return by what the column was understood, how surely, and what stands in it."""
    why = why_words(line.why) if line.why else ""
    sure = isolated(percent(line.confidence)) if line.why in ("heading", "values") else ""
    sample = _("as {sample}").format(sample=isolated(line.sample[:40])) if line.sample else ""
    return joined(why, sure, sample)
