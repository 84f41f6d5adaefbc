"""How a weapon stands at the marking station, by the record, the journal and the order in hand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from stockpile.domain.errors import JobUnknown, StockpileError, WeaponAmbiguous, WeaponUnknown
from stockpile.domain.orders import Order
from stockpile.domain.values import JobId, WeaponId, is_id
from stockpile.domain.weapons import Applied, Weapon
from stockpile.services.marking import WorkOrder
from stockpile.services.ports import RegisterRow
from stockpile.services.scanning import Scanned
from stockpile.services.stockpile import Stockpile
from ui.view_models.marking_bench import Plan, next_text


class Stage(StrEnum):
    """What the station waits for."""

    SCAN = "scan"
    READY = "ready"
    OUTSIDE = "outside"
    ASIDE = "aside"
    LOST = "lost"
    MARKING = "marking"
    NOT_STARTED = "not_started"
    READ_BACK = "read_back"
    LABEL = "label"
    UNREADABLE = "unreadable"
    BLIND = "blind"
    WRONG = "wrong"
    ANOTHERS = "anothers"
    DOUBT = "doubt"
    VERIFIED = "verified"
    MARKED = "marked"
    BORNE = "borne"
    ELSEWHERE = "elsewhere"


MAY_START: Final = frozenset({Stage.READY, Stage.NOT_STARTED})
READS: Final = frozenset({Stage.READ_BACK, Stage.LABEL, Stage.UNREADABLE, Stage.BLIND})
"""The station waits for the new mark to be read."""
TO_SETTLE: Final = frozenset({Stage.WRONG, Stage.ANOTHERS, Stage.DOUBT})
OVER: Final = frozenset({Stage.VERIFIED, Stage.MARKED, Stage.BORNE, Stage.ELSEWHERE})


@dataclass(frozen=True, slots=True)
class State:
    """How it stands: the weapon at the bench, its job and text, and why it came to this.

    ``text`` is the text of the job, or ahead of it that of the next mark; ``cannot`` is why there
    can be no next mark; ``other`` is the weapon whose mark was read. ``work_order`` is set where a
    person sets and starts the machine; ``machine`` is the one that the job ran on. ``also`` is the
    part that must bear the mark too, "" for any of metal, None where one mark is enough.
    ``wrong_label`` is the scan of a label that was replaced, or whose seal is not ours.
    """

    stage: Stage = Stage.SCAN
    weapon: RegisterRow | None = None
    job: JobId | None = None
    text: str = ""
    why: str = ""
    cannot: StockpileError | None = None
    other: RegisterRow | None = None
    work_order: WorkOrder | None = None
    machine: str = ""
    also: str | None = None
    wrong_label: Scanned | None = None


def brought(stockpile: Stockpile, text: str, plan: Plan, order: Order | None) -> State:
    """Return how the weapon stands that a scan names; a lost one is never marked."""
    if is_id(text):
        return at_bench(stockpile, WeaponId(text), plan, order)
    scanned = stockpile.scanning.read(text)
    if scanned.kind == "several":
        raise WeaponAmbiguous(text, scanned.several)
    if scanned.weapon is None:
        raise WeaponUnknown(text)
    wrong = scanned if scanned.label in ("void", "foreign") else None
    if scanned.alarm == "lost":
        (row,) = stockpile.register.rows([scanned.weapon.id])
        return State(Stage.LOST, row, wrong_label=wrong)
    return replace(at_bench(stockpile, scanned.weapon.id, plan, order), wrong_label=wrong)


def at_bench(stockpile: Stockpile, weapon: WeaponId, plan: Plan, order: Order | None) -> State:
    """Return how a weapon stands at the bench, by the record and the journal."""
    (row,) = stockpile.register.rows([weapon])
    stands = stockpile.books.weapon(weapon)
    applied = _decisive(stands, plan)
    if applied is not None:
        stage = _stage(stockpile, applied)
        return State(stage, row, applied.job, applied.text, machine=applied.machine)
    text, cannot = next_text(stockpile, plan, weapon)
    stage, why = _in_order(stands, order)
    also = None if cannot else stockpile.marking.second_part(plan.scheme, weapon)
    return State(stage, row, None, text, why, cannot, also=also)


def _decisive(weapon: Weapon, plan: Plan) -> Applied | None:
    """Return the mark that forbids another one: of this scheme, begun, done or in doubt."""
    standing = (one for one in reversed(weapon.standing_marks) if one.state != "partial")
    return next((one for one in standing if one.scheme == plan.scheme), None)


def _in_order(weapon: Weapon, order: Order | None) -> tuple[Stage, str]:
    if order is None:
        return Stage.READY, ""
    if weapon.id not in order.opened.weapons:
        return Stage.OUTSIDE, order.name
    aside = next((one for one in order.changed.aside if one.weapon == weapon.id), None)
    return (Stage.ASIDE, aside.why) if aside else (Stage.READY, "")


def _stage(stockpile: Stockpile, applied: Applied) -> Stage:
    try:
        state = stockpile.marking.journal.job(applied.job).state
    except JobUnknown:  # another node marked it
        return Stage.ELSEWHERE if applied.state in ("begun", "unknown") else Stage.BORNE
    if state in ("done_reported", "started"):
        return Stage.READ_BACK
    return Stage.DOUBT if applied.state in ("begun", "unknown") else Stage.BORNE
