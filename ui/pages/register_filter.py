"""The filter of the register: a panel of every choice with its count, and a chip for each taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QDialog, QGridLayout, QLineEdit, QWidget

from stockpile.language import _, isolated, ngettext
from stockpile.services.ports import Facet, RegisterFilter
from ui.theme import Space
from ui.view_models.narrowing import (
    ANSWERS,
    FACETS,
    Narrowed,
    Option,
    Options,
    day_end,
    day_of,
    day_start,
    facet_title,
)
from ui.widgets.arrange import STRETCH, column, row
from ui.widgets.button import Button, Kind
from ui.widgets.field import Choice, ChoiceField, Field, State
from ui.widgets.flow import FlowLayout
from ui.widgets.growing import fix_width
from ui.widgets.text import card_title

_ACROSS: Final = 4
_CHIP: Final = 28
_WIDTH: Final = 880
_YES, _NO = "yes", "no"
_ANSWER: Final = {_YES: True, _NO: False}
_SHOWN: Final = {True: _YES, False: _NO, None: ""}
_ORDER: Final[tuple[Facet, ...]] = (
    "type", "make", "model", "calibre", "place", "status", "condition", "officer", "country",
    "year", "document",
)  # fmt: skip

_CODED: Final = ("status", "condition", "officer", "document")
"""Facets whose values are codes: only what is offered can be chosen; the others are typed too."""


class FilterDialog(QDialog):
    """Every way to narrow the list; the button says how many weapons are left.

    Signals:
        narrowed: what is said so far is another: the filter.
        decided: this is what the list is to show.
    """

    narrowed = Signal(object)
    decided = Signal(object)

    def __init__(self, among: RegisterFilter, parent: QWidget) -> None:
        super().__init__(parent)
        assert set(_ORDER) == set(FACETS)
        self._among, self._offered = among, False
        self.setWindowTitle(_("Filter the list"))
        self.setModal(True)
        fix_width(self, _WIDTH)
        self.facets = {
            facet: ChoiceField(facet_title(facet), free=facet not in _CODED) for facet in _ORDER
        }
        self.answers = {name: ChoiceField(facet_title(name), _answers()) for name in ANSWERS}
        self.days = {
            name: Field(facet_title(name), placeholder=_("2026-11-25"), identifier=True)
            for name in ("since", "until")
        }
        self.clear = Button(_("Clear all"), Kind.GHOST, "x")
        self.cancel = Button(_("Cancel"))
        self.show_list = Button(_("Show"), Kind.PRIMARY)
        self.show_list.setDefault(True)
        foot = row(self.clear, STRETCH, self.cancel, self.show_list)
        edges = (Space.XXL, Space.XL, Space.XXL, Space.XL)
        title = card_title(_("Filter the list"))
        self.setLayout(column(title, self._grid(), foot, gap=Space.L, margins=edges))
        self._fill()
        self._connect()
        self.facets["type"].setFocus()

    @property
    def among(self) -> RegisterFilter:
        """Return what is said so far."""
        return self._among

    def show_options(self, options: Options) -> None:
        """Offer the choices of the list as it is narrowed so far; answers of before are dropped."""
        if options.among != self._among:
            return
        number = isolated(QLocale().toString(options.count))
        words = ngettext("Show {count} weapon", "Show {count} weapons", options.count)
        self.show_list.setText(words.format(count=number))
        for facet, field in self.facets.items():
            if not self._offered or not _line(field).hasFocus():
                self._offer(facet, options.values[facet])
        self._offered = True

    def accept(self) -> None:
        """Decide, unless a day is no day."""
        self._take()
        if any(field.message for field in self.days.values()):
            return
        self.decided.emit(self._among)
        super().accept()

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.L)
        grid.setVerticalSpacing(Space.S)
        fields = (*self.facets.values(), *self.answers.values(), *self.days.values())
        for number, field in enumerate(fields):
            grid.addWidget(field, *divmod(number, _ACROSS))
        return grid

    def _connect(self) -> None:
        for field in (*self.facets.values(), *self.answers.values()):
            field.box.activated.connect(self._take)
            _line(field).editingFinished.connect(self._take)
        for day in self.days.values():
            day.left.connect(self._take)
        self.clear.clicked.connect(self._clear)
        self.cancel.clicked.connect(self.reject)
        self.show_list.clicked.connect(self.accept)

    def _fill(self) -> None:
        for facet, field in self.facets.items():
            field.set_value(getattr(self._among, facet))
        for name, answer in self.answers.items():
            answer.set_value(_SHOWN[getattr(self._among, name)])
        until = self._among.until
        self.days["since"].set_text(day_of(self._among.since))
        self.days["until"].set_text(day_of(until - 1) if until else "")

    def _offer(self, facet: Facet, options: Sequence[Option]) -> None:
        """Offer choices with their counts; what is chosen keeps its words."""
        chosen = getattr(self._among, facet)
        choices = [Choice(one.value, _counted(one)) for one in options]
        if chosen and facet in _CODED and chosen not in [one.value for one in options]:
            choices.append(Choice(chosen, chosen))
        self.facets[facet].set_choices(choices)
        self.facets[facet].set_value(chosen)

    def _clear(self) -> None:
        self._among = RegisterFilter(text=self._among.text)
        self._fill()
        self.narrowed.emit(self._among)

    def _take(self) -> None:
        if not self._offered:  # no choice has come yet, so none was made
            return
        said: dict[str, object] = {
            facet: field.value().strip() for facet, field in self.facets.items()
        }
        said |= {name: _ANSWER.get(field.value()) for name, field in self.answers.items()}
        said |= {"since": self._day("since"), "until": self._day("until")}
        among = replace(self._among, **said)  # type: ignore[arg-type]  # each by its own field
        if among != self._among:
            self._among = among
            self.narrowed.emit(among)

    def _day(self, name: str) -> int:
        """Return the instant of a bound; a text that is no day is said at its field."""
        field = self.days[name]
        text = field.text().strip()
        at = (day_start if name == "since" else day_end)(text) if text else 0
        wrong = _("Write the day as year, month, day: 2026-11-25.") if at is None else ""
        field.show_state(State.BAD if wrong else State.PLAIN, wrong)
        return at or 0


class FilterChips(QWidget):
    """What the list is narrowed to, a chip each; pressing one takes it away.

    Signals:
        narrowed: the filter that is left.
        save_wanted: this filter is to be kept under a name.
    """

    narrowed = Signal(object)
    save_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(Space.XS)
        self.setLayout(self._flow)
        self.chips: list[Button] = []
        self.hide()

    def show_filter(self, said: Sequence[Narrowed], *, saved: bool) -> None:
        """Show what is said, with a way to take all away, and to save it unless it is saved."""
        had_focus = any(chip.hasFocus() for chip in self.chips)
        self._flow.clear()
        self.chips = [self._chip(one) for one in said]
        if said:
            clear = Button(_("Clear filters"), Kind.GHOST, height=_CHIP)
            clear.clicked.connect(lambda: self.narrowed.emit(RegisterFilter()))
            self.chips.append(clear)
        if said and not saved:
            save = Button(_("Save filter"), Kind.GHOST, "save", height=_CHIP)
            save.clicked.connect(self.save_wanted)
            self.chips.append(save)
        for chip in self.chips:
            self._flow.addWidget(chip)
        self.setVisible(bool(said))
        if had_focus and self.chips:
            self.chips[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _chip(self, one: Narrowed) -> Button:
        chip = Button(one.words, icon="x", height=_CHIP)
        chip.setToolTip(_("Take this filter away"))
        chip.clicked.connect(lambda: self.narrowed.emit(one.without))
        return chip


def _line(field: ChoiceField) -> QLineEdit:
    line = field.box.lineEdit()
    assert line is not None
    return line


def _answers() -> list[Choice]:
    return [Choice("", _("Any")), Choice(_YES, _("Yes")), Choice(_NO, _("No"))]


def _counted(one: Option) -> str:
    return _("{value} ({count})").format(
        value=one.words, count=isolated(QLocale().toString(one.count))
    )
