"""Which machines can be simulated, by the name of their driver; a new one is a line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from stockpile.adapters.marking.simulators.couth_face import CouthFace
from stockpile.adapters.marking.simulators.face import Face
from stockpile.adapters.marking.simulators.faults import FaultPlan
from stockpile.adapters.marking.simulators.grbl_face import GrblFace
from stockpile.adapters.marking.simulators.grbl_machine import GrblMachine
from stockpile.adapters.marking.simulators.keyence_face import KeyenceFace
from stockpile.adapters.marking.simulators.keyence_machine import KeyenceMachine
from stockpile.adapters.marking.simulators.machine import Machine
from stockpile.adapters.marking.simulators.panasonic_face import PanasonicFace
from stockpile.adapters.marking.simulators.panasonic_machine import PanasonicMachine
from stockpile.adapters.marking.simulators.scanner_string_face import ScannerStringFace
from stockpile.adapters.marking.simulators.sic_face import SicFace
from stockpile.adapters.marking.simulators.telesis_face import InfoSightFace, TelesisFace
from stockpile.adapters.marking.simulators.telesis_machine import TelesisMachine
from stockpile.adapters.marking.simulators.tl07_face import Tl07Face
from stockpile.adapters.marking.simulators.tl07_machine import Tl07Machine
from stockpile.adapters.marking.simulators.truth import Happening


@dataclass(frozen=True, slots=True)
class Wiring:
    """What a machine is put together from: its log, its faults, its pace, its wire.

    ``on_serial`` tells RS-232 from TCP; ``guard`` is the interlock against a second start, for the
    families that have one.
    """

    write: Callable[[Happening], None]
    plan: FaultPlan
    speed: float
    on_serial: bool
    guard: bool


def _tl07(wiring: Wiring) -> Face:
    machine = Tl07Machine(wiring.write, speed=wiring.speed, guard=wiring.guard)
    return Tl07Face(machine, wiring.plan, counted=wiring.on_serial)


def _telesis(wiring: Wiring) -> Face:
    return TelesisFace(TelesisMachine(wiring.write, speed=wiring.speed), wiring.plan)


def _infosight(wiring: Wiring) -> Face:
    return InfoSightFace(TelesisMachine(wiring.write, speed=wiring.speed, parks=0.0), wiring.plan)


def _panasonic(wiring: Wiring) -> Face:
    machine = PanasonicMachine(wiring.write, speed=wiring.speed)
    return PanasonicFace(machine, wiring.plan, summed=wiring.on_serial)


def _keyence(wiring: Wiring) -> Face:
    return KeyenceFace(KeyenceMachine(wiring.write, speed=wiring.speed), wiring.plan)


def _grbl(wiring: Wiring) -> Face:
    return GrblFace(GrblMachine(wiring.write, speed=wiring.speed), wiring.plan)


def _plain(face: Callable[[Machine, FaultPlan], Face]) -> Callable[[Wiring], Face]:
    """Return how a family is put together whose machine has nothing beside what all have."""

    def wired(wiring: Wiring) -> Face:
        return face(Machine(wiring.write, speed=wiring.speed), wiring.plan)

    return wired


FACES: Mapping[str, Callable[[Wiring], Face]] = {
    "tl07": _tl07,
    "telesis": _telesis,
    "infosight": _infosight,
    "panasonic": _panasonic,
    "keyence": _keyence,
    "grbl": _grbl,
    "sic": _plain(SicFace),
    "couth": _plain(CouthFace),
    "scanner_string": _plain(ScannerStringFace),
}
