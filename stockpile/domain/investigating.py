"""Investigations: opened by whoever finds that something does not agree, closed by evidence alone.

1. Evidence is a fact about the matter that was not known when it was opened (it came after, or
   another node had written it and it came late), of a kind that answers it; or a photo or a paper.
2. Words close nothing. Correcting the record closes nothing but what was recorded wrongly.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final, Literal

from stockpile.domain import facts
from stockpile.domain.errors import EvidenceMissing, EvidenceUnfit, FieldMissing
from stockpile.domain.facts import Draft, Fact, Horizon, InvestigationClosed, InvestigationOpened
from stockpile.domain.values import Digest, Instant, OfficerId
from stockpile.domain.weapons import Weapon

Outcome = Literal["found", "explained", "recorded_wrongly", "lost", "not_ours"]
_MOVED: Final = (
    facts.WeaponRelocated, facts.WeaponIssued, facts.WeaponReturned, facts.WeaponDispatched,
    facts.WeaponReceived, facts.DispatchReversed, facts.CustodySettled, facts.WeaponRecovered,
    facts.WeaponDestroyed, facts.WeaponCollected, facts.WeaponFound, facts.WeaponSeized,
)  # fmt: skip
_NO_WEAPON: Final = (facts.WeaponWithdrawn, facts.WeaponAbsorbed)
_IDENTIFIED: Final = (
    facts.WeaponRegistered, facts.WeaponCorrected, facts.TagBound, facts.WeaponMerged,
)  # fmt: skip
_GONE: Final = (*_MOVED, *_NO_WEAPON, facts.WeaponLost, facts.WeaponCounted)
FITTING: Final[Mapping[str, tuple[type, ...]]] = MappingProxyType(
    {
        "missing": _GONE,
        "unexpected": _GONE,
        "misplaced": (*_MOVED, facts.WeaponCounted, facts.WeaponLost),
        "stranger": _IDENTIFIED,
        "quantity": (facts.StocktakeClosed,),
        "short": _GONE,
        "over": _GONE,
        "wrong": (*_GONE, facts.WeaponCorrected),
        "seal": (facts.WaybillReceived, facts.WaybillReversed),
        "kit": (facts.KitSet, facts.WeaponReturned, facts.WeaponInspected),
        "rounds": (facts.RoundsReturned,),
        "mark": (facts.MarkVerified, facts.MarkingResolved, facts.MarkVoided, *_IDENTIFIED),
        "differs": (
            *_IDENTIFIED,
            facts.MarkReadBack,
            facts.WeaponInspected,
            facts.WeaponRepaired,
            *_GONE,
        ),
        "loss": (facts.WeaponRecovered, facts.WeaponDestroyed, facts.CustodySettled, *_NO_WEAPON),
    }
)
"""Which kinds of facts answer which kind of investigation."""


@dataclass(frozen=True, slots=True)
class Investigation:
    """Something that does not agree: what, when and by whom it was opened, and how it ended."""

    id: str
    opened: InvestigationOpened
    at: Instant
    by: OfficerId | None
    closed: InvestigationClosed | None = None

    def days(self, today: str, on: str) -> int:
        """Return how old it is, in days, on a day; both as ISO dates."""
        return (date.fromisoformat(today) - date.fromisoformat(on)).days

    def is_overdue(self, today: str) -> bool:
        """Say whether somebody should have answered by now."""
        return self.closed is None and "" < self.opened.due < today


@dataclass(frozen=True, slots=True)
class Before:
    """What was known when an investigation was opened.

    By the horizon of the count that opened it; of others, by the chain in which it was opened: what
    stood in it already, and all that this rested on.
    """

    opening: Fact
    horizon: tuple[Horizon, ...] = ()

    def of(self, known: Sequence[Fact]) -> frozenset[Digest]:
        """Return which facts of a subject were known then."""
        if self.horizon:
            seqs = {one.node: one.seq for one in self.horizon}
            return frozenset(one.hash for one in known if one.seq <= seqs.get(one.node, 0))
        by_hash = {one.hash: one for one in known}
        own = (one for one in known if one.node == self.opening.node)
        line = [one.hash for one in own if one.seq < self.opening.seq]
        met: set[Digest] = set()
        while line:
            one = line.pop()
            if one in by_hash and one not in met:
                met.add(one)
                line += [*by_hash[one].replaces, *by_hash[one].saw]
        return frozenset(met)


def fitting(
    kind: str, known: Sequence[Fact], before: Before, weapon: Weapon | None = None
) -> tuple[Fact, ...]:
    """Return the facts that answer an investigation, the newest last, as they stand in ``known``.

    A sighting answers what is misplaced or not expected only where the record agrees with it now.
    """
    old = before.of(known)
    wanted = FITTING.get(kind, ())
    return tuple(
        one
        for one in known
        if one.hash not in old and isinstance(one.body, wanted) and _agrees(kind, one, weapon)
    )


def outcome_of(fact: Fact) -> Outcome:
    """Return how an investigation most likely ended, by the fact that answers it."""
    match fact.body:
        case facts.WeaponCounted() | facts.WeaponRecovered() | facts.StocktakeClosed():
            return "found"
        case facts.WeaponLost():
            return "lost"
        case facts.CustodySettled() if fact.body.state == "lost":
            return "lost"
        case (
            facts.WeaponRegistered() | facts.WeaponCorrected() | facts.TagBound()
            | facts.WeaponMerged() | facts.WeaponAbsorbed() | facts.WeaponWithdrawn()
        ):  # fmt: skip
            return "recorded_wrongly"
        case _:
            return "explained"


def close(
    investigation: str,
    heads: tuple[Digest, ...],
    said: InvestigationClosed,
    *,
    proving: Iterable[Digest],
    kept: Iterable[str],
) -> Draft:
    """Close an investigation on its evidence.

    ``proving`` are the facts that answer it, ``kept`` the photos and papers at hand among what is
    named. Raises EvidenceMissing, EvidenceUnfit, and FieldMissing where nobody said what a photo
    or a paper proves.
    """
    if not said.evidence:
        raise EvidenceMissing
    facts_, papers = set(proving), set(kept)
    for one in said.evidence:
        if one not in facts_ and one not in papers:
            raise EvidenceUnfit(one)
    if facts_.isdisjoint(said.evidence) and not said.reason.strip():
        raise FieldMissing("reason")
    return Draft(investigation, said, heads)


def _agrees(kind: str, fact: Fact, weapon: Weapon | None) -> bool:
    if isinstance(fact.body, facts.CustodySettled) and fact.body.state == "lost":
        return kind != "loss"  # that it stays lost answers no report of it
    if not isinstance(fact.body, facts.WeaponCounted) or kind in ("missing", "short"):
        return True
    return weapon is not None and weapon.place == fact.body.place
