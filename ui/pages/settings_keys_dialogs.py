"""What is asked before keys are changed: the passphrase, and the new one twice."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from stockpile import wording
from stockpile.domain.errors import PassphraseTooShort, StockpileError
from stockpile.language import _
from ui.desk import Work
from ui.pages.work_bar import WorkBar
from ui.theme import Ink, Space, Text, Tone
from ui.widgets.arrange import STRETCH, Share, column, row
from ui.widgets.button import Button, Kind
from ui.widgets.field import Field, State
from ui.widgets.growing import fix_width
from ui.widgets.picture import Tile
from ui.widgets.text import Label

_WIDTH = 480


class PassphraseDialog(QDialog):
    """Asks for the passphrase and, for a change of it, for the new one twice.

    It stays open until the core has taken it.

    Signals:
        given: the passphrase, and the new one or nothing.
    """

    given = Signal(str, str)

    def __init__(
        self, title: str, sentence: str, action: str, parent: QWidget, *, changes: bool = False
    ) -> None:
        super().__init__(parent)
        self._changes = changes
        self.setWindowTitle(title)
        self.setModal(True)
        fix_width(self, _WIDTH)
        self.passphrase = secret(_("Passphrase of the store"))
        self.new = secret(_("New passphrase of the store"))
        self.again = secret(_("New passphrase again"))
        self.confirm = Button(action, Kind.PRIMARY, "key-round")
        self.cancel = Button(_("Cancel"), hint="Esc")
        self.bar = WorkBar()
        self._lay_out(title, sentence)
        for field in (self.passphrase, self.new, self.again):
            field.edited.connect(lambda _text, of=field: of.show_state(State.PLAIN))
            field.submitted.connect(self.accept)
        for field in (self.new, self.again):
            field.setVisible(changes)
        self.confirm.clicked.connect(self.accept)
        self.cancel.clicked.connect(self.reject)
        self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)

    def accept(self) -> None:
        """Tell what was typed; the dialog waits for the answer."""
        if self.confirm.is_busy or not self._is_filled():
            return
        self.confirm.set_busy(True)
        self.given.emit(self.passphrase.text(), self.new.text() if self._changes else "")

    def follow(self, work: Work) -> None:
        """Show how far a long work is that has begun, and cannot be stopped any more."""
        said = _("Sealing all records anew: this is not stopped any more…")
        self.bar.follow(work, said, can_cancel=False)
        self.cancel.setEnabled(False)

    def reject(self) -> None:
        """Go away, unless a work is under way that shows how far it is here."""
        if self.bar.isHidden():
            super().reject()

    def wait_again(self) -> None:
        """Let it be given once more: nobody signed."""
        self.confirm.set_busy(False)

    def close_done(self) -> None:
        """Go away: it is done, and what was typed is not kept."""
        self._end()
        for field in (self.passphrase, self.new, self.again):
            field.set_text("")
        super().accept()

    def show_error(self, error: StockpileError) -> None:
        """Say a refusal at its field."""
        self._end()
        field = self.new if isinstance(error, PassphraseTooShort) else self.passphrase
        field.show_state(State.BAD, wording.error_sentence(error))
        field.edit.selectAll()
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _end(self) -> None:
        self.confirm.set_busy(False)
        self.cancel.setEnabled(True)
        self.bar.end()

    def _is_filled(self) -> bool:
        wanted = (self.passphrase, self.new) if self._changes else (self.passphrase,)
        wrong = [(one, _("This is needed.")) for one in wanted if not one.text()]
        if self._changes and self.new.text() != self.again.text():
            wrong.append((self.again, _("The two passphrases differ. Type it again.")))
        for field, said in wrong:
            field.show_state(State.BAD, said)
        if wrong:
            wrong[0][0].setFocus(Qt.FocusReason.OtherFocusReason)
        return not wrong

    def _lay_out(self, title: str, sentence: str) -> None:
        words = Label(sentence, Text.BODY, Ink.SECONDARY, wrap=True)
        said = column(Label(title, Text.CARD_TITLE, wrap=True), words, gap=Space.XS)
        top = Qt.AlignmentFlag.AlignTop
        head = row(Share(Tile("key-round", Tone.INFO, 40, 20), 0, top), Share(said), gap=Space.L)
        fields = column(self.passphrase, self.new, self.again, gap=Space.M)
        foot = row(STRETCH, self.cancel, self.confirm)
        edges = (Space.XXL, Space.XXL, Space.XXL, Space.XL)
        self.setLayout(column(head, fields, self.bar, foot, gap=Space.XL, margins=edges))


def secret(label: str) -> Field:
    """Return a field whose letters nobody reads over a shoulder."""
    field = Field(label)
    field.edit.setEchoMode(QLineEdit.EchoMode.Password)
    return field
