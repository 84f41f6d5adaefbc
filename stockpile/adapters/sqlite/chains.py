"""The ledger's rows: every chain held, verbatim, and where each one ends."""

from __future__ import annotations

import contextlib
import itertools
import json
from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import msgspec

from stockpile.adapters.sqlite import verdicts
from stockpile.adapters.sqlite.store import Connection, Row, Store
from stockpile.adapters.sqlite.verdicts import Unheeded
from stockpile.domain import codec, facts, mandates, weapons
from stockpile.domain.authority import Authority
from stockpile.domain.errors import ChainBroken, FactUnreadable
from stockpile.domain.facts import Fact, Withheld
from stockpile.domain.ledger import Entry, OfficerSignature, Tip, node_id
from stockpile.domain.mandates import Roll, Shortfall
from stockpile.domain.values import Digest, NodeId, OfficerId

_INSERT_FACT: Final = (
    "INSERT INTO ev (node, seq, kind, subj, cno, payload, hash) VALUES (?, ?, ?, ?, ?, ?, ?)"
)
_INSERT_ENTRY: Final = (
    "INSERT INTO cm (node, no, first, n, header, hash, sig, usig) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
_NO_SIGNATURES: Final = b"[]"
_BEGINNING: Final = Tip()
_NOBODY: Final = NodeId("")
_NEWEST: Final = """
SELECT header, no FROM (SELECT header, no FROM cm WHERE node = ? ORDER BY no DESC LIMIT 1)
UNION ALL
SELECT header, no FROM (SELECT header, no FROM excerpt WHERE node = ? ORDER BY no DESC LIMIT 1)
ORDER BY no DESC LIMIT 1
"""
_decode_signatures = msgspec.json.Decoder(tuple[OfficerSignature, ...]).decode


@dataclass(frozen=True, slots=True)
class Chain:
    """One node's chain: its key, its end, and the highest Lamport counter in it."""

    public_key: bytes
    tip: Tip = _BEGINNING
    lamport: int = 0


class Chains:
    """Every chain in the books; its ends are kept in memory and follow each commit."""

    def __init__(self, store: Store, own: NodeId = _NOBODY) -> None:
        self._store = store
        self._own = own
        self._held: dict[NodeId, Chain] = {}
        self._rolls: dict[NodeId, Roll] = {}
        self._unheeded: dict[tuple[NodeId, int], str] = {}
        self._authority: Authority | None = None
        self._excerpted: set[NodeId] = set()
        self.refresh()

    def refresh(self) -> None:
        """Read the ends anew, after a transaction that came to nothing."""
        with self._store.reading() as connection:
            rows = connection.execute(
                "SELECT node, public_key, number, seq, hash, lamport FROM node"
            ).fetchall()
            excerpted = connection.execute("SELECT DISTINCT node FROM excerpt").fetchall()
        self._held = {
            NodeId(node): Chain(key, Tip(number, seq, Digest(digest)), lamport)
            for node, key, number, seq, digest, lamport in rows
        }
        self._excerpted = {NodeId(node) for (node,) in excerpted}
        self._rolls = {}
        self._authority = None
        self.reread_verdicts()

    def reread_verdicts(self) -> None:
        """Read anew which entries are not heeded, after something was decided about one."""
        with self._store.reading() as connection:
            found = verdicts.all_unheeded(connection)
        self._unheeded = {
            (one.node, one.number): one.shortfall.lack for one in found if one.judged != "accepted"
        }

    @property
    def authority(self) -> Authority:
        """What the registries said of keys and of trust, as far as it is heeded."""
        if self._authority is None:
            with self._store.reading() as connection:
                self._authority = verdicts.authority_of(connection)
        return self._authority

    def forget_authority(self) -> None:
        """Read anew what the registries said, when it is asked for next."""
        self._authority = None

    def cuts_off(self, node: NodeId, number: int, digest: Digest, by: Authority) -> bool:
        """Say whether an entry was written after its node was trusted last.

        This node's own record stays whole to itself: that it is revoked the registry tells it.
        """
        return node != self._own and by.cuts_off(node, number, digest)

    @property
    def own(self) -> NodeId:
        """The node whose books these are."""
        return self._own

    def has_excerpts(self, node: NodeId) -> bool:
        """Say whether single facts of a chain may be held: most chains have none."""
        return node in self._excerpted

    def is_aside(self, node: NodeId, number: int) -> bool:
        """Say whether an entry is held and nothing follows from it."""
        return (node, number) in self._unheeded

    def roll(self, node: NodeId) -> Roll:
        """Return the officers in office and the rules at the end of a chain."""
        if node not in self._rolls:
            with self._store.reading() as connection:
                self._rolls[node] = verdicts.roll_of(connection, node)
        return self._rolls[node]

    def officer_keys(self, node: NodeId) -> set[tuple[OfficerId, bytes]]:
        """Return every key that a chain ever named for an officer."""
        with self._store.reading() as connection:
            found = verdicts.officer_keys(connection, node)
        return {(officer, key) for officer, named in found.items() for _seq, key in named}

    def heeded(self, node: NodeId, number: int, fact: Fact) -> Fact:
        """Return the fact as folds and people see it: one without right to it says so."""
        lack = self._unheeded.get((node, number))
        if lack is None or isinstance(
            fact.body, facts.Withheld | facts.Unreadable | facts.Unheeded
        ):
            return fact
        return fact.saying(facts.Unheeded(fact.body, lack))

    @property
    def held(self) -> dict[NodeId, Chain]:
        """Every chain, by node."""
        return self._held

    @property
    def lamport(self) -> int:
        """The highest Lamport counter in any chain held."""
        return max((chain.lamport for chain in self._held.values()), default=0)

    def tip(self, node: NodeId) -> Tip:
        """Return the end of a chain; of one not held, the beginning."""
        chain = self._held.get(node)
        return chain.tip if chain else _BEGINNING

    def trust(self, node: NodeId, public_key: bytes) -> None:
        """Accept a node's chain from now on; raises ChainBroken for a key of another."""
        if node_id(public_key) != node:
            raise ChainBroken(node, 0, "key")
        with self._store.writing() as connection:
            connection.execute(
                "INSERT INTO node (node, public_key, hash) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                (node, public_key, _BEGINNING.hash),
            )
        self._held.setdefault(node, Chain(public_key))

    def append(
        self,
        connection: Connection,
        entry: Entry,
        tip: Tip,
        known: Sequence[Fact],
        lacks: Shortfall | None = None,
    ) -> Unheeded | None:
        """Insert an entry that was checked, with its facts; the caller commits or refreshes.

        Returns what is kept of one that ``lacks`` the right to what it says.
        """
        node = known[0].node
        rows = [
            (node, fact.seq, codec.kind_of(fact.body), fact.subject, tip.number, raw,
             bytes.fromhex(fact.hash))
            for fact, raw in zip(known, entry.facts, strict=True)
        ]  # fmt: skip
        if len(rows) == 1:
            connection.execute(_INSERT_FACT, rows[0])
        else:
            connection.executemany(_INSERT_FACT, rows)
        connection.execute(
            _INSERT_ENTRY,
            (node, tip.number, known[0].seq, len(known), entry.header, bytes.fromhex(tip.hash),
             entry.signature, signatures(entry)),
        )  # fmt: skip
        lamport = max(self._held[node].lamport, *(fact.lamport for fact in known))
        connection.execute(
            "UPDATE node SET number = ?, seq = ?, hash = ?, lamport = ? WHERE node = ?",
            (tip.number, tip.seq, tip.hash, lamport, node),
        )
        self._held[node] = replace(self._held[node], tip=tip, lamport=lamport)
        if lacks is not None:
            return self._append_unheeded(connection, node, tip, lacks)
        if any(isinstance(fact.body, mandates.OFFICE_BODIES) for fact in known):
            self._rolls[node] = mandates.after(self.roll(node), known)
        return None

    def note_excerpt(self, connection: Connection, node: NodeId, known: Sequence[Fact]) -> None:
        """Remember that facts came in an excerpt, and the highest counter in them."""
        self._excerpted.add(node)
        chain = self._held[node]
        lamport = max(chain.lamport, *(fact.lamport for fact in known))
        if lamport > chain.lamport:
            connection.execute("UPDATE node SET lamport = ? WHERE node = ?", (lamport, node))
            self._held[node] = replace(chain, lamport=lamport)

    def _append_unheeded(
        self, connection: Connection, node: NodeId, tip: Tip, lacks: Shortfall
    ) -> Unheeded:
        judged = verdicts.judgement(connection, tip.hash)
        one = Unheeded(node, tip.number, tip.hash, lacks, judged)
        verdicts.keep(connection, one)
        if judged != "accepted":
            self._unheeded[node, tip.number] = lacks.lack
        return one

    def keep_bodies(self, connection: Connection, bodies: Iterable[bytes]) -> None:
        """Keep detached bodies beside the chain, under their digests."""
        connection.executemany(
            "INSERT INTO body (hash, content) VALUES (?, ?) ON CONFLICT DO NOTHING",
            [(bytes.fromhex(codec.digest(body)), body) for body in bodies],
        )

    def bodies(self, digests: Iterable[Digest]) -> tuple[bytes, ...]:
        """Return the detached bodies with these digests that are held."""
        with self._store.reading() as connection:
            found = (
                connection.execute("SELECT content FROM body WHERE hash = ?", (bytes.fromhex(one),))
                for one in digests
            )
            return tuple(row[0] for row in (one.fetchone() for one in found) if row)

    def holds(self, node: NodeId, number: int, digest: Digest) -> bool:
        """Say whether the chain's entry of this number is this one."""
        with self._store.reading() as connection:
            row = connection.execute(
                "SELECT hash FROM cm WHERE node = ? AND no = ?", (node, number)
            ).fetchone()
        return row is not None and row[0] == bytes.fromhex(digest)

    def entry(self, node: NodeId, number: int) -> Entry:
        """Return one entry that is held."""
        return self.entries(node, number - 1, 1)[0]

    def entries(self, node: NodeId, after: int, limit: int) -> tuple[Entry, ...]:
        """Return a chain's entries after a number, in order."""
        with self._store.reading() as connection:
            heads = connection.execute(
                "SELECT header, sig, usig, first, n FROM cm WHERE node = ? AND no > ? ORDER BY no "
                "LIMIT ?",
                (node, after, limit),
            ).fetchall()
            if not heads:
                return ()
            raws = connection.execute(
                "SELECT payload FROM ev WHERE node = ? AND seq BETWEEN ? AND ? ORDER BY seq",
                (node, heads[0][3], heads[-1][3] + heads[-1][4] - 1),
            )
            return tuple(_entry(head[:3], itertools.islice(raws, head[4])) for head in heads)

    def tally(self, node: NodeId, after: int) -> tuple[tuple[str, int], ...]:
        """Return how many facts of each kind a chain holds after an entry's number."""
        with self._store.reading() as connection:
            return tuple(
                connection.execute(
                    "SELECT kind, count(*) FROM ev WHERE node = ? AND seq > ? "
                    "GROUP BY kind ORDER BY kind",
                    (node, self.tip_at(node, after).seq),
                ).fetchall()
            )

    def all_entries(self, node: NodeId, after: int = 0) -> Generator[tuple[Entry, Tip]]:
        """Walk a chain from an entry on, each with the tip it is filed as; close it when done."""
        heads = self._store.connection.execute(
            "SELECT header, sig, usig, first, n, no, hash FROM cm WHERE node = ? AND no > ? "
            "ORDER BY no",
            (node, after),
        )
        raws = self._store.connection.execute(
            "SELECT payload FROM ev WHERE node = ? AND seq > ? ORDER BY seq",
            (node, self.tip_at(node, after).seq),
        )
        with contextlib.closing(heads), contextlib.closing(raws):
            for header, signature, officers, first, count, number, digest in heads:
                tip = Tip(number, first + count - 1, Digest(digest.hex()))
                yield _entry((header, signature, officers), itertools.islice(raws, count)), tip

    def before_the_last(self, node: NodeId, entries: int, facts: int) -> int:
        """Return the number of the entry before the last ones: so many, with so many facts."""
        end = self.tip(node)
        with self._store.reading() as connection:
            row = connection.execute(
                "SELECT coalesce(min(no), ?) - 1 FROM cm WHERE node = ? AND no > ? AND first > ?",
                (end.number, node, end.number - entries, end.seq - facts),
            ).fetchone()
        return max(0, row[0]) if row else 0

    def tip_at(self, node: NodeId, number: int) -> Tip:
        """Return the tip that the chain had at an entry; the beginning for zero."""
        with self._store.reading() as connection:
            row = connection.execute(
                "SELECT first, n, hash FROM cm WHERE node = ? AND no = ?", (node, number)
            ).fetchone()
        return Tip(number, row[0] + row[1] - 1, Digest(row[2].hex())) if row else _BEGINNING

    def newest_headers(self) -> tuple[bytes, ...]:
        """Return the header of each node's newest entry that is held, whole or in excerpt."""
        with self._store.reading() as connection:
            found = [connection.execute(_NEWEST, (node, node)).fetchone() for node in self._held]
        return tuple(row[0] for row in found if row)

    def known_up_to(self) -> tuple[tuple[NodeId, int], ...]:
        """Return how far each chain is known: the highest number of a fact, whole or in excerpt."""
        with self._store.reading() as connection:
            excerpted: dict[str, int] = dict(
                connection.execute("SELECT node, max(seq) FROM excerpted GROUP BY node").fetchall()
            )
        return tuple(
            (node, max(chain.tip.seq, excerpted.get(node, 0)))
            for node, chain in sorted(self._held.items())
        )

    def facts_after(self, known: Mapping[NodeId, int], kinds: Sequence[str]) -> list[Fact]:
        """Return the facts of every chain after those known, of some kinds only where any is named.

        Detached bodies stay where they are: who asks wants what happened, not to whom.
        """
        found: list[Fact] = []
        with self._store.reading() as connection:
            for node in sorted(self._held):
                raws = connection.execute(
                    "SELECT cno, payload FROM held_fact WHERE node = ? AND seq > ? AND (? = '[]' "
                    "OR kind IN (SELECT value FROM json_each(?))) ORDER BY seq",
                    (node, known.get(node, 0), names := json.dumps(list(kinds)), names),
                ).fetchall()
                found.extend(self.heeded(node, no, codec.decode(raw)) for no, raw in raws)
        return found

    def facts_naming(self, id_: str) -> list[Fact]:
        """Return the facts whose bytes name an id anywhere, chain by chain; reads every chain."""
        with self._store.reading() as connection:
            raws = connection.execute(
                "SELECT node, cno, payload FROM held_fact WHERE instr(payload, ?) "
                "ORDER BY node, seq",
                (id_.encode(),),
            ).fetchall()
            return [self.heeded(node, no, whole(connection, raw)) for node, no, raw in raws]

    def count_naming(self, id_: str) -> int:
        """Return how many facts name an id anywhere; reads every chain."""
        with self._store.reading() as connection:
            row = connection.execute(
                "SELECT count(*) FROM held_fact WHERE instr(payload, ?)", (id_.encode(),)
            ).fetchone()
        return int(row[0]) if row else 0

    def facts_of(self, subject: str) -> list[Fact]:
        """Return a subject's facts in causal order, detached bodies put back where held."""
        with self._store.reading() as connection:
            raws = connection.execute(
                "SELECT node, cno, payload FROM held_fact WHERE subj = ? ORDER BY node, seq",
                (subject,),
            ).fetchall()
            return weapons.in_causal_order(
                [self.heeded(node, no, whole(connection, raw)) for node, no, raw in raws]
            )


def whole(connection: Connection, raw: bytes) -> Fact:
    """Return the fact in the bytes with its detached body, where that is held."""
    fact = codec.decode(raw)
    if not isinstance(fact.body, Withheld):
        return fact
    row = connection.execute(
        "SELECT content FROM body WHERE hash = ?", (bytes.fromhex(fact.body.digest),)
    ).fetchone()
    return codec.decode(raw, row[0]) if row else fact


def _entry(head: tuple[bytes, bytes, bytes], raws: Iterable[Row]) -> Entry:
    header, signature, officers = head
    facts = tuple([raw for (raw,) in raws])
    if officers == _NO_SIGNATURES:
        return Entry(header, signature, facts)
    entry = Entry(header, signature, facts, read_signatures(officers))
    if signatures(entry) != officers:
        raise FactUnreadable("officer signatures")
    return entry


def read_signatures(raw: bytes) -> tuple[OfficerSignature, ...]:
    """Return officers' signatures as they are kept; raise FactUnreadable for what is none."""
    try:
        return _decode_signatures(raw)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise FactUnreadable(str(error)) from error


def signatures(entry: Entry) -> bytes:
    """Return the officers' signatures under an entry as they are kept."""
    if not entry.officer_signatures:
        return _NO_SIGNATURES
    return msgspec.json.encode(entry.officer_signatures)
