"""Officers: who holds an office here, what each role may do, and every change under signatures."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, cast

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedLayout, QWidget

from stockpile import wording
from stockpile.domain.errors import StockpileError
from stockpile.domain.people import ROLES
from stockpile.language import _, isolated
from ui.desk import Desk
from ui.notices import Notices
from ui.pages.list_and_detail import ListAndDetail
from ui.pages.officers_detail import OfficeDetail
from ui.pages.officers_dialogs import OfficeDialog, said
from ui.pages.officers_words import (
    acts_word,
    bar_word,
    done_word,
    office_line,
    what_is_signed,
)
from ui.pages.page import Page
from ui.pages.pins import PinsDialog, Wanted
from ui.session import Session
from ui.theme import Space
from ui.view_models.officers import Asked, Board, Change, OfficersModel
from ui.widgets.arrange import STRETCH, Share, boxed, column, row, scrolled
from ui.widgets.button import Button, Kind
from ui.widgets.detail_table import Cell, DetailTable
from ui.widgets.keycap import Shortcut
from ui.widgets.line_list import LineList

_LIST, _ROLES = range(2)


class OfficersPage(Page):
    """The list with its detail, and behind it the table of roles."""

    def __init__(self, desk: Desk, session: Session, notices: Notices) -> None:
        super().__init__()
        self.model = OfficersModel(desk, session, notices)
        self._wanted = ""
        self.list = LineList(_("Officers"), beside=True)
        self.detail = OfficeDetail(self.model)
        self.appoint = Button(_("Appoint"), Kind.PRIMARY, "user-plus")
        self.roles = Button(_("What roles may do"), icon="list-checks")
        self.back = Button(_("Officers"), icon="users", hint="Esc")
        self._both = ListAndDetail(self.list, self.detail)
        self.dialog: OfficeDialog | None = None
        self.pins: PinsDialog | None = None
        self._faces = QStackedLayout(self)
        self._faces.addWidget(self._list_face())
        self._faces.addWidget(self._roles_face())
        self._listen()
        self.model.start()

    def entered(self, argument: str) -> None:
        """Show the list; the office of an id or a name first."""
        self._wanted = argument
        self._faces.setCurrentIndex(_LIST)
        self.model.start()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def reseated(self) -> None:
        """Show what another officer may do."""
        self._show_office()
        self._show_appoint()

    # --- how it is laid out -------------------------------------------------------------------

    def _list_face(self) -> QWidget:
        words = _("Every act stands on record under its officer's name.")
        head = self.head(_("Officers"), words, self.roles, self.appoint)
        hints = boxed(
            row(
                Shortcut("F2", _("appoint")), Shortcut("Enter", _("to what can be done")),
                Shortcut("Ctrl+L", _("let another officer go on")), STRETCH, gap=Space.L,
            )
        )  # fmt: skip
        return boxed(column(head, Share(self._both), hints, gap=Space.M))

    def _roles_face(self) -> QWidget:
        table = DetailTable((_("Role"), _("May")), (1, 4))
        table.show_rows([(Cell(wording.role(one)), Cell(acts_word(one))) for one in ROLES])
        words = _("The program holds to this table everywhere; nobody can change it.")
        head = self.head(_("What roles may do"), words, self.back)
        whole = QWidget()
        whole.setLayout(column(table, STRETCH))
        return boxed(column(head, Share(scrolled(whole)), gap=Space.M))

    def _listen(self) -> None:
        model = self.model
        model.came.connect(self._show)
        model.changed.connect(self._say_changed)
        model.refused.connect(self._say_refused)
        model.postponed.connect(self._close_dialog)
        model.badge_drawn.connect(self._open_badge)
        self.list.selectionModel().currentChanged.connect(lambda *_at: self._show_office())
        self.list.opened.connect(lambda _key: self._turn_to_detail())
        self.list.clicked.connect(lambda _at: self._show_where_narrow())
        self._both.narrowed.connect(lambda narrow: self.detail.offer_back(offered=narrow))
        self.detail.back.clicked.connect(self._leave)
        self.detail.wanted.connect(lambda change: self.ask(cast("Change", change)))
        self.appoint.clicked.connect(lambda: self.ask("appoint"))
        self.roles.clicked.connect(partial(self._turn_to, _ROLES))
        self.back.clicked.connect(partial(self._turn_to, _LIST))
        keys: tuple[tuple[str, Callable[[], Any]], ...] = (
            ("F2", self.appoint.click), ("Esc", self._leave),
        )  # fmt: skip
        for key, does in keys:
            short = QShortcut(QKeySequence(key), self)
            short.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            short.activated.connect(does)

    # --- what the person does ---------------------------------------------------------------

    def ask(self, change: Change) -> None:
        """Ask what is to be said of a change; then for the signatures."""
        office = None if change == "appoint" else self.detail.office
        if self.model.bar(change, office):
            return
        self.dialog = OfficeDialog(change, office, self)
        self.dialog.decided.connect(self._sign)
        self.dialog.finished.connect(self._forget)
        self.dialog.open()

    def _sign(self, asked: Asked) -> None:
        if asked.change == "own_pin":
            self.model.change_own_pin(asked)
            return
        wanted = [Wanted(_("You"), own=True)]
        two = self.model.wants_two(asked.change)
        if two:
            wanted.append(Wanted(_("Second officer")))
        self.pins = PinsDialog(
            *self.model.seat, wanted, self.dialog or self, what=what_is_signed(asked),
            later=two and self.model.may_wait(asked.change),
        )  # fmt: skip
        self.pins.later.connect(partial(self.model.decide_later, asked))
        self.pins.signed.connect(lambda opened: self.model.decide(asked, *opened))
        self.pins.rejected.connect(self._stand_ready)
        self.pins.open()

    def _forget(self) -> None:
        self.dialog = None

    def _stand_ready(self) -> None:
        if self.dialog is not None:
            self.dialog.wait(waits=False)

    def _turn_to(self, face: int) -> None:
        self._faces.setCurrentIndex(face)
        target = self.back if face == _ROLES else self.list
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _turn_to_detail(self) -> None:
        self._both.show_detail(shown=True)
        self.detail.focus()

    def _show_where_narrow(self) -> None:
        """Turn to the office that was clicked, where it does not stand beside the list anyway."""
        if self._both.is_narrow:
            self._turn_to_detail()

    def _leave(self) -> None:
        """Go one step back: to the list, else to the settings."""
        if self._faces.currentIndex() == _ROLES:
            self._turn_to(_LIST)
        elif self._both.is_narrow and self._both.shows_detail:
            self._both.show_detail(shown=False)
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.go.emit("settings", "")

    # --- what is shown ----------------------------------------------------------------------

    def _show(self, board: Board) -> None:
        self.list.show_lines([office_line(one, board.waits) for one in board.offices])
        wanted = self._wanted.casefold()
        at = next(
            (n for n, one in enumerate(board.offices)
             if wanted in (one.id.casefold(), one.body.name.casefold())), -1
        )  # fmt: skip
        if wanted and at >= 0:
            self.list.setCurrentIndex(self.list.rows.index(at))
        elif board.offices and not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.list.rows.index(0))
        self._wanted = ""
        self._both.offer_detail(offered=bool(board.offices))
        self._show_office()
        self._show_appoint()

    def _show_office(self) -> None:
        office = self.model.board.office(self.list.current_key())
        if office is not None:
            self.detail.show_office(office)

    def _show_appoint(self) -> None:
        bar = bar_word(self.model.bar("appoint", None))
        self.appoint.setEnabled(not bar)
        self.appoint.setToolTip(bar)
        self.appoint.setAccessibleDescription(bar)

    def _close_dialog(self) -> None:
        if self.dialog is not None:
            self.dialog.accept()

    def _say_changed(self, asked: Asked) -> None:
        self._close_dialog()
        if asked.change == "appoint":
            self._wanted = asked.name
        self.toast.emit(done_word(asked), "", None)

    def _say_refused(self, _asked: Asked, error: StockpileError) -> None:
        if self.dialog is not None:
            self.dialog.show_error(error)
        else:
            self.toast.emit(said(error), "", None)

    def _open_badge(self, file: Path) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))
        where = isolated(f"{file.parent.name}/{file.name}")
        self.toast.emit(_("Written to {file}").format(file=where), "", None)
