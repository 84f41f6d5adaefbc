"""Which conflicts a site has a part in: it keeps one of the weapons, or a node of it wrote a side.

Who wrote a side is seen on the card only, and cards are dear: so those that the site can have no
part in are left out first, by what the tables tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, Connection, select

from stockpile.domain.card_parts import Card
from stockpile.domain.conflicts import Conflict
from stockpile.registry.database import among
from stockpile.registry.finding_tables import LISTED
from stockpile.registry.tables import EV, NODE
from stockpile.registry.texts import key_of


def perhaps_of(connection: Connection, found: Sequence[Conflict], site: str) -> list[Conflict]:
    """Return those conflicts of which the site keeps a weapon, or wrote anything; all for no site.

    One that no weapon is told of stays: its card says whose it is.
    """
    if not site:
        return list(found)
    subjects = {one for each in found for one in _subjects(each)}
    here = _kept(connection, subjects, site) | _written(connection, subjects, site)
    own = _nodes(connection, site)
    return [
        one
        for one in found
        if not one.weapons
        or any(key_of(subject) in here for subject in _subjects(one))
        or (one.kind == "authority" and one.about[1] in own)
    ]


def of_site(connection: Connection, made: Sequence[Card], site: str) -> list[Card]:
    """Return the cards that the site has a part in; all where none is named."""
    if not site:
        return list(made)
    weapons = {weapon for one in made for weapon in one.conflict.weapons}
    kept, own = _kept(connection, weapons, site), _nodes(connection, site)
    return [
        one
        for one in made
        if not own.isdisjoint(one.nodes)
        or any(key_of(weapon) in kept for weapon in one.conflict.weapons)
    ]


def _subjects(conflict: Conflict) -> tuple[str, ...]:
    """Return what the sides of a conflict are facts about."""
    more = conflict.about if conflict.kind in ("count_missing", "mark_outside") else ()
    return (*conflict.weapons, *more)


def _kept(connection: Connection, weapons: Iterable[str], site: str) -> set[str]:
    keys = sorted(set(map(key_of, weapons)))
    asked = (
        select(LISTED.c.weapon)
        .join(NODE, NODE.c.node == LISTED.c.keeper)
        .where(among(connection, LISTED.c.weapon, keys), _is_of(site))
    )
    return set(connection.execute(asked).scalars()) if keys else set()


def _written(connection: Connection, subjects: Iterable[str], site: str) -> set[str]:
    keys = sorted(set(map(key_of, subjects)))
    asked = (
        select(EV.c.subj)
        .join(NODE, NODE.c.id == EV.c.node)
        .where(among(connection, EV.c.subj, keys), _is_of(site))
        .distinct()
    )
    return set(connection.execute(asked).scalars()) if keys else set()


def _nodes(connection: Connection, site: str) -> set[str]:
    return set(connection.execute(select(NODE.c.node).where(_is_of(site))).scalars())


def _is_of(site: str) -> ColumnElement[bool]:
    return NODE.c.site == site.replace("\x00", "")
