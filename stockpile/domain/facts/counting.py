"""Stocktakes, what was seen in them, and investigations of what was not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from stockpile.domain.facts.parts import Horizon
from stockpile.domain.values import Digest, Instant, OfficerId, PlaceId


@dataclass(frozen=True, slots=True)
class WeaponCounted:
    """Seen at a place during a stocktake; a sighting replaces nothing.

    ``seen`` is the instant of the scan where it is not that of the fact (a sheet typed in later);
    ``round`` 2 and later are recounts of the differences.
    """

    stocktake: str
    place: PlaceId
    seen: Instant = 0
    how: Literal["scan", "typed", "paper"] = "scan"
    round: int = 1


@dataclass(frozen=True, slots=True)
class StocktakeOpened:
    """A count began.

    ``horizon`` is what its author knew of every chain: what stood by then is expected, what came
    after is a movement meanwhile. A sample of ``percent`` is drawn from ``seed``. ``counters`` are
    officers, of whom ``independent`` is not the custodian. ``answers`` names the count whose
    differences this one recounts, ``rule`` the rule by which it was due.
    """

    scope: str
    basis: Literal["quantity", "type", "serial"]
    place: PlaceId | None = None
    blind: bool = False
    number: str = ""
    types: tuple[str, ...] = ()
    percent: int = 100
    seed: str = ""
    counters: tuple[OfficerId, ...] = ()
    independent: OfficerId | None = None
    rule: str = ""
    answers: str = ""
    horizon: tuple[Horizon, ...] = ()


@dataclass(frozen=True, slots=True)
class StocktakeClosed:
    """A count ended, with what it found: every expected weapon is in exactly one of these numbers.

    ``lines`` is the digest of the list of results, ``investigations`` the subjects opened by it.
    """

    expected: int
    seen: int
    missing: int
    unexpected: int
    misplaced: int = 0
    explained: int = 0
    twice: int = 0
    horizon: tuple[Horizon, ...] = ()
    lines: str = ""
    investigations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StrangerCounted:
    """Something was read during a count that stands on no record."""

    stocktake: str
    place: PlaceId
    read: str
    seen: Instant = 0
    remarks: str = ""


@dataclass(frozen=True, slots=True)
class QuantityCounted:
    """So many weapons of a type (empty: of any) were counted at a place, without their serials."""

    stocktake: str
    place: PlaceId
    quantity: int
    type: str = ""


@dataclass(frozen=True, slots=True)
class InvestigationOpened:
    """Something does not agree: what, where, and by when somebody must answer."""

    kind: Literal[
        "missing", "unexpected", "misplaced", "stranger", "quantity", "short", "over", "wrong",
        "seal", "kit", "rounds", "loss", "mark", "differs",
    ]  # fmt: skip
    cause: str
    weapon: str = ""
    place: PlaceId | None = None
    said: str = ""
    due: str = ""


@dataclass(frozen=True, slots=True)
class InvestigationClosed:
    """It is explained, by evidence on record: facts, photos or papers, never by words alone."""

    outcome: Literal["found", "explained", "recorded_wrongly", "lost", "not_ours"]
    evidence: tuple[Digest, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class CountRuleSet:
    """How often a place is to be counted, by which basis, and which instrument asks for it.

    ``days`` 0 means only at ``handover``; ``place`` none means every site.
    """

    name: str
    basis: Literal["quantity", "type", "serial"]
    days: int
    percent: int = 100
    handover: bool = False
    place: PlaceId | None = None
    source: str = ""
    stopped: bool = False
