"""One mark of a weapon in a form: what it is, what it says, where it is, how well it is read."""

from __future__ import annotations

from dataclasses import replace
from typing import Final, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from stockpile.domain import vocabulary
from stockpile.domain.facts import Legibility, Mark, MarkKind
from stockpile.domain.scripts import script_of
from stockpile.language import _
from stockpile.terms import TermList, term
from ui.theme import Height, Space
from ui.widgets.arrange import STRETCH, Share, column, row
from ui.widgets.button import Button
from ui.widgets.choice_field import Choice, ChoiceField
from ui.widgets.field import Field
from ui.widgets.field_grid import FieldGrid
from ui.widgets.pictograms import NUMBERED, Pictogram, SignPalette
from ui.widgets.text import secondary

_LABEL: Final = 28  # a label and its gap: the sign stands level with the field


class MarkForm(QWidget):
    """The fields of one mark; what they say is told at every change.

    Signals:
        changed: the mark as it is said now.
        done: Enter: nothing more is to be said of this mark.
    """

    changed = Signal(object)
    done = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mark = Mark("other", "")
        self._showing = False
        self.text = Field(
            _("Text exactly as it stands"),
            placeholder=_("? for one character, * for several, [8B] for either"),
            identifier=True,
        )
        self._picture = Pictogram()
        self.sign = Button(_("Sign"), hint="F3", height=Height.FIELD)
        self.palette_ = SignPalette(self)
        self.kind = _choice(_("Kind of mark"), "mark_kind", vocabulary.MARK_KINDS)
        self.component = _choice(_("On which part"), "component", vocabulary.COMPONENTS)
        self.position = _choice(_("Where on it"), "position", vocabulary.POSITIONS)
        self.legibility = _choice(_("Legibility"), "legibility", vocabulary.LEGIBILITIES)
        self.script = _choice(_("Script"), "script", vocabulary.SCRIPTS)
        self._grid = FieldGrid(
            [self.kind, self.component, self.position, self.legibility, self.script]
        )
        sign = row(self._picture, self.sign, gap=Space.S, margins=(0, _LABEL, 0, 0))
        first = row(Share(self.text), column(sign, STRETCH), gap=14)
        help_ = secondary(
            _("Write what is seen, in its own script, and never put it right."),
            wrap=True,
        )
        self.setLayout(column(first, help_, self._grid, gap=Space.S))
        self._listen()
        self.setFocusProxy(self.text)

    def show_mark(self, mark: Mark, *, on_part: bool = False) -> None:
        """Show a mark; one of a numbered part is on that part, so it is not asked for."""
        self._mark, self._showing = mark, True
        self.text.set_text(mark.text)
        self.kind.set_value(mark.kind)
        self.component.set_value(mark.component)
        self.component.setEnabled(not on_part)
        self.position.set_value(mark.position)
        self.legibility.set_value(mark.legibility)
        self.script.set_value(mark.script)
        self._picture.show_sign(mark.symbol, mark.text)
        for field in (self.kind, self.component, self.position, self.legibility, self.script):
            line = field.box.lineEdit()
            assert line is not None  # the box is made to be typed into
            line.home(False)  # a long choice is read from its beginning
        self._showing = False

    def fit(self, width: int) -> None:
        """Stand in as many columns as have room."""
        self._grid.fit(width)

    def open_signs(self) -> None:
        """Let a sign be chosen."""
        self.palette_.open_at(self.sign, self._mark.symbol)

    def _listen(self) -> None:
        self.text.edited.connect(self._retyped)
        self.text.submitted.connect(self.done)
        self.sign.clicked.connect(self.open_signs)
        self.palette_.chosen.connect(self._take_sign)
        self.kind.chosen.connect(lambda code: self._say(kind=cast("MarkKind", code or "unknown")))
        self.component.chosen.connect(lambda code: self._say(component=code))
        self.position.chosen.connect(lambda code: self._say(position=code))
        self.script.chosen.connect(lambda code: self._say(script=code))
        self.legibility.chosen.connect(
            lambda code: self._say(legibility=cast("Legibility", code or "clear"))
        )

    def _retyped(self, text: str) -> None:
        """Take the text; its script is guessed as long as nobody said another."""
        before, guessed = self._mark, script_of(text)
        own = before.script not in ("", script_of(before.text))
        legibility = _legibility(before.legibility, text)
        script = before.script if own else guessed
        self._say(text=text, script=script, legibility=legibility)
        self._showing = True
        self.script.set_value(script)
        self.legibility.set_value(legibility)
        self._showing = False
        self._picture.show_sign(self._mark.symbol, text)

    def _take_sign(self, code: str) -> None:
        kind = "symbol" if code and self._mark.kind == "other" else self._mark.kind
        self._say(symbol=code, kind=kind)
        self.show_mark(self._mark, on_part=not self.component.isEnabled())
        (self.text if code in NUMBERED else self.sign).setFocus()

    def _say(self, **changes: str) -> None:
        if not self._showing:
            self._mark = replace(self._mark, **changes)  # type: ignore[arg-type]  # codes
            self.changed.emit(self._mark)


def _choice(label: str, of: TermList, codes: tuple[str, ...]) -> ChoiceField:
    return ChoiceField(label, [Choice(code, term(of, code)) for code in codes])


def _legibility(now: Legibility, text: str) -> Legibility:
    """Return that a mark with characters nobody could read is partly legible."""
    uncertain = any(sign in text for sign in "?*[")
    if uncertain and now == "clear":
        return "partial"
    return "clear" if not uncertain and now == "partial" else now
