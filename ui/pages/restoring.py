"""A dialog that restores a backup: what it brings and loses first, then who approves it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit, QVBoxLayout, QWidget

from stockpile.domain.errors import (
    Cancelled,
    FieldMissing,
    OfficerNotAuthorised,
    OfficerUnknown,
    SecondOfficerMissing,
    StockpileError,
    WrongPassphrase,
    WrongPin,
)
from stockpile.language import _, isolated, ngettext
from stockpile.services import backup_words
from stockpile.services.restoring import Approval
from stockpile.wording import error_sentence, instant
from ui.desk import Work
from ui.pages.work_bar import WorkBar
from ui.theme import Ink, Space, Text, Tone
from ui.view_models.restoring import RestoringModel
from ui.widgets.arrange import STRETCH, Share, boxed, clear, column, row, scrolled
from ui.widgets.button import Button, Kind
from ui.widgets.card import Banner, Card, Ground
from ui.widgets.detail_list import Detail, DetailList
from ui.widgets.field import Field, State
from ui.widgets.picture import Tile
from ui.widgets.text import Label, ShortLabel, secondary

if TYPE_CHECKING:
    from stockpile.services.restoring import Preview, Restored

_SIZE, _EMPTY = (640, 690), (640, 320)
_TOP = Qt.AlignmentFlag.AlignTop


class RestoreDialog(QDialog):
    """One way through for a clerk: the backup, what it means, two officers, done.

    The home may be open at this desk, or be damaged and not open at all.

    Signals:
        ended: the home is made of the backup: what was restored.
    """

    ended = Signal(object)

    def __init__(
        self, model: RestoringModel, parent: QWidget | None = None, *, file: Path | None = None
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._preview: Preview | None = None
        self._made: Restored | None = None
        self.setWindowTitle(_("Restore a backup"))
        self.setModal(True)
        self.resize(*_EMPTY)
        self._file = ShortLabel("", Text.FIELD)
        self.choose = Button(_("Choose a file…"), icon="folder-open")
        self.state = Banner("search", _("Choose the backup"), "", Tone.GREY)
        self._matters = DetailList()
        self.approval = _ApprovalFields(model.officer)
        self.bar = WorkBar()
        self.confirm = Button(_("Restore it"), Kind.DANGER, "history")
        self.cancel = Button(_("Cancel"), hint="Esc")
        self.leave = Button("", Kind.PRIMARY, "check")
        self.leave.hide()
        self._lines: QVBoxLayout = column(gap=Space.M)
        self._lay_out()
        self._connect()
        self._judge()
        wanted = file or model.newest()
        if wanted is not None:
            self.look(wanted)

    def look(self, file: Path) -> None:
        """Read a backup and show what it would bring and lose."""
        self._preview = None
        self.resize(self.size().expandedTo(QSize(*_SIZE)))
        self._name(file)
        self._judge()
        self._model.look(file)

    # --- inside -----------------------------------------------------------------------------

    def _name(self, file: Path) -> None:
        self._file.setText(isolated(file.name))
        self._file.setToolTip(isolated(str(file)))
        self.choose.setText(_("Another backup…"))

    def _lay_out(self) -> None:
        sentence = _(
            "Nothing is repaired and nothing is deleted: the stockpile as it is now is moved aside."
            " The restored one goes on as a new node, approved by two officers."
        )
        head = row(
            Share(Tile("history", Tone.WARN, 40, 20), 0, _TOP),
            Share(
                column(
                    Label(self.windowTitle(), Text.CARD_TITLE),
                    Label(sentence, Text.BODY, Ink.SECONDARY, wrap=True),
                    gap=Space.XS,
                )
            ),
            gap=Space.L,
        )
        self._matters_card = Card(column(self._matters), Ground.INSET)
        self._matters_card.hide()
        chosen = row(Share(self._file), self.choose, gap=Space.M)
        body = column(
            chosen, self.state, self._matters_card, self.approval, boxed(self._lines), STRETCH,
            gap=Space.L, margins=(0, 0, Space.M, 0),
        )  # fmt: skip
        foot = row(STRETCH, self.cancel, self.confirm, self.leave)
        edges = (Space.XXL, Space.XXL, Space.XXL, Space.XL)
        inner = scrolled(boxed(body))
        self.setLayout(column(head, Share(inner), self.bar, foot, gap=Space.L, margins=edges))

    def _connect(self) -> None:
        model = self._model
        model.began.connect(self._began)
        model.previewed.connect(self._show)
        model.unreadable.connect(self._show_unreadable)
        model.restored.connect(self._end)
        model.refused.connect(self._refuse)
        self.choose.clicked.connect(self._choose)
        self.confirm.clicked.connect(self._restore)
        self.cancel.clicked.connect(self.reject)
        self.approval.edited.connect(self._judge)
        self.approval.submitted.connect(self._restore)

    def _choose(self) -> None:
        files = _("Backups ({pattern})").format(pattern="*.backup")
        dialog = QFileDialog(self, _("Choose the backup"), str(self._model.folder()), files)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda file: self.look(Path(file)))
        dialog.open()

    def _began(self, work: Work) -> None:
        reads = self._preview is None
        said = _("Reading every byte of the backup…") if reads else _("Restoring…")
        self.bar.follow(work, said)
        self._judge()

    def _show(self, preview: Preview) -> None:
        self.bar.end()
        self._preview = preview
        backup, entries = preview.backup, preview.entries
        self._name(backup.file)
        title = ngettext(
            "Whole: {count} weapon, up to entry {number}, written {at} (UTC)",
            "Whole: {count} weapons, up to entry {number}, written {at} (UTC)",
            backup.weapons,
        ).format(
            count=isolated(str(backup.weapons)),
            number=isolated(str(backup.tip.number)),
            at=isolated(instant(backup.at)),
        )
        said = [backup_words.stands_sentence(preview)]
        if preview.later_officers:
            said.append(backup_words.officers_sentence(preview))
        if backup.photos_missing:
            said.append(backup_words.photos_sentence(backup))
        tone = Tone.WARN if entries.lost or backup.photos_missing else Tone.OK
        self.state.say("circle-check", title, " ".join(said), tone)
        self._matters.show_details(
            [
                Detail(
                    backup_words.matter(one.matter),
                    backup_words.told_sentence(one),
                    ink=Ink.TEXT if not one.lost else Tone.WARN.ink,
                )
                for one in preview.matters
            ]
        )
        self._matters_card.setVisible(bool(preview.matters))
        self._judge()
        self.approval.start()

    def _show_unreadable(self, error: StockpileError) -> None:
        self.bar.end()
        self._matters_card.hide()
        if isinstance(error, Cancelled):
            self.state.say("pause", _("Stopped"), _("Nothing was changed."), Tone.GREY)
        else:
            title = _("This backup cannot be used")
            self.state.say("triangle-alert", title, error_sentence(error), Tone.BAD)
        self._judge()

    def _judge(self) -> None:
        busy = not self.bar.isHidden()
        ready = self._preview is not None and not busy
        self.approval.setVisible(self._preview is not None and self._made is None)
        self.confirm.setEnabled(ready and self.approval.is_filled())
        self.choose.setEnabled(not busy)

    def _restore(self) -> None:
        if self._preview is not None and self.confirm.isEnabled():
            self.approval.clear_states()
            self._model.restore(self._preview, self.approval.told())

    def _refuse(self, error: StockpileError) -> None:
        self.bar.end()
        self._judge()
        if isinstance(error, Cancelled):
            said = _("Nothing was changed.")
            self.state.say("pause", _("Stopped"), said, Tone.GREY)
        elif not self.approval.refuse(error):
            title = _("Not restored; all is as it was")
            self.state.say("triangle-alert", title, error_sentence(error), Tone.BAD)

    def _end(self, made: Restored) -> None:
        self.bar.end()
        self._made = made
        self._matters_card.hide()
        self.approval.hide()
        self.choose.hide()
        first, *rest = backup_words.restored_lines(made)
        self.state.say("circle-check", _("Restored"), first, Tone.OK)
        clear(self._lines)
        for line in rest:
            self._lines.addWidget(Label(line, Text.BODY, wrap=True))
        self.cancel.hide()
        self.confirm.hide()
        self.leave.setText(_("Close the program") if made.waits else _("Open it"))
        self.leave.clicked.connect(partial(self._leave, made))
        self.leave.show()
        self.leave.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave(self, made: Restored) -> None:
        self.accept()
        self.ended.emit(made)

    def reject(self) -> None:
        """Go away, but not in the middle, and not past what has to be done now."""
        if self.bar.isHidden() and self._made is None:
            super().reject()
        elif self._made is not None:
            self._leave(self._made)


class _ApprovalFields(QWidget):
    """The passphrase, and two officers with their PINs.

    Signals:
        edited: something was typed.
        submitted: Enter in the last field.
    """

    edited = Signal()
    submitted = Signal()

    def __init__(self, officer: str) -> None:
        super().__init__()
        self.passphrase = _secret(_("Passphrase of the store"))
        self.first, self.first_pin = Field(_("Officer")), _secret(_("PIN"))
        self.second, self.second_pin = Field(_("Second officer")), _secret(_("PIN"))
        self.first.set_text(officer)
        hint = secondary(
            _(
                "Passphrase and PINs as they were when the backup was written. Where only one"
                " officer was in office then, the second row stays empty."
            ),
            wrap=True,
        )
        self.setLayout(
            column(
                hint, self.passphrase,
                row(Share(self.first, 5, _TOP), Share(self.first_pin, 4, _TOP), gap=Space.M),
                row(Share(self.second, 5, _TOP), Share(self.second_pin, 4, _TOP), gap=Space.M),
                gap=Space.M,
            )
        )  # fmt: skip
        for field in self._all():
            field.edited.connect(lambda _text: self.edited.emit())
        self.second_pin.submitted.connect(self.submitted)

    def start(self) -> None:
        """Put the cursor where one goes on."""
        self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)

    def is_filled(self) -> bool:
        """Say whether it can be tried; the second officer may be nobody."""
        needed = (self.passphrase, self.first, self.first_pin)
        both = bool(self.second.text().strip()) == bool(self.second_pin.text())
        return both and all(one.text().strip() for one in needed)

    def told(self) -> Approval:
        """Return what was typed."""
        return Approval(
            self.passphrase.text(),
            (self.first.text().strip(), self.first_pin.text()),
            (self.second.text().strip(), self.second_pin.text()),
        )

    def clear_states(self) -> None:
        """Take back what was said at the fields."""
        for field in self._all():
            field.show_state(State.PLAIN)

    def refuse(self, error: StockpileError) -> bool:
        """Say a refusal at the field that it concerns; say whether there is one."""
        field = self._field_of(error)
        if field is None:
            return False
        field.show_state(State.BAD, error_sentence(error))
        if field in (self.first_pin, self.second_pin, self.passphrase):
            field.set_text("")
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()
        return True

    def _field_of(self, error: StockpileError) -> Field | None:
        if isinstance(error, WrongPassphrase):
            return self.passphrase
        if isinstance(error, SecondOfficerMissing):
            return self.second
        if isinstance(error, FieldMissing):
            return self.first
        named = getattr(error, "name", "")
        is_second = named.casefold() == self.second.text().strip().casefold() != ""
        if isinstance(error, WrongPin):
            return self.second_pin if is_second else self.first_pin
        if isinstance(error, OfficerUnknown | OfficerNotAuthorised):
            return self.second if is_second else self.first
        return None

    def _all(self) -> tuple[Field, ...]:
        return (self.passphrase, self.first, self.first_pin, self.second, self.second_pin)


def _secret(label: str) -> Field:
    field = Field(label)
    field.edit.setEchoMode(QLineEdit.EchoMode.Password)
    return field
