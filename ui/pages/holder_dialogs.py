"""A person put on record or changed, from the keyboard alone; and a new PIN, typed by them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit, QWidget

from stockpile import wording
from stockpile.domain.errors import (
    CardTaken,
    FieldMissing,
    FieldUnreadable,
    PinTooShort,
    StockpileError,
)
from stockpile.domain.facts import Authorisation
from stockpile.domain.holders import EVERYTHING, Details, Holder
from stockpile.domain.weapon_types import TYPES
from stockpile.language import _, isolated
from ui.theme import Ink, Space, Text
from ui.view_models.photos import Photos
from ui.widgets.arrange import STRETCH, Share, boxed, column, row, scrolled
from ui.widgets.button import Button, Kind
from ui.widgets.field import Choice, ChoiceField, Field, State
from ui.widgets.growing import fix_width
from ui.widgets.portrait import Portrait
from ui.widgets.text import Label, card_title, secondary

_WIDTH, _HEIGHT = 560, 560
_FACE = 72
_TOP = Qt.AlignmentFlag.AlignTop
_SPARE = 1
"""So many empty lines stand ready for another clearance."""


class ClearanceLine(QWidget):
    """One clearance: for what, and until when.

    Signals:
        filled: something stands in it now.
    """

    filled = Signal()

    def __init__(self, said: Authorisation) -> None:
        super().__init__()
        self._said = said
        self.what = ChoiceField(_("Cleared for"), _choices(), free=True)
        self.until = Field(_("Until"), placeholder=_("2027-06-30, or no end"))
        self.setLayout(row(Share(self.what, 3, _TOP), Share(self.until, 2, _TOP), gap=Space.M))
        self.what.set_value(said.what)
        self.until.set_text(said.until)
        self.what.chosen.connect(lambda _value: self.filled.emit())

    def said(self) -> Authorisation:
        """Return what it says; one without a word for what is none."""
        what, until = self.what.value().strip(), self.until.text().strip()
        return replace(self._said, what=what, until=until)


class HolderDialog(QDialog):
    """All that is recorded of a person.

    Signals:
        decided: the details, and the PIN typed (empty for none).
        photo_wanted: a photo is to be kept: its file.
    """

    decided = Signal(object, str)
    photo_wanted = Signal(object)

    def __init__(self, holder: Holder | None, photos: Photos, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._before = holder.details if holder else Details("")
        self._photo = self._before.photo
        title = _("Change a person") if holder else _("Add a person")
        self.setWindowTitle(title)
        self.setModal(True)
        self.resize(_WIDTH, _HEIGHT)
        self._make_fields(is_new=holder is None)
        self._lay_out(title)
        self._fill()
        photos.thumbnail.connect(self.portrait.show_photo)
        self.photo.clicked.connect(self._choose_photo)
        self.save.clicked.connect(self._decide)
        self.cancel.clicked.connect(self.reject)
        for field in (self.name, self.reference, self.rank, self.unit, self.card, self.pin):
            field.submitted.connect(self._decide)
        if self._photo:
            self.portrait.expect(self._photo)
            photos.want_thumbnail(self._photo, _FACE * 2)
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_fields(self, *, is_new: bool) -> None:
        self.name = Field(_("Name"))
        self.reference = Field(_("Service number"), identifier=True)
        self.rank, self.unit = Field(_("Rank")), Field(_("Unit or company"))
        self.card = Field(_("Card"), identifier=True, placeholder=_("Scan the card"))
        self.pin = Field(_("PIN, typed by the person"), hint=_("may stay empty"))
        self.pin.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.pin.setVisible(is_new)
        self.portrait = Portrait(_FACE)
        self.photo = Button(_("Photo"), Kind.SECONDARY, "image")
        self.save = Button(_("Save"), Kind.PRIMARY)
        self.cancel = Button(_("Cancel"))
        self.trouble = Label("", Text.BODY, Ink.BAD, wrap=True)
        self.trouble.hide()
        self._clearances: list[ClearanceLine] = []
        self._lines = column(gap=Space.S)

    def _lay_out(self, title: str) -> None:
        face = column(self.portrait, self.photo, STRETCH, gap=Space.S)
        first = column(
            self.name,
            row(Share(self.reference, 1, _TOP), Share(self.card, 1, _TOP), gap=Space.M),
            row(Share(self.rank, 1, _TOP), Share(self.unit, 1, _TOP), gap=Space.M),
            self.pin,
            gap=Space.M,
        )
        fields = column(
            row(face, Share(first), gap=Space.L),
            boxed(self._lines),
            STRETCH,
            gap=Space.L,
            margins=(0, 0, Space.M, 0),
        )
        foot = row(STRETCH, self.cancel, self.save, gap=Space.M)
        said = secondary(
            _("This is personal: it stands beside the ledger and can be erased."), wrap=True
        )
        edges = (Space.XXL, Space.XL, Space.XXL, Space.XL)
        head = Label(title, Text.CARD_TITLE)
        body = Share(scrolled(boxed(fields)))
        self.setLayout(column(head, said, body, self.trouble, foot, gap=Space.M, margins=edges))

    def _fill(self) -> None:
        before = self._before
        for field, text in (
            (self.name, before.name), (self.reference, before.reference), (self.rank, before.rank),
            (self.unit, before.unit), (self.card, before.card),
        ):  # fmt: skip
            field.set_text(text)
        for one in before.authorisations:
            self._add_line(one)
        self._keep_spare()

    def _add_line(self, said: Authorisation) -> None:
        line = ClearanceLine(said)
        line.filled.connect(self._keep_spare)
        line.until.submitted.connect(self._decide)
        self._clearances.append(line)
        self._lines.addWidget(line)

    def _keep_spare(self) -> None:
        """Keep an empty line at the end: nobody has to ask for another."""
        empty = [one for one in self._clearances if not one.said().what]
        for _number in range(_SPARE - len(empty)):
            self._add_line(Authorisation(""))

    def clearances(self) -> Sequence[ClearanceLine]:
        """Return the lines of clearances, the empty one too."""
        return self._clearances

    def details(self) -> Details:
        """Return what stands in the fields."""
        return replace(
            self._before,
            name=self.name.text(), reference=self.reference.text(), rank=self.rank.text(),
            unit=self.unit.text(), card=self.card.text(), photo=self._photo,
            authorisations=tuple(one.said() for one in self._clearances if one.said().what),
        )  # fmt: skip

    def show_photo(self, digest: str) -> None:
        """Take a photo that was kept."""
        self._photo = digest
        self.portrait.expect(digest)

    def show_error(self, error: StockpileError) -> None:
        """Say what stands against it, at its field where it has one."""
        self.save.set_busy(False)
        field = self._field_of(error)
        if field is None:
            self.trouble.setText(wording.error_sentence(error))
            self.trouble.show()
            return
        said = _("This is needed.") if isinstance(error, FieldMissing) else _said(error)
        field.show_state(State.BAD, said)
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _field_of(self, error: StockpileError) -> Field | None:
        match error:
            case FieldMissing(field="name"):
                return self.name
            case CardTaken():
                return self.card
            case PinTooShort():
                return self.pin
            case FieldUnreadable(field="until"):
                wrong = (one for one in self._clearances if one.said().until == error.text)
                return next((one.until for one in wrong), None)
            case _:
                return None

    def _decide(self) -> None:
        if self.save.is_busy:
            return
        for field in (self.name, self.card, self.pin, *(one.until for one in self._clearances)):
            field.show_state(State.PLAIN)
        self.trouble.hide()
        self.save.set_busy(True)
        self.decided.emit(self.details(), self.pin.text())

    def _choose_photo(self) -> None:
        file, _kind = QFileDialog.getOpenFileName(
            self, _("Photo of the person"), "", _("Photos") + " (*.jpg *.jpeg *.png *.webp)"
        )
        if file:
            self.photo_wanted.emit(Path(file))


class PinDialog(QDialog):
    """A person's new PIN, typed twice by them.

    Signals:
        decided: the PIN.
    """

    decided = Signal(str)

    def __init__(self, holder: Holder, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("New PIN"))
        self.setModal(True)
        self.pin, self.again = (Field(one) for one in (_("PIN"), _("PIN again")))
        for field in (self.pin, self.again):
            field.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.save = Button(_("Save"), Kind.PRIMARY)
        cancel = Button(_("Cancel"))
        said = _("{name} types it; nobody else sees it. It signs for weapons in their name.")
        words = Label(said.format(name=isolated(holder.name)), Text.BODY, Ink.SECONDARY, wrap=True)
        edges = (Space.XXL, Space.XXL, Space.XXL, Space.XL)
        foot = row(STRETCH, cancel, self.save, gap=Space.M)
        self.setLayout(
            column(card_title(_("New PIN")), words, self.pin, self.again, foot, gap=Space.L,
                   margins=edges)
        )  # fmt: skip
        fix_width(self, _WIDTH - 120)
        self.pin.submitted.connect(lambda: self.again.setFocus(Qt.FocusReason.OtherFocusReason))
        self.again.submitted.connect(self._decide)
        self.save.clicked.connect(self._decide)
        cancel.clicked.connect(self.reject)
        self.pin.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_error(self, error: StockpileError) -> None:
        """Say what stands against it."""
        self.save.set_busy(False)
        self.pin.show_state(State.BAD, wording.error_sentence(error))
        self.pin.setFocus(Qt.FocusReason.OtherFocusReason)

    def _decide(self) -> None:
        if self.pin.text() != self.again.text():
            self.again.show_state(State.BAD, _("The two PINs differ. Type it again."))
            return
        self.again.show_state(State.PLAIN)
        self.save.set_busy(True)
        self.decided.emit(self.pin.text())


def _choices() -> list[Choice]:
    types = [Choice(code, wording.weapon_type(code)) for code in TYPES]
    return [Choice(EVERYTHING, _("every weapon")), *types]


def _said(error: StockpileError) -> str:
    if isinstance(error, FieldUnreadable):
        return _("Write the day as year-month-day, such as 2027-06-30.")
    return wording.error_sentence(error)
