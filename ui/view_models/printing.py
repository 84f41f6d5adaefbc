"""How labels are printed: as last time, or as the person says; and what is asked before."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Final, Literal

from PySide6.QtCore import QObject, Signal

from stockpile.domain.errors import Cancelled, StockpileError
from stockpile.domain.label_printers import LabelPrinter, kept_printers, printer_named
from stockpile.domain.numbers import registry_number
from stockpile.domain.people import Act
from stockpile.domain.printer_fit import (
    CROSSES,
    STRAIGHT,
    Measured,
    PrinterFit,
    RulerPaper,
    fit_from_ruler,
    keep_fits,
    kept_fits,
)
from stockpile.domain.values import PlaceId, WeaponId
from stockpile.services.label_runs import Rest
from stockpile.services.papers import Printing
from stockpile.services.people import SignedIn
from stockpile.services.ports import Gate, GreyPicture, LabelKind, Recorded, Sheet, StockFace
from stockpile.services.printed import among_papers, free_file
from stockpile.services.stockpile import Stockpile
from ui.desk import Desk, Work
from ui.notices import Notices
from ui.session import Session

SYSTEM: Final = "system:"
"""Before the name of a printer of the system; without it, a PDF file is meant."""
LABEL: Final = "label:"
"""Before the name of a label printer of this computer: its labels go out one by one."""
_LANE: Final = "printing"

What = Literal["weapons", "places"]
KINDS: Final[Mapping[What, tuple[LabelKind, ...]]] = MappingProxyType(
    {
        "weapons": ("weapon", "tie_on", "trigger_guard"),
        "places": ("rack", "crate", "location", "weapon"),
    }
)
"""Which kinds of stock are offered: a rack's card may well be a weapon's label."""
Find = Callable[[Work], tuple[WeaponId, ...]]


@dataclass(frozen=True, slots=True)
class HowPrinted:
    """How labels are printed.

    ``printer`` is empty for a PDF file. ``anew`` says of labels that were printed before that they
    were lost or damaged and are void; nothing says that nobody was asked yet.
    """

    stock: str = ""
    layout: str = ""
    printer: str = ""
    gate: Gate = "whole"
    start_at: int = 1
    anew: bool | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be printed, and how: weapons or places, and how many of them bear a label."""

    what: What
    ids: tuple[str, ...]
    how: HowPrinted
    borne: int = 0


@dataclass(frozen=True, slots=True)
class Offers:
    """What the dialog may offer: stocks, and the site's own layouts that fit each of them."""

    job: Job
    faces: tuple[StockFace, ...]
    layouts: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Printed:
    """A sheet in its file, for which printer and on which stock."""

    sheet: Sheet
    what: What
    printer: str
    face: StockFace


