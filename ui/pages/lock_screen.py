"""The lock of the desk: who goes on here, and their PIN; nothing of the stockpile is in sight."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from stockpile import wording
from stockpile.domain.errors import BadgeUnknown, OfficerUnknown, PinTooSoon, StockpileError
from stockpile.language import _
from ui.theme import Space, Tone
from ui.view_models.lock import LockModel
from ui.widgets.arrange import STRETCH, Share, column, row, scrolled
from ui.widgets.button import Button, Kind
from ui.widgets.card import Card, Ground
from ui.widgets.field import Choice, ChoiceField, Field, State
from ui.widgets.picture import Tile
from ui.widgets.text import page_title, secondary

_WIDTH = 440


class LockScreen(QWidget):
    """One card: scan a badge or choose a name, type the PIN."""

    def __init__(self, model: LockModel) -> None:
        super().__init__()
        self.model = self._model = model
        self._waits = False
        self.officer = ChoiceField(_("Officer"))
        self.pin = Field(_("PIN"))
        self.pin.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.enter = Button(_("Go on"), Kind.PRIMARY, "lock-open")
        self._lay_out()
        self._listen()

    def _lay_out(self) -> None:
        said = secondary(
            _("Scan your badge or choose your name; the PIN is always asked. What is under way goes"
              " on, and what was half-typed is kept for whoever goes on here."),
            wrap=True,
        )  # fmt: skip
        head = row(Tile("lock", Tone.INFO, 48, 24), Share(page_title(_("Locked"))), gap=Space.L)
        body = column(
            head, said, self.officer, self.pin, row(STRETCH, self.enter), gap=Space.L
        )  # fmt: skip
        card = Card(body, Ground.CARD, margins=(Space.XXL, Space.XXL, Space.XXL, Space.XL))
        card.setFixedWidth(_WIDTH)
        inner = QWidget()
        # Between stretches it is as high as its words are at its own width, not at the window's.
        inner.setLayout(column(STRETCH, row(STRETCH, card, STRETCH), STRETCH))
        self.setLayout(column(Share(scrolled(inner))))
        self.setProperty("surface", "bg")

    def _listen(self) -> None:
        self._model.fell.connect(self._fall)
        self._model.named.connect(self._name)
        self._model.refused.connect(self._refuse)
        self._model.waits.connect(self._wait)
        self._model.busy.connect(self._busy)
        self.officer.chosen.connect(self._choose)
        self.pin.submitted.connect(self._enter)
        self.pin.edited.connect(self._typed)
        self.enter.clicked.connect(self._enter)

    def _fall(self, names: Sequence[str], last: str) -> None:
        """Offer who may go on; who worked here last needs the PIN only."""
        kept = self.officer.value()
        self.officer.set_choices([Choice(name, name) for name in names])
        chosen = kept if kept in names and self.pin.text() else last
        self.officer.set_value(chosen or (names[0] if len(names) == 1 else ""))
        if not self.pin.text():
            self._clear()
        self._ask()

    def _name(self, name: str) -> None:
        """Take who a badge names; what stood in the field of the PIN was somebody else's."""
        self._clear()
        self.officer.set_value(name)
        self._ask()

    def _clear(self) -> None:
        self.pin.set_text("")
        for field in (self.officer, self.pin):
            field.show_state(State.PLAIN)

    def _ask(self) -> None:
        target = self.pin if self.officer.value() else self.officer
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self, name: str) -> None:
        self.officer.show_state(State.PLAIN)
        self.pin.show_state(State.PLAIN)
        self._waits = False
        self._model.choose(name)

    def _typed(self, _text: str) -> None:
        if not self._waits:
            self.pin.show_state(State.PLAIN)

    def _enter(self) -> None:
        if not self.enter.isEnabled():
            return
        if not self.officer.value():
            self.officer.show_state(State.BAD, _("Choose who goes on."))
            self._ask()
        elif not self.pin.text():
            self.pin.show_state(State.BAD, _("The PIN is needed."))
            self._ask()
        else:
            self._model.unlock(self.officer.value(), self.pin.text())

    def _refuse(self, error: StockpileError) -> None:
        self.pin.set_text("")
        named = isinstance(error, OfficerUnknown | BadgeUnknown)
        field = self.officer if named else self.pin
        if not isinstance(error, PinTooSoon):  # how long is told by the second
            field.show_state(State.BAD, wording.error_sentence(error))
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _wait(self, seconds: int) -> None:
        self._waits = seconds > 0
        if self._waits:
            said = _("Too many wrong PINs. Wait {time}; another officer may go on meanwhile.")
            self.pin.show_state(State.BAD, said.format(time=wording.waiting(seconds)))
        else:
            self.pin.show_state(State.PLAIN)

    def _busy(self, busy: bool) -> None:
        self.enter.set_busy(busy)
        if not busy:
            self.pin.set_text("")
