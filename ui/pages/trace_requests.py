"""Tracing: requests to another State and from one, until they are answered."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget

from stockpile import wording
from stockpile.domain.errors import StockpileError
from stockpile.domain.facts import TraceRequestMade
from stockpile.domain.trace_requests import Step, TraceRequest
from stockpile.language import _, isolated
from stockpile.terms import term
from ui import sounds
from ui.desk import Desk
from ui.notices import Notices
from ui.pages.in_front import AsksInFront
from ui.pages.scan_page import ScanPage
from ui.pages.trace_board import TraceBoard
from ui.pages.trace_dialogs import AnswerDialog, StepDialog
from ui.pages.trace_form import TraceForm
from ui.pages.weapon_dialogs import ReasonDialog
from ui.session import Session
from ui.theme import Space
from ui.view_models.trace_requests import Board, TraceModel
from ui.widgets.arrange import Share, column
from ui.widgets.button import Button, Kind
from ui.widgets.empty_state import EmptyState
from ui.widgets.field import Field

BOARD, FORM = range(2)


class TraceRequestsPage(ScanPage, AsksInFront):
    """The board of requests, and one being written."""

    def __init__(self, desk: Desk, session: Session, notices: Notices) -> None:
        super().__init__()
        self.model = TraceModel(desk, session, notices)
        self.board, self.form = TraceBoard(), TraceForm()
        self._today, self._amended, self._wanted = "", "", ""
        self._new = Button(_("New request"), Kind.PRIMARY, "route", hint="F4")
        self._back = Button(_("Board"), icon="list", hint="Esc")
        self._faces, self._first = QStackedWidget(), QStackedWidget()
        self._lay_out()
        self._connect()
        self.model.start()

    def entered(self, argument: str) -> None:
        """Show the board, one request, or a new one for a weapon."""
        self.model.start()
        if argument:
            self.model.enter(argument)
        self._focus()

    def scan_field(self) -> Field:
        """Return the field that is scanned into."""
        return self.board.scan

    # --- how it stands --------------------------------------------------------------------------

    def _lay_out(self) -> None:
        sentence = _("Search at home first; then ask the State that made or last imported it.")
        head = self.head(_("Tracing"), sentence, self._back, self._new)
        self._begin_button = Button(_("New request"), Kind.PRIMARY, "route", hint="F4")
        self._begin_button.clicked.connect(self._begin)
        self._empty = EmptyState(
            "route",
            _("No weapon was asked about"),
            _("Open the weapon and choose Ask for a trace, or make a new request (F4) for one that"
              " is on no record. A request that came in is written down the same way."),
            self._begin_button,
        )  # fmt: skip
        self._first.addWidget(self.board)
        self._first.addWidget(self._empty)
        self._faces.addWidget(self._first)
        self._faces.addWidget(self.form)
        self.setLayout(column(head, Share(self._faces), gap=Space.M))
        self._show_face(BOARD)

    def _connect(self) -> None:
        model = self.model
        model.stands.connect(self._show_board)
        model.prepared.connect(self._write)
        model.named.connect(self._show_named)
        model.written.connect(self._say_written)
        model.went_on.connect(self._say_went_on)
        model.drawn.connect(self._say_drawn)
        model.refused.connect(self._refuse)
        self.board.scanned.connect(model.look_up)
        self.board.wanted.connect(self._act)
        self.form.decided.connect(lambda said: model.write(said, self._amended))
        self._new.clicked.connect(self._begin)
        self._back.clicked.connect(partial(self._show_face, BOARD))
        keys = (
            ("F4", self._begin), ("F5", self._finish), ("Esc", partial(self._show_face, BOARD)),
            ("F2", partial(self._by_key, "print")), ("F3", partial(self._by_key, "change")),
        )  # fmt: skip
        for key, does in keys:
            QShortcut(QKeySequence(key), self).activated.connect(does)

    def _at(self, face: int) -> bool:
        return self._faces.currentIndex() == face

    def _show_face(self, face: int) -> None:
        self._faces.setCurrentIndex(face)
        self._back.setVisible(face != BOARD)
        is_board = face == BOARD and self._first.currentWidget() is self.board
        self._new.setVisible(is_board and self.model.may_ask)
        self._focus()

    def _focus(self) -> None:
        if not self.isVisible():
            return
        if self._at(FORM):
            self.form.begin()
        elif self._first.currentWidget() is self.board:
            self.board.scan.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._begin_button.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- what is done ---------------------------------------------------------------------------

    def _begin(self) -> None:
        if self.model.may_ask and self._at(BOARD):
            self.model.begin()

    def _finish(self) -> None:
        if self._at(FORM):
            self.form.decide()

    def _write(self, said: TraceRequestMade, amended: str = "") -> None:
        if not self.model.may_ask:
            self.toast.emit(_("Your role does not include this."), "", None)
            return
        self._amended = amended
        self.form.show_said(said)
        self._show_face(FORM)

    def _by_key(self, name: str) -> None:
        button = self.board.acts[name]
        if self._at(BOARD) and self.board.shown is not None and not button.isHidden():
            self._act(name)

    def _act(self, name: str) -> None:
        shown = self.board.shown
        if shown is None:
            return
        if name in ("print", "print_answer"):
            self.model.print(shown.id, answer=name == "print_answer")
        elif name == "change":
            self._write(shown.said, shown.id)
        elif name == "answer":
            self._ask_answer(shown)
        elif name == "withdraw":
            self._ask_withdraw(shown)
        else:
            steps: dict[str, Step] = {
                "sent": "sent", "acknowledged": "acknowledged", "reminded": "reminded"
            }  # fmt: skip
            self._ask_step(shown, steps[name])

    def _ask_step(self, shown: TraceRequest, step: Step) -> None:
        titles = {
            "sent": _("The request was sent"),
            "acknowledged": _("The request was acknowledged"),
            "reminded": _("Reminded of the request"),
        }
        said = f"{isolated(shown.said.number)}: {isolated(shown.said.of_state)}"
        dialog = StepDialog(titles[step], said, self._today, self)
        dialog.decided.connect(partial(self.model.note, shown.id, step))
        self.ask_in_front(dialog)

    def _ask_withdraw(self, shown: TraceRequest) -> None:
        said = _("No answer to {number} is waited for any more.")
        dialog = ReasonDialog(
            _("Withdraw the request"), said.format(number=isolated(shown.said.number)),
            _("Withdraw"), self,
        )  # fmt: skip
        dialog.decided.connect(partial(self.model.note, shown.id, "withdrawn", ""))
        self.ask_in_front(dialog)

    def _ask_answer(self, shown: TraceRequest) -> None:
        dialog = AnswerDialog(shown, self._today, self)
        dialog.decided.connect(partial(self.model.answer, shown.id))
        self.ask_in_front(dialog)

    def come_back(self) -> None:
        """Bring the cursor back to the page."""
        self.window().activateWindow()
        self._focus()

    # --- what is shown --------------------------------------------------------------------------

    def _show_board(self, board: Board) -> None:
        self._today = board.today
        self.board.show_board(board, may_ask=self.model.may_ask)
        if self._wanted:
            self.board.show_request(self._wanted)
            self._wanted = ""
        self._begin_button.setVisible(self.model.may_ask)
        self._first.setCurrentWidget(self.board if board.requests else self._empty)
        self.counted.emit(str(board.late) if board.late else "")
        if self._at(BOARD) and self.dialog is None:
            self._show_face(BOARD)

    def _show_named(self, request: str) -> None:
        self._wanted = request
        self._show_face(BOARD)
        self.model.start()

    def _say_written(self, stands: TraceRequest) -> None:
        sounds.play(sounds.Sound.GOOD)
        self._show_named(stands.id)
        said = _("{number} is on record").format(number=isolated(stands.said.number))
        self.toast.emit(said, _("Print"), partial(self.model.print, stands.id))

    def _say_went_on(self, stands: TraceRequest) -> None:
        if isinstance(self.dialog, AnswerDialog):
            self.dialog.close_decided()
        sounds.play(sounds.Sound.GOOD)
        said = f"{isolated(stands.said.number)}: {term('trace', stands.state)}"
        is_answer = stands.answer is not None
        paper = partial(self.model.print, stands.id, answer=is_answer)
        self.toast.emit(said, _("Print"), paper)

    def _say_drawn(self, file: Path) -> None:
        where = isolated(f"{file.parent.name}/{file.name}")
        url = QUrl.fromLocalFile(str(file))
        self.toast.emit(
            _("Written to {file}").format(file=where), _("Open"),
            partial(QDesktopServices.openUrl, url),
        )  # fmt: skip

    def _refuse(self, error: StockpileError) -> None:
        sounds.play(sounds.Sound.REFUSED)
        if isinstance(self.dialog, AnswerDialog):
            self.dialog.refuse(error)
        elif self._at(FORM):
            self.form.refuse(error)
        else:
            self.toast.emit(wording.error_sentence(error), "", None)
