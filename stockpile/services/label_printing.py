"""Labels on a label printer: one is sent, the printer tells what became of it, then the next.

A run is kept on this computer while it lasts: what was to be printed, what was sent, what came out.
A label is noted as sent before it is, so that after a power cut the one in doubt is known; whoever
stands at the printer says whether it came out. Nothing is sent twice without being told to.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Final, Literal

from stockpile.domain import people, tags
from stockpile.domain.errors import (
    FieldMissing,
    FieldUnreadable,
    LabelInDoubt,
    LabelRunGone,
    PortLost,
    StockpileError,
)
from stockpile.domain.facts import Draft, LabelLayoutSet, LabelPrinted, TagBound
from stockpile.domain.label_printers import LabelPrinter, demand_printer
from stockpile.domain.printer_fit import STRAIGHT, PrinterFit
from stockpile.domain.values import WeaponId
from stockpile.services.deeds import Deed
from stockpile.services.label_layouts import LabelLayouts
from stockpile.services.label_words import sample
from stockpile.services.papers import Papers
from stockpile.services.people import SignedIn
from stockpile.services.ports import (
    Books,
    Chance,
    Label,
    LabelOutcome,
    LabelPrinters,
    OpenLabelPrinter,
    PrinterState,
    Recorded,
)
from stockpile.whole_files import beside, disk_errors, settle

BATCH: Final = 10
"""After so many labels on a printer that tells nothing, somebody is asked whether they came out."""

READY: Final = PrinterState("ready")

_FOLDER: Final = "label-runs"
_RUN_BYTES: Final = 5
_NOTHING: Final = Recorded((), ())


@dataclass(frozen=True, slots=True)
class PrintRun:
    """A run of labels that is not at its end; labels are counted from 1.

    ``printed`` came out for certain; those after it up to ``sent`` are in doubt. With ``anew``
    weapons that bear a label are given another tag. ``again`` is set when a label was said not to
    have come out: what the printer may still hold of it is to be dropped before.
    """

    run: str
    printer: LabelPrinter
    weapons: tuple[WeaponId, ...]
    anew: bool = False
    fit: PrinterFit = STRAIGHT
    printed: int = 0
    sent: int = 0
    again: bool = False

    @property
    def is_done(self) -> bool:
        """Say whether every label came out."""
        return self.printed >= len(self.weapons)

    @property
    def asks(self) -> bool:
        """Say whether somebody must say first what came out."""
        in_doubt = self.sent - self.printed
        if not self.printer.mute:
            return in_doubt > 0
        return in_doubt >= BATCH or (in_doubt > 0 and self.sent == len(self.weapons))


@dataclass(frozen=True, slots=True)
class Sending:
    """A label that goes to the printer now: its number in the run, and how it is printed."""

    run: PrintRun
    place: int
    label: Label
    layout: LabelLayoutSet
    logo: bytes


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a label; ``refused`` was not sent at all, ``error`` says why."""

    run: str
    place: int
    ended: Literal["printed", "untold", "doubtful", "refused"]
    state: PrinterState = READY
    error: StockpileError | None = None


