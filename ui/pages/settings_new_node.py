"""What is asked before this computer gets another signing key: why, the passphrase, two PINs."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from stockpile import wording
from stockpile.domain.errors import (
    OfficerUnknown,
    ReasonMissing,
    StockpileError,
    WrongPassphrase,
    WrongPin,
)
from stockpile.language import _
from stockpile.services.restoring import Restored
from ui.pages.settings_keys_dialogs import secret
from ui.pages.work_bar import WorkBar
from ui.theme import Ink, Space, Text
from ui.view_models.new_node import NewNodeModel, SecondOfficer
from ui.widgets.arrange import STRETCH, column, row
from ui.widgets.button import Button, Kind
from ui.widgets.field import Field, State
from ui.widgets.growing import fix_width
from ui.widgets.text import Label, secondary

_WIDTH = 520


class NewNodeDialog(QDialog):
    """Asks for what another signing key wants; stays open until it is made or refused.

    Signals:
        ended: it is made, and in force at the next start: what was made.
    """

    ended = Signal(object)

    def __init__(self, model: NewNodeModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self.setWindowTitle(_("Another signing key"))
        self.setModal(True)
        fix_width(self, _WIDTH)
        self.reason = Field(_("Why"), hint=_("the year is over, somebody left"))
        self.passphrase = secret(_("Passphrase of the store"))
        self.pin = secret(_("Your PIN"))
        self.name = Field(_("Name of the second officer"))
        self.second_pin = secret(_("PIN of the second officer"))
        self.confirm = Button(_("Make another key"), Kind.PRIMARY, "key-round")
        self.cancel = Button(_("Cancel"), hint="Esc")
        self.bar = WorkBar()
        self.said = secondary("", wrap=True)
        self.said.hide()
        self._lay_out()
        self._connect()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def accept(self) -> None:
        """Ask for it; the dialog waits for the answer."""
        if self.confirm.is_busy or not self._is_filled():
            return
        self.said.hide()
        self._busy(busy=True)
        second = SecondOfficer(self.name.text().strip(), self.second_pin.text())
        self._model.renew(
            self.reason.text().strip(), self.passphrase.text(), self.pin.text(), second
        )

    def reject(self) -> None:
        """Go away, but not while it is being done."""
        if not self.confirm.is_busy:
            super().reject()

    # --- inside -----------------------------------------------------------------------------

    def _fields(self) -> tuple[Field, ...]:
        return self.reason, self.passphrase, self.pin, self.name, self.second_pin

    def _lay_out(self) -> None:
        sentence = _(
            "The old key closes its chain, and this computer goes on as a new node that continues"
            " it: numbers, places and papers stay its own. The program ends; at the next start the"
            " new key is in force, and this computer is enrolled anew."
        )
        head = column(
            Label(_("Another signing key"), Text.CARD_TITLE, wrap=True),
            Label(sentence, Text.BODY, Ink.SECONDARY, wrap=True),
            gap=Space.XS,
        )
        foot = row(STRETCH, self.cancel, self.confirm)
        edges = (Space.XXL, Space.XXL, Space.XXL, Space.XL)
        fields = column(*self._fields(), self.said, self.bar, gap=Space.M)
        self.setLayout(column(head, fields, foot, gap=Space.XL, margins=edges))

    def _connect(self) -> None:
        for field in self._fields():
            field.edited.connect(lambda _text, of=field: of.show_state(State.PLAIN))
            field.submitted.connect(self.accept)
        self.confirm.clicked.connect(self.accept)
        self.cancel.clicked.connect(self.reject)
        self._model.began.connect(lambda work: self.bar.follow(work, _("Copying the record…")))
        self._model.done.connect(self._done)
        self._model.refused.connect(self._refused)

    def _is_filled(self) -> bool:
        empty = [field for field in self._fields() if not field.text().strip()]
        for field in empty:
            field.show_state(State.BAD, _("This is needed."))
        if empty:
            empty[0].setFocus(Qt.FocusReason.OtherFocusReason)
        return not empty

    def _busy(self, *, busy: bool) -> None:
        self.confirm.set_busy(busy)
        self.cancel.setEnabled(not busy)

    def _done(self, made: Restored) -> None:
        self._end()
        super().accept()
        self.ended.emit(made)

    def _refused(self, error: StockpileError) -> None:
        self._end()
        field = self._field_of(error)
        if field is None:
            self.said.setText(wording.error_sentence(error))
            self.said.show()
            return
        field.show_state(State.BAD, wording.error_sentence(error))
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _field_of(self, error: StockpileError) -> Field | None:
        if isinstance(error, WrongPassphrase):
            return self.passphrase
        if isinstance(error, OfficerUnknown):
            return self.name
        if isinstance(error, ReasonMissing):
            return self.reason
        if isinstance(error, WrongPin):
            return self.pin if self._model.officer in error.details().values() else self.second_pin
        return None

    def _end(self) -> None:
        self.bar.end()
        self._busy(busy=False)
