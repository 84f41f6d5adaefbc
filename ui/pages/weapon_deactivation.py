"""What was done to a weapon that was deactivated, and by whose authority."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QWidget

from stockpile import wording
from stockpile.domain.deactivating import ALTERED
from stockpile.domain.errors import FieldMissing, FieldUnreadable, StockpileError
from stockpile.domain.facts import WeaponDeactivated
from stockpile.domain.weapons import Weapon
from stockpile.language import _, isolated
from stockpile.terms import term
from ui.theme import Ink, Space, Text, Tone
from ui.widgets.arrange import STRETCH, Share, boxed, column, row, scrolled
from ui.widgets.button import Button, Kind
from ui.widgets.card import Banner
from ui.widgets.choice_field import Choice
from ui.widgets.field import Field, State
from ui.widgets.text import Label
from ui.widgets.ticks_field import TicksField

_WIDTH, _HEIGHT = 860, 600


class DeactivateForm(QDialog):
    """The certificate in fields; open until the core has taken it.

    Signals:
        decided: what was done, and whether it takes the place of a certificate.
    """

    decided = Signal(object, bool)

    def __init__(self, weapon: Weapon, parent: QWidget) -> None:
        super().__init__(parent)
        self._again = weapon.deactivated
        self.setWindowTitle(_("Deactivated"))
        self.setModal(True)
        self.authority = Field(_("State authority"))
        self.certificate = Field(
            _("Number of its certificate"), hint=_("ours when empty"), identifier=True
        )
        self.method = Field(_("How it was made inoperable"))
        self.mark = Field(_("Deactivation mark, as it stands"), identifier=True)
        self.on = Field(_("Date"), hint=_("today when empty"), identifier=True)
        self.where = Field(_("Where"))
        choices = [Choice(one, term("altered", one)) for one in ALTERED]
        self.components = TicksField(_("Components altered"), choices)
        self.confirm = Button(_("Write down and print"), Kind.PRIMARY, "file-check")
        self.cancel = Button(_("Cancel"), hint="Esc")
        self._lay_out(weapon)
        self._connect()
        room = parent.window().size()
        self.resize(min(_WIDTH, room.width() - 40), min(_HEIGHT, room.height() - 40))
        self._judge()
        self.authority.setFocus()

    def accept(self) -> None:
        """Tell what was done; the form waits for the answer."""
        if self.confirm.isEnabled():
            self.confirm.set_busy(True)
            self.decided.emit(self.said(), self._again)

    def said(self) -> WeaponDeactivated:
        """Return what the form says."""
        ticked = tuple(one for one in self.components.value().split(",") if one)
        return WeaponDeactivated(
            self.certificate.text().strip(),
            self.method.text().strip(),
            self.authority.text().strip(),
            self.on.text().strip(),
            self.where.text().strip(),
            ticked,
            self.mark.text().strip(),
        )

    def close_decided(self) -> None:
        """Go away: it is on record."""
        self.confirm.set_busy(False)
        super().accept()

    def show_error(self, error: StockpileError) -> None:
        """Say a refusal at its field; what was written stays."""
        self.confirm.set_busy(False)
        fields = {"authority": self.authority, "method": self.method, "deactivated_on": self.on,
                  "deactivation_mark": self.mark}  # fmt: skip
        known = isinstance(error, FieldMissing | FieldUnreadable)
        field = fields.get(error.field, self.authority) if known else self.authority  # type: ignore[attr-defined]
        field.show_state(State.BAD, wording.error_sentence(error))
        field.setFocus()

    # --- inside ---------------------------------------------------------------------------------

    def _lay_out(self, weapon: Weapon) -> None:
        named = isolated(weapon.serial.text) or _("No serial")
        said = _(
            "{weapon} keeps its place and every mark. A State authority certifies and marks it."
        )
        head = column(
            Label(_("Deactivated"), Text.CARD_TITLE),
            Label(said.format(weapon=named), Text.BODY, Ink.SECONDARY, wrap=True), gap=2,
        )  # fmt: skip
        before = Banner(
            "info",
            _("It was deactivated before"),
            _("What you write takes the place of that certificate; both stay in its history."),
            Tone.INFO,
        )
        before.setVisible(self._again)
        fields = column(
            before,
            self.authority,
            self.certificate,
            self.method,
            self.mark,
            row(Share(self.on, 2), Share(self.where, 3), gap=Space.L),
            STRETCH, gap=Space.M, margins=(0, 0, Space.M, 0),
        )  # fmt: skip
        parts = boxed(column(self.components, STRETCH, gap=0), width=270)
        body = row(Share(scrolled(boxed(fields))), parts, gap=Space.L)
        foot = row(STRETCH, self.cancel, self.confirm)
        edges = (Space.XXL, Space.XL, Space.XXL, Space.XL)
        self.setLayout(column(head, Share(body), foot, gap=Space.L, margins=edges))

    def _connect(self) -> None:
        lines = (self.authority, self.certificate, self.method, self.mark, self.on, self.where)
        for field, following in pairwise(lines):
            field.submitted.connect(following.setFocus)
        for field in lines:
            field.edited.connect(lambda _text, of=field: of.show_state(State.PLAIN))
            field.edited.connect(self._judge)
        self.where.submitted.connect(self.components.setFocus)
        self.components.chosen.connect(self._judge)
        self.confirm.clicked.connect(self.accept)
        self.cancel.clicked.connect(self.reject)

    def _judge(self, *_changed: object) -> None:
        said = self.said()
        self.confirm.setEnabled(all((said.authority, said.method, said.mark, said.components)))