@dataclass(frozen=True, slots=True)
class LabelPrinting:
    """The label printers' desk. What opens a port runs on the printer's lane."""

    home: Path
    books: Books
    papers: Papers
    layouts: LabelLayouts
    printers: LabelPrinters
    chance: Chance
    _open: dict[str, OpenLabelPrinter] = field(default_factory=dict, repr=False, compare=False)

    # --- printers ---------------------------------------------------------------------------

    def checked(self, printer: LabelPrinter) -> LabelPrinter:
        """Return a printer that can be used: its stock is known and its layout fits it.

        Raises FieldMissing, FieldUnreadable, LabelLayoutUnknown.
        """
        tidy = demand_printer(printer)
        if tidy.stock not in {one.name for one in self.layouts.faces()}:
            raise FieldUnreadable("stock", tidy.stock)
        self.layouts.layout(tidy.layout or tidy.stock)
        return tidy

    def state(self, printer: LabelPrinter) -> PrinterState:
        """Ask a printer how it is; on the printer's lane. Raises PortMissing, PortLost."""
        driver = self.printers.open(printer)
        try:
            return driver.state()
        finally:
            driver.close()

    def trying(
        self, printer: LabelPrinter, fit: PrinterFit = STRAIGHT
    ) -> Deed[Sending, LabelOutcome]:
        """Print one label of a weapon that does not exist; nothing is written down.

        Its act raises PortMissing, PortLost, PrinterStopped, PrinterSilent.
        """

        def begin() -> tuple[Recorded, Sending]:
            layout = self.layouts.layout(printer.layout or printer.stock)
            run = PrintRun("", printer, (), fit=fit)
            return _NOTHING, Sending(run, 1, sample(layout), layout, self.layouts.logo(layout))

        def act(one: Sending) -> LabelOutcome:
            driver = self.printers.open(printer)
            try:
                return driver.print(one.label, one.layout, logo=one.logo, fit=fit)
            finally:
                driver.close()

        return Deed(begin, act, lambda _one, _outcome: _NOTHING)

    def leave(self, printer: str) -> None:
        """Let go of a printer's port; on the printer's lane."""
        driver = self._open.pop(printer, None)
        if driver is not None:
            driver.close()

    # --- runs -------------------------------------------------------------------------------

    def begin_run(
        self,
        weapons: Sequence[WeaponId],
        printer: LabelPrinter,
        *,
        by: SignedIn,
        anew: bool = False,
        fit: PrinterFit = STRAIGHT,
    ) -> PrintRun:
        """Begin a run of labels; nothing is printed yet.

        Raises OfficerNotAuthorised, FieldMissing without weapons, what `checked` raises, DiskFull,
        DiskTrouble.
        """
        people.authorise(by.officer, "label")
        ids = tuple(dict.fromkeys(weapons))
        if not ids:
            raise FieldMissing("weapons")
        name = self.chance.bytes(_RUN_BYTES).hex()
        run = PrintRun(name, self.checked(printer), ids, anew, fit)
        self._keep(run)
        return run

    def open_runs(self) -> tuple[PrintRun, ...]:
        """Return the runs of this computer that are not at their end; the newest last."""
        found = sorted((self.home / _FOLDER).glob("*.jsonl"), key=lambda file: file.stat().st_mtime)
        runs = (_read(file) for file in found)
        return tuple(one for one in runs if one is not None)

    def run(self, name: str) -> PrintRun:
        """Return a run; raises LabelRunGone for one that is at its end, or of another computer."""
        run = _read(self._file(name)) if name.isalnum() else None
        if run is None:
            raise LabelRunGone(name)
        return run

    def sending(self, name: str, *, by: SignedIn) -> Deed[Sending, Sent]:
        """Return how the next label of a run is printed; its act never raises.

        Beginning it raises LabelRunGone, LabelInDoubt while labels are in doubt, FieldMissing when
        none is left.
        """

        def begin() -> tuple[Recorded, Sending]:
            people.authorise(by.officer, "label")
            run = self.run(name)
            if run.asks:
                raise LabelInDoubt(run.printed + 1)
            place = run.sent + 1
            if place > len(run.weapons):
                raise FieldMissing("weapons")
            bound, one = self._prepared(run, place, by)
            self._note(name, {"sent": place})
            return bound, one

        def act(one: Sending) -> Sent:
            return self._sent(one)

        def finish(one: Sending, sent: Sent) -> Recorded:
            return self._finished(one, sent, by)

        return Deed(begin, act, finish)

    def settle(self, name: str, last_good: int, *, by: SignedIn) -> Recorded:
        """Take the word of whoever saw them: labels up to this one came out whole, no later one.

        Those after it are sent again. Raises LabelRunGone, FieldUnreadable for a label that was
        not sent, or that is known to have come out.
        """
        people.authorise(by.officer, "label")
        run = self.run(name)
        if not run.printed <= last_good <= run.sent:
            raise FieldUnreadable("label", str(last_good))
        drafts = [self._print(run, place) for place in range(run.printed + 1, last_good + 1)]
        recorded = self.books.record(drafts, by=by.id) if drafts else _NOTHING
        self._note(name, {"printed": last_good} | ({"again": 1} if last_good < run.sent else {}))
        self._end(name)
        return recorded

    def give_up(self, name: str) -> None:
        """Forget what is left of a run; what came out stays on record."""
        self._file(name).unlink(missing_ok=True)

    # --- one label --------------------------------------------------------------------------

    def _prepared(self, run: PrintRun, place: int, by: SignedIn) -> tuple[Recorded, Sending]:
        weapon = self.books.weapon(run.weapons[place - 1])
        bound = _NOTHING
        is_lost = run.anew and weapon.labels and not run.again
        if not weapon.tag or is_lost:
            tag = TagBound(tags.new_tag(self.chance.bytes))
            bound = self.books.record([Draft(weapon.id, tag)], by=by.id)
            weapon = self.books.weapon(weapon.id)
        layout = self.layouts.layout(run.printer.layout or run.printer.stock)
        label = self.papers.label(weapon, layout)
        return bound, Sending(run, place, label, layout, self.layouts.logo(layout))

    def _sent(self, one: Sending) -> Sent:
        """Send a label; whatever the printer does is an outcome."""
        run = one.run
        name = run.printer.name
        try:
            driver = self._open.get(name)
            if driver is None:
                driver = self._open[name] = self.printers.open(run.printer)
            if run.again:
                driver.forget()
            outcome = driver.print(one.label, one.layout, logo=one.logo, fit=run.fit)
        except StockpileError as error:
            self.leave(name)
            return Sent(run.run, one.place, "refused", _state_of(error), error)
        if outcome.state.standing == "silent":
            # The next label is asked for over a link of its own: this one may be gone.
            self.leave(name)
        return Sent(run.run, one.place, outcome.ended, outcome.state)

    def _finished(self, one: Sending, sent: Sent, by: SignedIn) -> Recorded:
        name = one.run.run
        if sent.ended == "refused":
            self._note(name, {"sent": one.place - 1} | ({"again": 1} if one.run.again else {}))
        if sent.ended != "printed":
            return _NOTHING
        recorded = self.books.record([self._print(one.run, one.place)], by=by.id)
        self._note(name, {"printed": one.place})
        self._end(name)
        return recorded

    def _print(self, run: PrintRun, place: int) -> Draft:
        weapon = self.books.weapon(run.weapons[place - 1])
        printer = run.printer
        body = LabelPrinted(
            weapon.tag, printer.stock, weapon.labels + 1, None, run.run, place, printer.name
        )
        return Draft(weapon.id, body)

    # --- the file of a run --------------------------------------------------------------------

    def _file(self, name: str) -> Path:
        return self.home / _FOLDER / f"{name}.jsonl"

    def _keep(self, run: PrintRun) -> None:
        file = self._file(run.run)
        with disk_errors(file):
            file.parent.mkdir(exist_ok=True)
        with beside(file) as draft:
            draft.write_text(json.dumps(asdict(run)), "utf-8")
            draft.replace(file)
        settle(file.parent)

    def _note(self, name: str, said: dict[str, int]) -> None:
        """Write down how far a run is, durably, before anything else happens."""
        file = self._file(name)
        with disk_errors(file), file.open("a", encoding="utf-8") as out:
            # Each begins on a line of its own: a power cut may have torn the one before.
            out.write("\n" + json.dumps(said))
            out.flush()
            os.fsync(out.fileno())

    def _end(self, name: str) -> None:
        """Forget a run that is at its end."""
        if self.run(name).is_done:
            self.give_up(name)


def _state_of(error: StockpileError) -> PrinterState:
    return PrinterState("silent" if isinstance(error, PortLost) else "stopped")


def _read(file: Path) -> PrintRun | None:
    """Return a run from its file; a line that a power cut tore is left out."""
    try:
        head, *notes = file.read_text("utf-8", "replace").splitlines()
        run = _run(json.loads(head))
    except (OSError, ValueError, TypeError, KeyError):
        return None
    for note in notes:
        with suppress(ValueError):
            run = _noted(run, json.loads(note))
    return run


def _run(said: dict[str, Any]) -> PrintRun:
    return PrintRun(
        said["run"],
        LabelPrinter(**said["printer"]),
        tuple(WeaponId(one) for one in said["weapons"]),
        said["anew"],
        PrinterFit(**said["fit"]),
    )


def _noted(run: PrintRun, said: dict[str, int]) -> PrintRun:
    again = bool(said.get("again"))
    if "printed" in said:
        return replace(run, printed=said["printed"], sent=said["printed"], again=again)
    return replace(run, sent=said["sent"], again=again)
