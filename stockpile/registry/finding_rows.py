"""What weapons are found, listed and counted by, kept beside their states as these change.

1. A row is written only where it changed: most facts (a count, a move) leave the marks as they
   were, and the marks' index is the dear one.
2. Figures are kept as differences of such rows, in the same transaction, under the fold lock; so a
   figure and the list it leads to never tell two stories.
3. All of it is derived: ``forget`` empties it, and the next folding of all facts fills it again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final, NamedTuple

from sqlalchemy import Connection, delete, insert, select, text

from stockpile.domain.dates import read_date
from stockpile.domain.facts import Fact
from stockpile.domain.numbers import registry_number
from stockpile.domain.references import Reference
from stockpile.domain.serials import fold
from stockpile.domain.transfers import Waybill, waybill_of
from stockpile.domain.values import Instant, WeaponId, is_id, search_key
from stockpile.domain.weapons import Weapon
from stockpile.registry.database import among, fill_in, put, take_out
from stockpile.registry.finding_tables import (
    FINDING_FOLLOWED,
    LISTED,
    PAPER,
    ROUNDS,
    SOUGHT,
    TALLY,
    WAYBILL,
)
from stockpile.registry.tables import WEAPON
from stockpile.registry.texts import key_of, shown

_DAY: Final = 86_400_000
MARKED: Final = frozenset({"marked", "verified"})
_ADD: Final = text(
    "INSERT INTO tally (facet, value, keeper, n) VALUES (:facet, :value, :keeper, :n) "
    "ON CONFLICT (facet, value, keeper) DO UPDATE SET n = tally.n + excluded.n"
)

States = Mapping[WeaponId, Weapon]
FactsOf = Callable[[WeaponId], Sequence[Fact]]


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


def follow(
    connection: Connection,
    before: States,
    now: States,
    new: Mapping[WeaponId, Sequence[Fact]],
    facts_of: FactsOf,
) -> None:
    """Follow weapons from their states before to those now; under the fold lock.

    Of a weapon nothing may be left: all of it was written by a node that is revoked. ``new`` are
    the facts that made the difference, ``facts_of`` gives all of a weapon's.
    """
    held = _held(connection, [key_of(one) for one in before])
    rows: list[Row] = []
    gone: list[str] = []
    counts = Counter[tuple[str, str, str]]()
    for weapon, state in now.items():
        old = held.get(key_of(weapon))
        keeper = _keeper(state, before.get(weapon), old, new[weapon], facts_of)
        number = old.number if old else registry_number(weapon)
        is_left = state.known or state != Weapon(weapon)
        row = row_of(state, keeper, number) if is_left else None
        if row == old:
            continue
        rows += [row] if row else []
        gone += [old.weapon] if old else []
        counts.update(facets(row) if row else ())
        counts.subtract(facets(old) if old else ())
    take_out(connection, LISTED, "weapon", gone)
    fill_in(connection, LISTED, Row._fields, rows)
    _count(connection, counts)
    _seek(connection, before, now)


def follow_references(connection: Connection, all_: Sequence[Reference]) -> None:
    """Follow papers and transfers to what they are now; under the fold lock."""
    papers: list[dict[str, object]] = []
    waybills: list[dict[str, object]] = []
    for one in all_:
        number = getattr(one.opened, "number", "")
        if isinstance(number, str) and number:
            papers.append({"subject": key_of(one.subject), "number": key_of(search_key(number))})
        waybill = waybill_of(one)
        if waybill is not None:
            waybills.append(_waybill_row(key_of(one.subject), waybill))
    keys = [key_of(one.subject) for one in all_]
    put(connection, PAPER, "subject", keys, papers)
    put(connection, WAYBILL, "id", keys, waybills)


def _waybill_row(key: str, waybill: Waybill) -> dict[str, object]:
    said, due = waybill.opened, read_date(waybill.opened.due)
    return {
        "id": key, "number": shown(said.number), "state": waybill.state,
        "due": due.text if due.status == "read" else "", "node": key_of(waybill.node),
        "out_of": key_of(said.out_of), "destination": key_of(said.to or ""),
        "destination_name": shown(said.to_name), "weapons": len(said.weapons),
        "missing": len(waybill.missing),
    }  # fmt: skip


def begin(connection: Connection) -> bool:
    """Say, once, whether the register holds weapons from before lists were kept here."""
    if connection.execute(select(FINDING_FOLLOWED.c.one)).scalar() is not None:
        return False
    connection.execute(insert(FINDING_FOLLOWED), {"one": 1})
    return connection.execute(select(WEAPON.c.id).limit(1)).scalar() is not None


def forget(connection: Connection) -> None:
    """Empty every list; the ledger can derive them anew."""
    for table in (LISTED, SOUGHT, TALLY, WAYBILL, PAPER, ROUNDS):
        connection.execute(delete(table))


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


def facets(row: Row) -> list[tuple[str, str, str]]:
    """Return under which figures a weapon is counted: the property, its value, who keeps it.

    What happened in a month is counted whatever became of the weapon; what is, of those held.
    """
    when = (
        ("recorded_in", row.recorded), ("marked_in", row.marked), ("lost_in", row.lost),
        ("destroyed_in", row.destroyed),
    )  # fmt: skip
    found = [(facet, month(at), row.keeper) for facet, at in when if at]
    found.append(("status", row.status, row.keeper))
    if row.held:
        found += [
            ("held", "", row.keeper), ("type", row.type, row.keeper),
            ("calibre", row.calibre, row.keeper), ("bears", str(row.bears), row.keeper),
            ("counted_in", month(row.counted), row.keeper),
        ]  # fmt: skip
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


def _held(connection: Connection, keys: Sequence[str]) -> dict[str, Row]:
    if not keys:
        return {}
    asked = select(LISTED).where(among(connection, LISTED.c.weapon, keys))
    return {row.weapon: Row(*row) for row in connection.execute(asked)}


def _count(connection: Connection, counts: Counter[tuple[str, str, str]]) -> None:
    changed = sorted((one, n) for one, n in counts.items() if n)
    rows = [
        {"facet": facet, "value": value, "keeper": keeper, "n": n}
        for (facet, value, keeper), n in changed
    ]
    if rows:
        connection.execute(_ADD, rows)


def _seek(connection: Connection, before: States, now: States) -> None:
    """Write the texts by which weapons are sought now; those that stay are not touched."""
    gone: list[str] = []
    keys: list[Key] = []
    for weapon, state in now.items():
        old = before.get(weapon)
        if old and _by_what(old) == _by_what(state):
            continue
        held, wanted = keys_of(old) if old else [], keys_of(state)
        if not set(held).issubset(wanted):
            gone.append(key_of(weapon))
            held = []
        keys += [one for one in wanted if one not in held]
    take_out(connection, SOUGHT, "weapon", gone)
    fill_in(connection, SOUGHT, Key._fields, keys)


def _by_what(weapon: Weapon) -> tuple[object, ...]:
    return weapon.marks, weapon.components, weapon.applied, weapon.tags


def _key(weapon: str, kind: str, said: str) -> Key:
    return Key(weapon, kind, shown(said), key_of(search_key(said)), key_of(fold(said)))
