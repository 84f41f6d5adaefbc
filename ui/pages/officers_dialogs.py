"""A change of an office, from the keyboard alone: what is said of it, before it is signed."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from stockpile import wording
from stockpile.domain.errors import (
    FieldMissing,
    FieldUnreadable,
    PinTooShort,
    StockpileError,
    WrongPin,
)
from stockpile.domain.offices import Office
from stockpile.domain.people import LEAST_PIN, ROLES, read_role
from stockpile.language import _, isolated
from ui.pages.officers_words import button_word, meaning, title
from ui.theme import Ink, Space, Text
from ui.view_models.officers import Asked, Change
from ui.widgets.arrange import STRETCH, Share, column, row
from ui.widgets.button import Button, Kind
from ui.widgets.field import Choice, Field, FieldFrame, NoteField, State
from ui.widgets.growing import fix_width
from ui.widgets.text import Label, card_title
from ui.widgets.ticks_field import TicksField

_WIDTH: Final = 520
_TOP: Final = Qt.AlignmentFlag.AlignTop
_SHORTEST: Final = 3
_WITH_ROLES: Final = frozenset[Change]({"appoint", "roles"})
_WITH_PIN: Final = frozenset[Change]({"appoint", "pin", "own_pin"})
_WITHOUT_REASON: Final = frozenset[Change]({"appoint", "own_pin", "unlock"})
_GRAVE: Final = frozenset[Change]({"suspend", "retire"})


class OfficeDialog(QDialog):
    """The form of one change; it stays open until the change is on record.

    Signals:
        decided: what is asked for (Asked).
    """

    decided = Signal(object)

    def __init__(self, change: Change, office: Office | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.change, self._office = change, office
        name = office.body.name if office else ""
        self.setWindowTitle(title(change, name))
        self.setModal(True)
        fix_width(self, _WIDTH)
        self.name = Field(_("Name"))
        self.roles = TicksField(_("Roles"), [Choice(one, wording.role(one)) for one in ROLES])
        self.old_pin = _secret(_("PIN until now"))
        self.pin = _secret(_("PIN, typed by the officer") if change != "own_pin" else _("New PIN"))
        self.again = _secret(_("PIN again"))
        self.reason = NoteField(_("Reason"))
        self._trouble = Label("", Text.BODY, Ink.BAD, wrap=True)
        self.cancel = Button(_("Cancel"), hint="Esc")
        kind = Kind.DANGER if change in _GRAVE else Kind.PRIMARY
        word, icon = button_word(change) if change != "appoint" else (_("Appoint"), "user-plus")
        self.save = Button(word, kind, icon)
        self._lay_out()
        self._listen()

    def show_error(self, error: StockpileError) -> None:
        """Say a refusal at the field it concerns; what was typed stays."""
        self.save.set_busy(False)
        field = self._field_of(error)
        if field is None:
            self._trouble.setText(said(error))
            self._trouble.show()
            return
        field.show_state(State.BAD, said(error))
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def wait(self, *, waits: bool) -> None:
        """Wait for the signature, or stand ready again."""
        self.save.set_busy(waits)

    # --- inside -----------------------------------------------------------------------------

    def _lay_out(self) -> None:
        change = self.change
        shown: tuple[tuple[QWidget, bool], ...] = (
            (self.name, change == "appoint"),
            (self.roles, change in _WITH_ROLES),
            (self.old_pin, change == "own_pin"),
            (self.reason, change not in _WITHOUT_REASON and not self._is_first_badge()),
        )
        pins = row(Share(self.pin, 1, _TOP), Share(self.again, 1, _TOP), gap=Space.M)
        edges = (Space.XXL, Space.XL, Space.XXL, Space.XL)
        words = Label(meaning(change), Text.BODY, Ink.SECONDARY, wrap=True)
        body = column(
            column(card_title(self.windowTitle()), words, gap=Space.XS),
            self.name, self.roles, self.old_pin, pins, self.reason, self._trouble,
            row(STRETCH, self.cancel, self.save), gap=Space.M, margins=edges,
        )  # fmt: skip
        self.setLayout(body)
        for part in (self.pin, self.again):
            part.setVisible(change in _WITH_PIN)
        for part_, is_shown in shown:
            part_.setVisible(is_shown)
        self._trouble.hide()
        if self._office is not None:
            self.roles.set_value(",".join(self._office.body.roles))
        first = next((one for one, is_shown in shown if is_shown), self.save)
        (self.pin if change == "pin" else first).setFocus(Qt.FocusReason.OtherFocusReason)

    def _listen(self) -> None:
        self.cancel.clicked.connect(self.reject)
        self.save.clicked.connect(self._decide)
        self.name.submitted.connect(self.roles.setFocus)
        self.old_pin.submitted.connect(self.pin.setFocus)
        self.pin.submitted.connect(self.again.setFocus)
        self.again.submitted.connect(self._go_on)
        for field in (self.name, self.old_pin, self.pin, self.again):
            field.edited.connect(lambda _text, field=field: field.show_state(State.PLAIN))
        self.roles.chosen.connect(lambda _value: self.roles.show_state(State.PLAIN))
        self.reason.edited.connect(lambda: self.reason.show_state(State.PLAIN))

    def _go_on(self) -> None:
        if not self.reason.isHidden():
            self.reason.setFocus()
        else:
            self._decide()

    def _decide(self) -> None:
        wrong = self._wrong()
        for field, words in wrong:
            field.show_state(State.BAD, words)
        if wrong:
            wrong[0][0].setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self.save.is_busy:
            self._trouble.hide()
            self.save.set_busy(True)
            self.decided.emit(self._asked())

    def _asked(self) -> Asked:
        office = self._office
        roles = tuple(read_role(one) for one in self.roles.value().split(",") if one)
        asked = Asked(
            self.change,
            office.id if office else None,
            office.body.name if office else self.name.text().strip(),
            reason=self.reason.text().strip(),
            pin=self.pin.text(),
            old_pin=self.old_pin.text(),
        )
        return replace(asked, roles=roles) if self.change in _WITH_ROLES else asked

    def _wrong(self) -> list[tuple[FieldFrame, str]]:
        """Return what is missing, each at its field."""
        wrong: list[tuple[FieldFrame, str]] = [
            (field, _("This is needed."))
            for field in (self.name, self.old_pin)
            if not field.isHidden() and not field.text().strip()
        ]
        if not self.roles.isHidden() and not self.roles.value():
            wrong.append((self.roles, _("Choose at least one role.")))
        if not self.pin.isHidden() and len(self.pin.text()) < LEAST_PIN:
            wrong.append((self.pin, said(PinTooShort(LEAST_PIN))))
        elif not self.again.isHidden() and self.pin.text() != self.again.text():
            wrong.append((self.again, _("The two PINs differ. Type it again.")))
        if not self.reason.isHidden() and len(self.reason.text().strip()) < _SHORTEST:
            wrong.append((self.reason, _("Say why, in words: it stands on record.")))
        return wrong

    def _is_first_badge(self) -> bool:
        office = self._office
        return self.change == "badge" and office is not None and not office.body.badge

    def _field_of(self, error: StockpileError) -> FieldFrame | None:
        if isinstance(error, PinTooShort):
            return self.pin
        if isinstance(error, WrongPin) and not self.old_pin.isHidden():
            return self.old_pin
        if isinstance(error, FieldMissing | FieldUnreadable) and self.change == "appoint":
            return self.roles if error.field == "roles" else self.name
        return None


def said(error: StockpileError) -> str:
    """Return what a refusal says; a name that is taken is said as such."""
    if isinstance(error, FieldUnreadable) and error.field == "name":
        name = isolated(error.text)
        return _("An officer called {name} holds an office already.").format(name=name)
    return wording.error_sentence(error)


def _secret(label: str) -> Field:
    field = Field(label)
    field.edit.setEchoMode(QLineEdit.EchoMode.Password)
    return field
