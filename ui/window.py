"""The window: which page is open, and nothing about what is on it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from stockpile import wording
from stockpile.domain.holders import Holder
from stockpile.language import _, isolated
from stockpile.services.exchange_standing import (
    ExchangeStanding,
    standing_sentence,
    why_waiting,
)
from stockpile.services.paper_index import FoundPaper
from stockpile.services.ports import Hit, Recorded
from stockpile.services.scan_words import paper_kind
from ui.desk import Desk
from ui.notices import Notice, Notices
from ui.pages.alarms import alarm_result
from ui.pages.page import Entry, Page
from ui.pages.proof_words import foot_line
from ui.session import Session
from ui.theme import SMALLEST_WINDOW, USUAL_WINDOW, Tone
from ui.view_models.alarms import Alarm, AlarmsModel
from ui.view_models.backups import SafeKeeper
from ui.view_models.by_itself import ByItself
from ui.view_models.proving import Prover
from ui.widgets.arrange import Share, column, row
from ui.widgets.card import Card, Ground
from ui.widgets.page_stack import PageStack
from ui.widgets.palette import Offer, Palette
from ui.widgets.scan_result import ScanResult
from ui.widgets.sidebar import Destination, Section, Sidebar
from ui.widgets.status_line import StatusLine
from ui.widgets.toast import Toast
from ui.widgets.topbar import Status, Topbar

_FOUND, _FOUND_PEOPLE = 8, 4
_QUIET_MS = 1500
"""After so long the first page has asked for what it shows."""
_TONES = {
    "good": Tone.OK,
    "refused": Tone.WARN,
    "trouble": Tone.WARN,
    "damage": Tone.BAD,
    "bug": Tone.BAD,
}


class MainWindow(QWidget):
    """Sidebar, bar, and one page on its paper; the palette and the toast lie above.

    Signals:
        left: the officer stands up; the sign-in page is wanted.
    """

    left = Signal()

    def __init__(
        self, desk: Desk, session: Session, notices: Notices, entries: tuple[Entry, ...]
    ) -> None:
        super().__init__()
        self._desk, self._session, self._notices = desk, session, notices
        self._entries = {entry.key: entry for entry in entries}
        self._listed = tuple(entry for entry in entries if not entry.under)
        self._alone = tuple(entry for entry in entries if entry.shortcut)
        self._pages: dict[str, Page] = {}
        self._undo: Callable[[], None] | None = None
        self._line_page = "sync"
        self._quiet = QTimer(self, singleShot=True, interval=_QUIET_MS)
        self._quiet.timeout.connect(self._prepare)
        desk.closing.connect(self._quiet.stop)
        self._hits: dict[str, Hit] = {}
        self.setWindowTitle(_("Stockpile"))
        self.setMinimumSize(*SMALLEST_WINDOW)
        self.resize(*USUAL_WINDOW)
        self._sidebar = self._make_sidebar(self._listed)
        self._topbar = Topbar()
        self._alarms = AlarmsModel(desk, session)
        SafeKeeper.of(desk, session)  # from now on a backup is written each day
        self._by_itself = ByItself.of(desk, session, notices)
        self._prover = Prover.of(desk, session, notices)
        self._line = StatusLine()
        self._exchange = ExchangeStanding()
        self._alarm = ScanResult()
        self._stack = PageStack()
        self._lay_out()
        self._palette = Palette(self)
        self._toast = Toast(self)
        self._connect(notices)

    def open(self, key: str, argument: str = "") -> None:
        """Open a page, made when it is first wanted."""
        page = self._pages.get(key) or self._make(key)
        before = self._stack.currentWidget()
        if isinstance(before, Page) and before is not page:
            before.left()
        self._stack.setCurrentWidget(page)
        listed = self._entries[key].under or key
        self._sidebar.select(listed)
        page.entered(argument)
        self._session.remember(page=listed)

    def page(self, key: str) -> Page:
        """Return a page, made when it is first wanted."""
        return self._pages.get(key) or self._make(key)

    def welcome(self) -> None:
        """Show who sits here and open the page that was open last."""
        self._show_officer()
        self._refresh()
        self._by_itself.refresh()
        wanted = self._session.settings.page
        self.open(wanted if wanted in self._entries else next(iter(self._entries)))
        self._notices.listen()
        self._quiet.start()

    # --- inside -----------------------------------------------------------------------------

    def _show_officer(self) -> None:
        officer = self._session.officer.officer
        self._sidebar.show_officer(officer.name, ", ".join(map(wording.role, officer.roles)))

    def _reseat(self) -> None:
        """Show what the officer who sits here now may do; what is half-typed stays."""
        self._show_officer()
        for page in self._pages.values():
            page.reseated()

    def _make_sidebar(self, entries: tuple[Entry, ...]) -> Sidebar:
        names = dict.fromkeys(entry.section for entry in entries if entry.section)
        sections = [
            Section(name, tuple(_destination(one) for one in entries if one.section == name))
            for name in names
        ]
        foot = [_destination(one) for one in entries if not one.section]
        return Sidebar("", "", sections, foot)

    def _lay_out(self) -> None:
        paper = Card(column(Share(self._stack)), Ground.PAPER, margins=(22, 18, 22, 16))
        self._alarm.hide()
        right = column(
            self._topbar, self._alarm, Share(paper), 4, self._line, gap=0, margins=(0, 0, 10, 4)
        )
        self.setLayout(row(self._sidebar, Share(right), gap=0))
        self.setProperty("surface", "bg")

    def _connect(self, notices: Notices) -> None:
        self._sidebar.chosen.connect(self.open)
        self._sidebar.officer_pressed.connect(self.left)
        self._sidebar.lock_pressed.connect(self._session.lock)
        self._session.switched.connect(self._reseat)
        self._topbar.search_pressed.connect(self._palette.open)
        self._topbar.notices_pressed.connect(lambda: self.open("settings", "notices"))
        self._topbar.help_pressed.connect(lambda: self.open("settings", "help"))
        self._palette.asked.connect(self._offer)
        self._palette.chosen.connect(self._go_to)
        self._toast.acted.connect(self._act)
        self._desk.recorded.connect(self._heard)
        notices.said.connect(self._say)
        self._alarms.raised.connect(self._sound_alarm)
        self._by_itself.stands.connect(self._hear_exchange)
        self._prover.stands.connect(lambda _standing: self._show_line())
        self._line.clicked.connect(self._follow_line)
        self._alarm.answered.connect(self._alarm.hide)
        self._shortcut("F12", self._alarm.hide)
        self._shortcut("Ctrl+K", self._palette.open)
        self._shortcut("Ctrl+L", self._session.lock)
        self._shortcut("Ctrl+Z", self._toast.act)
        self._shortcut("F1", partial(self.open, "settings", "help"))
        for entry in self._alone:
            self._shortcut(entry.shortcut, partial(self.open, entry.key))

    def _shortcut(self, keys: str, does: Callable[[], None]) -> None:
        QShortcut(QKeySequence(keys), self).activated.connect(does)

    def _make(self, key: str) -> Page:
        page = self._entries[key].make()
        page.go.connect(self.open)
        page.toast.connect(self._undoable)
        if not self._entries[key].under:
            page.counted.connect(partial(self._sidebar.set_counter, key))
        self._pages[key] = page
        self._stack.addWidget(page)
        return page

    def _undoable(self, text: str, action: str, does: Callable[[], None] | None) -> None:
        self._undo = does
        self._toast.say(text, action)

    def _act(self) -> None:
        does, self._undo = self._undo, None
        if does is not None:
            does()

    def _say(self, notice: Notice) -> None:
        self._undo = None
        self._toast.say(notice.text, "", _TONES[notice.tone])

    def _sound_alarm(self, alarm: Alarm) -> None:
        """Stand above every page until somebody says that they have read it."""
        self._alarm.show_result(alarm_result(alarm))
        self._alarm.show()

    def _hear_exchange(self, standing: ExchangeStanding) -> None:
        was_alarm, self._exchange = self._exchange.is_alarm, standing
        if was_alarm != standing.is_alarm:
            self._refresh()
        self._show_line()

    def _show_line(self) -> None:
        """Say what the proof of the record has to say, else how far the centre has heard.

        Loud only where somebody has to do something; an alarm of the exchange gives way to damage.
        """
        proof, standing = foot_line(self._prover.standing), self._exchange
        self._line_page = "sync"
        if proof is not None and (proof.tone is Tone.BAD or not standing.is_alarm):
            self._line_page = "settings"
            self._line.say(*proof)
            return
        waits = bool(standing.acts or standing.photos)
        icon, tone = ("cloud-upload", Tone.GREY) if waits else ("cloud-check", Tone.OK)
        if not standing.is_enrolled:
            icon, tone = "database", Tone.GREY
        if standing.is_alarm:
            icon, tone = "shield-alert", Tone.BAD
        self._line.say(standing_sentence(standing), icon, tone, why_waiting(standing))

    def _follow_line(self) -> None:
        """Open where more is said of what the line at the foot says."""
        self.open(self._line_page, "proof" if self._line_page == "settings" else "")

    def _heard(self, recorded: Recorded) -> None:
        if recorded.facts:
            self._refresh()

    def _refresh(self) -> None:
        """Ask for what stands around every page: the place, what waits to be sent."""
        if not self._session.is_open:
            return
        stockpile = self._session.stockpile

        def question() -> tuple[str, str, int, bool, int]:
            site = stockpile.places.named(stockpile.people.site())
            peers = stockpile.books.peers()
            sent = max((peer.acknowledged for peer in peers), default=0)
            waiting = stockpile.books.tip().number - sent
            open_ones = stockpile.conflict_room.count()
            return site.name, site.country, waiting, bool(peers), open_ones

        self._desk.ask(self, question, lambda told: self._show_around(*told))

    def _prepare(self) -> None:
        """Learn what the first look for look-alikes waits for, a portion at a time between others.

        Nobody who types a serial waits for all of it.
        """
        if self._session.is_open:
            some = self._session.stockpile.tracing.prepare_some
            self._desk.ask(self, some, lambda ready: None if ready else self._prepare())

    def _show_around(
        self, place: str, country: str, waiting: int, enrolled: bool, conflicts: int
    ) -> None:
        self._sidebar.show_place(place, country)
        self._sidebar.set_counter("conflicts", isolated(str(conflicts)) if conflicts else "")
        if self._exchange.is_alarm:  # nobody may think that all is well because all is sent
            state = Status(_("Look at Sync"), Tone.BAD, "shield-alert")
        elif not enrolled:
            state = Status(_("On this computer only"), Tone.GREY, "database")
        elif waiting:
            text = _("{waiting} to send").format(waiting=waiting)
            state = Status(text, Tone.WARN, "cloud-off")
        else:
            state = Status(_("All sent"), Tone.OK, "cloud")
        self._topbar.show_status([state])

    # --- the palette ------------------------------------------------------------------------

    def _offer(self, text: str, number: int) -> None:
        wanted = text.strip().casefold()
        pages = [
            Offer(f"page:{one.key}", one.title, "", one.icon, one.shortcut, _("Pages"))
            for one in self._alone
            if wanted in one.title.casefold()
        ]
        self._palette.offer(number, pages)
        if not wanted:
            return
        stockpile = self._session.stockpile
        tracing, holders, papers = stockpile.tracing, stockpile.holders, stockpile.paper_index
        self._desk.ask(
            self,
            lambda: (
                tracing.find(text, _FOUND), holders.find(text, _FOUND_PEOPLE), papers.find(text)
            ),
            lambda found: self._offer_found(number, pages, *found),
        )  # fmt: skip

    def _offer_found(
        self,
        number: int,
        pages: list[Offer],
        hits: tuple[Hit, ...],
        people: tuple[Holder, ...],
        paper: FoundPaper | None,
    ) -> None:
        found = [_paper_offer(paper)] if paper and paper.page in self._entries else []
        found += [
            Offer(
                f"weapon:{hit.row.id}",
                isolated(hit.row.serial or hit.row.mark or hit.row.number),
                _told(hit.row.model, hit.row.calibre, hit.row.place),
                "scan-barcode",
                "",
                _("Weapons"),
            )
            for hit in hits
        ]
        found += [
            Offer(
                f"holder:{one.id}",
                isolated(one.name),
                _told(one.rank, one.unit, one.reference),
                "user",
                "",
                _("Holders"),
            )
            for one in people
        ]
        self._palette.offer(number, [*found, *pages])

    def _go_to(self, key: str) -> None:
        kind, _colon, what = key.partition(":")
        if kind == "page":
            self.open(what)
        elif kind == "paper":
            self.open(*what.split("|", 1))
        else:
            self.open({"holder": "holders"}.get(kind, kind), what)


def _paper_offer(paper: FoundPaper) -> Offer:
    key = f"paper:{paper.page}|{paper.argument}"
    number = isolated(paper.number)
    return Offer(key, number, paper_kind(paper.kind), "file-text", "", _("Papers"))


def _told(*parts: str) -> str:
    """Return what is known beside a name: each part keeps its own order among Arabic words."""
    return " · ".join(isolated(one) for one in parts if one)


def _destination(entry: Entry) -> Destination:
    return Destination(entry.key, entry.icon, entry.title, entry.shortcut)
