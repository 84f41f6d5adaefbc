"""Conflicts between weapons of several sites, by rows: which wait to be told, what was told.

What was told is no part of the ledger and is not derived from it, as with finds: a measure of the
day stood between, and a conflict that is settled since must still be understood where it was told.
It is written here, and is learnt from here when everything else is derived anew.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Final

import msgspec
from sqlalchemy import Connection, delete, literal, select, text

from stockpile.domain.values import Instant, NodeId
from stockpile.registry.alike_tables import ALIKE_TOLD, ALIKE_WAITING
from stockpile.registry.database import among, fill
from stockpile.registry.tables import CONFLICT, MARK, WEAPON

_DUPLICATE: Final = "d:"
_MARK: Final = "m:"
_SHARING: Final = {
    ("postgresql", _DUPLICATE): text(
        "SELECT one.value, (SELECT CAST(json_agg(s.id) AS text) FROM ("
        "SELECT id FROM weapon WHERE duplicate_key = one.value AND duplicate_key <> '' LIMIT :most"
        ") AS s) FROM unnest(CAST(:keys AS text[])) AS one(value) "
        "WHERE EXISTS (SELECT 1 FROM conflict WHERE owner = 'd:' || one.value)"
    ),
    ("postgresql", _MARK): text(
        "SELECT one.value, (SELECT CAST(json_agg(s.weapon) AS text) FROM ("
        "SELECT weapon FROM mark WHERE text = one.value LIMIT :most"
        ") AS s) FROM unnest(CAST(:keys AS text[])) AS one(value) "
        "WHERE EXISTS (SELECT 1 FROM conflict WHERE owner = 'm:' || one.value)"
    ),
    ("sqlite", _DUPLICATE): text(
        "SELECT one.value, (SELECT json_group_array(s.id) FROM ("
        "SELECT id FROM weapon WHERE duplicate_key = one.value AND duplicate_key <> '' LIMIT :most"
        ") AS s) FROM json_each(:keys) AS one "
        "WHERE EXISTS (SELECT 1 FROM conflict WHERE owner = 'd:' || one.value)"
    ),
    ("sqlite", _MARK): text(
        "SELECT one.value, (SELECT json_group_array(s.weapon) FROM ("
        "SELECT weapon FROM mark WHERE text = one.value LIMIT :most"
        ") AS s) FROM json_each(:keys) AS one "
        "WHERE EXISTS (SELECT 1 FROM conflict WHERE owner = 'm:' || one.value)"
    ),
}
_decode = msgspec.json.Decoder(tuple[str, ...]).decode


def wait(connection: Connection, node: NodeId, owners: Collection[str], due: Instant = 0) -> None:
    """Let conflicts be told from an instant on, on a node's account; under the fold lock."""
    if owners:
        done(connection, node, owners)
        rows = [{"node": node, "shared": one, "due": due} for one in sorted(owners)]
        fill(connection, ALIKE_WAITING, rows)


def done(connection: Connection, node: NodeId, owners: Collection[str]) -> None:
    """Let conflicts of a node's account wait no longer."""
    if owners:
        these = among(connection, ALIKE_WAITING.c.shared, sorted(owners))
        connection.execute(delete(ALIKE_WAITING).where(ALIKE_WAITING.c.node == node, these))


def is_due(connection: Connection, nodes: Collection[NodeId], now: Instant) -> bool:
    """Say whether anything on the account of these is due."""
    asked = select(ALIKE_WAITING.c.node).where(
        ALIKE_WAITING.c.node.in_(nodes), ALIKE_WAITING.c.due <= now
    )
    return connection.execute(asked.limit(1)).scalar() is not None


def waiting(connection: Connection, node: NodeId, now: Instant, most: int) -> list[str]:
    """Return conflicts that are due on a node's account, each by its owner."""
    asked = select(ALIKE_WAITING.c.shared).where(
        ALIKE_WAITING.c.node == node, ALIKE_WAITING.c.due <= now
    )
    return list(connection.execute(asked.order_by(ALIKE_WAITING.c.shared).limit(most)).scalars())


def owners_of(connection: Connection, weapons: Iterable[str]) -> set[str]:
    """Return the owners of the open conflicts that weapons, by their keys, have with others."""
    keys = sorted(set(weapons))
    if not keys:
        return set()
    alike = select(CONFLICT.c.owner).join(
        WEAPON, CONFLICT.c.owner == literal(_DUPLICATE) + WEAPON.c.duplicate_key
    ).where(among(connection, WEAPON.c.id, keys), WEAPON.c.duplicate_key != "")  # fmt: skip
    marked = select(CONFLICT.c.owner).join(
        MARK, CONFLICT.c.owner == literal(_MARK) + MARK.c.text
    ).where(among(connection, MARK.c.weapon, keys))  # fmt: skip
    return {*connection.execute(alike).scalars(), *connection.execute(marked).scalars()}


def sharing(connection: Connection, owners: Iterable[str], most: int) -> dict[str, tuple[str, ...]]:
    """Return the weapons, by their keys, of those conflicts that are open and have no more."""
    wanted = list(owners)
    found: dict[str, tuple[str, ...]] = {}
    for owner in (_DUPLICATE, _MARK):
        keys = sorted({one[len(owner) :] for one in wanted if one.startswith(owner)})
        if not keys:
            continue
        is_postgres = connection.dialect.name == "postgresql"
        sent = keys if is_postgres else msgspec.json.encode(keys).decode()
        asked = _SHARING[connection.dialect.name, owner]
        for key, weapons in connection.execute(asked, {"keys": sent, "most": most + 1}):
            some = _decode(weapons or "[]")
            if 1 < len(some) <= most:
                found[owner + key] = some
    return found


def keep(
    connection: Connection, node: NodeId, told: Mapping[str, Collection[str]], at: Instant
) -> None:
    """Keep that weapons matter to sites since, by name, on a node's account."""
    known = among(connection, ALIKE_TOLD.c.weapon, sorted(told))
    asked = select(ALIKE_TOLD.c.weapon, ALIKE_TOLD.c.site).where(known)
    here = {(row.weapon, row.site) for row in connection.execute(asked)}
    fill(connection, ALIKE_TOLD, [
        {"weapon": weapon, "site": site, "node": node, "at": at}
        for weapon, sites in sorted(told.items())
        for site in sorted(sites)
        if (weapon, site) not in here
    ])  # fmt: skip


def told_since(connection: Connection, node: NodeId, since: Instant) -> set[str]:
    """Return the weapons that were told on a node's account after an instant."""
    asked = select(ALIKE_TOLD.c.weapon).where(ALIKE_TOLD.c.node == node, ALIKE_TOLD.c.at > since)
    return set(connection.execute(asked).scalars())


def told_there(connection: Connection, site: str, since: Instant, but: NodeId) -> set[str]:
    """Return the weapons that a site was told after an instant, not on the account of one node."""
    asked = select(ALIKE_TOLD.c.weapon).where(
        ALIKE_TOLD.c.site == site, ALIKE_TOLD.c.at > since, ALIKE_TOLD.c.node != but
    )
    return set(connection.execute(asked).scalars())


def all_told(connection: Connection) -> dict[str, set[str]]:
    """Return to which sites, by name, weapons matter because of what they share."""
    found: dict[str, set[str]] = {}
    for row in connection.execute(select(ALIKE_TOLD.c.weapon, ALIKE_TOLD.c.site)):
        found.setdefault(row.weapon, set()).add(row.site)
    return found
