"""What a new stockpile is told before it is made."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from stockpile.domain.errors import FieldMissing, FieldUnreadable, PinTooShort, StockpileError
from stockpile.language import _
from ui.later import founding
from ui.theme import Space
from ui.widgets.arrange import Share, column, row
from ui.widgets.field import Field, State
from ui.widgets.text import secondary

if TYPE_CHECKING:  # loaded after the first paint, see ui.later
    from stockpile.services.people import Founding

_TOP = Qt.AlignmentFlag.AlignTop


class FoundingFields(QWidget):
    """What a new stockpile is told; Enter leads from field to field.

    Signals:
        submitted: Enter in the last field.
    """

    submitted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._country = Field(_("Country"), placeholder=_("two letters, as UG"))
        self._site = Field(_("Site code"), placeholder=_("short, as KLA"))
        self._name = Field(_("Name of the depot"))
        self._officer = Field(_("First officer"))
        self._pin = secret(_("PIN of the officer"))
        self._again = secret(_("PIN again"))
        self.passphrase = secret(_("New passphrase of the store"))
        self._repeated = secret(_("New passphrase again"))
        advice = _("Five words that do not belong together are good. It is asked at every start.")
        self.setLayout(
            column(
                row(Share(self._country, 1, _TOP), Share(self._site, 1, _TOP), gap=Space.M),
                self._name,
                self._officer,
                row(Share(self._pin, 1, _TOP), Share(self._again, 1, _TOP), gap=Space.M),
                self.passphrase,
                self._repeated,
                secondary(advice, wrap=True),
                gap=Space.M,
            )
        )
        self.setFocusProxy(self._country)
        order = (
            self._country, self._site, self._name, self._officer, self._pin, self._again,
            self.passphrase, self._repeated,
        )  # fmt: skip
        for field, after in pairwise(order):
            field.submitted.connect(after.setFocus)
        self._repeated.submitted.connect(self.submitted)

    def told(self) -> Founding | None:
        """Return what was typed, or nothing after saying at a field what is missing."""
        filled = True
        for field in self.findChildren(Field):
            field.show_state(State.PLAIN)
            if not field.text().strip():
                field.show_state(State.BAD, _("This is needed."))
                filled = False
        if filled and self._pin.text() != self._again.text():
            self._again.show_state(State.BAD, _("The two PINs differ. Type it again."))
            filled = False
        if filled and self.passphrase.text() != self._repeated.text():
            said = _("The two passphrases differ. Type it again.")
            self._repeated.show_state(State.BAD, said)
            filled = False
        if not filled:
            return None
        return founding(
            self._country.text(),
            self._site.text(),
            self._name.text(),
            self._officer.text(),
            self._pin.text(),
        )

    def show_error(self, error: StockpileError, said: str) -> None:
        """Say a refusal at the field it concerns."""
        named = {"country": self._country, "name": self._name}
        if isinstance(error, PinTooShort):
            self._pin.show_state(State.BAD, said)
        elif isinstance(error, FieldUnreadable | FieldMissing):
            named.get(error.field, self._name).show_state(State.BAD, said)
        else:
            self.passphrase.show_state(State.BAD, said)


def secret(label: str) -> Field:
    """Return a field whose letters nobody reads over a shoulder."""
    field = Field(label)
    field.edit.setEchoMode(QLineEdit.EchoMode.Password)
    return field
