# ruff: noqa: N802 — Qt names what is overridden
"""A run of labels on a label printer: how far it is, why it stands, and whether one came out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QWidget

from stockpile import wording
from stockpile.domain.label_printers import LabelPrinter
from stockpile.domain.printer_fit import STRAIGHT, PrinterFit
from stockpile.domain.values import WeaponId
from stockpile.language import _, isolated, ngettext
from stockpile.services.label_printing import PrintRun
from ui.desk import Desk
from ui.notices import Notices
from ui.pages import printer_words
from ui.pages.figures import figure
from ui.session import Session
from ui.theme import Ink, Space, Text
from ui.view_models.label_run import LabelRunModel, RunShown
from ui.widgets.arrange import STRETCH, Share, boxed, column, row
from ui.widgets.button import Button, Kind
from ui.widgets.field import Field, State
from ui.widgets.growing import fix_width
from ui.widgets.progress import Meter
from ui.widgets.text import Label, card_title

_WIDTH: Final = 520


class LabelRunDialog(QDialog):
    """One run. Closing it leaves what is not printed for later.

    Signals:
        ended: the run is at its end, or was left: how many labels came out, and how many it has.
    """

    ended = Signal(int, int)

    def __init__(self, desk: Desk, session: Session, notices: Notices, parent: QWidget) -> None:
        super().__init__(parent)
        self.model = LabelRunModel(desk, session, notices)
        self._printer = ""
        self.setWindowTitle(_("Labels on the printer"))
        self.setModal(True)
        fix_width(self, _WIDTH)
        self._title = card_title(_("Labels on the printer"))
        self.meter = Meter(0.0, name=_("Labels that came out"))
        self.count = Label("", Text.STRONG)
        self.said = Label("", Text.BODY, wrap=True)
        self.last_good = Field(_("The last label that came out whole"), identifier=True)
        self.last_good.hide()
        self.came_out = Button(_("It came out"), Kind.PRIMARY, "check")
        self.again = Button(_("Print it again"), icon="redo-2")
        self.going = Button(_("Pause"), icon="pause")
        self.leave = Button(_("Close"))
        buttons = row(STRETCH, self.leave, self.again, self.going, self.came_out)
        edges = (Space.XXL, Space.XL, Space.XXL, Space.XL)
        self.setLayout(
            column(
                self._title, row(Share(self.meter), self.count, gap=Space.M), self.said,
                self.last_good, boxed(buttons), gap=Space.L, margins=edges,
            )
        )  # fmt: skip
        self._connect()

    def start(
        self,
        weapons: Sequence[WeaponId],
        printer: LabelPrinter,
        *,
        anew: bool = False,
        fit: PrinterFit = STRAIGHT,
    ) -> None:
        """Print the labels of weapons, before the eyes of whoever asked."""
        self._open(printer.name)
        self.model.start(weapons, printer, anew=anew, fit=fit)

    def resume(self, run: PrintRun) -> None:
        """Go on with a run that was left."""
        self._open(run.printer.name)
        self.model.resume(run)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Leave the rest for later: the label on its way is waited for by the desk."""
        self._left()
        super().closeEvent(event)

    def reject(self) -> None:
        """Leave the rest for later."""
        self._left()
        super().reject()

    def _open(self, printer: str) -> None:
        self._title.setText(_("Labels on {printer}").format(printer=isolated(printer)))
        self.came_out.hide()
        self.again.hide()
        self.open()
        self.going.setFocus(Qt.FocusReason.OtherFocusReason)

    def _connect(self) -> None:
        self.model.shown.connect(self._show)
        self.leave.clicked.connect(self.reject)
        self.going.clicked.connect(self._go_or_pause)
        self.came_out.clicked.connect(self._came_out)
        self.again.clicked.connect(self._again)
        self.last_good.submitted.connect(self._came_out)

    def _left(self) -> None:
        self.model.pause()
        self.model.leave()
        now = self.model.now
        if now is not None:
            self.ended.emit(now.printed, now.total)

    # --- what is done -----------------------------------------------------------------------

    def _go_or_pause(self) -> None:
        now = self.model.now
        if now is not None and now.phase == "printing":
            self.going.set_busy(True)
            self.model.pause()
        else:
            self.model.go_on()

    def _came_out(self) -> None:
        now = self.model.now
        if now is None or now.phase != "asks":
            return
        if now.first == now.last:
            self.model.settle(now.last)
            return
        said = self.last_good.text().strip()
        number = int(said) if said.isdecimal() else -1
        if now.first - 1 <= number <= now.last:
            self.model.settle(number)
        else:
            words = _("A number from {first} to {last}.")
            self.last_good.show_state(
                State.BAD, words.format(first=figure(now.first - 1), last=figure(now.last))
            )

    def _again(self) -> None:
        now = self.model.now
        if now is not None and now.phase == "asks":
            self.model.settle(now.first - 1)

    # --- what is shown ----------------------------------------------------------------------

    def _show(self, now: RunShown) -> None:
        share = now.printed / now.total if now.total else 0.0
        self.meter.show_share(share, Ink.OK if now.phase == "done" else None)
        count = _("{printed} of {total}")
        self.count.setText(count.format(printed=figure(now.printed), total=figure(now.total)))
        words, ink = run_words(now)
        self.said.set_ink(ink)
        self.said.setText(words)
        asks, several = now.phase == "asks", now.first != now.last
        self.came_out.setVisible(asks)
        self.came_out.setText(_("These came out") if several else _("It came out"))
        self.again.setVisible(asks and not several)
        self.last_good.setVisible(asks and several)
        self.going.set_busy(False)
        self.going.setVisible(not asks and now.phase != "done")
        is_printing = now.phase == "printing"
        self.going.setText(_("Pause") if is_printing else _("Go on"))
        self.going.show_icon("pause" if is_printing else "play")
        self._aim(now, asks=asks, several=several)
        layout = self.layout()
        assert layout is not None
        layout.activate()
        self.resize(_WIDTH, max(self.height(), layout.totalHeightForWidth(_WIDTH)))

    def _aim(self, now: RunShown, *, asks: bool, several: bool) -> None:
        """Bring the focus to what is to be done next; what goes on by itself takes none away."""
        if asks and several and not self.last_good.text():
            self.last_good.set_text(str(now.last))
        if now.phase == "printing":
            return
        next_ = self.last_good if asks and several else self.going
        if asks and not several:
            next_ = self.leave  # neither answer by a hasty Enter
        if now.phase == "done":
            next_ = self.leave
        next_.setFocus(Qt.FocusReason.OtherFocusReason)


