"""What nodes found of the lost weapons, by rows: who asked, for what, and whom it concerns since.

These rows are no part of the ledger and are not derived from it: what matters to a site because it
asked is written here, and is learnt from here when everything else is derived anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import msgspec
from sqlalchemy import Connection, delete, func, select

from stockpile.domain import finds
from stockpile.domain.hot_list import KEY_BYTES, ROUNDS
from stockpile.domain.values import Instant
from stockpile.registry import alike_rows, feeds, scopes
from stockpile.registry.database import among, fill
from stockpile.registry.rows import Known
from stockpile.registry.tables import FIND, HOT, HOT_LIST, NODE

MOST_A_DAY: Final = 200
"""Proofs of one node that are looked at in a day."""
MOST_WEAPONS: Final = 20
"""Lost weapons that one proof may name: one serial may be many weapons'."""
DAY: Final[Instant] = 86_400_000
_PORTION: Final = 2_000

_decode_texts = msgspec.json.Decoder(tuple[str, ...]).decode

Named = Mapping[bytes, Sequence[str]]
"""The keys of the weapons that each proof names."""


def named(connection: Connection, proofs: Sequence[bytes]) -> Named:
    """Return which weapons on the list these proofs name: those with the very text."""
    salt = connection.execute(select(HOT_LIST.c.salt)).scalar()
    if salt is None or not proofs:
        return {}
    wanted: defaultdict[bytes, list[bytes]] = defaultdict(list)
    for proof in proofs:
        wanted[finds.key_in(proof)].append(proof)
    found: defaultdict[bytes, list[str]] = defaultdict(list)
    asked = select(HOT.c.weapon, HOT.c.texts, HOT.c.stretched).where(HOT.c.stretched.is_not(None))
    for row in connection.execute(asked.execution_options(yield_per=_PORTION)):
        keys = bytes(row.stretched)
        if not wanted.keys().isdisjoint(_cut(keys)):
            for proof in {*_proofs(row.texts, bytes(salt), wanted)}:
                found[proof].append(row.weapon)
    return {proof: weapons[:MOST_WEAPONS] for proof, weapons in found.items()}


def allowed(
    connection: Connection, asker: Known, proofs: Sequence[bytes], now: Instant
) -> list[bytes]:
    """Return the proofs that this node may still ask today, with those it asked today already.

    Rows that say nothing any more, and are no longer counted, are let go.
    """
    of_asker = FIND.c.node == asker.row
    old = (FIND.c.at <= now - DAY) & (FIND.c.weapon == "")
    connection.execute(delete(FIND).where(of_asker, old))
    lately = select(func.count(FIND.c.proof.distinct())).where(of_asker, FIND.c.at > now - DAY)
    left = MOST_A_DAY - connection.execute(lately).scalar_one()
    asked = select(FIND.c.proof).where(
        of_asker, FIND.c.at > now - DAY, among(connection, FIND.c.proof, _hexed(proofs))
    )
    known = set(connection.execute(asked).scalars()) if proofs else set()
    fresh = [one for one in dict.fromkeys(proofs) if one.hex() not in known]
    heard = {*fresh[: max(left, 0)]}
    return [one for one in dict.fromkeys(proofs) if one in heard or one.hex() in known]


def keep(
    connection: Connection, asker: Known, proofs: Sequence[bytes], hits: Named, now: Instant
) -> None:
    """Keep what was asked, and which weapons it named."""
    same = (FIND.c.node == asker.row) & among(connection, FIND.c.proof, _hexed(proofs))
    connection.execute(delete(FIND).where(same))
    fill(connection, FIND, [
        {"node": asker.row, "proof": proof.hex(), "weapon": weapon, "at": now}
        for proof in proofs
        for weapon in (hits.get(proof) or ("",))
    ])  # fmt: skip


def tell(connection: Connection, own: int, asker: Known, weapons: Sequence[str]) -> None:
    """Let weapons matter to the asker's site, whole from the beginning; under the fold lock."""
    sites = _sites_of(asker.site, asker.scope)
    feeds.concern(connection, own, dict.fromkeys(weapons, sites))
    alike_rows.wait(connection, asker.node, alike_rows.owners_of(connection, weapons))


def concern_again(connection: Connection) -> None:
    """Let what was asked matter again to who asked, after everything else was learnt anew."""
    asked = select(FIND.c.weapon, NODE.c.site, NODE.c.scope)
    rows = connection.execute(
        asked.join(NODE, NODE.c.id == FIND.c.node).where(FIND.c.weapon != "").distinct()
    ).all()
    wanted: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        wanted[row.weapon].update(_sites_of(row.site, scopes.read(row.scope)))
    scopes.concern(connection, wanted)


def _sites_of(site: str, scope: Sequence[str]) -> tuple[str, ...]:
    """Return the sites of a node to which what it found matters; none where it is told all."""
    return (site,) if site in scope else tuple(scope)


def _cut(keys: bytes) -> Iterator[bytes]:
    for at in range(0, len(keys), KEY_BYTES):
        yield keys[at : at + KEY_BYTES]


def _proofs(texts: str, salt: bytes, wanted: Mapping[bytes, Sequence[bytes]]) -> Iterator[bytes]:
    """Give the proofs among the wanted ones that a weapon's own texts make."""
    for text in _decode_texts(texts):
        proof = finds.proof_of(text, salt, ROUNDS)
        if proof in wanted.get(finds.key_in(proof), ()):
            yield proof


def _hexed(proofs: Sequence[bytes]) -> list[str]:
    return [one.hex() for one in proofs]
