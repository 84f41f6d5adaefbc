"""What others send, judged entry by entry before anything of it is written.

An entry has the right to what it says by its own chain's officers, and was written before its node
was trusted last.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from stockpile.adapters.sqlite import excerpted, forks
from stockpile.adapters.sqlite.chains import Chains
from stockpile.adapters.sqlite.store import Connection
from stockpile.adapters.sqlite.verdicts import read_key
from stockpile.domain import ledger, mandates
from stockpile.domain.errors import ChainBroken, ChainForked, ChainGap
from stockpile.domain.facts import Fact, OfficerAppointed
from stockpile.domain.ledger import Entry, Tip
from stockpile.domain.mandates import REVOKED, Roll, Shortfall
from stockpile.domain.values import Digest, NodeId, OfficerId


@dataclass(frozen=True, slots=True)
class Arrival:
    """An entry found genuine: the tip it makes, its facts, and what right to them it lacks."""

    entry: Entry
    tip: Tip
    facts: tuple[Fact, ...]
    lacks: Shortfall | None = None


def judged(
    connection: Connection, chains: Chains, entries: Sequence[Entry], beside: list[Entry]
) -> Iterator[Arrival]:
    """Yield the entries that continue their chains, in order; those held already are left out.

    What a node signed beside its chain, and what continues that, is put into ``beside``. Raises
    ChainBroken (also for a node that is not trusted), ChainGap, and ChainForked where an excerpt
    that is held is of another entry, at the first one that is none of that.
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
                beside.append(_genuine(entry, chain.public_key))
            continue
        try:
            tips[node] = ledger.check(entry, tip, chain.public_key)
        except (ChainForked, ChainGap) as error:  # it names another entry before it
            if isinstance(error, ChainGap) and not _is_beside(connection, header.p, beside):
                raise
            beside.append(_genuine(entry, chain.public_key))
            continue
        if chains.has_excerpts(node):
            excerpted.demand_fits(connection, header, digest, tip.seq)
        seen[node, header.c] = digest
        known = ledger.demand_well_formed(entry)
        roll = rolls[node] if node in rolls else chains.roll(node)
        cut_off = chains.cuts_off(node, header.c, digest, chains.authority)
        lacks = REVOKED if cut_off else mandates.shortfall(roll, entry, known)
        rolls[node] = roll if lacks else mandates.after(roll, known)
        yield Arrival(keys.truly_signed(entry, node, known), tips[node], known, lacks)


def _genuine(entry: Entry, public_key: bytes) -> Entry:
    """Return an entry that its node signed and that says what it claims; raises ChainBroken."""
    ledger.check_alone(entry, public_key)
    return entry


def _is_beside(connection: Connection, before: str, beside: Sequence[Entry]) -> bool:
    """Say whether the entry before is one that is kept beside a chain, or about to be."""
    digest = Digest(before)
    is_new = any(ledger.entry_hash(one.header) == digest for one in reversed(beside))
    return is_new or forks.is_kept(connection, digest)


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