def run_words(now: RunShown) -> tuple[str, Ink]:
    """Return how a run is, as a sentence, and the colour of its words."""
    match now.phase:
        case "printing":
            return _("Printing. Each label is on record when the printer says that it is out."), (
                Ink.SECONDARY
            )
        case "paused":
            return _("Paused. Nothing is on its way."), Ink.SECONDARY
        case "done":
            words = ngettext(
                "{count} label came out and is on record.",
                "{count} labels came out and are on record.",
                now.total,
            )
            return words.format(count=figure(now.total)), Ink.OK
        case "stands":
            said = wording.error_sentence(now.error) if now.error is not None else ""
            return said, Ink.BAD
        case _:
            return _asked_words(now), Ink.WARN


def _asked_words(now: RunShown) -> str:
    if now.first != now.last:
        words = _(
            "Labels {first} to {last} were sent to a printer that tells nothing. Look at them:"
            " which is the last one that came out whole?"
        )
        return words.format(first=figure(now.first), last=figure(now.last))
    words = _("Label {place} ({name}) was sent and may have come out or not. {state} Look.")
    if not now.named:
        words = _("Label {place} was sent and may have come out or not. {state} Look.")
    state = "" if now.state.standing == "ready" else printer_words.state_words(now.state)
    said = words.format(place=figure(now.last), name=isolated(now.named), state=state)
    return " ".join(said.split())
