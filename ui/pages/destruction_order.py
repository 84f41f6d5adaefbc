"""An order to destroy being made: the weapons, and the words it needs."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from stockpile import wording
from stockpile.domain.errors import (
    EvidenceHeld,
    FieldMissing,
    FieldUnreadable,
    MethodSymbolic,
    StockpileError,
)
from stockpile.domain.facts import DestructionOrdered
from stockpile.domain.values import WeaponId
from stockpile.domain.weapons import STORED
from stockpile.language import _, isolated, ngettext
from stockpile.services.ports import RegisterRow
from ui.pages.destruction_fields import CommitteeField, MethodsField, into_sight
from ui.pages.figures import figure
from ui.pages.scan_commands import ScanCommands
from ui.pages.standing import joined
from ui.theme import Ink, Space
from ui.view_models.destruction import DestructionModel
from ui.widgets.arrange import STRETCH, Share, boxed, column, row, scrolled
from ui.widgets.button import Button, Kind
from ui.widgets.card import Card
from ui.widgets.field import Field, FieldFrame, State
from ui.widgets.keycap import Shortcut
from ui.widgets.line_list import LineList, LiveLine
from ui.widgets.scan_result import ScanResult
from ui.widgets.text import card_title, secondary


class DestructionOrderForm(QWidget):
    """The form. Scan on: each weapon goes on the same order; Enter alone goes on to the words.

    Signals:
        check_wanted: the order is told: as said, without its weapons.
    """

    check_wanted = Signal(object)

    def __init__(self, model: DestructionModel) -> None:
        super().__init__()
        self._model = model
        self.scan = Field(_("Scan or type the weapon"), identifier=True)
        self.lines = LineList(_("Weapons to be destroyed"))
        self.authority = Field(_("On whose authority"))
        self.where = Field(_("Where they are to be destroyed"))
        self.planned = Field(_("Planned for"), identifier=True)
        self.methods = MethodsField()
        self.committee = CommitteeField()
        self.reason = Field(_("Reason"))
        self.remarks = Field(_("Remarks"))
        self.sign = Button(_("Check and sign"), Kind.PRIMARY, "signature", hint="F5")
        self.result = ScanResult()
        self._commands = ScanCommands(self.result, {"undo": model.undo, "close": self.check})
        self._title = card_title("")
        self._lay_out()
        self._connect()
        self.clear()

    def begin(self) -> None:
        """Put the cursor where the form goes on."""
        self.scan.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        """Empty the form."""
        for field in self._named().values():
            field.set_text("")
            field.show_state(State.PLAIN)
        self.methods.set_value(())
        self.committee.set_value(())
        self.result.hide()

    def said(self) -> DestructionOrdered:
        """Return what the form says, without the weapons."""
        told = {name: field.text().strip() for name, field in self._named().items()}
        return DestructionOrdered(
            "", (), methods=self.methods.value(), committee=self.committee.value(), **told
        )

    def check(self) -> None:
        """Have the order checked, or say what is missing."""
        if self._model.rows:
            self.check_wanted.emit(self.said())
        else:
            self.scan.show_state(State.BAD, _("Scan or type the weapons to be destroyed."))
            self.scan.setFocus()

    def refuse(self, error: StockpileError) -> None:
        """Say at the field why the order was not taken."""
        sentence = wording.error_sentence(error)
        if isinstance(error, MethodSymbolic):
            self.methods.show_error(sentence)
            return
        field = self._field_of(error)
        field.show_state(State.BAD, sentence)
        field.setFocus()
        into_sight(field)

    def show_lines(self) -> None:
        """Show the weapons of the order, with where each lies."""
        rows = self._model.rows
        self.lines.show_lines([_live(one) for one in rows])
        count = ngettext("{count} weapon", "{count} weapons", len(rows))
        self._title.setText(count.format(count=figure(len(rows))))
        if rows:
            self.scan.show_state(State.PLAIN)

    # --- inside ---------------------------------------------------------------------------------

    def _named(self) -> dict[str, Field]:
        return {
            "authority": self.authority, "where": self.where, "planned": self.planned,
            "reason": self.reason, "remarks": self.remarks,
        }  # fmt: skip

    def _field_of(self, error: StockpileError) -> FieldFrame:
        if isinstance(error, EvidenceHeld):
            return self.reason
        if isinstance(error, FieldMissing | FieldUnreadable):
            return self._named().get(error.field, self.scan)
        return self.scan

    def _lay_out(self) -> None:
        told = secondary(
            _("What is not in store on the day is kept back, for a reason."), wrap=True
        )
        weapons = Card(column(self._title, told, self.scan, Share(self.lines), gap=Space.S))
        words = column(
            card_title(_("The order")),
            self.authority,
            row(Share(self.where, 3), Share(self.planned, 2), gap=Space.L),
            self.methods,
            card_title(_("Committee and witnesses")),
            self.committee,
            self.reason,
            self.remarks,
            STRETCH,
            gap=Space.M,
        )
        form = Card(column(Share(scrolled(boxed(words))), gap=0))
        keys = row(
            Shortcut("Enter", _("go on to the words")), Shortcut("Ctrl+Z", _("not this one")),
            STRETCH, self.sign, gap=Space.L,
        )  # fmt: skip
        both = boxed(row(Share(weapons, 2), Share(form, 3), gap=Space.M))
        self.setLayout(column(self.result, Share(both), boxed(keys), gap=Space.M))

    def _connect(self) -> None:
        self._model.loaded.connect(self.show_lines)
        self.scan.submitted.connect(self._submit)
        self.sign.clicked.connect(self.check)
        for field, following in (
            (self.authority, self.where), (self.where, self.planned),
            (self.planned, self.methods), (self.reason, self.remarks),
        ):  # fmt: skip
            field.submitted.connect(following.setFocus)
        for field in (self.scan, *self._named().values()):
            field.edited.connect(lambda _text, of=field: of.show_state(State.PLAIN))
        delete = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.lines)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(lambda: self._model.take_off(WeaponId(self.lines.current_key())))

    def _submit(self) -> None:
        text = self.scan.text().strip()
        self.scan.set_text("")
        if self._commands.took(text):
            return
        if text:
            self._model.scan(text)
        else:
            self.authority.setFocus(Qt.FocusReason.OtherFocusReason)


def _live(one: RegisterRow) -> LiveLine:
    stored = one.status in STORED
    at_end = "" if stored else wording.status(one.status)
    icon, ink = ("flame", Ink.SECONDARY) if stored else ("triangle-alert", Ink.WARN)
    beneath = joined(isolated(one.model or one.make), isolated(one.place))
    return LiveLine(one.id, one.serial or one.tag or one.number, beneath, at_end, icon, ink)