class PrintingModel(QObject):
    """Prints labels and cards, one work at a time.

    Signals:
        begun: a work has begun: the work.
        found: it is known what is to be printed, and the person is to say how: the offers.
        bears: some bear a label already, and the person is to say why: the job.
        printed: a sheet stands in its file: what was printed.
        runs: a job goes to a label printer: the job.
        refused: it was refused or stopped: the error.
        fitted: a printer's fit was measured and is remembered.
        ruler_drawn: the ruler page stands in its file: the file.
    """

    begun = Signal(object)
    found = Signal(object)
    bears = Signal(object)
    printed = Signal(object)
    runs = Signal(object)
    refused = Signal(object)
    fitted = Signal()
    ruler_drawn = Signal(object)

    def __init__(self, desk: Desk, session: Session, notices: Notices) -> None:
        super().__init__()
        self._desk, self._session, self._notices = desk, session, notices
        self._work: Work | None = None
        desk.closing.connect(self.cancel)

    @property
    def is_busy(self) -> bool:
        """Return whether a work is under way."""
        return self._work is not None

    @property
    def made_with(self) -> tuple[Desk, Session, Notices]:
        """Return what a dialog of its own is made with."""
        return self._desk, self._session, self._notices

    @property
    def label_printers(self) -> tuple[LabelPrinter, ...]:
        """Return the label printers of this computer."""
        return kept_printers(self._session.settings.printers)

    def label_printer(self, job: Job) -> LabelPrinter:
        """Return the label printer of a job, with the layout chosen; raises PrinterUnknown."""
        printer = printer_named(job.how.printer.removeprefix(LABEL), self.label_printers)
        return replace(printer, layout=job.how.layout) if job.how.layout else printer

    def may(self, act: Act) -> bool:
        """Say whether the officer's role includes an act."""
        return self._session.may(act)

    def cancel(self) -> None:
        """Stop at the next step; no part of a sheet stays."""
        if self._work is not None:
            self._work.cancel()

    def last(self, what: What) -> HowPrinted:
        """Return how such labels were printed last on this computer."""
        settings = self._session.settings
        return kept_how(settings.label_printing, what, settings.stock)

    # --- weapons and places ----------------------------------------------------------------

    def label(self, find: Find, how: HowPrinted | None = None) -> None:
        """Print the labels of weapons as last time, or as said."""
        work = self._started()
        ask = partial(_job, self._session.stockpile, find, how or self.last("weapons"), work)
        self._desk.ask(self, ask, self._go_on, self._stopped)

    def resume(self, last_good: str) -> None:
        """Print what a run still owes after its last good label, as a sheet of its own.

        The label is named as it is scanned or typed. Those before it are no reprints.
        """
        stockpile, how = self._session.stockpile, self.last("weapons")
        self._started()

        def ask() -> Job:
            rest = stockpile.label_runs.after(stockpile.tracing.named(last_good))
            return _again(rest, how)

        self._desk.ask(self, ask, self._go_on, self._stopped)

    def resume_after(self, number: int) -> None:
        """Print what the newest run still owes after the label of this number."""
        stockpile, how = self._session.stockpile, self.last("weapons")
        self._started()
        ask = partial(stockpile.label_runs.from_number, number + 1)
        self._desk.ask(self, lambda: _again(ask(), how), self._go_on, self._stopped)

    def cards(self, places: Sequence[PlaceId], how: HowPrinted | None = None) -> None:
        """Print the cards of places as last time, or as said."""
        self.print(Job("places", tuple(places), how or self.last("places")))

    def print(self, job: Job) -> None:
        """Print a job; where a label was printed before and nobody was asked, ask first."""
        if job.borne and job.how.anew is None:
            self.bears.emit(job)
            return
        if job.how.printer.startswith(LABEL):
            self._end()
            self._remember(job.what, job.how)
            self.runs.emit(job)
            return
        stockpile, by = self._session.stockpile, self._session.officer
        work = self._work or self._started()
        fits = kept_fits(self._session.settings.printer_fits)
        fit = fits.get(job.how.printer.removeprefix(SYSTEM), STRAIGHT)
        self._desk.record(
            self,
            lambda: _printed(stockpile, job, fit, by, work),
            partial(self._has_printed, job),
            self._stopped,
        )

    def offer(self, find: Find) -> None:
        """Look what is to be printed, for the dialog that asks how."""
        work = self._started()
        ask = partial(_job, self._session.stockpile, find, self.last("weapons"), work)
        self._desk.ask(self, lambda: _offers(self._session.stockpile, ask()), self._offer,
                       self._stopped)  # fmt: skip

    def offer_cards(self, places: Sequence[PlaceId]) -> None:
        """Look what can be offered for the cards of places."""
        self._started()
        job = Job("places", tuple(places), self.last("places"))
        ask = partial(_offers, self._session.stockpile, job)
        self._desk.ask(self, ask, self._offer, self._stopped)

    def page(
        self,
        file: Path,
        number: int,
        dots_per_inch: int,
        draw: Callable[[GreyPicture], None],
        stop: Callable[[], None],
    ) -> None:
        """Hand on a page of a sheet, counted from 0, as dots; or stop, where it cannot be read."""
        page = partial(self._session.stockpile.papers.page, file, number, dots_per_inch)
        self._desk.ask(self, page, draw, lambda _error: stop(), _LANE)

    # --- the ruler page -------------------------------------------------------------------------

    def draw_ruler(self, paper: RulerPaper, stock: str) -> None:
        """Draw the ruler page with the labels of a stock outlined."""
        stockpile = self._session.stockpile

        def draw() -> Path:
            file = free_file(among_papers(stockpile.home, f"ruler-{paper}"))
            stockpile.papers.ruler(paper, file, stock=stock)
            return file

        self._desk.ask(self, draw, self.ruler_drawn.emit, self._stopped)

    def fit_of(self, printer: str) -> PrinterFit:
        """Return how a printer prints beside the place, as far as it was measured."""
        fits = kept_fits(self._session.settings.printer_fits)
        return fits.get(printer.removeprefix(SYSTEM).removeprefix(LABEL), STRAIGHT)

    def measure(self, printer: str, paper: RulerPaper, found: Measured) -> None:
        """Remember how a printer prints from its ruler page; raises FieldUnreadable, PrintScaled.

        The page was printed straight: what was remembered before counts no more.
        """
        self._remember_fit(printer, fit_from_ruler(CROSSES[paper], found))

    def forget_fit(self, printer: str) -> None:
        """Print straight again."""
        self._remember_fit(printer, STRAIGHT)

    def _remember_fit(self, printer: str, fit: PrinterFit) -> None:
        fits = kept_fits(self._session.settings.printer_fits)
        fits[printer.removeprefix(SYSTEM)] = fit
        self._session.remember(printer_fits=keep_fits(fits))
        self.fitted.emit()

    # --- one work at a time -----------------------------------------------------------------

    def _go_on(self, job: Job) -> None:
        if job.borne and job.how.anew is None:
            self._end()
        self.print(job)

    def _offer(self, offers: Offers) -> None:
        self._end()
        self.found.emit(offers)

    def _has_printed(self, job: Job, printed: Printed) -> None:
        self._end()
        self._remember(job.what, replace(job.how, stock=printed.face.name))
        self.printed.emit(printed)

    def _remember(self, what: What, how: HowPrinted) -> None:
        changes = {"label_printing": keep_how(self._session.settings.label_printing, what, how)}
        if what == "weapons":
            changes["stock"] = how.stock
        settings = self._session.settings
        if any(getattr(settings, name) != value for name, value in changes.items()):
            self._session.remember(**changes)

    def _started(self) -> Work:
        assert self._work is None
        self._work = Work()
        self.begun.emit(self._work)
        return self._work

    def _end(self) -> None:
        if self._work is not None:
            self._work.deleteLater()
        self._work = None

    def _stopped(self, error: StockpileError) -> None:
        self._end()
        self.refused.emit(error)
        if not isinstance(error, Cancelled):
            self._notices.trouble(error)


