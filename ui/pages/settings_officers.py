"""The officers of this depot, and the appointment of another."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from stockpile import wording
from stockpile.domain.errors import FieldMissing, FieldUnreadable, PinTooShort, StockpileError
from stockpile.domain.people import ROLES, Officer, read_role
from stockpile.language import _, isolated
from ui.theme import Space, Text, Tone
from ui.view_models.settings import SettingsModel, SetUp
from ui.widgets.arrange import STRETCH, Share, boxed, clear, column, row, rule
from ui.widgets.button import Button, Kind
from ui.widgets.card import Card
from ui.widgets.chip import Chip
from ui.widgets.field import Choice, ChoiceField, Field, State
from ui.widgets.picture import Tile
from ui.widgets.text import Label, card_title, secondary

_TOP = Qt.AlignmentFlag.AlignTop  # so that fields stand level when one of them has a message


class OfficersSection(QWidget):
    """Who holds an office, and the form under it."""

    def __init__(self, model: SettingsModel) -> None:
        super().__init__()
        self._lines: QVBoxLayout = column(gap=Space.S)
        self.form = AppointForm(model)
        said = secondary(_("Every act stands on record under its officer's name."), wrap=True)
        list_ = Card(column(card_title(_("Officers")), said, boxed(self._lines), gap=Space.M))
        self.setLayout(column(list_, self.form, STRETCH, gap=Space.M))
        model.came.connect(self._show)

    def _show(self, set_up: SetUp) -> None:
        clear(self._lines)
        for number, officer in enumerate(set_up.officers):
            if number:
                self._lines.addWidget(rule())
            self._lines.addWidget(_line(officer))


def _line(officer: Officer) -> QWidget:
    chips = [Chip(wording.role(one), Tone.INFO, dot=False) for one in officer.roles]
    name = Label(isolated(officer.name), Text.FIELD)
    return boxed(row(Tile("user", Tone.GREY, 32, 16), name, STRETCH, *chips, gap=Space.M))


class AppointForm(Card):
    """Name, role, and the PIN that only they know."""

    def __init__(self, model: SettingsModel) -> None:
        self._model = model
        self.name = Field(_("Name"))
        self.role = ChoiceField(_("Role"), [Choice(one, wording.role(one)) for one in ROLES])
        self.pin = _secret(_("PIN, typed by the officer"))
        self.again = _secret(_("PIN again"))
        self.appoint = Button(_("Appoint"), Kind.PRIMARY, "user-plus")
        self._right = secondary(
            _("Your role does not include appointing. A commander or registrar does it."), wrap=True
        )
        super().__init__(
            column(
                card_title(_("Appoint an officer")), self._right,
                row(Share(self.name, 1, _TOP), Share(self.role, 1, _TOP), gap=Space.M),
                row(Share(self.pin, 1, _TOP), Share(self.again, 1, _TOP), gap=Space.M),
                row(STRETCH, self.appoint), gap=Space.M,
            )
        )  # fmt: skip
        self.appoint.clicked.connect(self._appoint)
        self.again.submitted.connect(self._appoint)
        model.came.connect(self._show_right)
        model.appointed.connect(self._appointed)
        model.appointment_refused.connect(self._refused)
        self._show_right()

    def _show_right(self) -> None:
        may = self._model.may("appoint")
        self._right.setVisible(not may)
        for part in (self.name, self.role, self.pin, self.again):
            part.setEnabled(may)
        if not self.appoint.is_busy:
            self.appoint.setEnabled(may)

    def _appoint(self) -> None:
        if self._is_filled() and self.appoint.isEnabled():
            self.appoint.set_busy(True)
            role = read_role(self.role.value())
            self._model.appoint(self.name.text().strip(), (role,), self.pin.text())

    def _is_filled(self) -> bool:
        """Say whether all is there; what is missing is said at its field."""
        wrong: list[tuple[Field | ChoiceField, str]] = [
            (field, _("This is needed."))
            for field in (self.name, self.pin)
            if not field.text().strip()
        ]
        if not self.role.value():
            wrong.append((self.role, _("Choose one of the list.")))
        if self.pin.text() != self.again.text():
            wrong.append((self.again, _("The two PINs differ. Type it again.")))
        for one in (self.name, self.role, self.pin, self.again):
            one.show_state(State.PLAIN)
        for one, said in wrong:
            one.show_state(State.BAD, said)
        if wrong:
            wrong[0][0].setFocus(Qt.FocusReason.OtherFocusReason)
        return not wrong

    def _appointed(self, name: str) -> None:
        self.appoint.set_busy(False)
        for field in (self.name, self.pin, self.again):
            field.set_text("")
        self.role.set_value("")
        said = _("{name} is appointed and can sign in now.").format(name=isolated(name))
        self.name.show_state(State.OK, said)

    def _refused(self, error: StockpileError) -> None:
        self.appoint.set_busy(False)
        field: Field | ChoiceField = self.name
        if isinstance(error, PinTooShort):
            field = self.pin
        elif isinstance(error, FieldMissing) and error.field == "roles":
            field = self.role
        field.show_state(State.BAD, _said(error))


def _said(error: StockpileError) -> str:
    if isinstance(error, FieldUnreadable) and error.field == "name":
        name = isolated(error.text)
        return _("An officer called {name} holds an office already.").format(name=name)
    return wording.error_sentence(error)


def _secret(label: str) -> Field:
    field = Field(label)
    field.edit.setEchoMode(QLineEdit.EchoMode.Password)
    return field
