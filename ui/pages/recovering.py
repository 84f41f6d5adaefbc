"""The dialog for who lost the passphrase: both halves of the sheet, or the authority's key file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit, QWidget

from stockpile.domain.errors import (
    FileUnreadable,
    PassphraseTooShort,
    RecoveryKeyStrange,
    SheetHalfMistyped,
    StockpileError,
)
from stockpile.language import _
from ui.later import error_sentence
from ui.theme import Ink, Space, Text, Tone
from ui.view_models.recovering import RecoveringModel
from ui.widgets.arrange import STRETCH, Share, column, row
from ui.widgets.button import Button, Kind
from ui.widgets.field import Field, State
from ui.widgets.field_grid import FieldGrid
from ui.widgets.growing import fix_width
from ui.widgets.picture import Tile
from ui.widgets.text import Label, secondary

_WIDTH = 560


class RecoveringDialog(QDialog):
    """Two halves or a key file, and a new passphrase twice; open until the store has taken it."""

    def __init__(self, model: RecoveringModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self.setWindowTitle(_("Recover the store"))
        self.setModal(True)
        fix_width(self, _WIDTH)
        self.first = _half(_("Half 1 of the recovery sheet"))
        self.second = _half(_("Half 2 of the recovery sheet"))
        self.file = Field(_("File of the authority's age key"), hint=_("instead of the halves"))
        self.choose = Button(_("Choose"), icon="folder-open")
        self.new = _secret(_("New passphrase of the store"))
        self.again = _secret(_("New passphrase again"))
        self.confirm = Button(_("Recover"), Kind.PRIMARY, "lock-open")
        self.cancel = Button(_("Cancel"), hint="Esc")
        self._lay_out()
        self._connect()
        self.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def accept(self) -> None:
        """Try what was given; the dialog waits for the answer."""
        if self.confirm.is_busy or not self._is_filled():
            return
        self.confirm.set_busy(True)
        file = self.file.text().strip()
        if file:
            self._model.by_authority(Path(file), self.new.text())
        else:
            self._model.by_sheet(self.first.text(), self.second.text(), self.new.text())

    def _is_filled(self) -> bool:
        by_file = bool(self.file.text().strip())
        wanted = (self.new,) if by_file else (self.first, self.second, self.new)
        wrong = [(one, _("This is needed.")) for one in wanted if not one.text().strip()]
        if self.new.text() != self.again.text():
            wrong.append((self.again, _("The two passphrases differ. Type it again.")))
        for field, said in wrong:
            field.show_state(State.BAD, said)
        if wrong:
            wrong[0][0].setFocus(Qt.FocusReason.OtherFocusReason)
        return not wrong

    def _done(self, _passphrase: str) -> None:
        self.confirm.set_busy(False)
        for field in self._fields():
            field.set_text("")
        super().accept()

    def _refused(self, error: StockpileError) -> None:
        self.confirm.set_busy(False)
        field = self.first
        if isinstance(error, PassphraseTooShort):
            field = self.new
        elif isinstance(error, FileUnreadable) or (
            isinstance(error, RecoveryKeyStrange) and self.file.text().strip()
        ):
            field = self.file
        elif isinstance(error, SheetHalfMistyped):
            field = self.first if error.half == 1 else self.second
        field.show_state(State.BAD, error_sentence(error))
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose_file(self) -> None:
        found, _kind = QFileDialog.getOpenFileName(self, _("File of the authority's age key"))
        if found:
            self.file.set_text(found)
            self.new.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fields(self) -> tuple[Field, ...]:
        return (self.first, self.second, self.file, self.new, self.again)

    def _connect(self) -> None:
        fields = self._fields()
        for field in fields:
            field.edited.connect(lambda _text, of=field: of.show_state(State.PLAIN))
        self.first.submitted.connect(self.second.setFocus)
        self.second.submitted.connect(self.new.setFocus)
        self.file.submitted.connect(self.new.setFocus)
        self.new.submitted.connect(self.again.setFocus)
        self.again.submitted.connect(self.accept)
        self.choose.clicked.connect(self._choose_file)
        self.confirm.clicked.connect(self.accept)
        self.cancel.clicked.connect(self.reject)
        self._model.recovered.connect(self._done)
        self._model.refused.connect(self._refused)

    def _lay_out(self) -> None:
        said = _(
            "Scan the square code of each half, or type it. Both people stand here with their half;"
            " nobody keeps a copy. Nothing of the record is changed."
        )
        head = row(
            Share(Tile("lock-open", Tone.INFO, 40, 20), 0, Qt.AlignmentFlag.AlignTop),
            Share(
                column(
                    Label(_("Recover the store"), Text.CARD_TITLE),
                    Label(said, Text.BODY, Ink.SECONDARY, wrap=True),
                    gap=Space.XS,
                )
            ),
            gap=Space.L,
        )
        bottom = Qt.AlignmentFlag.AlignBottom
        file = row(Share(self.file), Share(self.choose, 0, bottom), gap=Space.M)
        after = secondary(
            _("Afterwards change the key and print a new sheet: Settings, Keys."), wrap=True
        )
        foot = row(STRETCH, self.cancel, self.confirm)
        fields = column(
            self.first, self.second, file,
            FieldGrid((self.new, self.again), fits_itself=True), after,
            gap=Space.M,
        )  # fmt: skip
        edges = (Space.XXL, Space.XXL, Space.XXL, Space.XL)
        self.setLayout(column(head, fields, foot, gap=Space.XL, margins=edges))


def _half(label: str) -> Field:
    field = Field(label, identifier=True)
    # An input method would swallow the first keys of a scanner.
    field.edit.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
    field.edit.setEchoMode(QLineEdit.EchoMode.PasswordEchoOnEdit)
    return field


def _secret(label: str) -> Field:
    field = Field(label)
    field.edit.setEchoMode(QLineEdit.EchoMode.Password)
    return field
