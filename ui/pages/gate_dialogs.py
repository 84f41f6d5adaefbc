"""What is asked for a gate pass, and the papers of a hand-over beside its receipts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QWidget

from stockpile import wording
from stockpile.domain.errors import FieldMissing, FieldUnreadable, StockpileError
from stockpile.domain.facts import GatePassIssued
from stockpile.domain.values import WeaponId
from stockpile.language import _, isolated, ngettext
from stockpile.services.documents import Drawn
from ui.desk import Desk
from ui.notices import Notices
from ui.pages.figures import figure
from ui.pages.standing import joined
from ui.session import Session
from ui.theme import Ink, Space, Text, Tone
from ui.view_models.gate import GateModel
from ui.widgets.arrange import STRETCH, Share, boxed, column, row
from ui.widgets.button import Button, Kind
from ui.widgets.field import Field, State
from ui.widgets.field_grid import FieldGrid
from ui.widgets.flow import FlowLayout
from ui.widgets.growing import fix_width
from ui.widgets.picture import Tile
from ui.widgets.text import Label

_WIDTH = 620


class GatePassDialog(QDialog):
    """Who leaves with it, in what, where to and until when; Enter makes the pass out.

    Signals:
        decided: the pass as it is to be made out.
    """

    decided = Signal(object)

    def __init__(self, said: GatePassIssued, parent: QWidget) -> None:
        super().__init__(parent)
        self._said = said
        self.setWindowTitle(_("Gate pass"))
        self.setModal(True)
        fix_width(self, _WIDTH)
        self.bearer = Field(_("Bearer"))
        self.vehicle = Field(_("Vehicle"), identifier=True)
        self.to = Field(_("To"))
        self.until = Field(_("Valid until"), placeholder=_("18:00 or 2026-12-31"))
        self.purpose = Field(_("Purpose"))
        self.goods = Field(_("Other goods"))
        self.remarks = Field(_("Remarks"))
        self._fields = {
            "bearer": self.bearer, "vehicle": self.vehicle, "to": self.to, "until": self.until,
            "purpose": self.purpose, "goods": self.goods, "remarks": self.remarks,
        }  # fmt: skip
        for name, field in self._fields.items():
            field.set_text(getattr(said, name))
            field.submitted.connect(self._decide)
            field.edited.connect(lambda _text, of=field: of.show_state(State.PLAIN))
        self.confirm = Button(_("Make the pass out"), Kind.PRIMARY, "printer")
        self.cancel = Button(_("Cancel"), hint="Esc")
        self.confirm.clicked.connect(self._decide)
        self.cancel.clicked.connect(self.reject)
        self._lay_out()
        first = next((one for one in self._fields.values() if not one.text()), self.bearer)
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def said(self) -> GatePassIssued:
        """Return the pass as it stands in the fields."""
        texts = {name: field.text().strip() for name, field in self._fields.items()}
        return replace(
            self._said,
            **texts,  # type: ignore[arg-type]  # all of these are texts
        )

    def refuse(self, error: StockpileError) -> None:
        """Say a refusal at its field, or at the first where it has none."""
        name = error.field if isinstance(error, FieldMissing | FieldUnreadable) else ""
        field = self._fields.get({"weapons": "goods"}.get(name, name), self.bearer)
        field.show_state(State.BAD, wording.error_sentence(error))
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _decide(self) -> None:
        self.decided.emit(self.said())

    def _lay_out(self) -> None:
        count = len(self._said.weapons)
        words = ngettext("{count} weapon may leave.", "{count} weapons may leave.", count)
        said = words.format(count=figure(count)) if count else _("Name what may leave.")
        under = isolated(self._said.about)
        if under:
            said = joined(said, _("Under {number}").format(number=under))
        head = row(
            Share(Tile("log-out", Tone.INFO, 40, 20), 0, Qt.AlignmentFlag.AlignTop),
            Share(
                column(
                    Label(self.windowTitle(), Text.CARD_TITLE),
                    Label(said, Text.BODY, Ink.SECONDARY, wrap=True),
                    gap=Space.XS,
                )
            ),
            gap=Space.L,
        )
        grid = FieldGrid(list(self._fields.values()))
        grid.fit(_WIDTH - 2 * Space.XXL)
        foot = row(STRETCH, self.cancel, self.confirm)
        edges = (Space.XXL, Space.XXL, Space.XXL, Space.XL)
        self.setLayout(column(head, grid, foot, gap=Space.L, margins=edges))


class PapersDialog(QDialog):
    """What else can be printed of a hand-over or a return.

    Signals:
        gate_wanted: a gate pass.
        voucher_wanted: the voucher.
    """

    gate_wanted = Signal()
    voucher_wanted = Signal()

    def __init__(self, parent: QWidget, *, gate: bool) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("More papers"))
        self.setModal(True)
        self.voucher = Button(_("Voucher for the unit"), Kind.PRIMARY, "file-text", hint="1")
        self.gate = Button(_("Gate pass"), Kind.SECONDARY, "log-out", hint="2")
        self.gate.setVisible(gate)
        cancel = Button(_("Cancel"), hint="Esc")
        said = Label(
            _("The voucher lists all of it on one paper; the pass is shown at the gate."),
            Text.BODY, Ink.SECONDARY, wrap=True,
        )  # fmt: skip
        edges = (Space.XXL, Space.XXL, Space.XXL, Space.XL)
        foot = FlowLayout.of(cancel, self.gate, self.voucher, at_end=True)
        title = Label(self.windowTitle(), Text.CARD_TITLE)
        self.setLayout(column(title, said, boxed(foot), gap=Space.L, margins=edges))
        fix_width(self, _WIDTH - 100)
        self.voucher.clicked.connect(self._want_voucher)
        self.gate.clicked.connect(self._want_gate)
        cancel.clicked.connect(self.reject)
        QShortcut(QKeySequence("1"), self).activated.connect(self._want_voucher)
        if gate:
            QShortcut(QKeySequence("2"), self).activated.connect(self._want_gate)
        self.voucher.setFocus(Qt.FocusReason.OtherFocusReason)

    def _want_voucher(self) -> None:
        self.accept()
        self.voucher_wanted.emit()

    def _want_gate(self) -> None:
        self.accept()
        self.gate_wanted.emit()


class GatePassAsking(QObject):
    """Asks for a pass over any page, makes it out and opens its paper.

    Signals:
        made: a pass is on record: the pass.
        closed: a dialog has gone.
    """

    made = Signal(object)
    closed = Signal()

    def __init__(self, desk: Desk, session: Session, notices: Notices, page: QWidget) -> None:
        super().__init__(page)
        self._page, self._notices = page, notices
        self.model = GateModel(desk, session, notices)
        self.dialog: QDialog | None = None
        self.model.prepared.connect(self._ask)
        self.model.made.connect(self._made)
        self.model.drawn.connect(self.show_paper)
        self.model.failed.connect(self._failed)

    @property
    def may_pass(self) -> bool:
        """Say whether the officer may let something through the gate."""
        return self.model.may_pass

    def for_receipt(self, number: str) -> None:
        """Ask for a pass over what went out under a hand receipt."""
        self.model.prepare_receipt(number)

    def for_waybill(self, number: str) -> None:
        """Ask for a pass over what goes under a waybill."""
        self.model.prepare_waybill(number)

    def for_weapons(self, weapons: Sequence[WeaponId]) -> None:
        """Ask for a pass over chosen weapons, or over goods in words."""
        self.model.prepare_weapons(weapons)

    def ask_papers(self, receipts: Sequence[str], *, gate: bool) -> None:
        """Ask which further paper of these receipts is wanted."""
        dialog = PapersDialog(self._page, gate=gate and self.may_pass)
        dialog.voucher_wanted.connect(lambda: self.model.voucher(receipts))
        dialog.gate_wanted.connect(lambda: self.for_receipt(receipts[0]))
        self._open(dialog)

    def show_paper(self, paper: Drawn) -> None:
        """Open a paper with what shows such files here."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(paper.file)))

    def _ask(self, said: GatePassIssued) -> None:
        dialog = GatePassDialog(said, self._page)
        dialog.decided.connect(self.model.issue)
        self._open(dialog)

    def _made(self, gate_pass: object) -> None:
        if isinstance(self.dialog, GatePassDialog):
            self.dialog.accept()
        self.made.emit(gate_pass)

    def _failed(self, error: StockpileError) -> None:
        if isinstance(self.dialog, GatePassDialog):
            self.dialog.refuse(error)
        else:
            self._notices.trouble(error)

    def _open(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(lambda _result, of=dialog: self._gone(of))
        self.dialog = dialog
        dialog.open()

    def _gone(self, dialog: QDialog) -> None:
        if self.dialog is dialog:
            self.dialog = None
        self.closed.emit()
