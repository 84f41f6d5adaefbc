"""The ledger and the register in one file: a fact and what it makes of the register, or neither.

1. ``record`` and ``receive`` write a chain's entries and fold them in, in one transaction.
2. What is durable is anchored outside the database.
3. A transaction that came to nothing leaves nothing behind, in memory either.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from sqlmodel import col, select

from stockpile.adapters.sqlite import (
    checking,
    contradictions,
    erasing,
    folding,
    outgoing,
    rebuilding,
    rows,
    shelf,
    verdicts,
)
from stockpile.adapters.sqlite.chains import Chains
from stockpile.adapters.sqlite.incoming import Arrival, judged
from stockpile.adapters.sqlite.peers import PeerBooks
from stockpile.adapters.sqlite.store import Connection, Store
from stockpile.adapters.sqlite.tables import ConflictRow
from stockpile.adapters.sqlite.verdicts import Unheeded
from stockpile.domain import codec, mandates
from stockpile.domain.codec import Encoded, Stamp
from stockpile.domain.conflicts import Conflict
from stockpile.domain.errors import (
    ChainBroken,
    ChainForked,
    ChainGap,
    FactUnreadable,
    NodeOvertaken,
    StockpileError,
    WeaponUnknown,
)
from stockpile.domain.facts import Draft, EntryJudged, Fact, Horizon, PersonErased
from stockpile.domain.ledger import MOST_FACTS, Entry, Tip
from stockpile.domain.references import Reference
from stockpile.domain.values import Digest, Instant, NodeId, OfficerId, SchemeId, WeaponId
from stockpile.domain.weapons import Weapon
from stockpile.services.ports import (
    Chance,
    Checked,
    Clock,
    HeldSerial,
    Keys,
    OfficerKey,
    Progress,
    Recorded,
    silent,
)

FACTS_A_TRANSACTION: Final = 5000
"""Received facts are written in portions of about so many: a small log file, and no long wait."""

Told = Callable[[Sequence[int] | None], None]
"""Told the rows of the weapons that were written; None where all of them were."""


class Anchor(Protocol):
    """Where the tip is kept outside the database."""

    def read(self) -> Tip | None:
        """Return the tip anchored last."""
        ...

    def write(self, tip: Tip) -> None:
        """Anchor the tip."""
        ...


def kept_nowhere(_photo: str) -> None:
    """Forget a photo where none are kept."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the books need from outside; ``forget_photo`` lets a photo of an erased person go."""

    keys: Keys
    clock: Clock
    chance: Chance
    anchor: Anchor
    forget_photo: erasing.ForgetPhoto = kept_nowhere


