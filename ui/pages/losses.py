"""Losses: reported in a minute by two officers, told to everybody, and closed when it is back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget

from stockpile import wording
from stockpile.domain.errors import StockpileError
from stockpile.domain.losses import Loss
from stockpile.domain.values import PlaceId, WeaponId
from stockpile.language import _, isolated, ngettext
from stockpile.services.losses import OpenReport
from ui import sounds
from ui.desk import Desk
from ui.notices import Notices
from ui.pages.alarms import hot_words
from ui.pages.figures import figure
from ui.pages.in_front import AsksInFront
from ui.pages.loss_board import LossBoard
from ui.pages.loss_dialogs import RecoverDialog
from ui.pages.loss_report import LossReport
from ui.pages.pins import PinsDialog, Wanted
from ui.pages.scan_labels import paper_result, with_label
from ui.pages.scan_page import ScanPage
from ui.session import Session
from ui.theme import Space, Tone
from ui.view_models.losses import Board, Heard, LossesModel, Reported
from ui.widgets.arrange import Share, column
from ui.widgets.button import Button, Kind
from ui.widgets.card import Banner
from ui.widgets.field import Field
from ui.widgets.scan_result import Answer, Outcome, Result, ScanResult

BOARD, REPORT = range(2)
_RECOVER = "recover"


class LossesPage(ScanPage, AsksInFront):
    """The board, and a report being made."""

    def __init__(self, desk: Desk, session: Session, notices: Notices) -> None:
        super().__init__()
        self._desk, self._session = desk, session
        self.model = LossesModel(desk, session, notices)
        self.board = LossBoard()
        self.report = LossReport(self.model)
        self.result = ScanResult()
        self.unsent = Banner("cloud-off", "", "", Tone.BAD)
        self._board: Board | None = None
        self._heard: Heard | None = None
        self._new = Button(_("Report a loss"), Kind.PRIMARY, "shield-alert", hint="F4")
        self._back = Button(_("Back"), icon="list", hint="Esc")
        self._faces = QStackedWidget()
        self._lay_out()
        self._connect()
        self._add_keys()
        self.model.start()

    def entered(self, argument: str) -> None:
        """Show the board; a weapon's id begins its report, or its recovery where it is lost."""
        self.model.start()
        if argument:
            self.model.pick(WeaponId(argument))
        self._focus()

    def scan_field(self) -> Field:
        """Return the field of the face that is shown."""
        return self.report.scan if self._is_reporting() else self.board.scan

    # --- how it stands ----------------------------------------------------------------------

    def _lay_out(self) -> None:
        sentence = _("What is gone goes first at the next exchange, and every depot is warned.")
        head = self.head(_("Losses"), sentence, self._back, self._new)
        self.result.hide()
        self.unsent.hide()
        for face in (self.board, self.report):
            self._faces.addWidget(face)
        self.setLayout(column(head, self.unsent, self.result, Share(self._faces), gap=Space.M))
        self._show_face(BOARD)

    def _connect(self) -> None:
        model, board = self.model, self.board
        model.stands.connect(self._show_board)
        model.heard.connect(self._hear)
        model.reported.connect(self._say_reported)
        model.drawn.connect(self._say_drawn)
        model.postponed.connect(self._leave_report)
        model.recovered.connect(self._say_recovered)
        model.refused.connect(self._refuse)
        board.scanned.connect(model.scan)
        board.print_wanted.connect(lambda report: model.print(report.number))
        board.amend_wanted.connect(self._amend)
        board.recover_wanted.connect(self._recover_all)
        board.weapon_wanted.connect(partial(self.go.emit, "weapon"))
        self.report.sign_wanted.connect(self._sign)
        self.result.answered.connect(self._answer)
        self._new.clicked.connect(self._begin)
        self._back.clicked.connect(self._escape)

    def _add_keys(self) -> None:
        choose = self.report.how.choose
        keys = (
            ("F4", self._begin), ("F5", self._finish), ("Esc", self._escape),
            ("F6", partial(choose, "lost")), ("F7", partial(choose, "stolen")),
            ("F8", partial(choose, "unknown")), ("Ctrl+Z", self._undo),
            ("F3", self._amend_shown),
            ("F9", self._recover),
        )  # fmt: skip
        for key, does in keys:
            QShortcut(QKeySequence(key), self).activated.connect(does)

    def _is_reporting(self) -> bool:
        return self._faces.currentIndex() == REPORT

    def _show_face(self, face: int) -> None:
        self._faces.setCurrentIndex(face)
        self._back.setVisible(face == REPORT)
        self._new.setVisible(face == BOARD and self.model.may("report_loss"))
        self.result.hide()
        self.report.result.hide()
        if self._board is not None:
            self._show_unsent(self._board.overview.unsent)
        self._focus()

    def _focus(self) -> None:
        if not self.isVisible():
            return
        if self._is_reporting():
            self.report.begin()
        else:
            self.board.scan.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- keys -------------------------------------------------------------------------------

    def _begin(self) -> None:
        if self.model.may("report_loss") and not self._is_reporting():
            self._show_face(REPORT)

    def _finish(self) -> None:
        if self._is_reporting():
            self.report.check()

    def _undo(self) -> None:
        if self._is_reporting():
            self.model.undo()

    def _amend_shown(self) -> None:
        shown = self.board.shown
        if shown is not None and not self._is_reporting() and self.model.may("report_loss"):
            self._amend(shown)

    def _leave_report(self) -> None:
        """Go back to the board: the report waits for a second officer."""
        self.report.clear()
        self._show_face(BOARD)

    def _escape(self) -> None:
        if self._is_reporting() and self.model.amending is not None:
            self.model.clear()
            self.report.clear()
        self._show_face(BOARD)

    # --- what is done -----------------------------------------------------------------------

    def _hear(self, heard: Heard) -> None:
        self._heard = heard
        if heard.came == "added":
            if self.model.may("report_loss"):
                if not self._is_reporting():
                    self._show_face(REPORT)
                self.report.result.hide()
                sounds.play(sounds.Sound.FOUND)
            return
        banner = self.report.result if self._is_reporting() else self.result
        result = result_of(heard, may_recover=self.model.may("recover"))
        banner.show_result(result)
        banner.show()
        self.unsent.hide()
        self._new.setVisible(not self._is_reporting() and not result.answers)

    def _answer(self, name: str) -> None:
        if name == _RECOVER:
            self._recover()

    def _recover(self) -> None:
        """Take back the lost weapon that was just scanned, else the report under the cursor."""
        if self._is_reporting() or not self.model.may("recover"):
            return
        heard = self._heard
        if self.result.isVisible() and heard and heard.came == "lost" and heard.lasting:
            weapon = heard.lasting.weapon
            self._ask_recover([weapon.id], [weapon.serial.text or heard.lasting.row.number])
        elif self.board.shown is not None:
            self._recover_all(self.board.shown)

    def _recover_all(self, report: OpenReport) -> None:
        rows = report.weapons
        self._ask_recover([row.id for row in rows], [row.serial or row.number for row in rows])

    def _ask_recover(self, weapons: list[WeaponId], named: list[str]) -> None:
        if self._board is None:
            return
        dialog = RecoverDialog(named, self._board.places, self._board.site, self)
        dialog.decided.connect(
            lambda place, said: self.model.recover(weapons, PlaceId(place), said)
        )
        self.ask_in_front(dialog)

    def come_back(self) -> None:
        """Bring the cursor back to the page."""
        self.window().activateWindow()
        self._focus()

    def _amend(self, report: OpenReport) -> None:
        def filled() -> None:
            self.model.loaded.disconnect(filled)
            self.report.fill()
            self._show_face(REPORT)

        self.model.loaded.connect(filled)
        self.model.amend(report)

    def _sign(self, loss: Loss) -> None:
        count = len(self.model.lines)
        words = ngettext("{count} weapon is reported.", "{count} weapons are reported.", count)
        wanted = (Wanted(_("Reported by"), own=True), Wanted(_("Second officer")))
        pins = PinsDialog(
            self._desk, self._session, wanted, self, title=_("Sign the report"),
            sentence=words.format(count=figure(count)), later=True,
        )  # fmt: skip
        pins.signed.connect(partial(self.model.report, loss))
        pins.later.connect(partial(self.model.report_later, loss))
        self.ask_in_front(pins)

    # --- what is shown ----------------------------------------------------------------------

    def _show_board(self, board: Board) -> None:
        self._board = board
        may_report, may_recover = self.model.may("report_loss"), self.model.may("recover")
        self.board.show_board(board, may_report=may_report, may_recover=may_recover)
        self._show_unsent(board.overview.unsent)
        lost = sum(len(one.weapons) for one in board.overview.reports)
        self.counted.emit(str(lost) if lost else "")
        if not self.result.isVisible():
            self._new.setVisible(not self._is_reporting() and may_report)

    def _show_unsent(self, count: int) -> None:
        said = ngettext(
            "{count} loss report is not sent yet", "{count} loss reports are not sent yet", count
        )
        self.unsent.say(
            "cloud-off",
            said.format(count=figure(count)),
            _("Nobody else is warned until then. Synchronise (Alt+S), or give a courier file."),
            Tone.BAD,
        )
        self.unsent.setVisible(count > 0 and not self.result.isVisible())

    def _say_reported(self, done: Reported) -> None:
        self.report.clear()
        self._show_face(BOARD)
        sounds.play(sounds.Sound.GOOD)
        number = isolated(done.number)
        if done.error is not None:
            why = wording.error_sentence(done.error)
            said = _("{number} is on record; its paper is not drawn: {why}")
            self.toast.emit(said.format(number=number, why=why), "", None)
            return
        said = (
            _("{number} is amended.")
            if done.is_amended
            else _("{number} is on record and goes first at the next exchange.")
        )
        self._toast_file(said.format(number=number), done.file)

    def _say_drawn(self, file: Path) -> None:
        where = isolated(f"{file.parent.name}/{file.name}")
        self._toast_file(_("Written to {file}").format(file=where), file)

    def _toast_file(self, said: str, file: Path | None) -> None:
        url = QUrl.fromLocalFile(str(file))
        self.toast.emit(said, _("Open"), partial(QDesktopServices.openUrl, url))

    def _say_recovered(self, count: int) -> None:
        self._heard = None
        self._show_face(BOARD)
        sounds.play(sounds.Sound.GOOD)
        said = ngettext("{count} weapon is back", "{count} weapons are back", count)
        self.toast.emit(said.format(count=figure(count)), "", None)
        self._focus()

    def _refuse(self, error: StockpileError) -> None:
        sounds.play(sounds.Sound.REFUSED)
        if self._is_reporting():
            self.report.refuse(error)
        else:
            self.toast.emit(wording.error_sentence(error), "", None)


