"""A weapon as lists and searches know it: its row, the texts it is sought by, its figures.

All of it is a function of the weapon's states before and now, its row until now, and the facts that
made the difference; what is written of it, and when, stands in ``finding_rows``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final, NamedTuple

import msgspec

from stockpile.domain.facts import Fact
from stockpile.domain.numbers import registry_number
from stockpile.domain.serials import fold
from stockpile.domain.values import Instant, WeaponId, is_id, search_key
from stockpile.domain.weapons import Weapon
from stockpile.registry.texts import key_of, shown

_DAY: Final = 86_400_000
MARKED: Final = frozenset({"marked", "verified"})

FactsOf = Callable[[WeaponId], Sequence[Fact]]
Figure = tuple[str, str, str]
"""What a weapon is counted by: a property, its value, who keeps it."""


class Row(NamedTuple):
    """A weapon's row of the list, as ``finding_tables.LISTED`` describes it."""

    weapon: str
    number: str
    keeper: str
    held: int
    status: str
    type: str
    make: str
    model: str
    calibre: str
    place: str
    paper: str
    bears: int
    since: Instant
    recorded: Instant
    counted: Instant
    marked: Instant
    lost: Instant
    destroyed: Instant


class Key(NamedTuple):
    """A text by which a weapon is sought: what it is, as read, its exact key, its looks."""

    weapon: str
    kind: str
    text: str
    key: str
    fold: str


class Change(msgspec.Struct, frozen=True, gc=False):
    """What becomes of a weapon in the lists: its row until now and from now on, its new texts.

    ``is_sought_anew``: the texts that it was sought by are taken out first. ``more`` and ``fewer``
    are the figures that count it now, or do so no more.
    """

    key: str
    old: Row | None
    now: Row | None
    texts: Sequence[Key]
    is_sought_anew: bool
    more: Collection[Figure]
    fewer: Collection[Figure]


def change(
    before: Weapon | None, now: Weapon, old: Row | None, new: Sequence[Fact], facts_of: FactsOf
) -> Change:
    """Return what new facts change of a weapon in the lists.

    Of a weapon nothing may be left: all of it was written by a node that is revoked. ``new`` are
    the facts that made the difference, ``facts_of`` gives all of a weapon's.
    """
    keeper = _keeper(now, before, old, new, facts_of)
    number = old.number if old else registry_number(now.id)
    is_left = now.known or now != Weapon(now.id)
    row = row_of(now, keeper, number) if is_left else None
    texts, is_sought_anew = _new_texts(before, now)
    more, fewer = _figures(old, row)
    return Change(key_of(now.id), old, row, texts, is_sought_anew, more, fewer)


def _figures(old: Row | None, now: Row | None) -> tuple[Collection[Figure], Collection[Figure]]:
    """Return the figures that count a weapon now and did not, and those that do no more."""
    if old and now and _counted_by(old) == _counted_by(now):
        return (), ()
    counted, counts = facets(old) if old else set(), facets(now) if now else set()
    return counts - counted, counted - counts


def _counted_by(row: Row) -> tuple[object, ...]:
    """Return all that the figures of a row hang on: most facts leave it as it was."""
    return (
        row.keeper, row.status, row.held, row.type, row.calibre, row.bears, month(row.counted),
        row.recorded, row.marked, row.lost, row.destroyed,
    )  # fmt: skip


def _new_texts(before: Weapon | None, now: Weapon) -> tuple[Sequence[Key], bool]:
    """Return the texts to be written, and whether those that stand are taken out first."""
    if before and _by_what(before) == _by_what(now):
        return (), False
    held, wanted = keys_of(before) if before else [], keys_of(now)
    if not set(held).issubset(wanted):
        return wanted, True
    return [one for one in wanted if one not in held], False


