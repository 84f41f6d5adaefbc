# ruff: noqa: N802 — Qt names what is overridden
"""Destruction: ordered from the register, read at the site, certified by two officers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget

from stockpile import wording
from stockpile.domain.destruction import Destruction
from stockpile.domain.destruction_site import Certification
from stockpile.domain.errors import StockpileError
from stockpile.language import _, isolated, ngettext
from stockpile.services.destructions import Listed
from stockpile.services.disposal_words import caution_words
from ui import sounds
from ui.desk import Desk
from ui.notices import Notices
from ui.pages.destruction_board import DestructionBoard
from ui.pages.destruction_order import DestructionOrderForm
from ui.pages.destruction_site import DestructionSite, certification_words
from ui.pages.figures import figure
from ui.pages.in_front import AsksInFront
from ui.pages.pins import PinsDialog, Wanted
from ui.pages.scan_labels import paper_result, with_label
from ui.pages.scan_page import ScanPage, takes_back
from ui.pages.weapon_dialogs import ReasonDialog
from ui.session import Session
from ui.theme import Space
from ui.view_models.destruction import DestructionModel, Heard, Told
from ui.view_models.destruction_site import Site, SiteModel
from ui.widgets.arrange import Share, column
from ui.widgets.button import Button, Kind
from ui.widgets.empty_state import EmptyState
from ui.widgets.field import Field
from ui.widgets.scan_result import Outcome, Result, ScanResult

BOARD, ORDER, SITE = range(3)


class DestructionPage(ScanPage, AsksInFront):
    """The board, an order being made, and the work at a site."""

    def __init__(self, desk: Desk, session: Session, notices: Notices) -> None:
        super().__init__()
        self._desk, self._session = desk, session
        self.model = DestructionModel(desk, session, notices)
        self.site_model = SiteModel(desk, session)
        self.board = DestructionBoard()
        self.order = DestructionOrderForm(self.model)
        self.site = DestructionSite(self.site_model)
        self.result = ScanResult()
        self._new = Button(_("New order"), Kind.PRIMARY, "flame", hint="F4")
        self._back = Button(_("Board"), icon="list", hint="Esc")
        self._faces = QStackedWidget()
        self._first = QStackedWidget()
        self._lay_out()
        self._connect()
        self._add_keys()
        self.model.start()

    def entered(self, argument: str) -> None:
        """Show the board, the site of an order, or an order for weapons chosen elsewhere."""
        self.model.start()
        if argument:
            self.model.enter(argument)
        self._focus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In an empty scan field, undo takes the last scan back."""
        if takes_back(event, self.scan_field()):
            self._undo()
            return True
        return super().eventFilter(watched, event)

    def scan_field(self) -> Field:
        """Return the field of the face that is shown."""
        face = self._faces.currentIndex()
        if face == ORDER:
            return self.order.scan
        return self.site.scan if face == SITE else self.board.scan

    # --- how it stands --------------------------------------------------------------------------

    def _lay_out(self) -> None:
        sentence = _("Every weapon is read at the site, immediately before it is destroyed.")
        head = self.head(_("Destruction"), sentence, self._back, self._new)
        begin = Button(_("New order"), Kind.PRIMARY, "flame", hint="F4")
        begin.clicked.connect(self._begin)
        self._empty = EmptyState(
            "flame",
            _("Nothing was ordered to be destroyed"),
            _("Choose weapons in the register, or make a new order (F4) and scan them. Then read"
              " each one at the site, and certify with a second officer."),
            begin,
        )  # fmt: skip
        self._begin_button = begin
        self._first.addWidget(self.board)
        self._first.addWidget(self._empty)
        for face in (self._first, self.order, self.site):
            self._faces.addWidget(face)
        self.result.hide()
        self.setLayout(column(head, self.result, Share(self._faces), gap=Space.M))
        self._show_face(BOARD)

    def _connect(self) -> None:
        model, board, site = self.model, self.board, self.site_model
        model.stands.connect(self._show_listed)
        model.heard.connect(self._hear)
        model.loaded.connect(self._loaded)
        model.told.connect(self._sign_order)
        model.ordered.connect(self._say_ordered)
        model.named.connect(site.open)
        model.withdrawn.connect(self._say_withdrawn)
        model.drawing.connect(board.show_drawing)
        model.drawn.connect(self._say_drawn)
        model.refused.connect(self._refuse)
        board.scanned.connect(model.look_up)
        board.site_wanted.connect(site.open)
        board.list_wanted.connect(model.print)
        board.certificate_wanted.connect(lambda order: model.print(order, certificate=True))
        board.withdraw_wanted.connect(self._ask_withdraw)
        self.order.check_wanted.connect(model.check)
        site.opened.connect(self._show_site)
        site.certified.connect(self._say_certified)
        site.postponed.connect(lambda: self._show_face(BOARD))
        site.refused.connect(self.site.refuse)
        self.site.sign_wanted.connect(self._sign_certificate)
        self.site.closed.connect(partial(self._show_face, BOARD))
        self._new.clicked.connect(self._begin)
        self._back.clicked.connect(self._escape)

    def _add_keys(self) -> None:
        keys = (
            ("F4", self._begin), ("F5", self._finish), ("F2", self._second),
            ("F3", self._third), ("Esc", self._escape),
        )  # fmt: skip
        for key, does in keys:
            QShortcut(QKeySequence(key), self).activated.connect(does)
        for field in (self.order.scan, self.site.scan):
            field.edit.installEventFilter(self)

    def _show_face(self, face: int) -> None:
        self._faces.setCurrentIndex(face)
        self._back.setVisible(face != BOARD)
        self._new.setVisible(
            face == BOARD
            and self._first.currentWidget() is self.board
            and self.model.may("order_destruction")
        )
        self.result.hide()
        self.order.result.hide()
        self._focus()

    def _focus(self) -> None:
        if not self.isVisible():
            return
        face = self._faces.currentIndex()
        if face == ORDER:
            self.order.begin()
        elif face == SITE:
            self.site.begin()
        elif self._first.currentWidget() is self.board:
            self.board.scan.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._begin_button.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- keys -----------------------------------------------------------------------------------

    def _at(self, face: int) -> bool:
        return self._faces.currentIndex() == face

    def _begin(self) -> None:
        if self.model.may("order_destruction") and self._at(BOARD):
            self._show_face(ORDER)

    def _finish(self) -> None:
        if self._at(ORDER):
            self.order.check()
        elif self._at(SITE):
            self.site.go_on_or_sign()

    def _second(self) -> None:
        if self._at(SITE):
            self.site.ask_keep()

    def _third(self) -> None:
        if self._at(SITE):
            self.site.take_back()

    def _undo(self) -> None:
        if self._at(ORDER):
            self.model.undo()
        elif self._at(SITE):
            self.site_model.undo()

    def _escape(self) -> None:
        if self._at(SITE):
            self.site.go_back()
        else:
            self._show_face(BOARD)

    # --- what is done ---------------------------------------------------------------------------

    def _show_listed(self, listed: tuple[Listed, ...]) -> None:
        self.board.show_listed(
            listed,
            may_order=self.model.may("order_destruction"),
            may_destroy=self.model.may("destroy"),
        )
        self._begin_button.setVisible(self.model.may("order_destruction"))
        self._first.setCurrentWidget(self.board if listed else self._empty)
        waiting = sum(one.stands.state == "open" for one in listed)
        self.counted.emit(str(waiting) if waiting else "")
        if self._at(BOARD):
            banner = self.result.isVisible()
            self._show_face(BOARD)
            self.result.setVisible(banner)

    def _loaded(self) -> None:
        if self.model.rows and self._at(BOARD) and self.model.may("order_destruction"):
            self._show_face(ORDER)

    def _hear(self, heard: Heard) -> None:
        if heard.came == "added" and not (heard.scanned and heard.scanned.label):
            self.order.result.hide()
            sounds.play(sounds.Sound.FOUND)
            return
        banner = self.order.result if self._at(ORDER) else self.result
        banner.show_result(result_of(heard))
        banner.show()

    def _show_site(self, _site: Site) -> None:
        if not self._at(SITE):
            self._show_face(SITE)

    def _sign_order(self, told: Told) -> None:
        count = len(told.said.weapons)
        words = ngettext(
            "{count} weapon is to be destroyed.", "{count} weapons are to be destroyed.", count
        )
        said = [words.format(count=figure(count)), *caution_words(told.cautions)]
        pins = PinsDialog(
            self._desk, self._session, (Wanted(_("Ordered by"), own=True),), self,
            title=_("Sign the order"), sentence=" ".join(said),
        )  # fmt: skip
        pins.signed.connect(lambda signed: self.model.order(told.said, signed[0]))
        self.ask_in_front(pins)

    def _sign_certificate(self, said: Certification) -> None:
        site = self.site_model.site
        if site is None:
            return
        wanted = (Wanted(_("Certified by"), own=True), Wanted(_("Second officer")))
        pins = PinsDialog(
            self._desk, self._session, wanted, self, title=_("Certify the destruction"),
            sentence=certification_words(said, site.list.count("verified")),
            action=_("Certify"), later=True,
        )  # fmt: skip
        pins.signed.connect(partial(self.site_model.certify, said))
        pins.later.connect(partial(self.site_model.certify_later, said))
        self.ask_in_front(pins)

    def _ask_withdraw(self, listed: Listed) -> None:
        said = _("Nothing is destroyed under {number}; its weapons stay where they are.")
        dialog = ReasonDialog(
            _("Withdraw the order"),
            said.format(number=isolated(listed.stands.ordered.number)),
            _("Withdraw"), self,
        )  # fmt: skip
        dialog.decided.connect(partial(self.model.withdraw, listed.stands.id))
        self.ask_in_front(dialog)

    def come_back(self) -> None:
        """Bring the cursor back to the page."""
        self.window().activateWindow()
        self._focus()

    # --- what is said ---------------------------------------------------------------------------

    def _say_ordered(self, stands: Destruction) -> None:
        self.order.clear()
        self._show_face(BOARD)
        sounds.play(sounds.Sound.GOOD)
        said = _("{number} is on record. Print its list for the site.")
        self.toast.emit(
            said.format(number=isolated(stands.ordered.number)), _("Print"),
            partial(self.model.print, stands.id),
        )  # fmt: skip

    def _say_withdrawn(self, stands: Destruction) -> None:
        said = _("{number} is withdrawn")
        self.toast.emit(said.format(number=isolated(stands.ordered.number)), "", None)

    def _say_certified(self, stands: Destruction) -> None:
        assert stands.certified is not None
        self._show_face(BOARD)
        sounds.play(sounds.Sound.GOOD)
        count = len(stands.certified.destroyed)
        words = ngettext(
            "{number}: {count} weapon destroyed", "{number}: {count} weapons destroyed", count
        )
        said = words.format(number=isolated(stands.certified.number), count=figure(count))
        self.toast.emit(said, _("Print"), partial(self.model.print, stands.id, certificate=True))

    def _say_drawn(self, file: Path) -> None:
        where = isolated(f"{file.parent.name}/{file.name}")
        url = QUrl.fromLocalFile(str(file))
        self.toast.emit(
            _("Written to {file}").format(file=where), _("Open"),
            partial(QDesktopServices.openUrl, url),
        )  # fmt: skip

    def _refuse(self, error: StockpileError) -> None:
        sounds.play(sounds.Sound.REFUSED)
        if self._at(ORDER):
            self.order.refuse(error)
        else:
            self.toast.emit(wording.error_sentence(error), "", None)


