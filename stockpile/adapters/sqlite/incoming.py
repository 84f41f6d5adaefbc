"""What others send, judged entry by entry before anything of it is written.

An entry has the right to what it says by its own chain's officers, and was written before its node
was trusted last.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from stockpile.adapters.sqlite import excerpted
from stockpile.adapters.sqlite.chains import Chains
from stockpile.adapters.sqlite.store import Connection
from stockpile.adapters.sqlite.verdicts import read_key
from stockpile.domain import ledger, mandates
from stockpile.domain.errors import ChainBroken, ChainForked
from stockpile.domain.facts import Fact, OfficerAppointed
from stockpile.domain.ledger import Entry, Tip
from stockpile.domain.mandates import REVOKED, Roll, Shortfall
from stockpile.domain.values import NodeId, OfficerId


@dataclass(frozen=True, slots=True)
class Arrival:
    """An entry found genuine: the tip it makes, its facts, and what right to them it lacks."""

    entry: Entry
    tip: Tip
    facts: tuple[Fact, ...]
    lacks: Shortfall | None = None


def judged(connection: Connection, chains: Chains, entries: Sequence[Entry]) -> Iterator[Arrival]:
    """Yield the entries that continue their chains, in order; those held already are left out.

    Raises ChainBroken (also for a node that is not trusted), ChainGap, ChainForked (also where
    an excerpt that is held is of another entry) at the first one that is none of that.
    """
    tips: dict[NodeId, Tip] = {}
    rolls: dict[NodeId, Roll] = {}
    seen: dict[tuple[NodeId, int], str] = {}
    keys = _Keys(chains)
    for entry in entries:
        header = ledger.read_header(entry.header)
        node = NodeId(header.n)
        chain = chains.held.get(node)
        if chain is None:
            raise ChainBroken(node, header.c, "not trusted")
        digest = ledger.entry_hash(entry.header)
        tip = tips.get(node, chain.tip)
        if 0 < header.c <= tip.number:
            if seen.get((node, header.c)) != digest and not chains.holds(node, header.c, digest):
                raise ChainForked(node, header.c)
            continue
        tips[node] = ledger.check(entry, tip, chain.public_key)
        if chains.has_excerpts(node):
            excerpted.demand_fits(connection, header, digest, tip.seq)
        seen[node, header.c] = digest
        known = ledger.demand_well_formed(entry)
        roll = rolls[node] if node in rolls else chains.roll(node)
        cut_off = chains.cuts_off(node, header.c, digest, chains.authority)
        lacks = REVOKED if cut_off else mandates.shortfall(roll, entry, known)
        rolls[node] = roll if lacks else mandates.after(roll, known)
        yield Arrival(keys.truly_signed(entry, node, known), tips[node], known, lacks)


class _Keys:
    """The keys that each chain named for its officers, as far as these entries go."""

    def __init__(self, chains: Chains) -> None:
        self._chains = chains
        self._keys: dict[NodeId, set[tuple[OfficerId, bytes]]] = {}
        self._named: dict[NodeId, list[tuple[OfficerId, bytes]]] = {}

    def truly_signed(self, entry: Entry, node: NodeId, known: Sequence[Fact]) -> Entry:
        """Return the entry without signatures that are by no key its chain ever named.

        They stand outside the entry's hash, whoever passed it on may have put them there, and
        they prove nothing; kept, they would make every later check of an honest ledger fail.
        """
        named = self._named.setdefault(node, [])
        named += [
            (OfficerId(fact.subject), key)
            for fact in known
            if isinstance(fact.body, OfficerAppointed)
            and (key := read_key(fact.body.public_key)) is not None
        ]
        if not entry.officer_signatures:
            return entry
        if node not in self._keys:
            self._keys[node] = self._chains.officer_keys(node)
        keys, message = self._keys[node] | {*named}, ledger.officer_message(entry.header)
        kept = tuple(
            one
            for one in entry.officer_signatures
            if any(
                officer == one.officer and ledger.signed_by(key, message, one.signature)
                for officer, key in keys
            )
        )
        return (
            entry if kept == entry.officer_signatures else replace(entry, officer_signatures=kept)
        )
