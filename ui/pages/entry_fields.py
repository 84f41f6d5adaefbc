# ruff: noqa: N802 — Qt names what is overridden
"""What is said of every weapon of a batch: locked fields repeat on the next weapon."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import get_args

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from stockpile import wording
from stockpile.domain.errors import FieldMissing, FieldUnreadable, StockpileError
from stockpile.domain.facts import Serviceability
from stockpile.domain.places import Place
from stockpile.domain.receiving import Description
from stockpile.domain.values import PlaceId
from stockpile.language import _, isolated
from ui.pages.weapon_dialogs import place_words, type_choices
from ui.theme import Space
from ui.view_models.entry import Offered, Pattern
from ui.widgets.field import Choice, ChoiceField, Field, State

_WIDE, _NARROW = 3, 2
_GAP = 14


class EntryFields(QWidget):
    """Type, make, model, calibre, country, year, condition and place.

    Signals:
        done: Enter in one of them: the cursor belongs in the serial again.
    """

    done = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.type = ChoiceField(_("Type"), type_choices(), lockable=True)
        self.model = ChoiceField(_("Model"), lockable=True, free=True)
        self.make = ChoiceField(_("Make"), lockable=True, free=True)
        self.calibre = ChoiceField(_("Calibre"), lockable=True, free=True)
        self.country = Field(_("Country of make"), lockable=True)
        self.year = Field(_("Year of make"), lockable=True)
        self.condition = ChoiceField(_("Condition"), _conditions(), lockable=True)
        self.place = ChoiceField(_("Place"), lockable=True)
        self._named: dict[str, ChoiceField | Field] = {
            "model": self.model, "type": self.type, "make": self.make,
            "calibre": self.calibre, "country": self.country, "year": self.year,
            "condition": self.condition, "place": self.place,
        }  # fmt: skip
        self._places: dict[PlaceId, Place] = {}
        self._patterns: dict[str, Pattern] = {}
        self._columns = 0
        self._grid = QGridLayout(self)
        self._lay_out()
        self.condition.set_value("unknown")  # nobody has looked until somebody says so
        self.model.chosen.connect(self._fill_in)
        self.setFocusProxy(self.model)

    def description(self, serial_text: str) -> Description:
        """Return what is said of the weapon with this serial."""
        return Description(
            type=self.type.value(),
            make=self.make.value(),
            model=self.model.value(),
            calibre=self.calibre.value(),
            serial=serial_text,
            country=self.country.text(),
            year=self.year.text(),
            condition=self.condition.value(),
        )

    def chosen_place(self) -> Place | None:
        """Return the place where the weapons lie."""
        return self._places.get(PlaceId(self.place.value()))

    def offer(self, offered: Offered) -> None:
        """Offer places, and the models that came on record lately; what was typed stays."""
        names = {one.id: one.name for one in offered.places}
        self._places = {one.id: one for one in offered.places}
        self.place.set_choices([Choice(one.id, place_words(one, names)) for one in offered.places])
        if len(offered.places) == 1:
            self.place.set_value(offered.places[0].id)
        self._patterns = {one.model.casefold(): one for one in offered.patterns}
        self.model.set_choices(_choices([one.model for one in offered.patterns]))
        self.make.set_choices(_choices([one.make for one in offered.patterns]))
        self.calibre.set_choices(_choices([one.calibre for one in offered.patterns]))

    def judge(self) -> bool:
        """Say at a field when its words are none of its choices; return whether all is well."""
        self.clear_errors()
        well = True
        for field in (self.type, self.condition, self.place):
            if field.box.currentText().strip() and not field.value():
                field.show_state(State.BAD, _("This is none of the list. Choose one from it."))
                well = False
        if well and self.chosen_place() is None:
            self.place.show_state(State.BAD, _("Say where the weapons lie."))
            well = False
        return well

    def show_error(self, error: StockpileError) -> bool:
        """Say a refusal at the field it concerns; return whether it is one of these."""
        field = self._named.get(str(getattr(error, "field", "")))
        if field is None:
            return False
        field.show_state(State.BAD, refusal_words(error))
        return True

    def clear_errors(self) -> None:
        """Take every message away."""
        for field in self._named.values():
            field.show_state(State.PLAIN)

    def clear_free(self) -> None:
        """Empty what is not locked: it was said of the last weapon only."""
        for field in self._named.values():
            if field.is_locked:
                continue
            if isinstance(field, Field):
                field.set_text("")
            else:
                field.set_value("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the wheel scroll the page: it must not change what is said of the weapons."""
        if event.type() == QEvent.Type.Wheel:
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def fit(self, width: int) -> None:
        """Stand in three columns where their words fit into the pixels there are, else in two."""
        fields = [one for one in self._named.values() if one is not self.place]
        columns = [fields[at::_WIDE] for at in range(_WIDE)]
        needed = sum(max(one.minimumSizeHint().width() for one in each) for each in columns)
        wide = needed + (_WIDE - 1) * _GAP <= width
        self._set_columns(_WIDE if wide else _NARROW)

    def _set_columns(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for number, field in enumerate(self._named.values()):
            row, column = divmod(number, columns)
            span = columns - column if field is self.place else 1
            self._grid.addWidget(field, row, column, 1, span, Qt.AlignmentFlag.AlignTop)
        for column in range(_WIDE):
            self._grid.setColumnStretch(column, int(column < columns))

    def _lay_out(self) -> None:
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(_GAP)
        self._grid.setVerticalSpacing(Space.M)
        self._set_columns(_WIDE)
        for field in self._named.values():
            field.set_locked(locked=True)
            if isinstance(field, Field):
                field.submitted.connect(self.done)
            else:
                field.box.installEventFilter(self)
                line = field.box.lineEdit()
                assert line is not None  # the box is made to be typed into
                line.returnPressed.connect(self.done)
                field.box.currentTextChanged.connect(partial(_show_start, line))

    def _fill_in(self, model: str) -> None:
        """Fill in what a known model says; what was typed by hand is not known better."""
        pattern = self._patterns.get(model.casefold())
        if pattern is not None:
            self.type.set_value(pattern.type)
            self.make.set_value(pattern.make)
            self.calibre.set_value(pattern.calibre)


def refusal_words(error: StockpileError) -> str:
    """Return why a weapon was not taken in, as it is said at a field."""
    if isinstance(error, FieldMissing):
        return _("This is needed.")
    if isinstance(error, FieldUnreadable) and error.field == "year":
        words = _("{text} is no year of make. Write four digits, or what stands on the metal.")
        return words.format(text=isolated(error.text))
    return wording.error_sentence(error)


def _show_start(line: QLineEdit, _text: str) -> None:
    if not line.hasFocus():  # a long choice is read from its beginning
        line.home(False)


def _conditions() -> list[Choice]:
    known: Sequence[str] = get_args(Serviceability)
    return [Choice(one, wording.condition(one)) for one in known]


def _choices(texts: Sequence[str]) -> list[Choice]:
    return [Choice(text, text) for text in sorted(set(filter(None, texts)))]