def result_of(heard: Heard) -> Result:
    """Return what a scan came to, for the banner."""
    scanned = heard.scanned
    if heard.came == "other" and scanned is not None and scanned.document is not None:
        return paper_result(scanned)
    name = (heard.row.serial if heard.row else "") or heard.text
    outcome, title, sentence = _SAID[heard.came]
    return with_label(Result(outcome, title(), name, sentence()), scanned)


_Words = Callable[[], str]
_SAID: Final[Mapping[str, tuple[Outcome, _Words, _Words]]] = {
    "added": (Outcome.FOUND, lambda: _("On the order"), lambda: _("Scan the next weapon.")),
    "twice": (
        Outcome.TWICE,
        lambda: _("On the order already"),
        lambda: _("Scan the next weapon, or press Enter to go on."),
    ),
    "lost": (
        Outcome.ALARM,
        lambda: _("Reported lost or stolen"),
        lambda: _("It is evidence. Take it back into account first (Alt+L)."),
    ),
    "hot": (
        Outcome.ALARM,
        lambda: _("On the list of lost weapons"),
        lambda: _("It is evidence. Keep it here and tell the registrar."),
    ),
    "gone": (
        Outcome.REFUSED,
        lambda: _("Out of account"),
        lambda: _("It was destroyed, or its record was withdrawn or joined to another."),
    ),
    "unknown": (
        Outcome.REFUSED,
        lambda: _("Not on record"),
        lambda: _("Put it on record first (Alt+2)."),
    ),
    "several": (
        Outcome.REFUSED,
        lambda: _("Several weapons answer to this"),
        lambda: _("Type the registry number, or choose the weapon in the register."),
    ),
    "other": (
        Outcome.REFUSED,
        lambda: _("Not a weapon"),
        lambda: _("That is a place or a person. Scan the weapon's label, or type its serial."),
    ),
}
