"""What a scan came to, for three senses: large words, a colour with its sign, and a sound."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from stockpile.language import plain
from ui.sounds import Sound, play
from ui.theme import Height, Space, Text, Tone
from ui.widgets.arrange import STRETCH, Share, boxed, column, row
from ui.widgets.button import Button, Kind
from ui.widgets.keycap import Keycap
from ui.widgets.picture import Picture
from ui.widgets.text import Identifier, Label

_ICON = 40
_LEAST = 118  # pixels: the banner does not jump when a sentence is longer
_ACTIONS = 3
_KEY_ROOM = 34


@dataclass(frozen=True, slots=True)
class Look:
    """A sign, a colour and a sound; a wish for a scan has none."""

    icon: str
    tone: Tone
    sound: Sound | None


class Outcome(Enum):
    """What can come of a scan: its sign, its colour and its sound."""

    WAITING = Look("scan-barcode", Tone.INFO, None)
    FOUND = Look("circle-check", Tone.OK, Sound.FOUND)
    TWICE = Look("info", Tone.INFO, Sound.TWICE)
    MISPLACED = Look("arrow-left-right", Tone.WARN, Sound.MISPLACED)
    UNEXPECTED = Look("triangle-alert", Tone.BAD, Sound.UNEXPECTED)
    GOOD = Look("circle-check", Tone.OK, Sound.GOOD)
    PLACE = Look("map-pin", Tone.INFO, Sound.GOOD)
    DOUBT = Look("triangle-alert", Tone.WARN, Sound.MISPLACED)
    REFUSED = Look("circle-x", Tone.BAD, Sound.REFUSED)
    ALARM = Look("shield-alert", Tone.BAD, Sound.ALARM)


@dataclass(frozen=True, slots=True)
class Answer:
    """What can be done about a result: its name in the program, its words, its key."""

    name: str
    words: str
    icon: str = ""
    keys: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """One result: what it is, of which weapon, what it means, what can be done: three at most."""

    outcome: Outcome
    title: str
    identifier: str = ""
    sentence: str = ""
    answers: tuple[Answer, ...] = ()


class ScanResult(QFrame):
    """The banner that is read from across the room.

    Signals:
        answered: an action was pressed: its name.
    """

    answered = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._result: Result | None = None
        self._picture = Picture("scan-barcode", Tone.INFO.ink, _ICON)
        self._title = Label("", Text.BANNER_TITLE, wrap=True)
        self._identifier = Identifier("", Text.IDENTIFIER_STATION)
        self._sentence = Label("", Text.FIELD, wrap=True)
        self._answers = [_AnswerRow(Kind.PRIMARY), *(_AnswerRow() for _n in range(_ACTIONS - 1))]
        for line in self._answers:
            line.pressed.connect(self.answered)
        said = column(STRETCH, self._title, self._identifier, self._sentence, STRETCH, gap=2)
        does = column(STRETCH, *self._answers, STRETCH, gap=Space.S)
        margins = (Space.XXL, Space.M, Space.XL, Space.M)
        self.setLayout(row(self._picture, Share(said), does, gap=Space.XL, margins=margins))
        self.setMinimumHeight(_LEAST)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    @property
    def result(self) -> Result | None:
        """Return what is shown."""
        return self._result

    def show_result(self, result: Result, *, silent: bool = False) -> None:
        """Show a result and let it be heard."""
        before, self._result = self._result, result
        look = result.outcome.value
        self._picture.show_icon(look.icon, look.tone.ink)
        self._title.setText(result.title)
        self._identifier.show_text(result.identifier)
        self._identifier.setVisible(bool(result.identifier))
        self._sentence.setText(result.sentence)
        self._sentence.setVisible(bool(result.sentence))
        if before is None or before.outcome.value.tone is not look.tone:
            self._title.set_ink(look.tone.ink)
            self.setProperty("loud", look.tone.value)
            self.style().unpolish(self)
            self.style().polish(self)
        self._offer(result.answers)
        said = (result.title, result.identifier, result.sentence)
        self.setAccessibleName(plain(". ".join(filter(None, said))))
        if look.sound is not None and not silent:
            play(look.sound)

    def _offer(self, answers: Sequence[Answer]) -> None:
        for at, line in enumerate(self._answers):
            line.show_answer(answers[at] if at < len(answers) else None)


class _AnswerRow(QWidget):
    """One action with its key beside it."""

    pressed = Signal(str)

    def __init__(self, kind: Kind = Kind.SECONDARY) -> None:
        super().__init__()
        self._answer: Answer | None = None
        self.button = Button("", kind, height=Height.FIELD)
        self.button.clicked.connect(self._press)
        self._keys = row()
        room = boxed(self._keys, width=_KEY_ROOM)
        self.setLayout(row(Share(self.button), room, gap=Space.S))
        self.hide()

    def show_answer(self, answer: Answer | None) -> None:
        """Offer an action, or none."""
        if answer == self._answer:
            return
        self._answer = answer
        self.setVisible(answer is not None)
        if answer is not None:
            self.button.setText(answer.words)
            self.button.show_icon(answer.icon)
            self.button.setToolTip(answer.keys)
            self._show_key(answer.keys)

    def _show_key(self, keys: str) -> None:
        while self._keys.count():
            old = self._keys.takeAt(0).widget()
            old.hide()
            old.deleteLater()
        if keys:
            self._keys.addWidget(Keycap(keys))

    def _press(self) -> None:
        if self._answer is not None:
            self.pressed.emit(self._answer.name)
