"""Today: how much is where, what is late, what needs somebody; and the close of the day."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QLocale, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QStackedLayout, QWidget

from stockpile import wording
from stockpile.domain.errors import Cancelled, StockpileError
from stockpile.language import _, isolated, ngettext
from stockpile.services.backups import Safe
from stockpile.services.ports import Backup
from ui.desk import Desk, Work
from ui.notices import Notices
from ui.pages.handover import HandoverDialog
from ui.pages.page import Page
from ui.pages.pins import PinsDialog, Wanted
from ui.pages.today_cards import CloseCard, NeedsCard
from ui.pages.today_clock import ClockBanner
from ui.pages.work_bar import WorkBar
from ui.session import Session
from ui.theme import Space, Tone
from ui.view_models.today import Standing, TodayModel, needs
from ui.widgets.arrange import STRETCH, Share, boxed, column, row, scrolled
from ui.widgets.button import Button, Kind
from ui.widgets.card import Banner
from ui.widgets.empty_state import EmptyState
from ui.widgets.figure_tile import FigureTile
from ui.widgets.keycap import Shortcut
from ui.widgets.text import secondary

HANDOVER = "handover:"
"""Before the id of a place that another page wants handed over."""
_TILES = (
    ("in_store", "warehouse", Tone.OK, "register", "list:in_store"),
    ("out", "hand", Tone.INFO, "register", "list:issued"),
    ("overdue", "clock", Tone.GREY, "issuing", ""),
    ("in_transit", "truck", Tone.INFO, "transfers", ""),
    ("counts_due", "clipboard-check", Tone.GREY, "counting", ""),
    ("unexplained", "circle-alert", Tone.GREY, "investigations", ""),
    ("unfit", "wrench", Tone.GREY, "register", "list:unfit"),
    ("unsent", "cloud-upload", Tone.GREY, "sync", ""),
)
_LOUD = {"overdue": Tone.BAD, "unexplained": Tone.BAD, "unfit": Tone.WARN, "counts_due": Tone.WARN}
_A_ROW = 4
_CARD = 312


class TodayPage(Page):
    """The figures, what needs somebody, and F5 to close the day."""

    def __init__(self, desk: Desk, session: Session, notices: Notices) -> None:
        super().__init__()
        self._desk, self._session = desk, session
        self.model = TodayModel(desk, session, notices)
        self._standing: Standing | None = None
        self._safe: Safe | None = None
        self.close_day = Button(_("Close the day"), Kind.PRIMARY, "lock", hint="F5")
        self.tiles = {name: FigureTile(icon, tone) for name, icon, tone, _page, _argument in _TILES}
        self.needs = NeedsCard()
        self.card = CloseCard()
        self.result = Banner("circle-check", "", "", Tone.OK)
        self.clock = ClockBanner()
        self._sheet = Button(_("Open the sheet"), icon="file-text")
        self._sheet_file: Path | None = None
        self._bar = WorkBar()
        self._when = secondary("")
        self._faces = QStackedLayout()
        self._lay_out()
        self._connect()
        self.model.start()

    def entered(self, argument: str) -> None:
        """Show how the day stands now; or hand a place over, whose id comes with its word."""
        self.model.watch(watched=True)
        self.model.start()
        self.close_day.setFocus(Qt.FocusReason.OtherFocusReason)
        if argument.startswith(HANDOVER):
            self.hand_over(argument.removeprefix(HANDOVER))

    def left(self) -> None:
        """Be put away: the figures are read anew when somebody comes back."""
        self.model.watch(watched=False)

    def hand_over(self, place: str = "") -> None:
        """Ask who takes a place over."""
        dialog = HandoverDialog(self._desk, self._session, self, place=place)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.said.connect(self.toast)
        dialog.count_wanted.connect(lambda: self.go.emit("counting", ""))
        dialog.open()

    # --- how it stands ----------------------------------------------------------------------

    def _lay_out(self) -> None:
        head = self.head(_("Today"), "", self.close_day)
        figures = column(
            *(
                row(*(Share(self.tiles[one[0]]) for one in _TILES[start : start + _A_ROW]), gap=10)
                for start in range(0, len(_TILES), _A_ROW)
            ),
            gap=10,
        )
        self.result.hide()
        self._sheet.hide()
        self.card.setFixedWidth(_CARD)
        below = scrolled(boxed(row(Share(self.needs), self.card, gap=Space.M)))
        keys = row(Shortcut("F5", _("close the day")), STRETCH, self._when)
        whole = boxed(column(figures, Share(below), keys, gap=Space.M))
        faces = QWidget()
        faces.setLayout(self._faces)
        self._faces.addWidget(whole)
        self._faces.addWidget(self._empty())
        said = row(Share(self.result), self._sheet, gap=Space.M)
        self.setLayout(column(head, self._bar, boxed(said), self.clock, Share(faces), gap=Space.M))

    def _empty(self) -> QWidget:
        enter = Button(_("Enter the first weapon"), icon="keyboard")
        enter.clicked.connect(lambda: self.go.emit("entry", ""))
        import_ = Button(_("Import a list"), icon="file-spreadsheet")
        import_.clicked.connect(lambda: self.go.emit("import", ""))
        return EmptyState(
            "layout-dashboard",
            _("Nothing is on record yet"),
            _("Once weapons are, this page says each day where they are and what is late."),
            enter,
            import_,
        )

    def _connect(self) -> None:
        model = self.model
        model.stands.connect(self._show)
        model.safe_stands.connect(self._show_safe)
        model.began.connect(self._began)
        model.keeper.began.connect(self._began_by_itself)
        model.keeper.ended.connect(self._end_by_itself)
        model.closed.connect(self._closed)
        model.backed_up.connect(self._backed_up)
        model.failed.connect(self._failed)
        model.head_checked.connect(lambda holds: self.card.show_checked(holds=holds))
        model.head_refused.connect(self.card.refuse)
        self.close_day.clicked.connect(self._ask_pin)
        self.needs.wanted.connect(self.go)
        self.needs.folder_wanted.connect(self._choose_folder)
        self.card.backup_wanted.connect(model.back_up)
        self.card.folder_wanted.connect(self._choose_folder)
        self.card.handover_wanted.connect(self.hand_over)
        self.card.head_typed.connect(model.check_head)
        self._sheet.clicked.connect(self._open_sheet)
        self.clock.found_right.connect(model.find_clock_right)
        model.clock_right.connect(self._say_clock_right)
        for name, _icon, _tone, page, argument in _TILES:
            self.tiles[name].clicked.connect(partial(self._open_list, name, page, argument))
        QShortcut(QKeySequence("F5"), self).activated.connect(self._press)

    def _press(self) -> None:
        if self.close_day.isEnabled():
            self._ask_pin()

    # --- what is shown ----------------------------------------------------------------------

    def _show(self, standing: Standing) -> None:
        self._standing = standing
        day = standing.day
        self._faces.setCurrentIndex(0 if day.on_record else 1)
        for name, _icon, tone, _page, _argument in _TILES:
            count = getattr(day, name)
            shown = QLocale().toString(count)
            self.tiles[name].show_figure(
                shown, _words(name), _LOUD.get(name, tone) if count else tone
            )
        self.card.show_standing(standing)
        self.clock.show_doubt(standing.clock)
        self.card.hand_over.setEnabled(self.model.may("hand_over"))
        self.close_day.setEnabled(self.model.may("close_day") and not self.model.is_busy)
        said = _("{site}, {day}, as of {at}").format(
            site=isolated(standing.site), day=isolated(day.on), at=isolated(wording.instant(day.at))
        )
        self._when.setText(said)
        self._show_needs()

    def _show_safe(self, safe: Safe) -> None:
        self._safe = safe
        self.card.show_safe(safe)
        self._show_needs()

    def _show_needs(self) -> None:
        if self._standing is None:
            return
        found = needs(self._standing, self._safe)
        self.needs.show_needs(found)
        self.counted.emit(isolated(str(len(found))) if found else "")

    def _open_list(self, name: str, page: str, argument: str) -> None:
        self.tiles[name].setChecked(False)
        self.go.emit(page, argument)

    # --- the close --------------------------------------------------------------------------

    def _ask_pin(self) -> None:
        if self._standing is None or self.model.is_busy:
            return
        wanted = (Wanted(_("Who closes the day"), own=True),)
        dialog = PinsDialog(
            self._desk,
            self._session,
            wanted,
            self,
            title=_("Close the day"),
            sentence=closing_sentence(self._standing),
            action=_("Close the day"),
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.signed.connect(lambda opened: self.model.close(opened[0]))
        dialog.open()

    def _began(self, work: Work) -> None:
        self.result.hide()
        self._sheet.hide()
        self.close_day.set_busy(True)
        self.card.back_up.set_busy(True)
        self._bar.follow(work, _("Writing the backup and checking it…"))

    def _began_by_itself(self, work: Work) -> None:
        """Show the backup that is written by itself; the day can be closed all the same."""
        if not self.model.is_busy:
            self._bar.follow(work, _("Writing the daily backup and checking it…"))

    def _end_by_itself(self) -> None:
        if not self.model.is_busy:
            self._bar.end()

    def _end(self) -> None:
        self._bar.end()
        self.close_day.set_busy(False)
        self.card.back_up.set_busy(False)

    def _closed(self, backup: Backup, sheet: Path) -> None:
        self._end()
        self._sheet_file = sheet
        self._sheet.show()
        self._say("circle-check", _("The day is closed"), backup_sentence(backup), Tone.OK)

    def _backed_up(self, backup: Backup) -> None:
        self._end()
        title = _("The backup is written and checked")
        self._say("circle-check", title, backup_sentence(backup), Tone.OK)

    def _failed(self, error: StockpileError) -> None:
        self._end()
        if isinstance(error, Cancelled):
            said = _("The day is not closed, and nothing is left of the backup.")
            self._say("pause", _("Stopped"), said, Tone.GREY)
        else:
            said = wording.error_sentence(error)
            self._say("triangle-alert", _("The backup was not written"), said, Tone.BAD)

    def _say(self, icon: str, title: str, sentence: str, tone: Tone) -> None:
        self.result.say(icon, title, sentence, tone)
        self.result.show()

    def _say_clock_right(self) -> None:
        self.toast.emit(_("On record in your name: the clock is right."), "", None)

    def _open_sheet(self) -> None:
        if self._sheet_file is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._sheet_file)))

    def _choose_folder(self) -> None:
        dialog = QFileDialog(self, _("Choose where backups go"), str(self.model.folder.parent))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda folder: self.model.use_folder(Path(folder)))
        dialog.open()


def closing_sentence(standing: Standing) -> str:
    """Return what the day comes to, before it is signed."""
    day = standing.day
    figures = (
        (_("moved"), day.done.movements),
        (_("out"), day.out),
        (_("overdue"), day.overdue + day.waybills_overdue),
        (_("unexplained"), day.unexplained + day.conflicts),
    )
    told = ", ".join(
        _("{name}: {count}").format(name=name, count=isolated(str(count)))
        for name, count in figures
    )
    said = _("{day}. {told}.").format(day=isolated(day.on), told=told)
    months = standing.retain_persons
    if not months:
        return said
    erased = ngettext(
        "Details of persons with nothing in hand are erased {count} month after their last act.",
        "Details of persons with nothing in hand are erased {count} months after their last act.",
        months,
    )
    return " ".join((said, erased.format(count=isolated(str(months)))))


def backup_sentence(backup: Backup) -> str:
    """Return what a backup holds, and where it lies."""
    words = ngettext(
        "{count} weapon up to entry {number}, in {file}",
        "{count} weapons up to entry {number}, in {file}",
        backup.weapons,
    )
    return words.format(
        count=isolated(str(backup.weapons)),
        number=isolated(str(backup.tip.number)),
        file=isolated(str(backup.file)),
    )


def _words(name: str) -> str:
    return {
        "in_store": _("In store"),
        "out": _("Out"),
        "overdue": _("Overdue"),
        "in_transit": _("In transit"),
        "counts_due": _("Counts due"),
        "unexplained": _("Unexplained"),
        "unfit": _("Unfit"),
        "unsent": _("Not sent"),
    }[name]