# --- what this computer remembers -----------------------------------------------------------------


def kept_how(kept: str, what: What, stock: str = "") -> HowPrinted:
    """Return how labels were printed last; ``stock`` where nothing else is remembered."""
    try:
        said = json.loads(kept or "{}")[what]
        gate: Gate = "sample" if said["gate"] == "sample" else "whole"
        stock, layout, printer = (str(said[name]) for name in ("stock", "layout", "printer"))
        return HowPrinted(stock, layout, printer, gate)
    except (ValueError, KeyError, TypeError):
        return HowPrinted(stock if what == "weapons" else "")


def keep_how(kept: str, what: What, how: HowPrinted) -> str:
    """Return how labels are printed as it is kept: not where on a sheet, nor why again."""
    try:
        said = json.loads(kept or "{}")
    except ValueError:
        said = {}
    if not isinstance(said, dict):
        said = {}
    said[what] = {
        name: value for name, value in asdict(how).items() if name not in ("start_at", "anew")
    }
    return json.dumps(said, ensure_ascii=False)


# --- on the books lane ------------------------------------------------------------------------


def _job(stockpile: Stockpile, find: Find, how: HowPrinted, work: Work) -> Job:
    ids = find(work)
    borne = stockpile.papers.labelled(ids) if how.anew is None else 0
    return Job("weapons", ids, how, borne)


def _again(rest: Rest, how: HowPrinted) -> Job:
    """Return the rest of a run as it was printed: its labels never left whole, none is void."""
    layout = how.layout if rest.stock == how.stock else ""
    return Job("weapons", rest.weapons, replace(how, stock=rest.stock, layout=layout, anew=False))


def _offers(stockpile: Stockpile, job: Job) -> Offers:
    faces = stockpile.label_layouts.faces()
    wanted = KINDS[job.what]
    fitting = stockpile.label_layouts.fitting
    return Offers(
        job,
        tuple(one for one in faces if one.kind in wanted),
        {one.name: tuple(it.name for it in fitting(one.name)) for one in faces},
    )


def _printed(
    stockpile: Stockpile, job: Job, fit: PrinterFit, by: SignedIn, work: Work
) -> tuple[Recorded, Printed]:
    papers, how = stockpile.papers, job.how
    known = papers.stocks()
    stock = how.stock if how.stock in known else known[0]
    layout = stockpile.label_layouts.layout(how.layout) if how.layout else None
    printing = Printing(stock, how.start_at, layout, fit, how.gate, bool(how.anew))
    file = free_file(among_papers(stockpile.home, _name(job)))
    if job.what == "weapons":
        weapons = [WeaponId(one) for one in job.ids]
        recorded, sheet = papers.labels(weapons, printing, file, by=by, progress=work.step)
    else:
        places = [PlaceId(one) for one in job.ids]
        recorded, sheet = papers.cards(places, printing, file, by=by, progress=work.step)
    face = next(one for one in stockpile.label_layouts.faces() if one.name == stock)
    return recorded, Printed(sheet, job.what, how.printer, face)


def _name(job: Job) -> str:
    """Return what the file of a job is called: after the weapon where it is one."""
    if job.what == "places":
        return "cards"
    if len(job.ids) > 1:
        return "labels"
    return f"label-{registry_number(WeaponId(job.ids[0]))}"
