"""What people call the places, officers, papers and nodes whose ids stand in facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Final

from sqlalchemy import Column, Connection, select

from stockpile.domain.places import place_name
from stockpile.domain.references import Reference, after
from stockpile.language import _
from stockpile.registry import register
from stockpile.registry.database import among
from stockpile.registry.tables import NODE, REFERENCE
from stockpile.registry.texts import key_of, shown
from stockpile.terms import term
from stockpile.wording import Names


def names_of(connection: Connection, ids: Iterable[str | None]) -> Names:
    """Return what the ids are called; what has left or was closed keeps the name that it had."""
    wanted = {one: key_of(one) for one in ids if one}
    keys = sorted(set(wanted.values()))
    stored = _named(connection, REFERENCE.c.id, REFERENCE.c.name, keys)
    asked = select(NODE.c.node, NODE.c.name, NODE.c.site)
    rows = connection.execute(asked.where(among(connection, NODE.c.node, keys)))
    nodes = {row.node: called(row.name, row.site) for row in rows}
    found = {}
    for one, key in wanted.items():
        name = nodes.get(key) or stored.get(key)
        if not name and key in stored:
            name = _former_name(connection, one)
        if name:
            found[one] = name
    return Names(found, partial(term, "component"))


def node_sites(connection: Connection) -> dict[str, tuple[str, str]]:
    """Return every node's name and site, by its id."""
    rows = connection.execute(select(NODE.c.node, NODE.c.name, NODE.c.site))
    return {row.node: (called(row.name, row.site), row.site) for row in rows}


def called(name: str, site: str) -> str:
    """Return a node's name; the registry's own is a word of ours, and said in every language."""
    return _("the registry") if (name, site) == ("registry", "") else name


def status_words(status: str) -> str:
    """Return how a node stands with the registry, in words."""
    return _STATUSES[status]() if status in _STATUSES else status


def places_called(connection: Connection, text: str) -> list[str]:
    """Return the keys of the places of this name or id."""
    own = key_of(text)
    named = (REFERENCE.c.name == shown(text)) & REFERENCE.c.kind.in_(
        ("place.opened", "place.changed")
    )
    rows = connection.execute(select(REFERENCE.c.id).where(named).limit(50))
    return [own, *rows.scalars()]


def reference_of(connection: Connection, subject: str) -> Reference:
    """Return what is no weapon as all its facts make it."""
    reference = Reference(subject)
    for fact in register.facts_of(connection, subject):
        reference = after(reference, fact)
    return reference


def _named(
    connection: Connection, id_: Column[str], name: Column[str], keys: list[str]
) -> dict[str, str]:
    rows = connection.execute(select(id_, name).where(among(connection, id_, keys)))
    return {row[0]: row[1] for row in rows}


def _former_name(connection: Connection, subject: str) -> str:
    reference = reference_of(connection, subject)
    opened = reference.opened
    named = getattr(opened, "name", "") or getattr(opened, "number", "")
    return place_name(reference) or (named if isinstance(named, str) else "")


_STATUSES: Final[Mapping[str, Callable[[], str]]] = MappingProxyType(
    {
        "enrolled": lambda: _("Trusted"),
        "quarantined": lambda: _("Quarantine"),
        "revoked": lambda: _("Revoked"),
    }
)
