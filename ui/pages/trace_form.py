"""A request to trace being written: the weapon, why it is illicit, the search at home."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from stockpile import wording
from stockpile.domain.errors import FieldMissing, FieldUnreadable, StockpileError
from stockpile.domain.facts import Mark, TraceRequestMade
from stockpile.domain.trace_requests import lacking
from stockpile.domain.vocabulary import GROUNDS
from stockpile.language import _, isolated, ngettext
from stockpile.record_words import mark_place
from stockpile.terms import term
from ui.pages.destruction_fields import into_sight
from ui.pages.figures import figure
from ui.pages.standing import joined
from ui.pages.weapon_dialogs import type_choices
from ui.theme import Ink, Space
from ui.widgets.arrange import STRETCH, Share, boxed, column, row, scrolled
from ui.widgets.button import Button, Kind
from ui.widgets.card import Card
from ui.widgets.choice_field import Choice, ChoiceField
from ui.widgets.field import Field, FieldFrame, NoteField, State
from ui.widgets.field_grid import FieldGrid
from ui.widgets.line_list import LineList, LiveLine
from ui.widgets.text import card_title, secondary
from ui.widgets.tick import Tick

_NONE = Choice("", "\u2013")
_MARK, _SHOWN = 44, 3  # pixels of a mark; of more than three the list scrolls
_DIRECTIONS: tuple[Literal["out", "in"], ...] = ("out", "in")


class TraceForm(QWidget):
    """The form; what is lacking before the request may be sent is said beneath it.

    Signals:
        decided: the request as it is to be put on record.
    """

    decided = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._said = TraceRequestMade("")
        ways = {"out": _("We ask another State"), "in": _("Another State asks us")}
        self.direction = ChoiceField(
            _("Direction"), [Choice(one, ways[one]) for one in _DIRECTIONS]
        )
        self.by_state = Field(_("Requesting State"))
        self.of_state = Field(_("Requested State"))
        self.contact = Field(_("Point of contact"))
        self.reference = Field(_("Their reference"), identifier=True)
        self.on = Field(_("Date"), hint=_("today when empty"), identifier=True)
        self.urgent = Tick(_("Urgent"))
        self.lines = LineList(_("Marks as read"))
        self.marks = NoteField(_("Marks exactly as read"))
        self._how = secondary(_("One mark on each line, the serial first."), wrap=True)
        self.make = Field(_("Make"))
        self.model = Field(_("Model"))
        self.type = ChoiceField(_("Type"), [_NONE, *type_choices()])
        self.calibre = Field(_("Calibre"))
        self.country = Field(_("Country of manufacture"))
        self.photos = secondary("", wrap=True)
        self.without_photos = Field(_("Why no photo goes with it"))
        grounds = [_NONE, *(Choice(one, term("ground", one)) for one in GROUNDS)]
        self.ground = ChoiceField(_("Ground"), grounds)
        self.basis = NoteField(_("Legal basis"))
        self.circumstances = NoteField(_("Circumstances of the finding"))
        self.intended_use = NoteField(_("Intended use of the answer"))
        self.restrictions = NoteField(_("Restrictions on use"))
        self.searched_on = Field(_("Searched at home on"), identifier=True)
        self.searched_by = Field(_("Searched by"))
        self.searched = NoteField(_("Result of the search at home"))
        self.confirm = Button(_("Put on record"), Kind.PRIMARY, "check", hint="F5")
        self._missing = secondary("", wrap=True)
        self._title = card_title(_("The weapon"))
        self._lay_out()
        self._connect()
        self.show_said(self._said)

    def begin(self) -> None:
        """Put the cursor where the form goes on."""
        field = self.of_state if self.by_state.text().strip() else self.by_state
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_said(self, said: TraceRequestMade) -> None:
        """Show a request to be completed."""
        self._said = said
        for name, field in self._texts().items():
            field.set_text(getattr(said, name))
        for name, choice in self._choices().items():
            choice.set_value(getattr(said, name))
        self.direction.setEnabled(not said.number)
        self.urgent.setChecked(said.urgent)
        self.marks.set_text("\n".join(_typed(said.marks)))
        is_known = said.weapon is not None
        self.marks.setVisible(not is_known)
        self._how.setVisible(not is_known)
        self.lines.setVisible(is_known)
        self.lines.show_lines([_line(at, one) for at, one in enumerate(said.marks)])
        self.lines.setFixedHeight(_MARK * max(1, min(_SHOWN, len(said.marks))))
        count = len(said.photos)
        words = ngettext("{count} photo goes with it.", "{count} photos go with it.", count)
        self.photos.setText(words.format(count=figure(count)))
        self.photos.setVisible(bool(count))
        self.without_photos.setVisible(not count)
        self._edited()

    def said(self) -> TraceRequestMade:
        """Return the request as it stands in the fields."""
        texts = {name: field.text().strip() for name, field in self._texts().items()}
        texts |= {
            name: choice.value() for name, choice in self._choices().items() if name != "direction"
        }
        way: Literal["out", "in"] = "in" if self.direction.value() == "in" else "out"
        told = replace(
            self._said,
            **texts,  # type: ignore[arg-type]  # all of these are texts
        )
        return replace(told, direction=way, urgent=self.urgent.isChecked(), marks=self._read())

    def decide(self) -> None:
        """Have the request put on record."""
        self.decided.emit(self.said())

    def refuse(self, error: StockpileError) -> None:
        """Say at its field why the request was not taken."""
        field: FieldFrame = self.of_state
        if isinstance(error, FieldMissing | FieldUnreadable):
            name = {"day": "on"}.get(error.field, error.field)
            named: dict[str, FieldFrame] = {**self._texts(), **self._choices(), "marks": self.marks}
            field = named.get(name, self.of_state)
            if name == "marks" and not self.marks.isVisible():
                field = self.make
        field.show_state(State.BAD, wording.error_sentence(error))
        field.setFocus()
        into_sight(field)

    # --- inside ---------------------------------------------------------------------------------

    def _texts(self) -> dict[str, Field | NoteField]:
        return {
            "by_state": self.by_state, "of_state": self.of_state, "contact": self.contact,
            "reference": self.reference, "on": self.on, "make": self.make, "model": self.model,
            "calibre": self.calibre, "country": self.country,
            "without_photos": self.without_photos, "basis": self.basis,
            "circumstances": self.circumstances, "intended_use": self.intended_use,
            "restrictions": self.restrictions, "searched_on": self.searched_on,
            "searched_by": self.searched_by, "searched": self.searched,
        }  # fmt: skip

    def _choices(self) -> dict[str, ChoiceField]:
        return {"direction": self.direction, "type": self.type, "ground": self.ground}

    def _frames(self) -> tuple[FieldFrame, ...]:
        return (*self._texts().values(), *self._choices().values(), self.marks)

    def _read(self) -> tuple[Mark, ...]:
        """Return the marks: those on record as they are, else one for each line that was typed."""
        typed = [one.strip() for one in self.marks.text().splitlines() if one.strip()]
        if self._said.weapon is not None or typed == _typed(self._said.marks):
            return self._said.marks
        return tuple(
            Mark("other", one) if at else Mark("serial", one, is_identity=True)
            for at, one in enumerate(typed)
        )

    def _lay_out(self) -> None:
        weapon = column(
            self._title, self.lines, self.marks, self._how, self.make, self.model, self.type,
            self.calibre, self.country, card_title(_("Photos")), self.photos,
            self.without_photos, STRETCH,
            gap=Space.M,
        )  # fmt: skip
        request = column(
            card_title(_("The request")),
            self.direction,
            FieldGrid((self.by_state, self.of_state), fits_itself=True),
            FieldGrid((self.contact, self.reference), fits_itself=True),
            self.on,
            self.urgent,
            card_title(_("Why it is illicit")),
            self.ground, self.basis, self.circumstances,
            card_title(_("Search in our own registers first")),
            FieldGrid((self.searched_on, self.searched_by), fits_itself=True),
            self.searched,
            card_title(_("The answer")),
            self.intended_use, self.restrictions,
            STRETCH,
            gap=Space.M,
        )  # fmt: skip
        both = row(
            Share(Card(column(Share(scrolled(boxed(weapon))), gap=0)), 2),
            Share(Card(column(Share(scrolled(boxed(request))), gap=0)), 3),
            gap=Space.M,
        )
        foot = row(Share(self._missing), self.confirm, gap=Space.L)
        self.setLayout(column(Share(boxed(both)), boxed(foot), gap=Space.M))

    def _connect(self) -> None:
        self.confirm.clicked.connect(self.decide)
        for each in (*self._texts().values(), self.marks):
            each.edited.connect(self._edited)
            if isinstance(each, Field):
                each.submitted.connect(lambda of=each: of.edit.nextInFocusChain().setFocus())
        for choice in self._choices().values():
            choice.chosen.connect(self._edited)

    def _edited(self, *_what: object) -> None:
        for each in self._frames():
            each.show_state(State.PLAIN)
        self._judge()

    def _judge(self) -> None:
        """Say what is lacking before it may be sent; a request that came in is taken as it is."""
        said = self.said()
        missing = [wording.field_name(one) for one in lacking(said)]
        if not missing:
            words = _("Nothing is lacking.")
        elif said.direction == "out":
            words = _("Before it is sent, complete: {fields}.").format(fields=", ".join(missing))
        else:
            words = _("They left out: {fields}. You may ask for more.").format(
                fields=", ".join(missing)
            )
        self._missing.setText(words)


def _typed(marks: tuple[Mark, ...]) -> list[str]:
    return [one.text for one in marks if one.text]


def _line(at: int, mark: Mark) -> LiveLine:
    shown = mark.text or term("symbol", mark.symbol)
    beneath = joined(term("mark_kind", mark.kind), mark_place(mark))
    legibility = term("legibility", mark.legibility)
    return LiveLine(str(at), isolated(shown), beneath, legibility, "", Ink.MUTED)
