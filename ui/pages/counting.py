"""Stocktake: begin or go on, scan rack after rack in any order, look at the differences, sign."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QStackedLayout, QWidget

from stockpile import wording
from stockpile.domain.errors import Cancelled, StockpileError
from stockpile.domain.values import WeaponId
from stockpile.language import _, isolated
from stockpile.services.count_pages import PaperRow
from ui.desk import Desk
from ui.notices import Notices
from ui.pages.counting_board import CountingBoard
from ui.pages.counting_close import CountingClose, blind_sentence, sentence
from ui.pages.counting_numbers import CountingNumbers
from ui.pages.counting_open import NewCountDialog
from ui.pages.counting_sheet import SheetDialog
from ui.pages.counting_start import CountingStart
from ui.pages.pins import PinsDialog, Wanted
from ui.pages.printing import PrintingActs
from ui.pages.scan_page import ScanPage
from ui.pages.standing import joined
from ui.pages.work_bar import WorkBar
from ui.session import Session
from ui.sounds import Sound, play
from ui.view_models.counting import CountingModel
from ui.view_models.counting_papers import CountingPapersModel
from ui.view_models.counting_plans import Due, Plan, Start
from ui.view_models.counting_shown import Differences, Opened
from ui.widgets.arrange import Share, column
from ui.widgets.field import Field


class CountingPage(ScanPage):
    """Three faces: what there is to count, the count, what it came to."""

    def __init__(self, desk: Desk, session: Session, notices: Notices) -> None:
        super().__init__()
        self.model = CountingModel(desk, session, notices)
        self._desk, self._session = desk, session
        self._start = Start()
        self._told: Differences | None = None
        self._dialog: NewCountDialog | PinsDialog | SheetDialog | None = None
        self._is_asked = False
        self.papers = CountingPapersModel(desk, session)
        self.printing = PrintingActs.of(desk, session, notices, self)
        self.printing.toast.connect(self.toast)
        self.start, self.end = CountingStart(self.head), CountingClose()
        self.board, self.numbers = CountingBoard(self.model), CountingNumbers(self.model)
        self.bar, faces = WorkBar(), QWidget()
        self._faces = QStackedLayout(faces)
        for face in (self.start, self.board, self.numbers, self.end):
            self._faces.addWidget(face)
        self.setLayout(column(self.bar, Share(faces)))
        self._listen()
        self.model.start()

    def entered(self, argument: str) -> None:
        """Show what there is to count, or the count in hand."""
        del argument
        if self.model.count is None and self._faces.currentWidget() is not self.end:
            self.model.start()
        self._focus()

    def scan_field(self) -> Field:
        """Return the field that takes racks and weapons."""
        return (self.numbers if self.model.is_by_number else self.board).scan_field

    def _listen(self) -> None:
        model, start, board, end = self.model, self.start, self.board, self.end
        model.came.connect(self._show_start)
        model.opened.connect(self._show_count)
        model.weighed.connect(self._show_weighed)
        model.closed.connect(self._show_closed)
        model.refused.connect(self._say_refused)
        start.new_wanted.connect(self._plan)
        start.due_wanted.connect(self._begin)
        start.resume_wanted.connect(model.resume)
        start.strayed.connect(self._say_strayed)
        start.report_wanted.connect(model.look_at)
        for face in (board, self.numbers):
            face.pause_wanted.connect(self._pause)
            face.close_wanted.connect(self._weigh)
        board.opened.connect(self._open_weapon)
        board.label_wanted.connect(lambda weapon: self.printing.print_weapon(WeaponId(weapon)))
        board.print_wanted.connect(self._print_sheet)
        board.sheet_wanted.connect(self._ask_rows)
        self.papers.listed.connect(self._type_sheet)
        end.report_wanted.connect(self._print_report)
        self.papers.printed.connect(self._say_printed)
        self.papers.refused.connect(self._say_undrawn)
        self.papers.slow.connect(lambda work: self.bar.follow(work, _("Drawing the paper")))
        self.papers.done.connect(self.bar.end)
        end.sign_wanted.connect(self._sign)
        end.back_wanted.connect(self._back)
        end.opened.connect(self._open_weapon)
        for way in (start.investigations_wanted, end.investigations_wanted):
            way.connect(lambda: self.go.emit("investigations", ""))

    # --- what the person does ---------------------------------------------------------------

    def _plan(self, usual: Plan | None = None) -> None:
        dialog = NewCountDialog(self._start.offer, usual or self._start.usual, self)
        dialog.decided.connect(self.model.open)
        self._dialog = dialog
        dialog.open()

    def _begin(self, due: Due) -> None:
        """Begin what is due: at once where everything is known, else ask for what is not."""
        if due.plan.second:
            self.model.open(due.plan)
        else:
            self._plan(due.plan)

    def _pause(self) -> None:
        self.model.pause()
        self._turn_to_start()

    def _weigh(self) -> None:
        """Show every difference and ask for the signatures; of a blind count, sign before that.

        Who has seen what lacks no longer counts blind.
        """
        count = self.model.count
        if count is not None and count.stocktake.opened.blind:
            self._told = None
            self._sign()
            return
        self._is_asked = True
        self.model.weigh()

    def _sign(self) -> None:
        """Ask both counters for their PINs, with what they sign for."""
        count, told = self.model.count, self._told
        if count is None:
            return
        mine = self._session.officer.officer.name
        others = [name for name in count.counters if name != mine]
        wanted = (
            Wanted(_("Counter"), own=True),
            Wanted(_("Second counter"), name=others[0] if others else ""),
        )
        dialog = PinsDialog(
            self._desk, self._session, wanted, self,
            title=_("Close {number}").format(number=isolated(count.stocktake.number)),
            sentence=sentence(told) if told else blind_sentence(), action=_("Sign and close"),
            later=True,
        )  # fmt: skip
        dialog.signed.connect(self.model.close)
        dialog.later.connect(self.model.close_later)
        dialog.rejected.connect(self._focus)
        self._dialog = dialog
        dialog.open()

    def _back(self) -> None:
        if self.model.count is not None:
            self._faces.setCurrentWidget(self.numbers if self.model.is_by_number else self.board)
            self._focus()
        else:
            self.model.start()
            self._turn_to_start()

    def _open_weapon(self, weapon: str) -> None:
        self.go.emit("weapon", weapon)

    def _print_sheet(self) -> None:
        if self.model.count is not None:
            self.papers.print_sheet(self.model.count.stocktake)

    def _ask_rows(self) -> None:
        if self.model.count is not None:
            self.papers.list_rows(self.model.count.stocktake)

    def _type_sheet(self, rows: tuple[PaperRow, ...]) -> None:
        """Let a filled sheet be typed in; the count waits behind it."""
        count = self.model.count
        if count is None:
            return
        shown = () if count.stocktake.opened.blind else rows
        dialog = SheetDialog(shown, count.places, self)
        dialog.decided.connect(self.model.take_sheet)
        dialog.finished.connect(lambda _code: self._focus())
        self._dialog = dialog
        dialog.open()

    def _print_report(self) -> None:
        if self._told is not None:
            self.papers.print_report(self._told.stocktake)

    # --- what is shown ----------------------------------------------------------------------

    def _turn_to_start(self) -> None:
        self._faces.setCurrentWidget(self.start)
        self._focus()

    def _show_start(self, start: Start) -> None:
        self._start = start
        self.start.show_start(start, may=self.model.may_count)
        late = sum(one.is_overdue for one in start.due)
        self.counted.emit(str(late) if late else "")
        if self.model.count is None and self._faces.currentWidget() in (self.board, self.numbers):
            self._faces.setCurrentWidget(self.start)
        self._focus()

    def _show_count(self, _opened: Opened) -> None:
        face = self.numbers if self.model.is_by_number else self.board
        self._faces.setCurrentWidget(face)
        face.begin()

    def _show_weighed(self, told: Differences) -> None:
        self._told = told
        self._show_end(told, closed=False)
        if self._is_asked:
            self._is_asked = False
            self._sign()

    def _show_closed(self, told: Differences) -> None:
        self._told = told
        self._show_end(told, closed=True)

    def _show_end(self, told: Differences, *, closed: bool) -> None:
        number = isolated(told.stocktake.number)
        count = self.model.count
        about = joined(*(map(isolated, count.counters))) if count else ""
        title = _("Count {number}").format(number=number)
        self.end.show_differences(title, about, told, closed=closed)
        self._faces.setCurrentWidget(self.end)
        self._focus()

    def _say_printed(self, file: Path) -> None:
        """Open the paper, and say where it is."""
        url = QUrl.fromLocalFile(str(file))
        QDesktopServices.openUrl(url)
        said = _("Written to {file}").format(file=isolated(f"{file.parent.name}/{file.name}"))
        self.toast.emit(said, _("Open"), partial(QDesktopServices.openUrl, url))

    def _say_strayed(self) -> None:
        play(Sound.REFUSED)
        self.toast.emit(_("A scan begins no count. Begin one with Enter."), "", None)

    def _say_undrawn(self, error: StockpileError) -> None:
        if not isinstance(error, Cancelled):
            self._say_refused(error)

    def _say_refused(self, error: StockpileError) -> None:
        play(Sound.REFUSED)
        self.toast.emit(wording.error_sentence(error), "", None)

    def _focus(self) -> None:
        """Put the cursor where the next key or scan belongs."""
        if not self.isVisible():
            return
        face = self._faces.currentWidget()
        if face is self.board:
            self.board.scan_field.setFocus(Qt.FocusReason.OtherFocusReason)
        elif face is self.numbers:
            self.numbers.focus()
        elif face is self.start:
            self.start.focus()
        else:
            self.end.focus()
