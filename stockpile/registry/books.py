"""The registry's books: every node's chain verbatim, the one log over all, and the register.

A batch is written in one transaction: the node's row is locked, the facts go in, the register is
folded, and last of all the log's head is locked and positions are handed out, so that positions
become visible in order and no reader's cursor can jump over one. What forks or comes from a node
that is no longer trusted is kept as evidence, beside the log and outside the register.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from functools import partial
from typing import Final

from sqlalchemy import Connection, insert, select, update

from stockpile import __version__
from stockpile.domain import codec, ledger, mandates, wire
from stockpile.domain.codec import Stamp
from stockpile.domain.conflicts import Conflict
from stockpile.domain.errors import (
    ChainForked,
    KeysUnreadable,
    NodeQuarantined,
    QuantityUnreadable,
    WeaponUnknown,
)
from stockpile.domain.exchange import (
    MOST_FACTS_A_BATCH,
    MOST_FACTS_A_PAGE,
    FeedPage,
    Receipt,
    RemoteTip,
    TreeProof,
    signed,
)
from stockpile.domain.facts import Draft, Fact, NodeFounded
from stockpile.domain.held_chains import NOTHING_HELD, Held
from stockpile.domain.ledger import Act, Entry, Sign
from stockpile.domain.sharing import Shares
from stockpile.domain.values import Digest, Instant, NodeId, OfficerId, WeaponId
from stockpile.domain.weapons import Weapon
from stockpile.registry import (
    causes,
    comparing,
    feed_pages,
    feeds,
    finding_rows,
    folding,
    foresight,
    hot_list,
    log,
    photo_rows,
    register,
    scopes,
    taken,
    urgent,
    verdicts,
    writing,
)
from stockpile.registry.database import Database, fill, lock_fold, make_room
from stockpile.registry.feed_pages import MOST_BYTES_A_PAGE, MOST_ITEMS_A_PAGE
from stockpile.registry.foresight import Ahead
from stockpile.registry.keys import RegistryKey
from stockpile.registry.rows import (
    MOST_KEPT,
    Checked,
    Kept,
    Known,
    continuing,
    entry_of,
    found_log,
    held_hashes,
    known_node,
    known_of,
    log_head,
    raws_at,
    subtree,
)
from stockpile.registry.tables import CM, FORK, NODE
from stockpile.registry.verdicts import Unheeded

_ROOM_EVERY: Final = 100_000

Now = Callable[[], Instant]


class RegistryBooks:
    """The ledger of all nodes and the national register in one."""

    def __init__(self, database: Database, key: RegistryKey, now: Now) -> None:
        self._database = database
        self._key = key
        self._now = now
        self._room = 0
        self._itself: Known | None = None
        self._public_keys: dict[NodeId, bytes] = {}
        self._found()

    @property
    def key(self) -> RegistryKey:
        """The registry's own key."""
        return self._key

    @property
    def database(self) -> Database:
        """Where the books stand."""
        return self._database

    def now(self) -> Instant:
        """Return what the registry's clock says."""
        return self._now()

    def writing(self) -> AbstractContextManager[Connection]:
        """Give a transaction of these books, for what must stand or fall with an own entry."""
        return self._database.writing()

    def reading(self) -> AbstractContextManager[Connection]:
        """Give a connection that reads one unmoving state."""
        return self._database.reading()

    def node(self, node: NodeId) -> Known:
        """Return a node; raises NodeUnknown."""
        with self._database.reading() as connection:
            return known_node(connection, node)

    def public_key(self, node: NodeId) -> bytes:
        """Return a node's key, which is never another one; raises NodeUnknown."""
        if node not in self._public_keys:
            self._public_keys[node] = self.node(node).public_key
        return self._public_keys[node]

    def locked(self, connection: Connection, node: NodeId) -> Known:
        """Return a node inside a transaction that may change it; raises NodeUnknown."""
        return known_node(connection, node, locked=True)

    def nodes(self) -> tuple[Known, ...]:
        """Return every node, the registry itself first."""
        with self._database.reading() as connection:
            rows = connection.execute(select(NODE).order_by(NODE.c.id)).all()
        return tuple(map(known_of, rows))

    def tip(self, node: NodeId) -> RemoteTip:
        """Return how far a node's chain is held here; raises NodeUnknown."""
        known = self.node(node)
        return RemoteTip(node, known.tip.number, known.tip.seq, known.tip.hash, known.status)

    def head(self) -> log.Head:
        """Return the end of the log."""
        with self._database.reading() as connection:
            return log_head(connection)

    def ready(self, node: NodeId, batch: Sequence[Checked]) -> Ahead:
        """Make ready what can be of a batch before anybody has to wait for it.

        For whoever takes a batch in later, or tries it more than once. Raises NodeUnknown.
        """
        with self._database.reading() as connection:
            return foresight.ahead(connection, known_node(connection, node), batch)

    def take(self, node: NodeId, batch: Sequence[Checked], ready: Ahead | None = None) -> Receipt:
        """Take in entries that continue the node's chain; what is held already is skipped.

        ``ready`` is what was made ready of the batch before; without it that is done here.
        Raises ChainGap, ChainBroken with nothing written; ChainForked and NodeQuarantined with the
        entries kept as evidence.
        """
        self._make_room()
        ready = self.ready(node, batch) if ready is None else ready
        try:
            with self._database.writing() as connection:
                known = known_node(connection, node, locked=True)
                known.demand_trust()
                new = continuing(connection, known, batch)
                told = urgent.demand_as_told(connection, known, new)
                head = self._write(connection, known, new, ready, was_told=told)
                if head is None:
                    receipt = self._receipt(connection, node, batch[-1].header.c)
                else:  # nobody else moved the log's end: it is held until this is durable
                    last = new[-1]
                    receipt = self._signed(node, last.header.c, last.hash, head.size, head)
        except (ChainForked, NodeQuarantined) as error:
            self._keep_evidence(node, batch, forked=isinstance(error, ChainForked))
            raise
        return receipt

    def take_ahead(self, node: NodeId, batch: Sequence[Checked]) -> None:
        """Take in entries ahead of their chain, for the hot list alone.

        Raises ChainForked and NodeQuarantined with the entries kept as evidence, BatchTooLarge.
        """
        try:
            with self._database.writing() as connection:
                known = known_node(connection, node, locked=True)
                known.demand_trust()
                lock_fold(connection)
                facts = urgent.keep(connection, known, batch, self._now())
                hot_list.follow(connection, facts)
        except (ChainForked, NodeQuarantined) as error:
            self._keep_evidence(node, batch, forked=isinstance(error, ChainForked))
            raise

    def hot_list(self, have: int) -> bytes | None:
        """Return the list of lost weapons, signed; None where the asker has this number of it."""
        return hot_list.current(self._database, self._key, have, self._now())

    def receipt(self, node: NodeId, number: int) -> Receipt:
        """Return the signed receipt for an entry that is held."""
        with self._database.reading() as connection:
            return self._receipt(connection, node, number)

    def feed(
        self, asker: NodeId, after: int, limit: int, most: int = MOST_BYTES_A_PAGE,
        token: str | None = None, held: Held = NOTHING_HELD,
    ) -> FeedPage:  # fmt: skip
        """Return what the asker's scope is told after a cursor, without the asker's own.

        ``token``, ``most`` and ``held`` as ``feed_pages.page`` has them.
        """
        with self._database.reading() as connection:
            known, own = (known_node(connection, one) for one in (asker, self._key.node))
            return feed_pages.page(connection, own.row, known, after, limit, most, token, held)

    def shares(self, asker: NodeId, said: Shares) -> Shares:
        """Return what the asker should hold; where it says otherwise, its feed is looked through.

        A feed that is not what the ledger makes of it is made anew, and its name is another one.
        """
        with self._database.reading() as connection:
            found = comparing.shares(connection, self._key.node, asker)
        if not comparing.is_doubted(said, found):
            return found
        with self._database.writing() as connection:
            lock_fold(connection)
            comparing.look_through(connection, self._key.node, asker, self._now())
            return comparing.shares(connection, self._key.node, asker)

    def record(
        self,
        connection: Connection,
        drafts: Sequence[Draft],
        signers: Sequence[tuple[OfficerId, Sign]] = (),
        first: OfficerId | None = None,
    ) -> tuple[Fact, ...]:
        """Write facts of the registry's own chain as one entry, inside a transaction.

        The first signer is who acts, the others are witnesses; all are, where ``first`` names who
        signed the proposal that this entry confirms. Raises SecondOfficerMissing,
        OfficerNotAuthorised or ActUnsigned where the act wants what the signers do not give.
        """
        own = known_node(connection, self._key.node, locked=True)
        at = self._now()
        officers = (() if first is None else (first,)) + tuple(one for one, _sign in signers)
        by, seconds = next(iter(officers), None), officers[1:]
        counters = causes.counters_after(causes.highest(connection), len(drafts))
        encoded = [
            codec.encode(draft, Stamp(own.node, seq, counter, at, 0, by, seconds))
            for seq, (draft, counter) in enumerate(
                zip(drafts, counters, strict=True), own.tip.seq + 1
            )
        ]
        raws = [one.raw for one in encoded]
        act = Act(at, __version__, counters[-1])
        entry, tip = ledger.seal(own.node, own.tip, raws, act, self._key.sign)
        for officer, sign in signers:
            entry = ledger.countersigned(entry, officer, sign)
        facts = tuple(one.fact for one in encoded)
        mandates.demand_right(verdicts.roll_of(connection, own.row), entry, facts)
        header = ledger.read_header(entry.header)
        self._write(connection, own, (Checked(entry, header, facts, tip.hash),))
        return facts

    def take_back(self, connection: Connection, batch: Sequence[Checked]) -> None:
        """Write entries of the registry's own chain that somebody kept, inside a transaction.

        Raises ChainForked, ChainGap, ChainBroken where they do not continue what is held.
        """
        own = known_node(connection, self._key.node, locked=True)
        self._write(connection, own, continuing(connection, own, batch))

    def add_node(
        self, connection: Connection, node: NodeId, public_key: bytes, name: str, site: str,
        scope: Sequence[str] = (),
    ) -> None:  # fmt: skip
        """Put a node's row in place, inside a transaction; its certificate opens its feed."""
        scopes.add_sites(connection, (site, *scope))
        row = {
            "node": node, "name": name, "site": site, "public_key": public_key,
            "status": "enrolled", "tip_no": 0, "tip_seq": 0, "tip_hash": ledger.GENESIS,
            "enrolled_at": self._now(), "scope": scopes.as_text(scope),
        }  # fmt: skip
        connection.execute(insert(NODE), row)

    def evidence(self) -> tuple[Kept, ...]:
        """Return what is kept of forks and of nodes that are no longer trusted."""
        with self._database.reading() as connection:
            asked = select(FORK, NODE.c.node.label("owner")).join(NODE, NODE.c.id == FORK.c.node)
            rows = connection.execute(asked.order_by(FORK.c.received, FORK.c.no)).all()
        return tuple(
            Kept(row.owner, row.no, row.why, wire.unpack(row.entry, ledger.MOST_FACTS)[0])
            for row in rows
        )

    def entries(self, node: NodeId, after: int, limit: int) -> tuple[Entry, ...]:
        """Return a chain's entries after a number, in order."""
        with self._database.reading() as connection:
            asked = select(CM).join(NODE, NODE.c.id == CM.c.node)
            rows = connection.execute(
                asked.where(NODE.c.node == node, CM.c.no > after).order_by(CM.c.no).limit(limit)
            ).all()
            raws = raws_at(connection, [row.pos for row in rows])
        return tuple(entry_of(row, raws[row.pos]) for row in rows)

    def own_entries(self, node: NodeId, after: int) -> tuple[Entry, ...]:
        """Return so many of a chain's entries after a number as one answer holds, in order."""
        fitting: list[Entry] = []
        size = facts = 0
        for entry in self.entries(node, after, MOST_ITEMS_A_PAGE):
            size += sum(map(len, entry.facts))
            facts += len(entry.facts)
            if fitting and (size > MOST_BYTES_A_PAGE or facts > MOST_FACTS_A_PAGE):
                break
            fitting.append(entry)
        return tuple(fitting)

    def history(self, subject: str) -> tuple[Fact, ...]:
        """Return every fact about a subject that is held."""
        with self._database.reading() as connection:
            return register.facts_of(connection, subject)

    def weapon(self, weapon: WeaponId) -> Weapon:
        """Return a weapon as it stands; raises WeaponUnknown."""
        with self._database.reading() as connection:
            state = register.weapon_of(connection, weapon)
        if state is None:
            raise WeaponUnknown(weapon)
        return state

    def conflicts(self) -> tuple[Conflict, ...]:
        """Return the open conflicts."""
        with self._database.reading() as connection:
            return register.open_conflicts(connection)

    def rebuild(self) -> int:
        """Drop the register and derive it anew from the ledger; return the number of facts."""
        with self._database.writing() as connection:
            lock_fold(connection)
            return folding.derive(connection, self._key.node)

    def unheeded(self) -> tuple[Unheeded, ...]:
        """Return the entries that were written without the right to them, by node and number."""
        with self._database.reading() as connection:
            return verdicts.all_unheeded(connection)

    def proof(self, old: int, size: int) -> TreeProof:
        """Return the proof that the log of one size begins that of another.

        Raises QuantityUnreadable where the log never was so long, or they stand the wrong way.
        """
        with self._database.reading() as connection:
            if not 0 < old <= size <= log_head(connection).size:
                raise QuantityUnreadable(f"{old}-{size}")
            find = partial(subtree, connection)
            return TreeProof(old, size, log.consistency(find, old, size))

    def find(self, level: int, index: int) -> bytes:
        """Return the hash of a whole subtree of the log, for proofs."""
        with self._database.reading() as connection:
            return subtree(connection, level, index)

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()

    def _found(self) -> None:
        """Begin the registry's own chain, once."""
        with self._database.writing() as connection:
            lock_fold(connection)
            first = connection.execute(select(NODE.c.node).order_by(NODE.c.id).limit(1)).scalar()
            if first is None:
                found_log(connection)
                self.add_node(connection, self._key.node, self._key.public_key, "registry", "")
                founded = NodeFounded(self._key.public_key.hex(), "registry")
                self.record(connection, (Draft(self._key.node, founded),))
            elif first != self._key.node:
                raise KeysUnreadable(self._database.name)
            is_behind = verdicts.begin(connection)
            hot_list.begin(connection)
            taken.begin(connection, self._key.node)
            unlisted = [finding_rows.begin(connection), photo_rows.begin(connection)]
            if (is_behind and folding.judged_anew(connection)) or any(unlisted):
                folding.derive(connection, self._key.node)
            elif feeds.begin(connection):
                folding.follow_matters(connection, self._key.node)

    def _make_room(self) -> None:
        """See now and then that the next entries have a part of the table to lie in."""
        if self._room <= 0:
            make_room(self._database)
            self._room = _ROOM_EVERY
        self._room -= MOST_FACTS_A_BATCH

    def _receipt(self, connection: Connection, node: NodeId, number: int) -> Receipt:
        """Return a receipt; of what this transaction wrote it is given out once that is durable."""
        asked = select(CM.c.hash, CM.c.leaf_pos).join(NODE, NODE.c.id == CM.c.node)
        row = connection.execute(asked.where(NODE.c.node == node, CM.c.no == number)).one()
        hashed = Digest(row.hash.hex())
        return self._signed(node, number, hashed, row.leaf_pos, log_head(connection))

    def _signed(
        self, node: NodeId, number: int, hashed: Digest, leaf: int, head: log.Head
    ) -> Receipt:
        said = Receipt(node, number, hashed, leaf, head.size, head.root, self._now(), b"")
        return signed(said, self._key.sign)

    def _own(self, connection: Connection) -> Known:
        """Return the registry itself: its id and row are always the same."""
        if self._itself is None:
            self._itself = known_node(connection, self._key.node)
        return self._itself

    def _write(
        self, connection: Connection, known: Known, new: Sequence[Checked],
        ready: Ahead = foresight.NOTHING, *, was_told: bool = False,
    ) -> log.Head | None:  # fmt: skip
        """Write entries as ``writing.write`` does; return the end of the log, None without any."""
        if not new:
            return None
        own = self._own(connection)
        return writing.write(connection, own, known, new, self._now(), ready, was_told=was_told)

    def _keep_evidence(self, node: NodeId, batch: Sequence[Checked], *, forked: bool) -> None:
        """Keep every entry of the batch that is not in the node's chain, and trust it no more.

        A stolen key fills no registry: past so many of a node none is kept.
        """
        with self._database.writing() as connection:
            known = known_node(connection, node, locked=True)
            status = "quarantined" if known.status == "enrolled" else known.status
            connection.execute(update(NODE).where(NODE.c.id == known.row).values(status=status))
            held = held_hashes(connection, known, batch)
            kept = set(connection.execute(
                select(FORK.c.hash).where(FORK.c.node == known.row)
            ).scalars())  # fmt: skip
            rows = [
                {"node": known.row, "hash": one.hash, "no": one.header.c,
                 "why": "fork" if forked else status, "received": self._now(),
                 "entry": wire.pack((one.entry,))}
                for one in batch
                if held.get(one.header.c) != one.hash and one.hash not in kept
            ]  # fmt: skip
            fill(connection, FORK, rows[: max(MOST_KEPT - len(kept), 0)])
