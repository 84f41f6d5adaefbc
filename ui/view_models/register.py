"""The register as a list: its order, its filter, what a search finds, and how many there are."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final, cast, get_args

from PySide6.QtCore import QObject, Signal

from stockpile.domain.values import Instant, WeaponId
from stockpile.services.extracts import Selection
from stockpile.services.paper_index import FoundPaper
from stockpile.services.ports import Hit, Order, Recorded, Register, RegisterFilter, RegisterRow
from stockpile.services.stockpile import Stockpile
from stockpile.wording import Names
from ui.desk import Desk
from ui.notices import Notices
from ui.session import Session
from ui.view_models.latest import Latest
from ui.view_models.narrowing import Options, options

HITS: Final = 200
"""The most weapons a search shows; who needs more types another letter."""

_FUZZY_FROM = 4


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the list; why it was found, when it was searched for."""

    row: RegisterRow
    why: str = ""


@dataclass(frozen=True, slots=True)
class WeaponPages:
    """The pages of the register in one order, rising or falling; used on the books lane."""

    register: Register
    order: Order
    falls: bool
    among: RegisterFilter
    size: int

    def count(self) -> int:
        """Return how many weapons the list holds."""
        return self.register.count(self.among)

    def page(self, index: int, /) -> Sequence[Listed]:
        """Return one page."""
        rows = self.register.page(self.order, index, self.size, self.among, falls=self.falls)
        return tuple(map(Listed, rows))


