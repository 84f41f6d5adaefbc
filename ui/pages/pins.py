"""A dialog that asks for PINs: digits and Enter, row after row; the last Enter signs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from stockpile import wording
from stockpile.domain.errors import OfficerUnknown, StockpileError
from stockpile.language import _, isolated
from ui.desk import Desk
from ui.session import Session
from ui.theme import Height, Ink, Space, Text, Tone
from ui.view_models.pins import PinsModel, Wanted
from ui.widgets.arrange import STRETCH, Share, boxed, column, row
from ui.widgets.button import Button, Kind
from ui.widgets.card import Card, Ground
from ui.widgets.field import Choice, ChoiceField, Field, State
from ui.widgets.growing import fix_width
from ui.widgets.picture import Tile
from ui.widgets.text import Label, ShortLabel

__all__ = ["PinsDialog", "Wanted"]

_WIDTH = 520
_OFFICER, _PIN = 5, 4  # of nine shares of the width
_LABEL = 24  # the height of the label above a field


class PinRow(QWidget):
    """Somebody in one row: as whom, who, and their PIN.

    Signals:
        submitted: Enter in the PIN.
    """

    submitted = Signal()

    def __init__(self, wanted: Wanted, name: str) -> None:
        super().__init__()
        self._fixed = bool(name)
        self._name = name
        self.officer = ChoiceField(wanted.role_words)
        self.pin = Field(_("PIN"))
        self.pin.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.pin.submitted.connect(self.submitted)
        self.pin.edited.connect(lambda _text: self.pin.show_state(State.PLAIN))
        self.officer.chosen.connect(lambda _name: self.officer.show_state(State.PLAIN))
        role = Label(wanted.role_words, Text.STRONG)
        role.setFixedHeight(_LABEL)
        who_ = ShortLabel(isolated(name), Text.FIELD, Ink.SECONDARY)
        who_.setFixedHeight(Height.FIELD)
        known = boxed(column(role, who_, gap=Space.XS))
        who = known if self._fixed else self.officer
        top = Qt.AlignmentFlag.AlignTop
        self.setLayout(row(Share(who, _OFFICER, top), Share(self.pin, _PIN, top), gap=Space.L))
        if not self._fixed:
            known.deleteLater()

    @property
    def name(self) -> str:
        """Return who it is, as far as that is said."""
        return self._name if self._fixed else self.officer.value()

    def offer(self, names: Sequence[str], chosen: str) -> None:
        """Let one of these step up."""
        if not self._fixed:
            self.officer.set_choices([Choice(name, name) for name in names])
            self.officer.set_value(chosen)

    def ask(self) -> None:
        """Put the cursor where the row goes on."""
        (self.pin if self.name else self.officer).setFocus(Qt.FocusReason.OtherFocusReason)

    def is_filled(self) -> bool:
        """Say whether the row can be tried, and say what is missing where it cannot."""
        if not self.name:
            self.officer.show_state(State.BAD, _("Choose who signs."))
        elif not self.pin.text():
            self.pin.show_state(State.BAD, _("The PIN is needed."))
        return bool(self.name and self.pin.text())

    def prove(self) -> None:
        """Show that the PIN was right; it is not kept."""
        self.pin.set_text("")
        self.pin.edit.setPlaceholderText(_("right"))
        self.pin.show_state(State.OK)
        self.pin.setEnabled(False)
        self.officer.setEnabled(False)

    def refuse(self, error: StockpileError) -> None:
        """Say why the PIN opened nothing, and let it be typed again."""
        self.pin.set_text("")
        field = self.officer if isinstance(error, OfficerUnknown) and not self._fixed else self.pin
        field.show_state(State.BAD, wording.error_sentence(error))


class PinsDialog(QDialog):
    """Asks each one wanted for the PIN. Keys alone: digits, Enter, digits, Enter.

    A row's Enter goes on to the next at once, while its PIN is looked at; one that was wrong is
    gone back to. The second officer's name is remembered on this machine.

    ``what`` is exactly what is signed, above the PINs. With ``later`` the officer signed in may
    sign alone and leave the second signature for later, with a reason for whoever confirms.

    When another officer takes over the desk meanwhile, the dialog goes: a signature is no draft.

    Signals:
        signed: what the PINs opened, in the order of the rows: officers signed in (SignedIn), or
            what a row's own proof returned.
        later: the first officer's PIN was right, a second one confirms later: the reason.
    """

    signed = Signal(tuple)
    later = Signal(str)

    def __init__(
        self,
        desk: Desk,
        session: Session,
        wanted: Sequence[Wanted],
        parent: QWidget | None = None,
        *,
        title: str = "",
        sentence: str = "",
        action: str = "",
        what: str = "",
        later: bool = False,
    ) -> None:
        super().__init__(parent)
        self._model = PinsModel(desk, session, wanted)
        self._model.setParent(self)  # gone with the dialog, so that no answer comes to it after
        self._postpones = False
        self.setWindowTitle(title or _("Sign with your PIN"))
        self.setModal(True)
        fix_width(self, _WIDTH)
        self.rows = [PinRow(one, self._known_name(at)) for at, one in enumerate(wanted)]
        self.confirm = Button(action or _("Sign now"), Kind.PRIMARY, "signature")
        self.cancel = Button(_("Cancel"), hint="Esc")
        self.what = Label(what, Text.BODY, wrap=True)
        self.reason = Field(_("Reason, for who confirms later"))
        self.postpone = Button(_("A second officer later"), Kind.GHOST, "clock")
        self._lay_out(sentence)
        self._show_later(offered=later)
        self._listen()
        self.setTabOrder(self.confirm, self.cancel)
        self.rows[0].ask()
        if any(not row_.name for row_ in self.rows):
            self._model.others(self._offer)

    def _known_name(self, at: int) -> str:
        wanted = self._model.wanted[at]
        return wanted.name or (self._model.own if wanted.own else "")

    def _lay_out(self, sentence: str) -> None:
        said = [Label(self.windowTitle(), Text.CARD_TITLE, wrap=True)]
        if sentence:
            said.append(Label(sentence, Text.BODY, Ink.SECONDARY, wrap=True))
        top = Qt.AlignmentFlag.AlignTop
        head = row(
            Share(Tile("key-round", Tone.INFO, 40, 20), 0, top),
            Share(column(*said, gap=Space.XS)),
            gap=Space.L,
        )
        words = column(self.what)
        signed = Card(words, Ground.INSET)
        signed.setVisible(bool(self.what.text()))
        inside = words.contentsMargins()
        wide = _WIDTH - 2 * Space.XXL - inside.left() - inside.right()
        height = max(0, self.what.heightForWidth(wide))
        self.what.setFixedHeight(height)  # a card gives wrapped words too little
        rows = column(*self.rows, self.reason, gap=Space.L)
        foot = row(self.postpone, STRETCH, self.cancel, self.confirm)
        edges = (Space.XXL, Space.XXL, Space.XXL, Space.XL)
        self.setLayout(column(head, signed, rows, foot, gap=Space.XL, margins=edges))

    def _show_later(self, *, offered: bool) -> None:
        self.postpone.setVisible(offered)
        self.reason.setVisible(False)

    def _listen(self) -> None:
        for at, row_ in enumerate(self.rows):
            row_.submitted.connect(partial(self._submit, at))
        self.confirm.clicked.connect(self._submit_all)
        self.cancel.clicked.connect(self.reject)
        self.postpone.clicked.connect(self._postpone)
        self.reason.submitted.connect(self._postpone)
        self.reason.edited.connect(lambda _text: self.reason.show_state(State.PLAIN))
        self._model.locked.connect(self._forget_pins)
        self._model.switched.connect(self.reject)
        self._model.proved.connect(self._prove)
        self._model.refused.connect(self._refuse)
        self._model.signed.connect(self._sign)

    def _offer(self, names: list[str]) -> None:
        for at, row_ in enumerate(self.rows):
            row_.offer(names, self._model.name(at, names))
        first = next((one for one in self.rows if one.pin.isEnabled()), self.rows[0])
        if not any(one.pin.edit.hasFocus() and one.pin.text() for one in self.rows):
            first.ask()

    def _submit(self, at: int) -> None:
        row_ = self.rows[at]
        if not row_.is_filled():
            row_.ask()
            return
        self._model.try_pin(at, row_.name, row_.pin.text())
        self._busy()
        following = [one for one in self.rows[at + 1 :] if one.pin.isEnabled()]
        if following:
            following[0].ask()

    def _postpone(self) -> None:
        """Sign alone: the reason first, then the own PIN; the second row is left empty."""
        if self.reason.isHidden():
            self.reason.setVisible(True)
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if not self.reason.text().strip():
            self.reason.show_state(State.BAD, _("Say why, in words."))
            return
        own = self.rows[0]
        self._postpones = True
        if self._model.is_proved(0):
            self._leave_for_later()
        elif own.is_filled():
            self._model.try_pin(0, own.name, own.pin.text())
            self._busy()
        else:
            own.ask()

    def _leave_for_later(self) -> None:
        self.accept()
        self.later.emit(self.reason.text().strip())

    def _forget_pins(self) -> None:
        """Keep no PIN behind the lock."""
        for row_ in self.rows:
            row_.pin.set_text("")

    def _submit_all(self) -> None:
        self._postpones = False
        for at, row_ in enumerate(self.rows):
            if not self._model.is_proved(at):
                if not row_.is_filled():
                    row_.ask()
                    return
                self._model.try_pin(at, row_.name, row_.pin.text())
        self._busy()

    def _prove(self, at: int) -> None:
        self.rows[at].prove()
        self._busy()
        if self._postpones and at == 0:
            self._leave_for_later()

    def _refuse(self, at: int, error: StockpileError) -> None:
        self._postpones = False
        self.rows[at].refuse(error)
        self.rows[at].ask()
        self._busy()

    def _sign(self, opened: tuple[object, ...]) -> None:
        self.accept()
        self.signed.emit(opened)

    def _busy(self) -> None:
        self.confirm.set_busy(self._model.is_asking)