def row_of(weapon: Weapon, keeper: str, number: str) -> Row:
    """Return a weapon's row of the list; ``number`` is its registry number."""
    dates, head = weapon.dates, weapon.custody[0] if weapon.custody else None
    return Row(
        weapon=key_of(weapon.id),
        number=number,
        keeper=keeper,
        held=int(weapon.stands and weapon.status != "destroyed"),
        status=weapon.status,
        type=key_of(weapon.type),
        make=key_of(search_key(weapon.make)),
        model=key_of(search_key(weapon.model)),
        calibre=key_of(search_key(weapon.calibre)),
        place=key_of(weapon.place or ""),
        paper=paper_key(head.paper if head else ""),
        bears=int(any(one.state in MARKED for one in weapon.applied)),
        since=_kept(head.since if head else 0),
        recorded=_kept(weapon.recorded_at),
        counted=_kept(max((one.at for one in weapon.sightings), default=0)),
        marked=_kept(dates.marked),
        lost=_kept(dates.lost),
        destroyed=_kept(dates.destroyed),
    )


def _kept(at: Instant) -> Instant:
    """Return an instant as lists hold it: one before 1970 counts as never."""
    return max(at, 0)


def paper_key(paper: str) -> str:
    """Return a paper as lists keep it: a receipt or waybill by its id, others by their number."""
    return key_of(paper if is_id(paper) else search_key(paper))


def keys_of(weapon: Weapon) -> list[Key]:
    """Return every text by which a weapon is sought, each once."""
    own = key_of(weapon.id)
    serial = weapon.serial
    found = [Key(own, "serial", shown(serial.text), key_of(serial.key), key_of(serial.fold))]
    found += [
        _key(own, "mark", mark.text)
        for mark in (*weapon.marks, *(one for part in weapon.components for one in part.marks))
        if not mark.is_identity
    ]
    found += [_key(own, "applied_mark", one.text) for one in weapon.standing_marks]
    tags = [_key(own, "old_tag", tag) for tag in weapon.tags[:-1]]
    found += [*tags, *([_key(own, "tag", weapon.tag)] if weapon.tag else [])]
    return [one for one in dict.fromkeys(found) if one.key]


def facets(row: Row) -> set[Figure]:
    """Return under which figures a weapon is counted: the property, its value, who keeps it.

    What happened in a month is counted whatever became of the weapon; what is, of those held.
    """
    when = (
        ("recorded_in", row.recorded), ("marked_in", row.marked), ("lost_in", row.lost),
        ("destroyed_in", row.destroyed),
    )  # fmt: skip
    found = {(facet, month(at), row.keeper) for facet, at in when if at}
    found.add(("status", row.status, row.keeper))
    if row.held:
        found |= {
            ("held", "", row.keeper), ("type", row.type, row.keeper),
            ("calibre", row.calibre, row.keeper), ("bears", str(row.bears), row.keeper),
            ("counted_in", month(row.counted), row.keeper),
        }  # fmt: skip
    return found


def month(at: Instant) -> str:
    """Return the month of an instant as 2026-11 in UTC; nothing for never or beyond all years."""
    return _month_of(at // _DAY) if at else ""


@lru_cache(maxsize=4096)
def _month_of(day: int) -> str:
    """Return the month of a day since 1970: reckoned once a day, not once a fact."""
    try:
        return datetime.fromtimestamp(day * _DAY // 1000, UTC).strftime("%Y-%m")
    except (OverflowError, OSError, ValueError):
        return ""


def _keeper(
    now: Weapon,
    before: Weapon | None,
    old: Row | None,
    new: Sequence[Fact],
    facts_of: FactsOf,
) -> str:
    """Return the node that wrote where the weapon is: its own account, where two contend."""
    if not now.custody:
        return old.keeper if old else key_of(new[0].node)
    head = now.custody[0].fact
    if old and before and before.custody and before.custody[0].fact == head:
        return old.keeper
    known = next((one for one in new if one.hash == head), None)
    known = known or next((one for one in facts_of(now.id) if one.hash == head), new[0])
    return key_of(known.node)


def _by_what(weapon: Weapon) -> tuple[object, ...]:
    return weapon.marks, weapon.components, weapon.applied, weapon.tags


def _key(weapon: str, kind: str, said: str) -> Key:
    return Key(weapon, kind, shown(said), key_of(search_key(said)), key_of(fold(said)))
