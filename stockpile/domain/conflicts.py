"""Where facts contradict each other: found by rule, shown to people, never settled by a clock.

A conflict is derived from the register and raised again identically on every node and at the
registry; it vanishes when a fact settles it. Its id is made of its class and its subject (the
weapon, or what several weapons share), so that all speak of the same conflict as more facts join.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from stockpile.domain import blocks, crowds, unnamed_numbers
from stockpile.domain.codec import digest
from stockpile.domain.facts import Fact, InvestigationOpened, RoundsIssued, RoundsReturned
from stockpile.domain.lots import left_of
from stockpile.domain.references import Reference
from stockpile.domain.values import Digest, NodeId, WeaponId
from stockpile.domain.weapons import (
    GONE,
    Applied,
    Aspect,
    Custody,
    Drawn,
    Sighting,
    Weapon,
    duplicate_key,
)

ConflictClass = Literal[
    "custody_fork", "marking_fork", "identity_fork", "condition_fork", "count_mismatch",
    "act_after_end", "marked_twice", "possible_duplicate", "mark_doubled", "authority",
    "lot_overdrawn", "mark_outside", "node_fork",
    "count_missing",
]  # fmt: skip

_FORKS: tuple[tuple[Aspect, ConflictClass], ...] = (
    ("custody", "custody_fork"), ("marking", "marking_fork"), ("identity", "identity_fork"),
    ("condition", "condition_fork"),
)  # fmt: skip


_NOTHING: Final = MappingProxyType[str, Reference]({})


@dataclass(frozen=True, slots=True)
class Conflict:
    """One contradiction: its class, the weapons and the facts (or the shared key) concerned."""

    id: Digest
    kind: ConflictClass
    weapons: tuple[WeaponId, ...]
    about: tuple[str, ...]


def within(weapon: Weapon, known: Mapping[str, Reference] = _NOTHING) -> tuple[Conflict, ...]:
    """Return the conflicts that one weapon's own facts make.

    ``known`` are the blocks of numbers that its marks name, each by its id, as far as any came, and
    those of the nodes that named none (``nodes_unnamed``).
    """
    if weapon.known <= 1:  # it takes two facts to contradict each other
        return ()
    found = [
        _conflict(kind, (weapon.id,), heads)
        for aspect, kind in _FORKS
        if len(heads := _heads(weapon, aspect)) > 1
    ]
    mismatched = _count_mismatch(weapon)
    if mismatched:
        found.append(_conflict("count_mismatch", (weapon.id,), mismatched))
    ended = _after_end(weapon)
    if ended:
        found.append(_conflict("act_after_end", (weapon.id,), ended))
    found.extend(_marked_twice(weapon))
    found.extend(outside(weapon, known))
    return tuple(found)


def outside(weapon: Weapon, known: Mapping[str, Reference]) -> tuple[Conflict, ...]:
    """Return a conflict for each mark whose number lies outside its block, or all its node's.

    ``about`` is the mark's job and its block, empty where it names none.
    """
    return tuple(
        _conflict("mark_outside", (weapon.id,), (one.job, one.drawn.block), one.job)
        for one in (weapon.standing_marks if known else ())
        if one.drawn is not None and _is_outside(one, one.drawn, known)
    )


def _is_outside(mark: Applied, drawn: Drawn, known: Mapping[str, Reference]) -> bool:
    if drawn.block:
        return blocks.is_outside(mark, known.get(drawn.block))
    return unnamed_numbers.is_of_none(mark, known.values())


def blocks_named(weapon: Weapon) -> frozenset[str]:
    """Return what the verdict about a weapon's marks hangs on: the blocks that they name.

    Of one that names none it is all that its node holds of the scheme (``numbers_key``).
    """
    if not weapon.applied:
        return frozenset()
    return frozenset(
        one.drawn.block or unnamed_numbers.numbers_key(one.scheme, one.drawn.node)
        for one in weapon.applied
        if one.drawn is not None
    )


def nodes_unnamed(weapon: Weapon) -> frozenset[NodeId]:
    """Return the nodes of which a weapon bears numbers that name no block."""
    if not weapon.applied:
        return frozenset()
    return frozenset(
        one.drawn.node for one in weapon.applied if one.drawn is not None and not one.drawn.block
    )


def _heads(weapon: Weapon, aspect: Aspect) -> tuple[Digest, ...]:
    """Return the heads that contradict each other: of custody, those that no other bears out.

    A shipment told from both ends, the same waybill and the same destination, is no fork.
    """
    if aspect == "custody":
        return tuple(one.fact for one in weapon.custody)
    return weapon.heads.of(aspect)


def possible_duplicate(key: str, sharing: Iterable[Weapon]) -> Conflict | None:
    """Return the conflict of the weapons sharing one duplicate key, or None where all is settled.

    Weapons that a person merged or told apart drop out; it takes two unsettled ones to remain.
    """
    alike = (weapon for weapon in sharing if duplicate_key(weapon) == key)
    left = crowds.unsettled(alike)
    return duplicates_of(key, left) if left else None


def duplicates_of(key: str, unsettled: Iterable[WeaponId]) -> Conflict:
    """Return the conflict of the weapons sharing a duplicate key that are not settled."""
    return _of_several("possible_duplicate", key, unsettled)


def mark_doubled(text: str, bearing: Iterable[Weapon]) -> Conflict | None:
    """Return the conflict of one applied text standing on several weapons, or None.

    Records that a person merged are one weapon and double nothing. A mark that drew no number says
    the same on every weapon (country and year of import), and doubles nothing either.
    """
    groups = crowds.joined(weapon for weapon in bearing if text in weapon.own_texts)
    return (
        mark_on_several(text, sorted(one for group in groups for one in group))
        if groups[1:]
        else None
    )


def mark_on_several(text: str, weapons: Iterable[WeaponId]) -> Conflict:
    """Return the conflict of one applied text that stands on these weapons."""
    return _of_several("mark_doubled", text, weapons)


def lot_overdrawn(lot: str, registered: int | None, movements: Iterable[Fact]) -> Conflict | None:
    """Return the conflict of a lot of which more rounds went out than were ever in it, or None.

    Two sites that did not know of each other gave out the same rounds, or the lot was put on record
    with too few. ``about`` is the lot and the movements, each by its hash.
    """
    told = [
        (one.hash, one.body)
        for one in movements
        if isinstance(one.body, RoundsIssued | RoundsReturned) and one.body.lot == lot
    ]
    if registered is None or left_of(lot, registered, [body for _hash, body in told]) >= 0:
        return None
    about = (lot, *sorted(hash_ for hash_, _body in told))
    return Conflict(digest(f"lot_overdrawn\n{lot}".encode()), "lot_overdrawn", (), about)


def authority(entry: Digest, about: Iterable[str], weapons: Iterable[WeaponId]) -> Conflict:
    """Return the conflict of an entry that was written without the right to what it says.

    ``about`` is the entry's node, its number, the act, and what it lacks (a ``mandates.Lack``).
    """
    return _conflict("authority", sorted(set(weapons)), (entry, *about), entry)


def count_missing(inquiry: Reference) -> Conflict | None:
    """Return the conflict of a weapon that a closed count missed, as long as nothing answered it.

    ``about`` is the investigation that the count opened, and the count.
    """
    opened = inquiry.opened
    if not isinstance(opened, InvestigationOpened) or inquiry.is_closed:
        return None
    if opened.kind != "missing" or not opened.weapon:
        return None
    about = (inquiry.subject, opened.cause)
    return _conflict("count_missing", (WeaponId(opened.weapon),), about, inquiry.subject)


def node_fork(node: NodeId, number: int, entries: Iterable[Digest]) -> Conflict:
    """Return the conflict of a node that wrote two histories from this entry's number on.

    ``entries`` are the entries under that number. Who heard of either first raises the same one.
    """
    about = (node, str(number), *sorted(set(entries)))
    return Conflict(digest(f"node_fork\n{node}\n{number}".encode()), "node_fork", (), about)


def _of_several(kind: ConflictClass, shared: str, weapons: Iterable[WeaponId]) -> Conflict:
    """Return a conflict that is named after what weapons share, whoever they are."""
    return Conflict(digest(f"{kind}\n{shared}".encode()), kind, tuple(weapons), (shared,))


def _conflict(
    kind: ConflictClass, weapons: Iterable[WeaponId], about: Iterable[str], apart: str = ""
) -> Conflict:
    subjects, reasons = tuple(weapons), tuple(about)
    subject = subjects if len(subjects) == 1 else reasons
    named = "\n".join((kind, *subject, apart) if apart else (kind, *subject))
    return Conflict(digest(named.encode()), kind, subjects, reasons)


def _count_mismatch(weapon: Weapon) -> tuple[Digest, ...]:
    """Return the sightings that undisputed custody contradicts and no later count answered.

    Only a matching count that knew the sighting, or that the same node made after it, answers it:
    between two nodes no counter tells which count was the later one.
    """
    if len(weapon.custody) != 1 or weapon.custody[0].state in GONE:
        return ()
    custody = weapon.custody[0]
    matching = [one for one in weapon.sightings if _agrees(one, custody)]
    return tuple(
        one.fact
        for one in weapon.sightings
        if not _agrees(one, custody) and not any(_answers(match, one) for match in matching)
    )


def _agrees(sighting: Sighting, custody: Custody) -> bool:
    """Say whether a weapon on record there may be seen there; a lost one may be seen nowhere."""
    return custody.state != "lost" and sighting.place == custody.place


def _answers(match: Sighting, sighting: Sighting) -> bool:
    (_, node, seq), (_, their_node, their_seq) = match.order, sighting.order
    return sighting.fact in match.saw or (node == their_node and seq > their_seq)


def _after_end(weapon: Weapon) -> tuple[Digest, ...]:
    """Return the acts and sightings made against a custody that was at its end."""
    gone = {one.fact for one in weapon.custody if one.state in GONE}
    acts = (one.fact for one in weapon.custody if one.after_end)
    seen = (one.fact for one in weapon.sightings if gone.intersection(one.saw))
    return (*acts, *seen)


def _marked_twice(weapon: Weapon) -> list[Conflict]:
    standing = [one for one in weapon.standing_marks if one.state in ("marked", "verified")]
    schemes = sorted({one.scheme for one in standing})
    return [
        _conflict("marked_twice", (weapon.id,), (scheme, *sorted(jobs)), scheme)
        for scheme in schemes
        if len(jobs := [one.job for one in standing if one.scheme == scheme]) > 1
    ]