class SqliteBooks(PeerBooks):
    """The books of one node; every method runs on the lane that opened them."""

    def __init__(self, store: Store, surroundings: Surroundings) -> None:
        super().__init__(store)
        self._keys = surroundings.keys
        self._clock = surroundings.clock
        self._chance = surroundings.chance
        self._anchor = surroundings.anchor
        self._forget_photo = surroundings.forget_photo
        self._chains = Chains(store)
        self._names = folding.PlaceNames()
        self._shelf = shelf.Shelf()
        self._written: list[Told] = []
        if self._keys.node not in self._chains.held:
            self._chains.trust(self._keys.node, self._keys.public_key)

    @property
    def chains(self) -> Chains:
        """The chains, for checks at the door."""
        return self._chains

    def when_written(self, call: Told) -> None:
        """Call back after each write, so that lists forget what they remember of these rows."""
        self._written.append(call)

    def refresh(self) -> None:
        """Read anew what is held in memory."""
        self._chains.refresh()
        self._shelf.forget(None)
        with self._store.reading() as connection:
            self._names.refresh(connection)
        self.forget_peers()

    # --- writing --------------------------------------------------------------------------------

    def record(
        self,
        drafts: Sequence[Draft],
        *,
        by: OfficerId | None,
        witnesses: Sequence[OfficerId] = (),
        signers: Sequence[OfficerKey] = (),
    ) -> Recorded:
        """Write one act of this node, in one transaction, as entries of at most 1,000 facts.

        Raises SecondOfficerMissing, OfficerNotAuthorised or ActUnsigned where the act wants what
        the signers do not give, NodeOvertaken where this is an old copy of a node that went on
        elsewhere, and DiskFull or DiskTrouble; each with nothing written.
        """
        overtaken = self.overtaken(self._keys.node)
        if overtaken is not None:
            raise NodeOvertaken(overtaken.number)
        at, zone, head = self._clock.now(), self._clock.zone(), self.tree_head()
        entries: list[Entry] = []
        facts: list[Fact] = []
        with self._writing() as connection:
            for start in range(0, len(drafts), MOST_FACTS):
                stamp = Stamp(
                    self._keys.node, self.tip().seq + 1, self._chains.lamport + 1, at, zone, by,
                    tuple(witnesses),
                )  # fmt: skip
                encoded = outgoing.encoded(drafts[start : start + MOST_FACTS], stamp, self._chance)
                entries.append(self._append(connection, encoded, signers, head))
                facts.extend(one.fact for one in encoded)
            touched = self._fold_in(connection, facts, at)
        self._settled(touched, facts)
        return Recorded(tuple(entries), tuple(facts))

    def receive(self, entries: Sequence[Entry]) -> Recorded:
        """Take entries of other nodes in; those held already are skipped.

        Raises ChainBroken, ChainGap, ChainForked; what was good before the bad one stays.
        """
        taken: list[Arrival] = []
        portion: list[Arrival] = []
        waiting = 0
        trouble: StockpileError | None = None
        try:
            for arrival in judged(self._chains, entries):
                portion.append(arrival)
                waiting += len(arrival.facts)
                if waiting >= FACTS_A_TRANSACTION:
                    taken += self._take(portion)
                    portion, waiting = [], 0
        except (ChainBroken, ChainForked, ChainGap, FactUnreadable) as error:
            trouble = error
        taken += self._take(portion)
        if trouble is not None:
            raise trouble
        return Recorded(
            tuple(one.entry for one in taken), tuple(fact for one in taken for fact in one.facts)
        )

    def trust(self, node: NodeId, public_key: bytes) -> None:
        """Accept a node's chain from now on (certified by the registry)."""
        self._chains.trust(node, public_key)

    # --- reading --------------------------------------------------------------------------------

    def weapon(self, weapon: WeaponId) -> Weapon:
        """Return the weapon as it stands; raises WeaponUnknown."""
        with self._store.reading() as connection:
            row = connection.execute("SELECT state FROM weapon WHERE id = ?", (weapon,)).fetchone()
        if row is None:
            raise WeaponUnknown(weapon)
        return rows.decode_weapon(row[0])

    def weapons(self, ids: Sequence[WeaponId]) -> tuple[Weapon, ...]:
        """Return several weapons, in the order asked; raises WeaponUnknown."""
        with self._store.reading() as connection:
            found: dict[str, bytes] = dict(
                connection.execute(
                    "SELECT id, state FROM weapon WHERE id IN (SELECT value FROM json_each(?))",
                    (json.dumps(list(ids)),),
                ).fetchall()
            )
        missing = next((one for one in ids if one not in found), None)
        if missing is not None:
            raise WeaponUnknown(missing)
        return tuple(rows.decode_weapon(found[one]) for one in ids)

    def history(self, subject: str) -> tuple[Fact, ...]:
        """Return the subject's facts in causal order."""
        return tuple(self._chains.facts_of(subject))

    def since(self, known: Sequence[Horizon], kinds: Sequence[type] = ()) -> tuple[Fact, ...]:
        """Return the facts of every chain after what was known of it, chain by chain, in order."""
        names = [name for name, body in codec.KINDS.items() if body in kinds]
        return tuple(self._chains.facts_after({one.node: one.seq for one in known}, names))

    def naming(self, id_: str) -> tuple[Fact, ...]:
        """Return the facts that name an id anywhere, chain by chain."""
        return tuple(self._chains.facts_naming(id_))

    def count_naming(self, id_: str) -> int:
        """Return how many facts name an id anywhere."""
        return self._chains.count_naming(id_)

    def reference(self, subject: str) -> Reference | None:
        """Return a place, officer, scheme, block, machine or lot as it stands."""
        with self._store.reading() as connection:
            row = connection.execute(
                "SELECT state FROM reference WHERE subject = ?", (subject,)
            ).fetchone()
        return rows.decode_reference(subject, row[0]) if row else None

    def references(self, *kinds: type, about: str = "", newest: int = 0) -> tuple[Reference, ...]:
        """Return references that were opened by a body of one of these kinds."""
        names = [name for name, body in codec.KINDS.items() if body in kinds]
        with self._store.reading() as connection:
            if not about and not newest:
                return self._shelf.all(connection, names)
            found = [one for name in names for one in shelf.read(connection, name, about, newest)]
        found.sort(key=lambda one: one.subject, reverse=bool(newest))
        return tuple(found[:newest] if newest else found)

    def held_sources(self, keys: Sequence[Digest]) -> frozenset[Digest]:
        """Return which of these source keys stand on record already."""
        with self._store.reading() as connection:
            found = connection.execute(
                "SELECT key FROM source WHERE key IN (SELECT value FROM json_each(?))",
                (json.dumps(list(keys)),),
            ).fetchall()
        return frozenset(Digest(key) for (key,) in found)

    def held_serials(self, keys: Sequence[str]) -> tuple[HeldSerial, ...]:
        """Return the weapons in account that are known by a serial with one of these keys."""
        with self._store.reading() as connection:
            found = connection.execute(
                "SELECT mark.key, weapon.id, weapon.number, weapon.make, weapon.model "
                "FROM mark JOIN weapon ON weapon.row = mark.weapon "
                "WHERE mark.key IN (SELECT value FROM json_each(?)) AND mark.is_identity = 1 "
                "AND weapon.registered = 1 ORDER BY weapon.row",
                (json.dumps(list(keys)),),
            ).fetchall()
        return tuple(HeldSerial(*row) for row in found)

    def numbers_used(self, scheme: SchemeId) -> frozenset[int]:
        """Return every number of the scheme that any weapon on record has drawn, for good."""
        with self._store.reading() as connection:
            found = connection.execute(
                "SELECT DISTINCT number FROM number WHERE scheme = ?", (scheme,)
            ).fetchall()
        return frozenset(number for (number,) in found)

    def first_free(self, scheme: SchemeId, lo: int, hi: int) -> int:
        """Return the lowest number from lo to hi that no weapon on record has drawn; 0 for none."""
        free = lo
        with self._store.reading() as connection:
            drawn = connection.execute(
                "SELECT DISTINCT number FROM number WHERE scheme = ? AND number BETWEEN ? AND ? "
                "ORDER BY number",
                (scheme, lo, hi),
            )
            with contextlib.closing(drawn):
                for (used,) in drawn:
                    if used > free:
                        break
                    free = used + 1
        return free if free <= hi else 0

    def count_used(self, scheme: SchemeId, lo: int, hi: int) -> int:
        """Return how many numbers from lo to hi weapons on record have drawn."""
        with self._store.reading() as connection:
            found = connection.execute(
                "SELECT count(DISTINCT number) FROM number WHERE scheme = ? "
                "AND number BETWEEN ? AND ?",
                (scheme, lo, hi),
            ).fetchone()
        return int(found[0]) if found else 0

    def conflicts(self, weapon: WeaponId | None = None) -> tuple[Conflict, ...]:
        """Return the open conflicts, the longest open one first; or those of one weapon."""
        wanted = select(ConflictRow).order_by(col(ConflictRow.opened_at), ConflictRow.id)
        if weapon is not None:
            wanted = wanted.where(col(ConflictRow.weapons).contains(f'"{weapon}"', autoescape=True))
        with self.session() as session:
            return tuple(row.conflict() for row in session.exec(wanted).all())

    def tip(self) -> Tip:
        """Return the end of this node's own chain."""
        return self._chains.tip(self._keys.node)

    def tips(self) -> tuple[tuple[NodeId, Tip], ...]:
        """Return the end of every chain held, by node."""
        return tuple(sorted((node, chain.tip) for node, chain in self._chains.held.items()))

    def entries(self, node: NodeId, after: int, limit: int) -> tuple[Entry, ...]:
        """Return a chain's entries after a number, in order."""
        return self._chains.entries(node, after, limit)

    def details(self, digests: Sequence[Digest]) -> tuple[bytes, ...]:
        """Return the detached bodies with these digests that are held, verbatim, in no order."""
        return self._chains.bodies(digests)

    def tally(self, after: int) -> tuple[tuple[str, int], ...]:
        """Return how many facts of each kind this node wrote after an entry's number."""
        return self._chains.tally(self._keys.node, after)

    # --- proving --------------------------------------------------------------------------------

    def check(self, *, deep: bool, progress: Progress = silent) -> Checked:
        """Verify seals and signatures and, when deep, derive the register anew and compare.

        Raises ChainBroken, FactUnreadable, RegisterDiffers, BooksDamaged at the first damage.
        """
        checked = checking.check(self._store, self._chains, deep=deep, progress=progress)
        if deep:
            with self._store.writing() as connection:
                connection.execute(
                    "INSERT OR REPLACE INTO proof (at, number) VALUES (?, ?)",
                    (self._clock.now(), self.tip().number),
                )
        return checked

    def proved(self) -> Instant:
        """Return when the whole record was last proved right; 0 for never."""
        with self._store.reading() as connection:
            row = connection.execute("SELECT coalesce(max(at), 0) FROM proof").fetchone()
        return row[0] if row else 0

    def rebuild(self, progress: Progress = silent) -> Checked:
        """Drop the register and derive it anew from the ledger."""
        checked = rebuilding.rebuild(self._store, self._chains, self._clock.now(), progress)
        self.refresh()
        self._settled(None, ())
        return checked

    # --- in the back room -----------------------------------------------------------------------

    @contextlib.contextmanager
    def _writing(self) -> Iterator[Connection]:
        try:
            with self._store.writing() as connection:
                yield connection
        except BaseException:
            self.refresh()
            raise

    def _append(
        self,
        connection: Connection,
        encoded: Sequence[Encoded],
        signers: Sequence[OfficerKey],
        head: tuple[int, str] | None,
    ) -> Entry:
        entry, tip = outgoing.sealed(encoded, self.tip(), head, self._keys.sign, signers)
        known = [one.fact for one in encoded]
        mandates.demand_right(self._chains.roll(self._keys.node), entry, known)
        self._chains.append(connection, entry, tip, known)
        bodies = [one.detached for one in encoded if one.detached is not None]
        if bodies:
            self._chains.keep_bodies(connection, bodies)
        return entry

    def _take(self, portion: Sequence[Arrival]) -> Sequence[Arrival]:
        """Write entries that were checked, in one transaction."""
        if not portion:
            return portion
        now: Instant = self._clock.now()
        with self._writing() as connection:
            kept = [
                self._chains.append(connection, one.entry, one.tip, one.facts, one.lacks)
                for one in portion
            ]
            short = [one for one in kept if one is not None]
            facts = [
                fact
                for one, unheeded in zip(portion, kept, strict=True)
                if unheeded is None or unheeded.judged == "accepted"
                for fact in one.facts
            ]
            contradictions.weigh(connection, short, now)  # the same portion may decide about it
            touched = self._fold_in(connection, facts, now)
        self._settled(touched, facts)
        return portion

    def _fold_in(self, connection: Connection, facts: Sequence[Fact], now: Instant) -> list[int]:
        erasing.erase(connection, self._chains, facts, self._forget_photo)
        touched = folding.fold_in(connection, self._chains, self._names, facts, now)
        return touched + self._decide(connection, facts, now)

    def _decide(self, connection: Connection, facts: Sequence[Fact], now: Instant) -> list[int]:
        """Heed what these facts accepted, and settle the conflicts of what they decided."""
        touched: list[int] = []
        for entry in sorted({one.subject for one in facts if isinstance(one.body, EntryJudged)}):
            one = verdicts.decided(connection, Digest(entry))
            if one is None:
                continue
            contradictions.weigh(connection, [one], now)
            self._chains.reread_verdicts()
            if one.judged == "accepted":
                touched += self._heed(connection, one, now)
        return touched

    def _heed(self, connection: Connection, one: Unheeded, now: Instant) -> list[int]:
        """Fold in an entry that was accepted; what it decided about others counts from now on."""
        known = [codec.decode(raw) for raw in self._chains.entry(one.node, one.number).facts]
        subjects = sorted({fact.subject for fact in known})
        self._shelf.forget(None)
        erasing.erase(connection, self._chains, known, self._forget_photo)
        touched = folding.fold_again(connection, self._chains, self._names, subjects, now)
        return touched + self._decide(connection, known, now)

    def _settled(self, touched: Sequence[int] | None, facts: Sequence[Fact]) -> None:
        """After a commit: anchor the tip outside, and tell whoever remembers lists."""
        self._anchor.write(self.tip())
        if any(isinstance(fact.body, PersonErased) for fact in facts):
            self._store.checkpoint()
        self._shelf.forget(
            {fact.subject for fact in facts if type(fact.body) in folding.REFERENCE_BODIES}
        )
        for call in self._written:
            call(touched)
