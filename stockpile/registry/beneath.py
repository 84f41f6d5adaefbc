"""Which records lie beneath others: two that were found to be one weapon are read as one.

A merger is said by two facts, of the kept record and of the absorbed one; either of them is enough.
What once lay beneath another stays so here, also when the two are parted: it only tells more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Final

from sqlalchemy import Connection, delete, select

from stockpile.domain.facts import Fact, WeaponAbsorbed, WeaponMerged
from stockpile.registry import register
from stockpile.registry.database import among, fill
from stockpile.registry.tables import BENEATH

KINDS: Final = ("weapon.merged", "weapon.absorbed")

Pair = tuple[str, str]
"""The keys of the record that is kept and of the one beneath it."""


def pairs_in(facts: Iterable[Fact]) -> set[Pair]:
    """Return what these facts lay beneath what."""
    found: set[Pair] = set()
    for fact in facts:
        match fact.body:
            case WeaponMerged(other=other):
                found.add((register.key_of(fact.subject), register.key_of(other)))
            case WeaponAbsorbed(into=into):
                found.add((register.key_of(into), register.key_of(fact.subject)))
            case _:
                pass
    return {(kept, absorbed) for kept, absorbed in found if kept != absorbed}


def below(connection: Connection, keys: Collection[str]) -> set[Pair]:
    """Return all that lies beneath these records, and beneath that: one question, or none."""
    if not keys:
        return set()
    pair = select(BENEATH.c.kept, BENEATH.c.absorbed)
    found = pair.where(among(connection, BENEATH.c.kept, sorted(keys))).cte(recursive=True)
    deeper = pair.join(found, BENEATH.c.kept == found.c.absorbed)
    found = found.union(deeper)  # each pair once: records that lie beneath each other end it
    return {(row.kept, row.absorbed) for row in connection.execute(select(found))}


def keep(connection: Connection, pairs: Iterable[Pair]) -> None:
    """Write down pairs that are new here."""
    rows = [{"kept": kept, "absorbed": absorbed} for kept, absorbed in sorted(pairs)]
    fill(connection, BENEATH, rows)


def forget(connection: Connection) -> None:
    """Forget what lies beneath what; the ledger can derive it anew."""
    connection.execute(delete(BENEATH))


def spread(pairs: Iterable[Pair], sites: Mapping[str, Iterable[int]]) -> dict[str, set[int]]:
    """Return to which sites records matter, with what lies beneath those that matter."""
    beneath: defaultdict[str, list[str]] = defaultdict(list)
    for kept, absorbed in pairs:
        beneath[kept].append(absorbed)
    found = {key: set(some) for key, some in sites.items()}
    ahead = list(found)
    while ahead:
        kept = ahead.pop()
        for absorbed in beneath.get(kept, ()):
            held = found.setdefault(absorbed, set())
            if not found[kept] <= held:
                held |= found[kept]
                ahead.append(absorbed)
    return found
