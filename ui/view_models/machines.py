"""The marking machines of the depot: bound to what answers, tried out step by step, on record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QDate, QObject, Qt, Signal

from stockpile.domain import commissioning
from stockpile.domain.commissioning import Standing
from stockpile.domain.errors import StockpileError
from stockpile.domain.facts import Commissioning, MachineSet
from stockpile.services.machines import Found
from stockpile.services.ports import Capabilities
from ui.desk import Desk
from ui.notices import Notices
from ui.session import Session

DRIVERS = (
    "tl07", "telesis", "infosight", "sic", "couth", "panasonic", "keyence", "grbl",
    "scanner_string", "by_hand",
)  # fmt: skip
"""Every driver, dot peen machines first and the way without a cable last."""
_PORTS = "ports"


@dataclass(frozen=True, slots=True)
class Bound:
    """What a machine was bound to, or why it was not."""

    machine: str
    found: Found | None = None
    error: StockpileError | None = None


class MachinesModel(QObject):
    """What is done with a machine beside setting it up.

    Signals:
        bound: what came of a binding.
        plugged: the serial ports that are there now.
        commissioned: a commissioning is on record: the machine's name.
        commission_refused: it is not: the error.
    """

    bound = Signal(object)
    plugged = Signal(object)
    commissioned = Signal(str)
    commission_refused = Signal(object)

    def __init__(self, desk: Desk, session: Session, notices: Notices) -> None:
        super().__init__()
        self._desk, self._session, self._notices = desk, session, notices
        self._promises: Mapping[str, Capabilities] = {}

    def know(self, promises: Mapping[str, Capabilities]) -> None:
        """Take what each driver can promise, as the core told it."""
        self._promises = promises

    def promised(self, driver: str) -> Capabilities | None:
        """Return what a driver can promise; nothing until the core has told it."""
        return self._promises.get(driver)

    def steps(self, driver: str) -> tuple[int, ...]:
        """Return the steps of commissioning that a driver's machine can take."""
        known = self.promised(driver)
        if known is None:
            return commissioning.STEPS
        return commissioning.steps_for(by_hand=known.by_hand, can_read_back=known.can_read_back)

    def standing(self, machine: MachineSet) -> Standing:
        """Return how a machine's commissioning stands."""
        return commissioning.standing(machine.commissioning, self.steps(machine.driver))

    def today(self) -> str:
        """Return today's date as it is written on record."""
        return QDate.currentDate().toString(Qt.DateFormat.ISODate)

    def ask_ports(self) -> None:
        """Ask which serial ports are plugged; on a lane of its own, because it may take long."""
        plant = self._session.stockpile.marking.plant
        self._desk.ask(self, plant.plugged, self.plugged.emit, lambda _error: None, _PORTS)

    def bind(self, machine: MachineSet) -> None:
        """Ask a machine who it is and how its layout reads, and approve both."""
        marking, by = self._session.stockpile.marking, self._session.officer
        self._desk.perform(
            self,
            marking.binding(machine.name, by=by),
            f"machine:{machine.name}",
            lambda found: self.bound.emit(Bound(machine.name, found)),
            lambda error: self.bound.emit(Bound(machine.name, error=error)),
        )

    def commission(self, machine: str, said: Commissioning) -> None:
        """Put on record what was found out about a machine."""
        marking, by = self._session.stockpile.marking, self._session.officer
        record = partial(marking.commission, machine, said, by=by)
        self._desk.record(
            self,
            lambda: (record(), machine),
            self.commissioned.emit,
            self.commission_refused.emit,
        )
