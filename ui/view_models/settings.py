"""What belongs to this machine, and what the depot needs set up: machines, officers, proof."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Literal, TypeVar

from PySide6.QtCore import QObject, Signal

import stockpile as program
from stockpile.domain.errors import Damaged, StockpileError
from stockpile.domain.facts import (
    MachineSet,
    OfficerAppointed,
    OfficerRetired,
    OfficerSuspended,
)
from stockpile.domain.ledger import head_code
from stockpile.domain.people import Act, Officer
from stockpile.services.deeds import Deed
from stockpile.services.ports import Capabilities, Checked, Recorded, StockFace
from stockpile.services.stockpile import Stockpile
from ui.desk import Desk, Work
from ui.notices import Notice, Notices
from ui.session import Session
from ui.view_models.latest import Latest
from ui.view_models.machines import DRIVERS, MachinesModel
from ui.view_models.overheard import NOTHING
from ui.view_models.printing import KINDS
from ui.view_models.proving import Prover
from ui.view_models.serial_scanner import SerialScannerModel

T = TypeVar("T")

Proof = Literal["check", "deep", "rebuild"]
_Name = Literal["theme", "language", "digits", "paper", "stock", "sounds", "proof_every"]

USUAL_LAYOUT = "STOCKPILE.tml"


@dataclass(frozen=True, slots=True)
class SetUp:
    """What is set up here, what each driver can promise, and the mark layouts of our own.

    ``stocks`` are those on which labels of weapons are printed, the usual one first.
    """

    machines: tuple[MachineSet, ...] = ()
    officers: tuple[Officer, ...] = ()
    stocks: tuple[StockFace, ...] = ()
    head_code: str = ""
    promises: Mapping[str, Capabilities] = field(default_factory=dict)
    drawings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Probed:
    """What a machine answered: who it is and how, or why it did not."""

    machine: str
    identity: str = ""
    state: str = ""
    error: StockpileError | None = None


@dataclass(frozen=True, slots=True)
class About:
    """Which program this is, on what, and where its records lie."""

    version: str
    python: str
    system: str
    home: Path


class SettingsModel(QObject):
    """The settings.

    Signals:
        came: what is set up now.
        machine_set: a machine is on record: its name.
        machine_refused: it is not: the error.
        probed: what a machine answered.
        proving: a check is under way: which, and its work.
        proved: it found the record whole: which, and what it counted.
        unproved: it ended early or found damage: which, and the error.
        noticed: something was said to the user.
    """

    came = Signal(object)
    machine_set = Signal(str)
    machine_refused = Signal(object)
    probed = Signal(object)
    proving = Signal(str, object)
    proved = Signal(str, object)
    unproved = Signal(str, object)
    noticed = Signal()

    def __init__(self, desk: Desk, session: Session, notices: Notices) -> None:
        super().__init__()
        self._desk, self._session, self._notices = desk, session, notices
        self.machines = MachinesModel(desk, session, notices)
        self.scanner = SerialScannerModel(desk, session, notices)
        self.prover = Prover.of(desk, session, notices)
        self._work: Work | None = None
        self._set_ups = Latest[SetUp](desk, self, self.came.emit, notices.trouble)
        self.came.connect(lambda set_up: self.machines.know(set_up.promises))
        desk.recorded.connect(self._heard)
        session.changed.connect(self.start)
        session.switched.connect(self.start)
        notices.said.connect(lambda _notice: self.noticed.emit())

    @property
    def notices(self) -> tuple[Notice, ...]:
        """Return what was said to the user, newest first."""
        return tuple(reversed(self._notices.recent))

    @property
    def is_proving(self) -> bool:
        """Say whether a check is under way."""
        return self._work is not None

    def start(self) -> None:
        """Ask what is set up."""
        if self._session.is_open:
            self._set_ups.ask(partial(_set_up, self._session.stockpile))

    def may(self, act: Act) -> bool:
        """Say whether the officer's role includes an act."""
        return self._session.may(act)

    def setting(self, name: _Name) -> str:
        """Return a setting of this machine."""
        return str(getattr(self._session.settings, name))

    def remember(self, name: _Name, value: str) -> None:
        """Change a setting of this machine."""
        if value != self.setting(name):
            self._session.remember(**{name: value})

    def about(self) -> About:
        """Return which program this is."""
        home = self._session.stockpile.home
        return About(program.__version__, platform.python_version(), platform.platform(), home)

    def set_machine(self, machine: MachineSet) -> None:
        """Put a marking machine on record, or its new settings."""
        marking, by = self._session.stockpile.marking, self._session.officer
        self._desk.record(
            self,
            lambda: (marking.set_machine(machine, by=by), machine.name),
            self.machine_set.emit,
            self.machine_refused.emit,
        )

    def probe(self, machine: MachineSet) -> None:
        """Ask a machine who and how it is; nothing moves."""
        marking = self._session.stockpile.marking

        def ask(_intent: None) -> Probed:
            try:
                return Probed(machine.name, *marking.probe(machine))
            except StockpileError as error:
                return Probed(machine.name, error=error)

        deed: Deed[None, Probed] = Deed(
            lambda: (NOTHING, None), ask, lambda _intent, _outcome: NOTHING
        )
        self._desk.perform(self, deed, f"machine:{machine.name}", self.probed.emit)

    def prove(self, what: Proof) -> None:
        """Check the record, or derive the register anew; one at a time."""
        if self._work is not None or not self._session.is_open:
            return
        work = self._work = Work()
        self._desk.closing.connect(work.cancel)
        self.proving.emit(what, work)
        proved, unproved = partial(self._proved, what), partial(self._unproved, what)
        checking = self._session.stockpile.checking
        if what == "deep":
            self.prover.prove_now(work, proved, unproved)
        elif what == "check":
            self._desk.ask(self, lambda: checking.check(progress=work.step), proved, unproved)
        else:
            self._desk.ask(self, lambda: checking.rebuild(work.step), proved, unproved)

    # --- inside -----------------------------------------------------------------------------

    def _proved(self, what: Proof, checked: Checked) -> None:
        self._work = None
        self.proved.emit(what, checked)

    def _unproved(self, what: Proof, error: StockpileError) -> None:
        self._work = None
        if isinstance(error, Damaged) and self._session.is_open:
            self.prover.note(error)
        self.unproved.emit(what, error)

    def _heard(self, recorded: Recorded) -> None:
        told = MachineSet | OfficerAppointed | OfficerSuspended | OfficerRetired
        if any(isinstance(fact.body, told) for fact in recorded.facts):
            self.start()


def _set_up(stockpile: Stockpile) -> SetUp:
    return SetUp(
        stockpile.marking.machines(),
        stockpile.people.officers(),
        _stocks(stockpile),
        head_code(stockpile.books.tip()),
        {name: stockpile.marking.capabilities(MachineSet("", name, "")) for name in DRIVERS},
        tuple(one.name for one in stockpile.mark_layouts.all()),
    )


def _stocks(stockpile: Stockpile) -> tuple[StockFace, ...]:
    """Return the stocks for labels of weapons, in the order of the papers."""
    faces = {one.name: one for one in stockpile.label_layouts.faces()}
    known = (faces[name] for name in stockpile.papers.stocks())
    return tuple(one for one in known if one.kind in KINDS["weapons"])
