"""The register as the ledger alone makes it, subject by subject, without a look at the register."""

from __future__ import annotations

import itertools
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass
from typing import Final

from stockpile.adapters.sqlite.chains import Chains, whole
from stockpile.adapters.sqlite.folding import REFERENCE_BODIES, folded_reference, of_weapons
from stockpile.adapters.sqlite.store import Connection, Row, Store
from stockpile.domain import codec, weapons
from stockpile.domain.errors import FactUnreadable
from stockpile.domain.facts import Fact
from stockpile.domain.references import Reference
from stockpile.domain.values import NodeId, WeaponId
from stockpile.domain.weapons import Weapon
from stockpile.services.ports import Progress

_STEP: Final = 1000
_FACTS: Final = (
    "SELECT subj, node, seq, kind, payload, hash, cno FROM held_fact ORDER BY subj, node, seq"
)


@dataclass(frozen=True, slots=True)
class Derived:
    """One subject: the weapon or reference (or both, or neither) that its facts make."""

    subject: str
    facts: int
    weapon: Weapon | None
    reference: Reference | None


def derive(store: Store, chains: Chains, progress: Progress) -> Generator[Derived]:
    """Walk all subjects in the order of their ids; close it when done.

    Raises FactUnreadable where a row is not the fact it is filed as.
    """
    connection = store.connection
    (total,) = connection.execute("SELECT count(*) FROM held_fact").fetchone() or (0,)
    done = 0
    with closing(store.walk(_FACTS)) as facts:
        for subject, group in itertools.groupby(facts, key=_subject):
            one = _derived(subject, [_filed(connection, chains, row) for row in group])
            if done // _STEP != (done + one.facts) // _STEP:
                progress(done + one.facts, total)
            done += one.facts
            yield one


def _subject(row: Row) -> str:
    subject: str = row[0]
    return subject


def _derived(subject: str, known: list[Fact]) -> Derived:
    about_weapon = of_weapons(known)
    others = [fact for fact in known if type(fact.body) in REFERENCE_BODIES]
    return Derived(
        subject,
        len(known),
        weapons.folded(WeaponId(subject), about_weapon) if about_weapon else None,
        folded_reference(subject, others) if others else None,
    )


def _filed(connection: Connection, chains: Chains, row: Row) -> Fact:
    """Return the fact of a row; its address, kind, subject and hash must be what it is filed by."""
    subject, node, seq, kind, raw, digest, number = row
    fact = whole(connection, raw)
    filed = (node, seq, subject, kind, digest.hex())
    if filed != (fact.node, fact.seq, fact.subject, codec.kind_of(fact.body), fact.hash):
        raise FactUnreadable(f"filed wrongly: {node} {seq}")
    return chains.heeded(NodeId(node), number, fact)