@dataclass(frozen=True, slots=True)
class Slice:
    """The list as it is now: how many weapons, and the pages in sight by their number."""

    count: int
    pages: tuple[tuple[int, Sequence[Listed]], ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many weapons there are in all, and of each status."""

    total: int
    by_status: tuple[tuple[str, int], ...]


class RegisterModel(QObject):
    """The list and the search of the register.

    Signals:
        listed: another list is wanted from its beginning; its pages.
        changed: the register was written to; ask for what is in sight with `refresh`.
        refreshed: what is in sight, read again.
        found: the weapons that answer to the text searched for, best first.
        tallied: how many weapons there are.
        offered: what the list may be narrowed to, with counts.
        located: where a weapon stands in the list, None where it is not in it.
        named: what people call places and officers has come.
        paper_found: the text is the number of a paper: what it is and where it is seen.
    """

    listed = Signal(object)
    changed = Signal()
    refreshed = Signal(object)
    found = Signal(object)
    tallied = Signal(object)
    offered = Signal(object)
    located = Signal(object)
    named = Signal()
    paper_found = Signal(object)

    def __init__(self, desk: Desk, session: Session, notices: Notices, page_size: int) -> None:
        super().__init__()
        self._desk, self._session, self._size = desk, session, page_size
        self._order: Order = "serial"
        self._falls = False
        self._among = RegisterFilter()
        self._text = ""
        self._names = Names()
        self._slices = Latest[Slice](desk, self, self.refreshed.emit, notices.trouble)
        self._searches = Latest[Sequence[Listed]](desk, self, self.found.emit, notices.trouble)
        self._tallies = Latest[Tally](desk, self, self.tallied.emit, notices.trouble)
        self._offers = Latest[Options](desk, self, self.offered.emit, notices.trouble)
        self._places = Latest[int | None](desk, self, self.located.emit, notices.trouble)
        self._names_read = Latest[Names](desk, self, self._name, notices.trouble)
        desk.recorded.connect(self._heard)
        session.changed.connect(self._seated)

    @property
    def among(self) -> RegisterFilter:
        """Return which weapons the list shows."""
        return self._among

    @property
    def names(self) -> Names:
        """Return what people call places and officers."""
        return self._names

    @property
    def selection(self) -> Selection:
        """Return the whole list as it is ordered and filtered."""
        return Selection(self._among, self._order, self._falls)

    @property
    def text(self) -> str:
        """Return the text that is searched for; empty while the whole list is shown."""
        return self._text

    @property
    def pages(self) -> WeaponPages:
        """Return the pages of the list as it is ordered and filtered."""
        register = self._session.stockpile.register
        return WeaponPages(register, self._order, self._falls, self._among, self._size)

    def now(self) -> Instant:
        """Return what time this computer says it is; 0 before a home is open."""
        return self._session.stockpile.extracts.clock.now() if self._session.is_open else 0

    def start(self) -> None:
        """Show the list from its beginning, and count."""
        self._slices.forget()
        self._names_read.ask(self._session.stockpile.names)
        self.listed.emit(self.pages)
        self._count()

    def sort(self, order: str, falls: bool) -> None:
        """Show the list in another order; one of those that have an index."""
        assert order in get_args(Order)
        self._order, self._falls = cast("Order", order), falls
        self.start()

    def narrow(self, among: RegisterFilter) -> None:
        """Show only weapons that answer to the filter."""
        self._among = among
        self.start()
        self.search(self._text)

    def offer(self, among: RegisterFilter) -> None:
        """Ask what a list narrowed so far may be narrowed to."""
        self._offers.ask(partial(options, self._session.stockpile, among))

    def locate(self, weapon: str) -> None:
        """Ask where a weapon stands in the list."""
        pages = self.pages
        find = pages.register.position
        wanted = WeaponId(weapon)
        self._places.ask(partial(find, wanted, pages.order, pages.among, falls=pages.falls))

    def search(self, text: str) -> None:
        """Find weapons by any mark, part of one, make, model or place; empty ends the search."""
        self._text = text.strip()
        if not self._text:
            self._searches.forget()
            return
        stockpile = self._session.stockpile
        self._searches.ask(partial(_found, stockpile, self._text, self.pages))

    def look_for_paper(self) -> None:
        """Find the paper whose number was typed or scanned; nothing comes where it is none."""
        index, text = self._session.stockpile.paper_index, self._text

        def tell(paper: FoundPaper | None) -> None:
            if paper is not None:
                self.paper_found.emit(paper)

        self._desk.ask(self, lambda: index.find(text), tell)

    def refresh(self, first: int, last: int) -> None:
        """Read the pages with these rows again, and the count, in one go."""
        self._slices.ask(partial(_slice, self.pages, first // self._size, last // self._size))

    def _name(self, names: Names) -> None:
        self._names = names
        self.named.emit()

    def _seated(self) -> None:
        if self._session.is_open:
            self._among, self._text = RegisterFilter(), ""
            self._searches.forget()
            self.start()

    def _heard(self, recorded: Recorded) -> None:
        del recorded  # nearly every fact shows somewhere in the list: a place's new name, a mark
        if self._session.is_open:
            self._names_read.ask(self._session.stockpile.names)
            self._count()
            self.changed.emit()

    def _count(self) -> None:
        self._tallies.ask(partial(_tally, self._session.stockpile.register))


def _found(stockpile: Stockpile, text: str, pages: WeaponPages) -> Sequence[Listed]:
    hits = stockpile.tracing.find(text, HITS)
    if not hits and len(text) >= _FUZZY_FROM:
        hits = stockpile.tracing.find(text, HITS, fuzzy=True)
    found = {hit.row.id: Listed(hit.row, _why(stockpile, text, hit)) for hit in hits}
    if pages.among == RegisterFilter():
        return tuple(found.values())
    held = pages.register.among(list(found), pages.among)
    kept = {id_: line for id_, line in found.items() if id_ in held}
    return tuple((kept | _with_text(text, pages, kept)).values())[:HITS]


def _why(stockpile: Stockpile, text: str, hit: Hit) -> str:
    """Return how a weapon was found; by a label of ours, whether its seal is ours too."""
    if hit.why not in ("tag", "old_tag"):
        return hit.why
    label = stockpile.scanning.label_of(text, hit.row.id)
    return "forged_label" if label == "foreign" else hit.why


def _with_text(text: str, pages: WeaponPages, kept: Collection[WeaponId]) -> dict[WeaponId, Listed]:
    """Return what a narrowed list holds with the text, beside the best of the whole register."""
    among = replace(pages.among, text=text)
    rows = pages.register.page(pages.order, 0, HITS, among, falls=pages.falls)
    return {row.id: Listed(row, "words") for row in rows if row.id not in kept}


def _slice(pages: WeaponPages, first: int, last: int) -> Slice:
    count = pages.count()
    end = max(0, (count - 1) // pages.size)
    wanted = range(min(first, end), min(last, end) + 1)
    return Slice(count, tuple((page, pages.page(page)) for page in wanted))


def _tally(register: Register) -> Tally:
    return Tally(register.count(RegisterFilter()), register.tally())