def result_of(heard: Heard, *, may_recover: bool) -> Result:
    """Return what a scan came to, for the banner."""
    if heard.scanned is not None and heard.scanned.document is not None:
        return paper_result(heard.scanned)
    return with_label(_result_of(heard, may_recover=may_recover), heard.scanned)


def _result_of(heard: Heard, *, may_recover: bool) -> Result:
    weapon = heard.lasting.weapon if heard.lasting else None
    name = (weapon.serial.text if weapon else "") or heard.text
    if heard.came == "lost":
        answers = (Answer(_RECOVER, _("It is back…"), "undo-2", "F9"),) if may_recover else ()
        number = heard.lasting.account.paper if heard.lasting and heard.lasting.account else ""
        said = _("Reported as {number}. Hand it to nobody. If it lies before you, take it back.")
        return Result(
            Outcome.ALARM, _("Reported lost or stolen"), name,
            said.format(number=isolated(number)), answers,
        )  # fmt: skip
    if heard.came in ("hot", "maybe_hot"):
        return Result(Outcome.ALARM, *hot_words(name, is_certain=heard.came == "hot"))
    title, sentence, outcome = _SAID[heard.came]
    return Result(outcome, title(), name, sentence())


_Words = Callable[[], str]
_SAID: Final[Mapping[str, tuple[_Words, _Words, Outcome]]] = {
    "twice": (
        lambda: _("On this report already"),
        lambda: _("Scan the next weapon, or press Enter to go on."),
        Outcome.TWICE,
    ),
    "gone": (
        lambda: _("No weapon to lose"),
        lambda: _("It was destroyed, or its record was withdrawn or joined to another."),
        Outcome.REFUSED,
    ),
    "unknown": (
        lambda: _("Not on record"),
        lambda: _("Put it on record first (Alt+2), then report it lost."),
        Outcome.REFUSED,
    ),
    "several": (
        lambda: _("Several weapons answer to this"),
        lambda: _("Type the registry number, or open the weapon in the register."),
        Outcome.REFUSED,
    ),
    "other": (
        lambda: _("Not a weapon"),
        lambda: _("That is a place or a person. Scan the weapon's label, or type its serial."),
        Outcome.REFUSED,
    ),
}
