"""One person beside the list: who they are, what they are cleared for, what they hold."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from stockpile.domain.facts import ReceiptSigned
from stockpile.domain.holders import Holder
from stockpile.domain.people import Act
from stockpile.domain.references import Reference
from stockpile.language import _, isolated, ngettext
from stockpile.services.ammunition import RoundsHeld
from stockpile.services.ports import RegisterRow
from ui.pages.figures import figure
from ui.pages.issuing_lines import clearance_words, person_name, tone_of
from ui.pages.standing import joined
from ui.theme import Ink, Space, Text, Tone
from ui.view_models.holders import HoldersModel, Shown
from ui.view_models.photos import Photos
from ui.widgets.arrange import STRETCH, Share, boxed, column, row, rule, scrolled
from ui.widgets.button import Button, Kind
from ui.widgets.chip import Chip
from ui.widgets.detail_list import Detail, DetailList
from ui.widgets.flow import FlowLayout
from ui.widgets.line_list import LineList, LiveLine
from ui.widgets.portrait import Portrait
from ui.widgets.text import Label, card_title, secondary

_FACE = 72
_LEAST = 120


class HolderSide(QWidget):
    """The panel.

    Signals:
        change_wanted, pin_wanted, erase_wanted, disclosure_wanted: something is to be done about
            the person shown.
        back_wanted: to the list, where the panel stands in its place.
        opened: a weapon that they hold: its id.
    """

    change_wanted = Signal()
    pin_wanted = Signal()
    erase_wanted = Signal()
    disclosure_wanted = Signal()
    back_wanted = Signal()
    opened = Signal(str)

    def __init__(self, model: HoldersModel, photos: Photos) -> None:
        super().__init__()
        self._model, self._photos = model, photos
        self.portrait = Portrait(_FACE)
        self.name = Label("", Text.CARD_TITLE, wrap=True)
        self._unit = secondary("", wrap=True)
        self._cleared = FlowLayout(Space.XS)
        self._details = DetailList()
        self.holds = LineList(_("Holds now"))
        self.holds.setMinimumHeight(_LEAST)
        self._none = secondary(_("Holds nothing."), wrap=True)
        self._late = Chip("", Tone.BAD)
        self.receipts = LineList(_("Last receipts"))
        self.receipts.setMinimumHeight(_LEAST)
        self._history = boxed(column(card_title(_("Last receipts")), self.receipts, gap=Space.S))
        self.change = Button(_("Change"), Kind.SECONDARY, "pencil", hint="F2")
        self.pin = Button(_("New PIN"), Kind.SECONDARY, "key-round", hint="F3")
        self.erase = Button(_("Erase"), Kind.GHOST, "trash-2")
        self.disclose = Button(_("What is held"), Kind.GHOST, "file-down")
        self.disclose.setToolTip(_("Hand out what is held about this person"))
        self.back = Button(_("Back to the list"), Kind.GHOST, "arrow-left")
        self._lay_out()
        self.change.clicked.connect(self.change_wanted)
        self.pin.clicked.connect(self.pin_wanted)
        self.erase.clicked.connect(self.erase_wanted)
        self.disclose.clicked.connect(self.disclosure_wanted)
        self.back.clicked.connect(self.back_wanted)
        self.holds.opened.connect(self.opened)
        photos.thumbnail.connect(self.portrait.show_photo)

    def _lay_out(self) -> None:
        head = row(
            self.portrait,
            Share(column(STRETCH, self.name, self._unit, STRETCH, gap=2)),
            gap=Space.M,
        )
        acts = row(self.change, self.pin, STRETCH, gap=Space.S)
        now = row(card_title(_("Holds now")), self._late, STRETCH)
        whole = column(
            row(self.back, STRETCH), head, boxed(self._cleared), self._details, acts, rule(), now,
            self._none, Share(self.holds, 2), Share(self._history, 1),
            row(self.disclose, STRETCH, self.erase),
            gap=Space.M, margins=(0, 0, Space.M, 0),
        )  # fmt: skip
        self.setLayout(column(scrolled(boxed(whole)), gap=0))
        self.offer_back(offered=False)

    def offer_back(self, *, offered: bool) -> None:
        """Offer the way back to the list."""
        self.back.setVisible(offered)

    def show_person(self, shown: Shown) -> None:
        """Show somebody."""
        holder = shown.account.holder
        self.name.setText(person_name(holder))
        self._unit.setText(isolated(holder.unit))
        self._unit.setVisible(bool(holder.unit))
        self.portrait.expect(holder.photo)
        if holder.photo:
            self._photos.want_thumbnail(holder.photo, _FACE * 2)
        self._show_cleared(shown)
        self._details.show_details(_details(holder))
        self._show_holdings(shown)
        self._show_acts(holder)

    def _show_cleared(self, shown: Shown) -> None:
        self._cleared.clear()
        for what, clearance in shown.cleared:
            self._cleared.addWidget(Chip(clearance_words(what, clearance), tone_of(clearance)))
        if not shown.cleared:
            self._cleared.addWidget(Chip(_("Cleared for nothing"), Tone.BAD))

    def _show_holdings(self, shown: Shown) -> None:
        account = shown.account
        lines = [_weapon(one, late=one.id in account.overdue) for one in account.weapons]
        lines += map(_rounds, account.rounds)
        self.holds.show_lines(lines)
        self.holds.setVisible(bool(lines))
        self._none.setVisible(not lines)
        count = len(account.overdue)
        late = ngettext("{count} late", "{count} late", count).format(count=figure(count))
        self._late.show_status(late, Tone.BAD)
        self._late.setVisible(bool(count))
        self.receipts.show_lines([_receipt(one) for one in account.receipts])
        self._history.setVisible(bool(account.receipts))

    def _show_acts(self, holder: Holder) -> None:
        acts: tuple[tuple[Button, Act], ...] = (
            (self.change, "hold"), (self.pin, "hold"), (self.erase, "erase_person"),
        )  # fmt: skip
        for button, act in acts:
            button.setEnabled(holder.is_known and self._model.may(act))
        self.disclose.setEnabled(self._model.may("disclose_person"))


def _details(holder: Holder) -> list[Detail]:
    return [
        Detail(_("Service number"), holder.reference, identifier=True),
        Detail(_("Card"), holder.card, identifier=True),
        Detail(
            _("Signs by"), _("PIN") if holder.has_pin else _("hand"),
            ink=Ink.TEXT if holder.has_pin else Ink.MUTED,
        ),
    ]  # fmt: skip


def _weapon(one: RegisterRow, *, late: bool) -> LiveLine:
    due = _("due {due}").format(due=isolated(one.due.replace("T", " "))) if one.due else ""
    icon, ink = ("clock", Ink.BAD) if late else ("log-out", Ink.MUTED)
    return LiveLine(
        one.id, one.serial or one.number, joined(isolated(one.model), due), "", icon, ink
    )


def _rounds(one: RoundsHeld) -> LiveLine:
    count = ngettext("{count} round", "{count} rounds", one.quantity)
    said = count.format(count=figure(one.quantity))
    return LiveLine(one.lot.id, one.lot.number or one.lot.nature, said, "", "boxes", Ink.MUTED)


def _receipt(reference: Reference) -> LiveLine:
    body = reference.now
    assert isinstance(body, ReceiptSigned)
    way = _("Issued") if body.way == "issue" else _("Returned")
    count = ngettext("{count} weapon", "{count} weapons", len(body.weapons))
    said = joined(way, count.format(count=figure(len(body.weapons))))
    return LiveLine(reference.subject, body.number, said, "", "file-check", Ink.MUTED)
